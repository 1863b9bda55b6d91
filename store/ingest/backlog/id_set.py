"""A set of ids in a fifth of the memory of a Python set."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST_KEPT: Final = 50_000
"""Maximum number of strings that are kept themselves, which is faster than hashes."""

_LEAST: Final = 2**17
"""Number of slots of an empty table; always a power of two."""

_BITS: Final = 2**64 - 1


@define
class IdSet:
    """A set of strings that keeps only 64-bit hashes once it is large.

    The hashes are in a table with open addressing. In a set of a million strings, the chance that
    any two are confused is less than one in ten million.
    """

    _few: set[str] = field(factory=set)
    _count: int = 0
    _table: array[int] = field(factory=lambda: array("Q", bytes(8 * _LEAST)))
    _discarded: set[int] = field(factory=set)

    def add(self, text: str) -> None:
        """Add *text*."""
        if not self._count and len(self._few) < _MOST_KEPT:
            self._few.add(text)
            return
        self._spill()
        key = hash(text) & _BITS or 1
        self._discarded.discard(key)
        self._put(key)

    def discard(self, text: str) -> None:
        """Remove *text*, if it is in the set."""
        if text in self._few:
            self._few.remove(text)
        elif text in self:
            # A slot that is emptied would break the probe sequence of the hashes behind it.
            self._discarded.add(hash(text) & _BITS or 1)

    def __bool__(self) -> bool:
        """Return whether anything was ever added."""
        return bool(self._few or self._count)

    def among(self, texts: Collection[str]) -> set[str]:
        """Return the *texts* that are in the set."""
        if not self._count:
            return self._few.intersection(texts)
        return {text for text in texts if text in self}

    def __contains__(self, text: object) -> bool:
        """Return whether *text* is in the set."""
        if not self._count:
            return text in self._few
        key = hash(text) & _BITS or 1
        table = self._table
        last = len(table) - 1
        place = key & last
        while stored := table[place]:
            if stored == key:
                return key not in self._discarded
            place = (place + 1) & last
        return False

    def _spill(self) -> None:
        """Move the kept strings into the table."""
        while self._few:
            self._put(hash(self._few.pop()) & _BITS or 1)

    def _put(self, key: int) -> None:
        table = self._table
        last = len(table) - 1
        place = key & last
        while stored := table[place]:
            if stored == key:
                return
            place = (place + 1) & last
        table[place] = key
        self._count += 1
        # Beyond two thirds full, linear probing slows down sharply.
        if 3 * self._count > 2 * len(table):
            self._grow()

    def _grow(self) -> None:
        before = self._table
        self._table, self._count = array("Q", bytes(16 * len(before))), 0
        for key in before:
            if key:
                self._put(key)
