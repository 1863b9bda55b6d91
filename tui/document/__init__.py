"""The open document: its map in memory, and the database behind it.

`session` keeps the two in step, and `database_threads` has the threads that read and write.
Nothing here is drawn; every room above may import it.
"""
