"""Write the rows of accepted records, many at once, and log what they change.

`plain_statements` and `plain_rows` are the fast way of statements that need no closer look.
Only `pipeline` imports it.
"""
