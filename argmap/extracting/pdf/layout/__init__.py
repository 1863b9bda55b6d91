"""Letters at places on a page become words, lines, columns and paragraphs.

It knows no PDF, only letters and places: `segments` joins letters, `columns` puts lines in order,
and `paragraphs` joins lines.
"""
