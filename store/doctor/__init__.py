"""Examine a database, and repair what can be worked out anew."""
