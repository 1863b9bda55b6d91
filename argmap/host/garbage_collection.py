"""Pauses of Python's garbage collector."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused_collection() -> Iterator[None]:
    """Pause the search for garbage in circles while a big map is built.

    Nothing in a map refers to itself, so there is none. The search looks at all of the map
    again and again while it grows, and so the time per statement would grow with the map.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
