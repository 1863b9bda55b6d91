"""Markdown that argmap wrote: read back whole, or refused with the number of the wrong line.

`format` reads a file in three steps: `blocks` of Markdown, a `draft` by labels, and `records`.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
