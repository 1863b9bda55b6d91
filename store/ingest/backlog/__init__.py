"""Records that have to wait, and ids that are taken, in memory that does not grow with them.

All of `ingest` that comes after it may import it: `check`, `write`, `pipeline` and `run`.
"""
