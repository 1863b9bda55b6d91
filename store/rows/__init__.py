"""Entities as rows of tables: read, written, and found by their words."""
