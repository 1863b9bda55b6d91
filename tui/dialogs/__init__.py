"""Dialogs over a screen, and functions that ask with them; escape cancels.

Every room with a screen may import this room.
"""
