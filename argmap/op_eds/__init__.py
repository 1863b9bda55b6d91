"""Op-eds: turn the content of a file into a document with title, author and date.

`documents` makes the document. The other modules find a title, a byline or a date in front
matter or among the first lines, and recognise lines that a site added. `extracting`, `host`,
the store and the workbench may import it.
"""
