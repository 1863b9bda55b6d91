"""Files given to commands: selected, unpacked, recognised and read.

`selection` finds the files; `record_files` reads those of an import, and `op_ed_files` reads
op-eds. Only commands use this package.
"""
