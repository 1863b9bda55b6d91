"""Word documents: the words of the final version, followed by the notes.

`format` reads a document: `words` walks through its text, and the other modules each handle one
kind of part.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
