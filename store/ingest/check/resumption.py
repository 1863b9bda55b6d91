"""Resume an interrupted import: hide earlier rows until their records are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from store.ingest.transactions import ImportTransactions

_PAGE: Final = 2**14
"""Rows that share one page of bytes."""


@define
class RowSet:
    """A set of rows by type and `pk`, one byte for each: a million need a megabyte."""

    _pages: dict[tuple[str, int], bytearray] = field(factory=dict)

    def add(self, type_: str, first: int, last: int | None = None) -> None:
        """Add the row *first*, or all rows from *first* to *last*, inclusive."""
        end = first + 1 if last is None else last + 1
        while first < end:
            page, start = divmod(first, _PAGE)
            count = min(end - first, _PAGE - start)
            present = self._pages.setdefault((type_, page), bytearray(_PAGE))
            present[start : start + count] = b"\1" * count
            first += count

    def has(self, type_: str, pk: int) -> bool:
        """Return whether the row *pk* is in the set."""
        page = self._pages.get((type_, pk // _PAGE))
        return page is not None and bool(page[pk % _PAGE])

    def has_any(self, type_: str, first: int, last: int) -> bool:
        """Return whether any row from *first* to *last*, inclusive, is in the set."""
        return any(
            1 in page[max(first - start, 0) : last - start + 1]
            for number in range(first // _PAGE, last // _PAGE + 1)
            if (page := self._pages.get((type_, number))) is not None
            for start in (number * _PAGE,)
        )


@define
class Resumption:
    """Decides which rows an import would know if it had never been interrupted.

    An earlier run of the same import, or a concurrent one, may have added rows whose records
    this run has not read yet. They are hidden until it has, because no decision may depend on
    where a run ended.
    """

    transactions: ImportTransactions
    seen: RowSet = field(factory=RowSet)
    """Rows whose own records this run has read."""
    known: RowSet = field(factory=RowSet)
    """Rows that this run has added or unhidden, such as those of shorthands."""

    @property
    def operation(self) -> int:
        """The number of the import's operation, perhaps of an earlier run; 0 for none."""
        return self.transactions.seq or self.transactions.earlier_operation

    def hides(self, type_: str, pk: int, batch: int | None) -> bool:
        """Return whether the row *pk*, added by the import *batch*, is still hidden."""
        return (
            batch is not None
            and batch == self.operation
            and not self.known.has(type_, pk)
            and not self.seen.has(type_, pk)
        )
