"""The open document: its map in memory, and the database behind it.

`session` keeps the two the same, and `database` has the threads that read and write. It knows
nothing that is drawn; every room above may import it.
"""
