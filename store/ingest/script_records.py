"""Import records that a script generates.

They are spooled to a temporary file first, because an import reads its input more than once.
"""

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
    """Import *records* as one operation, as `argmap import` does with JSON Lines.

    Memory stays bounded for any number of records, which go to a temporary file first. If
    iterating over *records* raises an error, it is passed on and nothing is changed.

    Args:
        store: An open database file, outside of a transaction.
        records: Read once, so a generator will do; in any order, because a record may refer to
            a later one. Each is a mapping with the keys of a line of JSON Lines, or a
            struct of `argmap.records.schema`. Dates and times become ISO 8601.
        assessor: The assessor of ratings and Admiralty codes that name none.
        name: The name of the input in the history and in `Rejection.file`.
        is_strict: Import nothing if any record is rejected.
        is_dry: Validate everything and write nothing.
        loose_quotes: Accept a unique near match of a quote and list it in `changed`.

    Returns:
        The import report. Faults of records are listed in it and raise nothing: each of the
        first 1,000 is in `rejected` with its `line`, the record's number from 1, its `path` and
        `reason`.

    Raises:
        InputError: a record cannot be written as JSON, *records* is not iterable, or the
            temporary file cannot be written.
        ModelError: *assessor* or *name* is not a text, is empty, or contains half of a surrogate
            pair.
        StoreError: the database is in memory, is closed, belongs to another thread, or
            cannot be written.
    """
    check_text("assessor", assessor)
    check_text("name", name)
    _check_store(store)
    form = format_named("jsonl", import_formats())
    options = ImportOptions(assessor, now(), is_strict, is_dry, loose_quotes)
    # An import reads its input for the digest, for its records, and for repeated ids. A generator
    # can be read once only.
    with TemporaryFile() as spool:
        _spool(records, spool)
        return import_records(store.path, [ImportFile(name, form, spool)], options)


def _check_store(store: Store) -> None:
    """Raise StoreError unless *store* is a file that this thread can import into."""
    store.check()
    if store.path == Path(":memory:"):
        message = "records can be imported only into a database file; open one with open_store"
        raise StoreError(message)
    if store.is_writing:
        message = "an import uses its own transactions; leave `writing` first"
        raise StoreError(message)


def _spool(records: Iterable[Mapping[str, Any] | msgspec.Struct], spool: BinaryIO) -> None:
    """Write *records* as JSON Lines; other faults are found by the import."""
    if not isinstance(records, Iterable):
        message = f"records: a {type(records).__name__} is not iterable; give a list or a generator"
        raise InputError(message)
    for number, record in enumerate(records, 1):
        try:
            line = _ENCODER.encode(record)
        except (TypeError, ValueError, RecursionError) as error:
            message = f"record {number:,} cannot be written as JSON: {error}"
            raise InputError(message) from error
        with as_input_error(gettempdir()):
            spool.write(line.encode() + b"\n")
    with as_input_error(gettempdir()):
        spool.flush()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else msgspec.to_builtins(value)


_ENCODER = json.JSONEncoder(default=_plain)  # escapes lone surrogates, which msgspec cannot write
