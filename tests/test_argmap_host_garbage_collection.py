"""The collector leaves the keys alone, and is left alone where the workbench is a guest."""

from __future__ import annotations

import gc

from argmap.host import garbage_collection


class Ring:
    """An object that only the collector can free."""

    freed = 0

    def __init__(self) -> None:
        self.ring = self

    def __del__(self) -> None:
        Ring.freed += 1


def drop_rings(number: int) -> int:
    """Make and drop rings; return how many of them are freed by then."""
    Ring.freed = 0
    for _ in range(number):
        Ring()
    return Ring.freed


def test_rings_are_freed_while_idle_and_not_while_keys_are_pressed() -> None:
    garbage_collection.take_over()
    garbage_collection.resume()
    assert drop_rings(3000) == 0
    garbage_collection.collect_while_idle()
    assert Ring.freed == 3000


def test_nothing_is_collected_while_a_map_is_loaded() -> None:
    garbage_collection.take_over()
    assert drop_rings(10) == 0
    garbage_collection.collect_while_idle()
    assert Ring.freed == 0


def test_another_program_keeps_its_collector() -> None:
    before = gc.get_threshold()
    garbage_collection.pause()
    garbage_collection.resume()
    garbage_collection.collect_while_idle()
    assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == (True, before, 0)
