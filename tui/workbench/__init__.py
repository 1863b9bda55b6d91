"""The workbench on one document: text, map and details side by side.

`screen` is the host of its verbs, and `panes` has the three panes, each a room that does not know
the others. The shell alone imports it.
"""
