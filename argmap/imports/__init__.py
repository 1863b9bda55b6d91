"""One module or package for each import format, with a value called `FORMAT`.

A name with an underscore is a part of several. Formats do not know each other, and nothing
imports them by name but tests and `store.merge`, which imports the other database as JSON Lines:
`argmap.formats.import_formats` finds them.
"""
