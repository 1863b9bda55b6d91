"""Views of the open map: rows, fields, grades and speakers to be drawn.

Values and text, no widgets. `core`, the widgets and every room that draws may import it.
"""
