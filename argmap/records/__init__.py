"""The wire form: one record a line, as `records.md` of the README's recipes shows.

`wire` says what a record may hold, `reading` checks one line, `writing` turns
entities into records and back, `identity` makes ids from content.
"""
