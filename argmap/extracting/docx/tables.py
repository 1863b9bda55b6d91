"""Tables in Word documents: lines of cells, or the paragraphs of a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from argmap.extracting._tables import BREAK, Columns, holds_data, span, without_breaks

from .elements import child, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator


@define
class Blocks:
    """The paragraphs of a text, a cell or a text box, in their order."""

    paragraphs: list[str] = field(factory=list)
    carried: list[str] = field(factory=list)
    """Words whose paragraph has lost its end, so that they begin the next one."""
    columns: int = 1
    """How many columns it covers, for a cell."""
    has_table: bool = False
    """True where a table is among the paragraphs."""

    def flush(self) -> None:
        """End the paragraph that is carried over, since none follows that could take it."""
        words = "".join(self.carried)
        self.carried.clear()
        if words.strip():
            self.paragraphs.append(words)


@define
class Table:
    """The rows of a table that is being read."""

    rows: list[list[Blocks]] = field(factory=list)
    is_headed: bool = False

    def add_row(self, properties: Any, cells: list[Blocks]) -> None:  # noqa: ANN401  (lxml has no types)
        """Add a row of *cells*; *properties* say whether it heads the table."""
        skipped = number(value(child(properties, "gridBefore")), 0)
        empty = [Blocks(columns=span(str(skipped)))] if skipped > 0 else []
        self.rows.append([*empty, *cells])
        self.is_headed = self.is_headed or child(properties, "tblHeader") is not None

    def paragraphs(self) -> list[str]:
        """Return the table as one paragraph, with a line for each row and tabs between cells.

        Where a cell has several paragraphs, or no row has two with words, the table arranges
        a page and gives no data: its paragraphs stay as they are.
        """
        words = ["".join(cell.paragraphs) for row in self.rows for cell in row]
        is_data = any(map(_is_line, self.rows)) and holds_data(words, is_headed=self.is_headed)
        paragraphs: list[str] = []
        lines: list[str] = []
        for row in self.rows:
            if is_data and not any(map(_is_apart, row)):
                lines.append(_line(row))
                continue
            paragraphs += _joined(lines)
            lines.clear()
            paragraphs += [words for cell in row for words in cell.paragraphs]
        return [*paragraphs, *_joined(lines)]


def cell_columns(properties: Any) -> int:  # noqa: ANN401  (as above)
    """Return how many columns a cell covers."""
    return span(value(child(properties, "gridSpan")))


def _is_apart(cell: Blocks) -> bool:
    return len(cell.paragraphs) > 1 or cell.has_table


def _is_line(row: list[Blocks]) -> bool:
    is_paragraphs = any(map(_is_apart, row))
    return not is_paragraphs and sum(bool(cell.paragraphs) for cell in row) > 1


def _line(row: list[Blocks]) -> str:
    columns = Columns()
    cells = (
        columns.tabs_before(cell.columns, 1)
        + without_breaks("".join(cell.paragraphs).strip().replace("\n", BREAK))
        for cell in row
    )
    return "".join(cells).rstrip()


def _joined(lines: list[str]) -> Iterator[str]:
    words = "\n".join(line for line in lines if line)
    if words:
        yield words
