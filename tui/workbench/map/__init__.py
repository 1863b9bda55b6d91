"""The map pane: an outline or boxes, in which one moves, marks and orders rows.

`panes` shows it.
"""
