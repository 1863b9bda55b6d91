"""The text pane: the keys with which one reads and selects words.

`panes` shows it.
"""
