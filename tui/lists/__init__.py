"""Lists that one works through: findings, origins, and what falls with a source.

The workbench opens them and follows them line by line; the shell knows their screen.
"""
