"""The machine: files, folders, the clock, signals and other processes.

The store, the workbench and the command line use it. The domain does not: it takes and returns
values, so that whoever has them from elsewhere can use it too.
"""
