"""Questions over a screen; escape always leaves them without an answer.

Each dialog is a screen of its own, and the functions beside it ask with it. Every room with a
screen may import it.
"""
