"""Actions: a key, a title, and the function behind them.

This room knows no table of actions. Each room has its own, and `shell.keys.registry` gathers
them. Every room may import it.
"""
