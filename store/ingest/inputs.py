"""The input of an import: its files, its options, and its records in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from argmap.formats.registry import ImportFile as ImportFile  # noqa: PLC0414, TC001  (`store` offers it)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.formats.registry import Located

    NumberedRecord = tuple[int, str, Located]
    """A record with its number in the whole input, from 0, and the name of its file."""


@frozen
class ImportOptions:
    """The options of one import."""

    assessor: str
    """The assessor of ratings and Admiralty codes whose record names none."""
    at: str
    """The time of the operation: UTC, ISO 8601."""
    is_strict: bool = False
    """True to import nothing if any record is rejected."""
    is_dry: bool = False
    """True to validate everything and write nothing."""
    loose_quotes: bool = False
    is_atomic: bool = False
    """True to write everything in one transaction, however long others must wait."""
    is_merge: bool = False
    """True if the history should say that the files were merged, not imported."""


def read_records(files: Sequence[ImportFile]) -> Iterator[NumberedRecord]:
    """Yield every record of *files*, rewinding each file first.

    Yields:
        The record's number, from 0 and counted over all files, its file's name, and the record
        with its line and faults.
    """
    number = 0
    for file in files:
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            yield number, file.name, located
            number += 1
