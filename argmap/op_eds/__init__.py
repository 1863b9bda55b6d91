"""What the text of an op-ed says of itself, and the document that it makes.

`documents` makes one of a file's content. The other modules find a title, a byline or a date
among the first lines or in front matter, and the lines that a site added. `extracting`, `host`,
the store and the workbench may import it.
"""
