"""Control Python's garbage collector: off while loading, and never over loaded objects.

Modules and the current document stay in memory for a long time. Scanning them again and again
takes a quarter of the start-up time, and delays key presses in a large map. Only a process that
is nothing but the workbench controls the collector: it calls `take_over`.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SELDOM: Final = 50_000
"""New objects after which the workbench collects even while the reader presses keys."""

_state = {"is_ours": False}


def take_over() -> None:
    """Take control of the collector, and disable it until `resume`.

    One redrawn screen has thousands of objects, for which Python would scan again and again while
    the reader waits. Call `collect_while_idle` between the keys instead.
    """
    _state["is_ours"] = True
    gc.set_threshold(SELDOM)
    gc.disable()


def pause() -> None:
    """Free the previous document's objects, then disable the collector until `resume`."""
    if _state["is_ours"] and gc.isenabled():
        gc.unfreeze()
        gc.collect()
        gc.disable()


def resume() -> None:
    """Enable the collector again, excluding all objects that exist now."""
    if _state["is_ours"]:
        gc.freeze()
        gc.enable()


def collect_while_idle() -> None:
    """Collect the objects of the last keys, which nobody waits for."""
    if _state["is_ours"] and gc.isenabled():
        gc.collect(1)


def collect_rarely() -> None:
    """Collect less often: a million short-lived records need no scan."""
    gc.set_threshold(200_000)


@contextmanager
def paused_collection() -> Iterator[None]:
    """Disable the collector while a large map is built.

    No entity of a map refers to itself, so there are no cycles to find. The collector would scan
    the whole map again and again as it grows, so that the time per statement would grow with it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
