"""The text pane: keys to read and to select words.

`panes` shows it.
"""
