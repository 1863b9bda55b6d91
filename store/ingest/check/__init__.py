"""Find faults in records: alone, against each other, and against the database.

This package reads rows and writes none. `write` and `pipeline` import it.
"""
