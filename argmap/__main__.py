"""Run the command line with `python -m argmap`."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    # `-m` puts the current folder first on the path, where a store.py would hide our package.
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120
    if sys.path and sys.path[0] != home:
        del sys.path[0]
    from .cli import main

    main()
