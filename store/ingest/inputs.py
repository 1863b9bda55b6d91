"""What is imported and how: the files, the options, and the records in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from argmap.formats.registry import ImportFile as ImportFile  # noqa: PLC0414, TC001  (`store` offers it)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.formats.registry import Located

    Numbered = tuple[int, str, Located]
    """A record: its number in the input, from 0, its file's name, and what was found there."""


@frozen
class ImportOptions:
    """How an import is to be done."""

    assessor: str
    """Whose judgements are those that name no assessor."""
    at: str
    """When it happens: UTC, ISO 8601."""
    is_strict: bool = False
    """One fault, and nothing lands."""
    is_dry: bool = False
    """Everything is checked and nothing is written."""
    loose_quotes: bool = False
    at_once: bool = False
    """All of it lands in one transaction, however long that takes."""


def read_records(files: Sequence[ImportFile]) -> Iterator[Numbered]:
    """Yield all records of *files* from the beginning: number, file's name, what was found."""
    number = 0
    for file in files:
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            yield number, file.name, located
            number += 1
