"""Files that people give to commands: found, unpacked, recognised and read.

`selection` finds the files; `record_files` reads those of an import, and `op_ed_files` those of
op-eds. Commands import it, and nothing else does.
"""
