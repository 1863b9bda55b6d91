"""PDF files: positioned letters, put together into lines, columns and paragraphs.

`format` reads a file: pdfminer gives the `letters`, which `layout` puts together.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
