"""The details pane: everything about the selected statement, edited in place.

`panes` shows it.
"""
