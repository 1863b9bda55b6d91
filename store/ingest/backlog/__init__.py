"""Records that have to wait, and ids that are taken, in a bounded amount of memory.

Every later stage of `ingest` may import it: `check`, `write`, `pipeline` and `run`.
"""
