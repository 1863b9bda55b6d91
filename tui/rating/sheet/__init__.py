"""The rating sheet: one question at a time, with all its levels.

It and `heat` do not know each other.
"""
