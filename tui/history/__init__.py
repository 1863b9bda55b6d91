"""The history of a document, and the way back to any of its operations.

The shell alone imports it.
"""
