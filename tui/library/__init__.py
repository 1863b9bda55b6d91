"""The library: every document, found, opened, added and removed.

The shell alone imports it.
"""
