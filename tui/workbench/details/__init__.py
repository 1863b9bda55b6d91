"""The details pane: all about the selected statement, edited in place.

`panes` shows it.
"""
