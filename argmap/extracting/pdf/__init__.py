"""PDF files: letters at places on pages, put together into lines, columns and paragraphs."""
