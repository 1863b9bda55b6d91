"""What an action is: a key, a title, and the function that does it.

It knows no table of actions: each room has its own, and `shell.keys.registry` gathers them. Every
room may import it.
"""
