"""The map as boxes from left to right, of which any part is drawn alone.

It is loaded when somebody wants boxes.
"""
