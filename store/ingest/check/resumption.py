"""Resume an interrupted import: rows of its earlier run are hidden until their records are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from store.ingest.transactions import Chunks

_PAGE: Final = 2**14
"""Rows that share one page of bytes."""


@define
class Rows:
    """A set of rows by type and `pk`, in a byte for each: a million need a megabyte."""

    _pages: dict[tuple[str, int], bytearray] = field(factory=dict)

    def add(self, type_: str, first: int, last: int | None = None) -> None:
        """Put in the row *first*, or all from *first* to *last*."""
        end = first + 1 if last is None else last + 1
        while first < end:
            page, start = divmod(first, _PAGE)
            count = min(end - first, _PAGE - start)
            found = self._pages.setdefault((type_, page), bytearray(_PAGE))
            found[start : start + count] = b"\1" * count
            first += count

    def has(self, type_: str, pk: int) -> bool:
        """Tell whether the row *pk* is in."""
        page = self._pages.get((type_, pk // _PAGE))
        return page is not None and bool(page[pk % _PAGE])

    def has_any(self, type_: str, first: int, last: int) -> bool:
        """Tell whether a row from *first* to *last* is in."""
        return any(
            1 in page[max(first - start, 0) : last - start + 1]
            for number in range(first // _PAGE, last // _PAGE + 1)
            if (page := self._pages.get((type_, number))) is not None
            for start in (number * _PAGE,)
        )


@define
class Resumption:
    """Tells which rows an import would know if nothing had ever interrupted it.

    An earlier run of the same import, or another one at the same time, has added rows whose
    records this run has not seen yet. They are hidden until it has: whatever is decided
    must not depend on where a run ended.
    """

    chunks: Chunks
    seen: Rows = field(factory=Rows)
    """Rows whose own records have been seen."""
    known: Rows = field(factory=Rows)
    """Rows that this run has added or shown, such as those of a statement's shorthands."""

    @property
    def operation(self) -> int:
        """The number of the import's operation, which an earlier run may have begun; 0 for none."""
        return self.chunks.seq or self.chunks.joined

    def hides(self, type_: str, pk: int, batch: int | None) -> bool:
        """Tell whether the row *pk*, which the import *batch* added, is hidden as yet."""
        return (
            batch is not None
            and batch == self.operation
            and not self.known.has(type_, pk)
            and not self.seen.has(type_, pk)
        )
