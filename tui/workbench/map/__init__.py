"""The map pane: an outline or boxes, moved in, marked and ordered."""
