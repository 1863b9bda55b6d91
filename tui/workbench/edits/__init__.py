"""What keys on a document do to its map: mark, link, attribute, pin."""
