"""Run the command line with `python -m argmap`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    # `-m` puts the current folder first on the path, where a store.py would hide our package.
    if sys.path and Path(sys.path[0]) != Path(__file__).resolve().parents[1]:
        del sys.path[0]
    from .cli import main

    main()
