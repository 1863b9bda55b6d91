"""What is worked out from the open map to be drawn: rows, fields, grades, speakers.

Values and text, no widgets. `core`, the widgets and every room that draws may import it.
"""
