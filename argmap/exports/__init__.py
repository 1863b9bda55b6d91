"""One module or package for each export format, with a value called `FORMAT`.

A name with an underscore is a part of several. Formats do not know each other, and nothing
imports them by name but tests: `argmap.formats.export_formats` finds them.
"""
