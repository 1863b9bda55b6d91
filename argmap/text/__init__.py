"""Text as people write and read it: decode, compare, wrap, shorten and display it safely.

It imports the model and the widths of terminal characters, but no format and no file.
Every package except `model` and `records` may import it.
"""
