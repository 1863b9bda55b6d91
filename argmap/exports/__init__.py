"""Export formats: one module or package for each, with a value called `FORMAT`.

A name with an underscore is shared by several formats. Formats do not import each other, and
nothing imports them by name except tests: `argmap.formats.export_formats` finds them.
"""
