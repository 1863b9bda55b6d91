"""Import formats: one module or package for each, with a value called `FORMAT`.

A name with an underscore is shared by several formats. Formats do not import each other, and
nothing imports them by name except tests and `store.merge`, which imports the other database as
JSON Lines: `argmap.formats.import_formats` finds them.
"""
