"""Write the rows of accepted records in bulk, and log the changes.

`plain_rows` writes plain statements, `record_rows` all other records. `pipeline` imports them.
"""
