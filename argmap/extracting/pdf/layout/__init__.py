"""Put positioned letters together into words, lines, columns and paragraphs.

This package knows only letters and positions, not PDF: `segments` joins letters, `columns` orders
lines, and `paragraphs` joins lines.
"""
