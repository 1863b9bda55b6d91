"""PDF files: letters at places on pages, put together into lines, columns and paragraphs.

`format` reads a file: pdfminer gives `letters`, which `layout` puts together.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
