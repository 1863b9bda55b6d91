"""Records: the wire form of a map, one JSON object to a line.

`schema` defines the keys of each type of record, `decode` checks one line, `encode` turns
entities into records and back, `ids` derives ids from content. It imports only the model.
"""
