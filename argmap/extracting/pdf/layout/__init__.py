"""Letters at places on a page become words, lines, columns and paragraphs, whatever read them.

It knows no PDF: `segments` joins letters, `columns` puts lines in order, `paragraphs` ends it.
"""
