"""Algorithms over graphs of ids, whatever the ids are of.

They know nothing of argmap; `findings` and `provenance` use them.
"""
