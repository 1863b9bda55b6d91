"""What an import, an export and a text format are, and how they are found.

A format is one module with one value called `FORMAT`. Those of argmap are
found by walking `argmap.imports`, `argmap.exports` and `argmap.extracting`;
those of others by the entry points of the same names, which give the same value.
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
"""Byte-order marks of an encoding that tables alone may have."""


_SAME: dict[str, str] = {}
"""For files that write the keys of records as they are; one for all records of them."""


@define
class Located:
    """What an import format found at one place of a file: a record, or faults.

    Not frozen: a million of them are made in one import, and that takes half as long so.
    """

    line: int
    """Where it begins; the first line is 1."""
    raw: bytes = field(repr=False)
    """The line as it stood, without its end."""
    record: Record | None
    faults: tuple[Fault, ...] = ()
    by_label: bool = False
    """True where a statement or inference without an id is the one that has its label."""
    head: bytes = field(default=b"", repr=False)
    """What must stand before `raw` in a file of its own, such as the header of a table."""
    key_names: Mapping[str, str] = field(default=_SAME, repr=False)
    """What the file writes for the keys of records, by paths without numbers in brackets, such
    as the columns of a table; empty where it writes the keys."""


@frozen
class ImportFormat:
    """A form of files that can be read as records."""

    name: str
    title: str
    recognises: Callable[[bytes], bool]
    """Tells from a file's first 4 KiB whether it is of this format."""
    read: Callable[[BinaryIO], Iterator[Located]]
    """Yields what a file holds, in its order; may raise `InputError` for the whole file."""
    describe: Callable[[BinaryIO, str], Mapping[str, str]] | None = None
    """Says of a file and its name how it is written, such as its encoding; None where all are
    written alike. May raise `InputError` for the whole file, and names it."""
    columns: Mapping[str, str] = field(factory=dict)
    """Columns of other names in the files that it reads: theirs, and ours."""
    spells_keys: bool = False
    """True where the keys of a record stand in the file as they are, or with escapes of JSON."""
    mapped: Callable[[Mapping[str, str]], ImportFormat] | None = None
    """Gives this format for files whose columns have other names: theirs to ours, or to nothing
    for a column to leave out. None where there are no columns; may raise `InputError`."""

    def is_name_of(self, file: str) -> bool:
        """Tell whether *file* is called as files of this format are."""
        return plain_name(file).lower().endswith(f".{self.name}")


@frozen
class ImportFile:
    """One input: its name for messages, its format, and its bytes, which can be read again."""

    name: str
    format: ImportFormat
    stream: BinaryIO


@frozen
class ExportFormat:
    """A form that maps can be written in."""

    name: str
    title: str
    suffix: str
    """What its files end in, with the dot."""
    write: Callable[[Bundle], Iterator[str]]
    """Yields the text piece by piece; it ends in one newline."""
    holds_many: bool = False
    """True where one file can hold several documents."""
    summarise: Callable[[Bundle], Iterator[str]] | None = None
    """As `write`, shortened for sharing; None where the format has no short form."""
    leaves_out: Callable[[Bundle], Iterator[str]] | None = None
    """Names in words what of a bundle the format cannot carry; None where it carries all."""


@frozen
class Extract:
    """The text of an op-ed in a file, and what the file says about it.

    All but the text and the warnings is named as in `Document`, and None where the file says
    nothing.
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
    """What a person should check in the text: one line each, without the file's name."""


@frozen
class TextFormat:
    """A form of files in which people keep an op-ed, other than plain text."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    """What names of such files end in, in small letters with the dot."""
    recognises: Callable[[bytes, str], bool]
    """Tells from a file's first 4 KiB and its name whether it is of this format."""
    read: Callable[[bytes, str], Extract]
    """Finds the text in a file's bytes; the file's name is for messages. Raises `InputError`."""
    is_text: bool = False
    """True where its bytes are characters, whose encoding a person may know better."""


F = TypeVar("F", ImportFormat, ExportFormat, TextFormat)


def import_formats() -> dict[str, ImportFormat]:
    """Return every import format by name."""
    return _formats("argmap.imports", ImportFormat)


def mapped_formats(columns: Mapping[str, str]) -> dict[str, ImportFormat]:
    """Return every import format of tables by name, for files with *columns* of other names.

    Raises:
        InputError: a column is to be one that there is not.
    """
    return {
        name: format_.mapped(columns)
        for name, format_ in import_formats().items()
        if format_.mapped is not None
    }


def export_formats() -> dict[str, ExportFormat]:
    """Return every export format by name."""
    return _formats("argmap.exports", ExportFormat)


def text_formats() -> dict[str, TextFormat]:
    """Return every text format by name."""
    return _formats("argmap.extracting", TextFormat)


def format_named(name: str, formats: Mapping[str, F]) -> F:
    """Return the format called *name*.

    Raises:
        InputError: there is none; the message lists those there are.
    """
    if name not in formats:
        message = f"{name!r} is no format here; use one of {', '.join(sorted(formats))}"
        raise InputError(message)
    return formats[name]


def recognised_format(
    head: bytes, where: str, formats: Mapping[str, ImportFormat] | None = None
) -> ImportFormat:
    """Return the import format of the file *where*, told from its first bytes.

    Where its beginning tells nothing, its name helps: a table of other people has no column
    of ours, and the first line of a file of records may be spoilt.

    Args:
        head: The file's first 4 KiB.
        where: The name of the file, for messages.
        formats: Those to choose from; all there are where it is None.

    Raises:
        InputError: no format or more than one knows it.
    """
    possible = import_formats() if formats is None else formats
    known = [f for f in possible.values() if f.recognises(head)]
    if not known:
        known = [f for f in possible.values() if f.is_name_of(where)]
    if head.startswith(_UTF_16) and not any(f.mapped for f in known):
        message = f"{where}: is UTF-16, as PowerShell writes it; save it as UTF-8"
        raise InputError(message)
    if len(known) != 1:
        none = "is of no format that argmap knows"
        if possible.keys() < import_formats().keys():
            none = f"is none of {', '.join(sorted(possible))} by its first row"
        what = "could be of several formats" if known else none
        message = f"{where}: {what}; name one with --from"
        raise InputError(message)
    return known[0]


def _formats(group: str, kind: type[F]) -> dict[str, F]:
    package = importlib.import_module(group)
    found: list[Any] = [
        importlib.import_module(f"{group}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(package.__path__)
        if not module.name.startswith("_")
    ]
    found += [point.load() for point in entry_points(group=group)]
    return {f.name: f for f in found if isinstance(f, kind)}
