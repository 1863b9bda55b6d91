"""The sources screen, where sources are found, rated, edited and merged.

The shell alone imports this room.
"""
