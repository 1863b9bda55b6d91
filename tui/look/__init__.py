"""How things look in the cells of a terminal: signs, keys, grades in words.

Words in and words out, without widgets and without a map. Every room may import it.
"""
