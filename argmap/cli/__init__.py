"""The command line: `argmap [-d DATABASE] COMMAND`, built on click alone."""

from ._main import cli, main

__all__ = ["cli", "main"]
