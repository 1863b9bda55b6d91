"""Put positioned letters together into words, lines, columns and paragraphs.

The room knows no PDF, only letters and positions: `segments` joins letters, `columns` orders
lines, and `paragraphs` joins lines.
"""
