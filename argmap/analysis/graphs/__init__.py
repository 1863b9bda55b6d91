"""Graph algorithms on numbered nodes.

They are independent of argmap's model; `findings` and `provenance` use them.
"""
