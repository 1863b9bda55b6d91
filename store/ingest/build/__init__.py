"""Build entities from records, one at a time."""
