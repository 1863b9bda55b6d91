"""Tables as an import format: check the header, then turn each row into records."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

from argmap.errors import InputError
from argmap.formats import table_syntax
from argmap.formats.registry import ImportFormat, Located
from argmap.model.faults import Fault
from argmap.records.decode import record_from_object
from argmap.text.decoding import Encoding, detect_encoding
from argmap.text.display import counted, excerpt

from .cells import records_from_cells
from .keys import table_key_names
from .sheet import DELIMITERS, detect_delimiter, detect_dialect, read_rows
from .swallowed_rows import mark_swallowed_rows
from .torn_rows import mark_torn_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .cells import Content
    from .sheet import TableDialect, TableRow

Names = MappingProxyType[str, str]
"""Renamed columns of a file: its name to argmap's, or to an empty name to skip the column."""

_FEWEST_KNOWN: Final = 2
"""The fewest known columns by which a header is recognised as that of argmap's table."""
_MOST_NAMED: Final = 5
"""The most unknown columns that a message names."""
_MARK: Final = "\ufeff".encode()
_LONGEST: Final = 40
"""The most code points of a column's name that a message shows."""


def table_format(
    name: str, title: str, candidates: str, own: str, renamed: Mapping[str, str] | None = None
) -> ImportFormat:
    """Return the format of tables called *name*.

    Args:
        name: The name that chooses it.
        title: Its title for people.
        candidates: The delimiters that it can read.
        own: The delimiters that identify a file of this format.
        renamed: Renamed columns: the file's name to argmap's, or to an empty name to skip it.

    Raises:
        InputError: *renamed* maps to a name that is not a column.
    """
    names = MappingProxyType(dict(renamed or {}))
    for theirs, ours in names.items():
        if ours and ours not in table_syntax.columns():
            message = (
                f"{theirs!r} cannot be {ours!r}, which is not a column; columns are"
                f" {', '.join(table_syntax.columns())}"
            )
            raise InputError(message)
    return ImportFormat(
        name,
        title,
        recognises=partial(_recognises, own, names),
        read=partial(_read, candidates, names),
        describe=partial(_describe, candidates, names),
        columns=names,
        mapped=partial(table_format, name, title, candidates, own),
    )


def _recognises(own: str, renamed: Names, head: bytes) -> bool:
    try:
        encoding = detect_encoding([head], "", is_whole=False)
    except InputError:
        # Latin-1 never fails, so a table is recognised here and reading names the wrong bytes.
        encoding = Encoding("latin-1")
    sample = head[encoding.mark :].decode(encoding.name, "replace")
    known = partial(_is_known, renamed)
    delimiter, count = detect_delimiter(sample, "".join(DELIMITERS), known)
    return delimiter in own and count >= _FEWEST_KNOWN


def _describe(candidates: str, renamed: Names, stream: BinaryIO, where: str) -> Mapping[str, str]:
    dialect = detect_dialect(stream, candidates, partial(_is_known, renamed), where)
    _read_header(next(read_rows(stream, dialect), None), renamed, where)
    return {
        "encoding": dialect.encoding.title,
        "delimiter": DELIMITERS.get(dialect.delimiter, dialect.delimiter),
    }


def _read(candidates: str, renamed: Names, stream: BinaryIO) -> Iterator[Located]:
    where = "the table"
    dialect = detect_dialect(stream, candidates, partial(_is_known, renamed), where)
    rows = read_rows(stream, dialect)
    header = next(rows, None)
    columns = _read_header(header, renamed, where)
    assert header is not None  # noqa: S101  (it has columns)
    head = _rejects_header(header, dialect)
    written = table_key_names(header.cells, columns)
    added: set[tuple[str, ...]] = set()
    for row in mark_torn_rows(_split_rows(rows, header, columns, dialect.delimiter), columns):
        for record in _row_records(row, columns, added):
            found = record if isinstance(record, list) else record_from_object(record)
            names = written(None if isinstance(record, list) else record)
            if isinstance(found, list):
                yield Located(row.line, row.raw, None, tuple(found), head=head, key_names=names)
            else:
                yield Located(row.line, row.raw, found, head=head, key_names=names)


def _rejects_header(header: TableRow, dialect: TableDialect) -> bytes:
    """Return the header that rejected rows need so that they can be read again."""
    if dialect.delimiter in DELIMITERS:
        return header.raw
    return f"sep={dialect.delimiter}\n".encode() + header.raw


def _split_rows(
    rows: Iterable[TableRow], header: TableRow, columns: Sequence[str | None], delimiter: str
) -> Iterator[TableRow]:
    """Yield *rows* without repeated headers; rows inside a stray quote are yielded separately."""
    for row in rows:
        # Concatenated tables have a header each, and perhaps a byte-order mark.
        if row.cells == header.cells or row.raw.lstrip(_MARK) == header.raw:
            continue
        if row.lines:
            yield from mark_swallowed_rows(row, columns, delimiter)
        else:
            yield row


def _row_records(
    row: TableRow, columns: Sequence[str | None], added: set[tuple[str, ...]]
) -> Iterator[Content | list[Fault]]:
    """Yield the records of a row, or its faults; skip sources that were *added* before."""
    fault = row.fault or _shape_fault(row, columns)
    if fault is not None:
        yield [fault]
        return
    written = zip(columns, row.cells, strict=False)
    records, faults = records_from_cells(
        {name: cell for name, cell in written if name and cell.strip()}
    )
    if faults:
        yield faults
        return
    for record in records:
        if record["type"] == "source":
            content = tuple(record.values())
            if content in added:
                continue
            added.add(content)
        yield record


def _shape_fault(row: TableRow, columns: Sequence[str | None]) -> Fault | None:
    """Return a fault if a row has the wrong number of cells; trailing ones may be missing."""
    count = len(row.cells)
    if count > len(columns):
        count = max(n for n, cell in enumerate(row.cells, 1) if cell.strip())
    # A single cell is not a statement: it is a comment, a footer or has another delimiter.
    if count > len(columns) or count == 1 < len(columns):
        reason = (
            f"has {counted(count, 'cell')}, but the header has {len(columns)};"
            " put quotes around cells that contain delimiters or line ends"
        )
        return Fault("", reason, "form")
    places = zip(columns, row.cells, strict=False)
    stray = [n for n, (name, cell) in enumerate(places, 1) if name is None and cell.strip()]
    # pandas and R number the rows in a first column that has no name.
    if stray[:1] == [1] and row.cells[0].strip().isdecimal():
        del stray[0]
    return Fault("", f"cell {stray[0]} is under a column without a name", "form") if stray else None


def _is_known(renamed: Names, name: str) -> bool:
    return _renamed_key(renamed, name) is not None or _column_name(name) in table_syntax.columns()


def _renamed_key(renamed: Names, name: str) -> str | None:
    """Return the name under which a column is in *renamed*."""
    return name if name in renamed else name.strip() if name.strip() in renamed else None


def _column_name(name: str) -> str:
    return "_".join(name.lower().split())


def _read_header(header: TableRow | None, renamed: Names, where: str) -> list[str | None]:
    """Return argmap's name of each column of *header*; empty to skip it, None if unnamed.

    Raises:
        InputError: there is no header, or it does not name argmap's columns, each once.
    """
    if header is None:
        message = f"{where}: is empty; the first row of a table must name its columns"
        raise InputError(message)
    if header.fault is not None:
        message = f"{where}: line {header.line}: {header.fault}"
        raise InputError(message)
    names = list(header.cells)
    while names and not names[-1].strip():
        names.pop()
    missing = set(renamed) - {_renamed_key(renamed, name) for name in names}
    if missing:
        message = (
            f"{where}: has no column {min(missing)!r} to map; its columns are {_quote_names(names)}"
        )
        raise InputError(message)
    _refuse_unknown(
        [name for name in names if name.strip() and not _is_known(renamed, name)], names, where
    )
    found: list[str | None] = []
    for name in names:
        theirs = _renamed_key(renamed, name)
        ours = renamed[theirs] if theirs is not None else _column_name(name) or None
        if ours and ours in found:
            message = f"{where}: two columns are {ours!r}; skip one with --map {name!r}="
            raise InputError(message)
        found.append(ours)
    return found


def _refuse_unknown(unknown: list[str], names: list[str], where: str) -> None:
    """Refuse a header with unknown columns.

    Raises:
        InputError: there is at least one.
    """
    if not unknown:
        return
    if any("\0" in name for name in unknown):
        message = (
            f"{where}: its first row has bytes of 0, as in binary files and UTF-16 without a"
            " mark; save it as UTF-8"
        )
        raise InputError(message)
    plural = "unknown columns" if len(unknown) > 1 else "unknown column"
    lead = "its first row has no known column" if unknown == names else ""
    message = (
        f"{where}: {lead or plural}: {_quote_names(unknown)};"
        f" known columns are {', '.join(table_syntax.columns())};"
        " rename one with --map THEIRS=OURS, or skip it with --map THEIRS="
    )
    raise InputError(message)


def _quote_names(names: list[str]) -> str:
    shown = ", ".join(repr(excerpt(name, _LONGEST)) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
