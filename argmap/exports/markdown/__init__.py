"""Markdown: the map as people read it, and as argmap reads it back.

`format` puts a file together. `sections` and `ratings` write the parts that are read back, each
fact once; `computed` and `mermaid` write the parts that reading skips; all share a `context`.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
