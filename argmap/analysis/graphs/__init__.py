"""Algorithms over graphs of ids, whatever the ids are of."""
