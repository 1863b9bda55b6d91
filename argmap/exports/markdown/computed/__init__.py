"""Parts of the Markdown that are computed from the map and skipped on reading.

One module for each table or group of lines. `format`, `sections` and `ratings` place them.
"""
