"""Markdown that argmap wrote: read back whole, or refused with the line that is wrong."""
