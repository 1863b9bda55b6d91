"""Markdown: the map as people read it, and as argmap reads it back.

`format` puts a file together. `sections` and `ratings` write what is read back, each fact once;
`computed` and `mermaid` write what reading passes over; all of them share a `context`.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
