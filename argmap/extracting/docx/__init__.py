"""Word documents: the words that a reader of the final version sees, notes after the text.

`format` reads a document: `words` walks its text, and the others know one kind of part each.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
