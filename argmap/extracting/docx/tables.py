"""Tables in Word documents: lines of cells, or the paragraphs of a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from argmap.extracting._tables import BREAK, TableColumns, holds_data, span, without_breaks

from .elements import child, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator


@define
class CellBlocks:
    """The paragraphs of a text, a cell or a text box, in their order."""

    paragraphs: list[str] = field(factory=list)
    carried: list[str] = field(factory=list)
    """Words of a paragraph whose end was deleted; they start the next paragraph."""
    columns: int = 1
    """Number of columns that a cell covers."""
    has_table: bool = False
    """True if one of the paragraphs is a table."""

    def flush(self) -> None:
        """End the carried paragraph, because no other one follows."""
        words = "".join(self.carried)
        self.carried.clear()
        if words.strip():
            self.paragraphs.append(words)


@define
class WordTable:
    """The rows of a table that is being read."""

    rows: list[list[CellBlocks]] = field(factory=list)
    is_headed: bool = False

    def add_row(self, properties: Any, cells: list[CellBlocks]) -> None:  # noqa: ANN401  (lxml has no types)
        """Add a row of *cells*; *properties* show whether it is a heading."""
        skipped = number(value(child(properties, "gridBefore")), 0)
        empty = [CellBlocks(columns=span(str(skipped)))] if skipped > 0 else []
        self.rows.append([*empty, *cells])
        self.is_headed = self.is_headed or child(properties, "tblHeader") is not None

    def paragraphs(self) -> list[str]:
        """Return the table as one paragraph, with tabs between the cells of a line.

        If a cell has several paragraphs, or no row has two cells with words, the table is used for
        layout: its paragraphs stay as they are.
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
    """Return the number of columns that a cell covers."""
    return span(value(child(properties, "gridSpan")))


def _is_apart(cell: CellBlocks) -> bool:
    return len(cell.paragraphs) > 1 or cell.has_table


def _is_line(row: list[CellBlocks]) -> bool:
    is_paragraphs = any(map(_is_apart, row))
    return not is_paragraphs and sum(bool(cell.paragraphs) for cell in row) > 1


def _line(row: list[CellBlocks]) -> str:
    columns = TableColumns()
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
