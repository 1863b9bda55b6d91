"""The rating sheet: one question at a time, with all its levels.

This room and `heat` do not import each other's screens.
"""
