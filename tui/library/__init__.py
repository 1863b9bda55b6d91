"""The library: every document, found, opened, added and removed."""
