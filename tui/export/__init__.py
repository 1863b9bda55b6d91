"""The export screen: the format, where it goes, and what it will look like.

The shell alone imports it.
"""
