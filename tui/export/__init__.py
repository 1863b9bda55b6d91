"""The export screen, which previews an export and writes it to a file.

The shell alone imports this room.
"""
