"""Text as people write and read it: decoded, compared, cut, and shown without being obeyed.

It knows the model, and how many cells of a terminal a character takes; no format and no file.
Every room but `model` and `records` may import it.
"""
