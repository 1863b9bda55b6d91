"""The sources of the whole database: found, judged, edited and merged.

The shell alone imports it.
"""
