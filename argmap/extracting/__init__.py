"""Text extraction from files: one package for each format.

Each has a value called `FORMAT`.

Modules with an underscore are shared by several packages. The libraries that read a format are
an optional extra, and are loaded when a file needs them. `argmap.formats.text_formats` finds the
packages.
"""
