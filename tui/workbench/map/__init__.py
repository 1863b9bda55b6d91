"""The map pane: an outline or boxes, with keys to move, tick and order rows.

`panes` shows it.
"""
