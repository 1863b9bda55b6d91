"""When Python may look for garbage: not while something is loaded, and not in what was.

What is loaded at the start and what a document is made of stays for long. Looking
through it again and again takes a quarter of the start, and makes keys wait in a big
map. Only a process that is the workbench and nothing else does this: `take_over` says so.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_state = {"is_ours": False}


def take_over() -> None:
    """Take the collector over, and let it rest until `resume`."""
    _state["is_ours"] = True
    gc.disable()


def pause() -> None:
    """Forget what the last document was made of, then rest until `resume`."""
    if _state["is_ours"] and gc.isenabled():
        gc.unfreeze()
        gc.collect()
        gc.disable()


def resume() -> None:
    """Look for garbage from now on, but not in what is there now."""
    if _state["is_ours"]:
        gc.freeze()
        gc.enable()


def collect_rarely() -> None:
    """Look for garbage less often: a million short-lived records need no search."""
    gc.set_threshold(200_000)


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
