"""Values and text to draw for the open map: rows, fields, grades and speakers.

Nothing here is a widget. `core`, the widgets and every room that draws may import it.
"""
