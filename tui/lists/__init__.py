"""Lists to work through: findings, origins, and the statements that fall in what-if mode.

The workbench opens them and follows them line by line; the shell imports their screen.
"""
