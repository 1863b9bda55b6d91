"""The ids that an import has brought so far, in a fifth of the memory of a set."""

from __future__ import annotations

from array import array
from typing import Final

from attrs import define, field

_LEAST: Final = 2**16
"""Places of an empty table; always a power of two."""

_BITS: Final = 2**64 - 1


@define
class Seen:
    """A set of strings, known by 64 bits of their hashes, in a table with open addressing.

    That two of a million strings are taken for each other happens once in a million imports.
    """

    _count: int = 0
    _table: array[int] = field(factory=lambda: array("Q", bytes(8 * _LEAST)))
    _gone: set[int] = field(factory=set)

    def add(self, text: str) -> None:
        """Put *text* in."""
        key = hash(text) & _BITS or 1
        self._gone.discard(key)
        self._put(key)
        if 3 * self._count > 2 * len(self._table):
            self._grow()

    def discard(self, text: str) -> None:
        """Take *text* out, if it is in."""
        if text in self:
            self._gone.add(hash(text) & _BITS or 1)

    def __contains__(self, text: str) -> bool:
        """Tell whether *text* is in."""
        key = hash(text) & _BITS or 1
        table = self._table
        last = len(table) - 1
        place = key & last
        while there := table[place]:
            if there == key:
                return key not in self._gone
            place = (place + 1) & last
        return False

    def _put(self, key: int) -> None:
        table = self._table
        last = len(table) - 1
        place = key & last
        while there := table[place]:
            if there == key:
                return
            place = (place + 1) & last
        table[place] = key
        self._count += 1

    def _grow(self) -> None:
        before = self._table
        self._table, self._count = array("Q", bytes(16 * len(before))), 0
        for key in before:
            if key:
                self._put(key)
