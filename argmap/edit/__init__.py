"""Verbs: each takes a map and returns the operation that does it. None changes anything."""
