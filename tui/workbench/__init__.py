"""The workbench on one document: text, map and details.

`screen` hosts the actions. `panes` holds the three panes; each pane is a room that does not know
the others. Only the shell imports this package.
"""
