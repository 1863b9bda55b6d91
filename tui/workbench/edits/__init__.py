"""What keys on a document do to its map: mark, link, attribute, pin.

Verbs on the workspace, wherever the focus is. The panes and the screen bind them.
"""
