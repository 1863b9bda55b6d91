"""Build entities from records, one record at a time.

It looks things up through what it is given and writes nothing. All of `ingest` may import it.
"""
