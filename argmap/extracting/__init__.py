"""One package for each form of files in which people keep op-eds, with a value called `FORMAT`.

A module with an underscore is shared by several. Libraries that read a form are an extra, and
loaded when a file needs them. `argmap.formats.text_formats` finds the packages.
"""
