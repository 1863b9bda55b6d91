"""Parts of the Markdown that are worked out from the map, and passed over on reading.

One module for each table or group of lines. `format`, `sections` and `ratings` place them.
"""
