"""Benchmark results compared with their yardsticks, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final, Literal

from attrs import asdict, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NONE: Final = "–"

HEADINGS: Final = (
    "work", "size", "n", "measured", "yardstick", "against", "compared", "must", "aim",
)  # fmt: skip


@frozen
class Promise:
    """An upper limit: a ratio or difference to the yardstick, or an absolute value."""

    must: float
    aim: float


@frozen
class Row:
    """One measurement, and the yardstick of the same run."""

    work: str
    size: str
    count: int
    """Number of samples behind *measured*."""
    measured: float
    yardstick: float | None = None
    against: str = ""
    """The name of the yardstick."""
    compared_by: Literal["ratio", "difference"] = "ratio"
    unit: Literal["µs", "ms", "s", "MB"] = "ms"
    promise: Promise | None = None

    @property
    def compared(self) -> float | None:
        """The measurement relative to the yardstick; None if there is none."""
        if self.yardstick is None:
            return None
        if self.compared_by == "ratio":
            return self.measured / self.yardstick
        return self.measured - self.yardstick

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the table, in the order of the headings."""
        promise = self.promise
        return (
            self.work,
            self.size,
            str(self.count),
            f"{self.measured:,.1f} {self.unit}",
            NONE if self.yardstick is None else f"{self.yardstick:,.1f} {self.unit}",
            self.against or NONE,
            self._relation(self.compared, sign="+"),
            self._relation(promise.must if promise else None, "≤ "),
            self._relation(promise.aim if promise else None, "≤ "),
        )

    def _relation(self, amount: float | None, before: str = "", sign: str = "") -> str:
        if amount is None:
            return NONE
        if self.compared_by == "ratio":
            return f"{before}{amount:.2f} ×"
        return f"{before}{amount:{sign}.1f} {self.unit}"


def table(rows: Iterable[Row]) -> str:
    """Return *rows* in columns, with numbers aligned to the right."""
    lines: list[Sequence[str]] = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    to_left = {HEADINGS.index("work"), HEADINGS.index("against")}
    return "".join(
        "  ".join(
            cell.ljust(width) if number in to_left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in lines
    )


def table_as_json(rows: Iterable[Row]) -> str:
    """Return *rows* as one JSON list of objects."""
    found = [asdict(row) | {"compared": row.compared} for row in rows]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def say(words: str) -> None:
    """Print a progress message to a stream that does not disturb the table."""
    sys.stderr.write(f"{words}\n")
