"""The machine: files, folders, the clock, signals and other processes.

The store, the workbench and the command line use this package. The domain does not: it takes
and returns values, so that any caller can use it without files.
"""
