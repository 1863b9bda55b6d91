"""The history screen of a document, which can return to any earlier state.

The shell alone imports this room.
"""
