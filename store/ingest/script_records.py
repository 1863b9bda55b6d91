"""Records that a script makes become an import: they are spooled, because an import reads twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import TYPE_CHECKING, Any

import msgspec

from argmap.errors import InputError, StoreError
from argmap.formats.registry import format_named, import_formats
from argmap.host.clock import now
from argmap.host.files import as_input_error
from store.database.argument_checks import check_text

from .inputs import ImportFile, ImportOptions
from .run import import_records

if TYPE_CHECKING:
    from typing import BinaryIO

    from store.database.store import Store

    from .report import ImportReport


def import_from(
    store: Store,
    records: Iterable[Mapping[str, Any] | msgspec.Struct],
    *,
    assessor: str,
    name: str = "records",
    is_strict: bool = False,
    is_dry: bool = False,
    loose_quotes: bool = False,
) -> ImportReport:
    """Import *records* as one operation, as the command `import` does a file of JSON Lines.

    Memory stays bounded for any number of them: they go to a temporary file first. If
    *records* raises while it is read, that error comes through and nothing has changed.

    Args:
        store: An open database file, outside of a transaction.
        records: Read once, a generator if you like; in any order, for a record may refer
            to a later one. Each is a mapping with the keys of a line of JSON Lines, or a
            struct of `argmap.records.schema`. Dates and times become ISO 8601.
        assessor: Whose judgements are those that name no assessor.
        name: What the history calls them, and `Rejected.file`.
        is_strict: One fault, and nothing lands.
        is_dry: Everything is checked and nothing is written.
        loose_quotes: A unique near match of a quote is accepted, and told in `changed`.

    Returns:
        The account. Faults of records are in it and raise nothing: each of the first 1,000
        in `rejected` with its `line`, the record's number from 1, its `path` and `reason`.

    Raises:
        InputError: a record holds what JSON cannot say, *records* cannot be gone through, or
            the spool cannot be written.
        ModelError: *assessor* or *name* is no text, is empty, or has half a character.
        StoreError: the database lives in memory, is closed, belongs to another thread, or
            cannot be written.
    """
    check_text("assessor", assessor)
    check_text("name", name)
    _refuse_unfit(store)
    form = format_named("jsonl", import_formats())
    options = ImportOptions(assessor, now(), is_strict, is_dry, loose_quotes)
    with TemporaryFile() as spool:
        _spool(records, spool)
        return import_records(store.path, [ImportFile(name, form, spool)], options)


def _refuse_unfit(store: Store) -> None:
    """Refuse a store that is closed, of another thread, in memory, or in the midst of a write."""
    store.check()
    if store.path == Path(":memory:"):
        message = "records go into a database file; open one with open_store"
        raise StoreError(message)
    if store.is_writing:
        message = "records are imported in transactions of their own; leave `writing` first"
        raise StoreError(message)


def _spool(records: Iterable[Mapping[str, Any] | msgspec.Struct], spool: BinaryIO) -> None:
    """Write *records* as JSON Lines; what JSON can say and a record cannot is told later."""
    if not isinstance(records, Iterable):
        message = f"records: is of the type {type(records).__name__}; give a list or a generator"
        raise InputError(message)
    for number, record in enumerate(records, 1):
        try:
            line = _ENCODER.encode(record)
        except (TypeError, ValueError, RecursionError) as error:
            message = f"record {number:,} is nothing that JSON can say: {error}"
            raise InputError(message) from error
        with as_input_error(gettempdir()):
            spool.write(line.encode() + b"\n")
    with as_input_error(gettempdir()):
        spool.flush()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else msgspec.to_builtins(value)


_ENCODER = json.JSONEncoder(default=_plain)  # escapes half characters, which msgspec cannot write
