"""Records that have to wait, and ids that stay taken, in memory that does not grow with them.

`check`, `write` and `pipeline` import it.
"""
