"""The heat map: claims as rows, criteria as columns.

This room and `sheet` do not import each other's screens.
"""
