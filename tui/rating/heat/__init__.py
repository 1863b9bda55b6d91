"""The heat map: claims as rows, criteria as columns.

It and `sheet` do not know each other.
"""
