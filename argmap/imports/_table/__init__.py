"""Tables as an import format: the code that CSV and TSV share.

`rows` is the format; `sheet` reads rows of text, and `cells` makes records of one.
"""
