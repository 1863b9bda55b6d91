"""The map as boxes from left to right; any part can be drawn by itself.

It is imported when the boxes are first shown.
"""
