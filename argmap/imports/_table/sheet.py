"""Read the rows of a table: detect its dialect from its header, then read row by row."""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import define, field, frozen

from argmap.model.faults import Fault
from argmap.records.decode import LONGEST_LINE
from argmap.text.decoding import Encoding, detect_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELIMITERS: Final = {",": "comma", ";": "semicolon", "|": "bar", "\t": "tab"}
"""The possible delimiters between cells, with their names."""

_SAMPLE: Final = 64 * 2**10
"""Characters that are searched for the header."""
_CHUNK: Final = 2**20
_BLANK: Final = " " + "".join(DELIMITERS)
"""The characters of a row without words, with any delimiter."""
_SEPARATOR_LINE = re.compile(r'\ufeff*"?sep=(.)"?\1* *[\r\n]*', re.IGNORECASE)
"""A line that some spreadsheets write above the header; saved again, it has more delimiters."""
_LEAD = re.compile(r"(?:\ufeff*[ \t]*[\r\n]+)+")
"""Lines without words above the header."""
_MARK: Final = "\ufeff"
"""A byte-order mark, which is inside the text if another program put text before it."""
_END = re.compile(r"(?:\r\n|\n|\r)\Z")
UNCLOSED: Final = "a quoted cell is never closed"
_REASONS: Final = (
    ("unexpected end", UNCLOSED),
    ("expected after", "has a quote inside a quoted cell; double it"),
)


@frozen
class TableDialect:
    """The encoding and delimiter of a table."""

    encoding: Encoding
    delimiter: str
    is_spaced: bool = False
    """True if there is a space after each delimiter."""


@frozen
class TableRow:
    """One row of a table."""

    line: int
    """The line where it begins; the first line is 1."""
    raw: bytes = field(repr=False)
    """The row as written, in UTF-8, without its end."""
    cells: tuple[str, ...] = ()
    fault: Fault | None = None
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The lines of the row, with their ends, if it has several."""


def detect_stream_encoding(stream: BinaryIO, where: str) -> Encoding:
    """Return the encoding of the whole *stream*, which is read to its end.

    Raises:
        InputError: it is binary, or in no known encoding.
    """
    stream.seek(0)
    return detect_encoding(iter(lambda: stream.read(_CHUNK), b""), where)


def detect_dialect(
    stream: BinaryIO, candidates: str, known: Callable[[str], bool], where: str
) -> TableDialect:
    """Return the dialect of the table in *stream*.

    Args:
        stream: The file; it can be read again.
        candidates: The delimiters to choose from.
        known: Returns whether a header's cell is the name of a column.
        where: The name of the file, for messages.

    Raises:
        InputError: it is binary, or in no known encoding.
    """
    encoding = detect_stream_encoding(stream, where)
    with _open_text(stream, encoding) as text:
        sample = text.read(_SAMPLE)
    delimiter, _ = detect_delimiter(sample, candidates, known)
    rest = find_header(sample, delimiter)[1:]
    return TableDialect(encoding, delimiter, bool(rest) and all(c[:1] == " " for c in rest))


def detect_delimiter(sample: str, candidates: str, known: Callable[[str], bool]) -> tuple[str, int]:
    """Return the delimiter with the most known columns, then most cells, and their number."""
    separator, _ = _without_preamble(sample)
    scores = []
    for delimiter in separator or candidates:
        header = find_header(sample, delimiter)
        scores.append((sum(map(known, header)), len(header), delimiter))
    count, _, best = max(scores, key=lambda score: score[:2])
    return best, count


def find_header(sample: str, delimiter: str) -> list[str]:
    """Return the cells of the first row of *sample* that is not blank."""
    _, table = _without_preamble(sample)
    _allow_long_cells()
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        return next((cells for cells in reader if any(c.strip(_BLANK) for c in cells)), [])
    return []


def _without_preamble(sample: str) -> tuple[str, str]:
    """Return the delimiter of a `sep=` line, if there is one, and the text after it.

    Byte-order marks and empty lines may precede and follow it.
    """
    lead = _LEAD.match(sample)
    start = lead.end() if lead else 0
    first = _SEPARATOR_LINE.match(sample, start)
    if first is None:
        return "", sample[start:].lstrip(_MARK)
    return first[1], sample[first.end() :].lstrip(_MARK)


def read_rows(stream: BinaryIO, dialect: TableDialect) -> Iterator[TableRow]:
    """Yield every row that is not blank, the header first; a malformed row has a fault."""
    _allow_long_cells()
    with _open_text(stream, dialect.encoding) as text:
        lines = _Lines(text)
        reader = csv.reader(
            lines, delimiter=dialect.delimiter, strict=True, skipinitialspace=dialect.is_spaced
        )
        while True:
            line = lines.begin_row()
            fault = None
            cells: list[str] = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                fault = _fault_from_error(str(error))
            except _TooLongError:
                fault = Fault("", "the row is longer than 16 MiB", "form")
            taken = lines.taken
            # Concatenated tables have such a line each.
            if len(taken) == 1 and _SEPARATOR_LINE.fullmatch(taken[0]):
                continue
            if fault is not None or not _is_blank(cells):
                lines.is_before_header = False
                raw = _END.sub("", "".join(taken)).encode()
                if len(raw) > LONGEST_LINE:
                    fault = Fault("", "the row is longer than 16 MiB", "form")
                yield TableRow(
                    line, raw, tuple(cells), fault, tuple(taken) if len(taken) > 1 else ()
                )


class _TooLongError(Exception):
    """A row that does not end, for example because a quote is not closed."""


@define
class _Lines:
    """Feeds lines to a reader of rows, and keeps those of the current row."""

    text: io.TextIOWrapper
    taken: list[str] = field(factory=list)
    is_before_header: bool = True
    """Whether byte-order marks at the beginning of a line are dropped."""
    _number: int = 0
    _length: int = 0

    def begin_row(self) -> int:
        """Forget the previous row, and return the number of the next line."""
        self.taken = []
        self._length = 0
        return self._number + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self.text)
        if self.is_before_header:
            line = line.lstrip(_MARK)
        self.taken.append(line)
        self._number += 1
        self._length += len(line)
        if self._length > LONGEST_LINE:
            raise _TooLongError
        return line


@contextmanager
def _open_text(stream: BinaryIO, encoding: Encoding) -> Iterator[io.TextIOWrapper]:
    """Read *stream* as text with its line ends, and leave it open afterwards."""
    stream.seek(encoding.mark)
    text = io.TextIOWrapper(stream, encoding.name, newline="")
    try:
        yield text
    finally:
        if not stream.closed:
            text.detach()


def _allow_long_cells() -> None:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))


def _is_blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _fault_from_error(complaint: str) -> Fault:
    """Return the error of Python's reader as a fault in argmap's words."""
    reason = next((ours for theirs, ours in _REASONS if theirs in complaint), complaint)
    return Fault("", reason, "form")
