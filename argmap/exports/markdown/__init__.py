"""Markdown: the map as people read it, and as argmap reads it back."""
