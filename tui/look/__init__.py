"""Text for terminal cells: signs, key names, grades in words.

Strings in and strings out, without widgets and without a map. Every room may import it.
"""
