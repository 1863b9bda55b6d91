"""The interfaces of import, export and text formats, and how formats are found.

A format is one module with one value called `FORMAT`. argmap's own are
found by walking `argmap.imports`, `argmap.exports` and `argmap.extracting`;
those of other packages by the entry points of the same names, which give the same value.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, field, frozen

from argmap.errors import InputError

from .compression import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from argmap.model.faults import Fault
    from argmap.records.schema import Record

    from .bundle import Bundle


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""Byte-order marks of an encoding that only tables may have."""


_SAME: dict[str, str] = {}
"""For files that use the keys of records themselves; all their records share this one mapping."""


@define
class Located:
    """A record, or the faults, at one place in a file.

    Not frozen: an import makes a million of them, and freezing doubles the time that takes.
    """

    line: int
    """The line where it begins; the first line is 1."""
    raw: bytes = field(repr=False)
    """The line as written, without its end."""
    record: Record | None
    faults: tuple[Fault, ...] = ()
    by_label: bool = False
    """True if a statement or inference without an id is identified by its label."""
    head: bytes = field(default=b"", repr=False)
    """The bytes that must precede `raw` in a separate file, such as the header of a table."""
    key_names: Mapping[str, str] = field(default=_SAME, repr=False)
    """The file's names for the keys of records, such as columns, by paths without bracketed
    numbers; empty if it uses the keys themselves.
    """


@frozen
class ImportFormat:
    """A format of files that can be read as records."""

    name: str
    title: str
    recognises: Callable[[bytes], bool]
    """Returns whether a file is of this format, from its first 4 KiB."""
    read: Callable[[BinaryIO], Iterator[Located]]
    """Yields the records of a file in its order; may raise `InputError` for the whole file."""
    describe: Callable[[BinaryIO, str], Mapping[str, str]] | None = None
    """Describes how a file is written, such as its encoding, from the file and its name; None
    if all files are written alike. May raise `InputError` for the whole file, and names it.
    """
    columns: Mapping[str, str] = field(factory=dict)
    """Renamed columns of the files that it reads: the file's name, and argmap's."""
    spells_keys: bool = False
    """True if the file has the keys of records as they are, or with JSON escapes."""
    mapped: Callable[[Mapping[str, str]], ImportFormat] | None = None
    """Returns this format for files with renamed columns: the file's name to argmap's, or to an
    empty name to skip the column. None if there are no columns; may raise `InputError`.
    """

    def is_name_of(self, file: str) -> bool:
        """Return whether *file* has the suffix of this format."""
        return plain_name(file).lower().endswith(f".{self.name}")


@frozen
class ImportFile:
    """One input: its name for messages, its format, and its bytes, which can be read again."""

    name: str
    format: ImportFormat
    stream: BinaryIO


@frozen
class ExportFormat:
    """A format that maps can be written in."""

    name: str
    title: str
    suffix: str
    """The suffix of its files, with the dot."""
    write: Callable[[Bundle], Iterator[str]]
    """Yields the text piece by piece; it ends in one newline."""
    holds_many: bool = False
    """True if one file can contain several documents."""
    summarise: Callable[[Bundle], Iterator[str]] | None = None
    """Writes a version shortened for sharing, as `write` does; None if the format has none."""
    leaves_out: Callable[[Bundle], Iterator[str]] | None = None
    """Names the parts of a bundle that the format cannot hold; None if it holds everything."""


@frozen
class Extract:
    """The text of an op-ed in a file, with the file's data about it.

    All fields except the text and the warnings are named as in `Document`, and None if the file
    does not give them.
    """

    text: str = field(repr=False)
    """Paragraphs with a blank line between them; not empty."""
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()
    """Doubts about the text that a person should check: one line each, without the file's name."""


@frozen
class TextFormat:
    """A format of files that contain an op-ed, other than plain text."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    """Suffixes of such files, in lower case with the dot."""
    recognises: Callable[[bytes, str], bool]
    """Returns whether a file is of this format, from its first 4 KiB and its name."""
    read: Callable[[bytes, str], Extract]
    """Extracts the text from a file's bytes and its name, for messages; raises `InputError`."""
    is_text: bool = False
    """True if its bytes are characters, whose encoding a person may know better."""


F = TypeVar("F", ImportFormat, ExportFormat, TextFormat)


def import_formats() -> dict[str, ImportFormat]:
    """Return every import format by name."""
    return _discover_formats("argmap.imports", ImportFormat)


def mapped_formats(columns: Mapping[str, str]) -> dict[str, ImportFormat]:
    """Return every import format of tables by name, for files with renamed *columns*.

    Raises:
        InputError: a column is mapped to a name that is not a column.
    """
    return {
        name: format_.mapped(columns)
        for name, format_ in import_formats().items()
        if format_.mapped is not None
    }


def export_formats() -> dict[str, ExportFormat]:
    """Return every export format by name."""
    return _discover_formats("argmap.exports", ExportFormat)


def text_formats() -> dict[str, TextFormat]:
    """Return every text format by name."""
    return _discover_formats("argmap.extracting", TextFormat)


def format_named(name: str, formats: Mapping[str, F]) -> F:
    """Return the format called *name*.

    Raises:
        InputError: there is none; the message lists the available ones.
    """
    if name not in formats:
        message = f"{name!r} is not a format; use one of {', '.join(sorted(formats))}"
        raise InputError(message)
    return formats[name]


def recognised_format(
    head: bytes, where: str, formats: Mapping[str, ImportFormat] | None = None
) -> ImportFormat:
    """Return the import format of the file *where*, recognised by its first bytes.

    If its beginning is not enough, its name decides: a table from another program may have
    no column of argmap's, and the first line of a file of records may be damaged.

    Args:
        head: The file's first 4 KiB.
        where: The name of the file, for messages.
        formats: The formats to choose from; None for all.

    Raises:
        InputError: no format or more than one recognises it.
    """
    possible = import_formats() if formats is None else formats
    known = [f for f in possible.values() if f.recognises(head)]
    if not known:
        known = [f for f in possible.values() if f.is_name_of(where)]
    if head.startswith(_UTF_16) and not any(f.mapped for f in known):
        message = f"{where}: is UTF-16, as PowerShell writes it; save it as UTF-8"
        raise InputError(message)
    if len(known) != 1:
        none = "is not in a format that argmap knows"
        if possible.keys() < import_formats().keys():
            none = f"its first row is not that of {' or '.join(sorted(possible))}"
        what = "could be in several formats" if known else none
        message = f"{where}: {what}; name the format with --from"
        raise InputError(message)
    return known[0]


def _discover_formats(group: str, kind: type[F]) -> dict[str, F]:
    package = importlib.import_module(group)
    found: list[Any] = [
        importlib.import_module(f"{group}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(package.__path__)
        if not module.name.startswith("_")
    ]
    found += [point.load() for point in entry_points(group=group)]
    return {f.name: f for f in found if isinstance(f, kind)}
