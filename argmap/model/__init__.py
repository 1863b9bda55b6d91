"""Frozen values: what a map is made of. Each module is one noun or two that belong together.

The lowest room: it knows the errors alone, and every room may import it.
"""
