"""The wire form: one record a line, as the README shows under Records.

`schema` says what a record may hold, `decode` checks one line, `encode` turns entities into
records and back, `ids` makes ids from content. It knows the model alone.
"""
