"""Text as people write and read it: decoded, compared, cut, and shown without being obeyed.

It knows the model and no format, file or terminal, only how wide a terminal draws a character.
Every room but `model` and `records` may import it.
"""
