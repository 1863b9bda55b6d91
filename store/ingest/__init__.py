"""Import records: read, checked together, and written some hundreds at a time."""
