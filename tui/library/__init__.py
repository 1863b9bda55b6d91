"""The library screen, where documents are found, opened, added and removed.

The shell alone imports this room.
"""
