"""The command line: `argmap [-d DATABASE] COMMAND`, in click and nothing else.

A module has its command's name, with an underscore after it where Python or a module of ours
has that name too; `redo` is with `undo`. A module with an underscore before it is a part of
some. Each imports what it works with inside the command, so that `argmap --help` loads click
alone. Nobody imports this room but `python -m argmap` and the script `argmap`.
"""

from ._main import cli, main

__all__ = ["cli", "main"]
