"""Graph algorithms on numbered nodes.

They know nothing of argmap; `findings` and `provenance` use them.
"""
