"""Find what is wrong with records: by themselves, against each other, and in the database.

It reads rows and writes none. `write` and `pipeline` import it.
"""
