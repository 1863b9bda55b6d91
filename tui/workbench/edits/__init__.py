"""Edits of the map by keys: mark, link, attribute, pin.

They work on the workspace, wherever the focus is. The panes and the screen bind their keys.
"""
