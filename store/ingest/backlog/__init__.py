"""Records that have to wait, and taken ids, in memory that stays bounded.

Every later stage of `ingest` may import it: `check`, `write`, `pipeline` and `run`.
"""
