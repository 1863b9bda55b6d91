"""Lists to work through: findings, origins, and the falls of what-if mode.

The workbench opens them and follows them line by line; the shell knows their screen.
"""
