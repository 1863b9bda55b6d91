"""Frozen values: what a map is made of. Each module is one noun or two that belong together."""
