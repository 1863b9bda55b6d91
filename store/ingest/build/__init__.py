"""Build entities from records, one record at a time.

Builders ask the lookup of their context for other entities and write nothing. Every module of
`ingest` may import this package.
"""
