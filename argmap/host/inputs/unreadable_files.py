"""Files of an import that cannot be read: one alone is an error, one of several is rejected.

Where several files are imported, one that is damaged or not of its form counts as one
rejected record, so that the others land.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from argmap.errors import Fault, InputError, LineError
from argmap.formats.registry import ImportFile, ImportFormat, Located

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO


@frozen
class ReadFailure:
    """Why a file cannot be read, and in which line that shows."""

    name: str
    """What the file is called in messages."""
    reason: str
    line: int | None = None
    """None where the file is refused for no line of it."""
    ends_import: bool = False
    """True where the disk is full, say, and the other files cannot be read either."""

    def error(self) -> InputError:
        """Return the error of an import that this ends."""
        line = "" if self.line is None else f"line {self.line}: "
        return InputError(f"{self.name}: {line}{self.reason}")

    def located(self) -> Located:
        """Return the file as one rejected record, which has no line to be written elsewhere."""
        return Located(self.line or 1, b"", None, (Fault("", self.reason, "form"),))


def failure_from_error(name: str, error: InputError) -> ReadFailure:
    """Return *error*, which reading the file *name* raised, as a refusal."""
    if isinstance(error, LineError):
        return ReadFailure(name, error.reason, error.line)
    # A reader of tables does not know the name of its file, and what opens the file does.
    return ReadFailure(name, str(error).removeprefix(f"{name}: ").removeprefix("the table: "))


def unreadable_file(refusal: ReadFailure) -> ImportFile:
    """Return what takes the place of a file that cannot be opened, or is of no known format."""

    def read(_: BinaryIO) -> Iterator[Located]:
        """Yield the refusal alone."""
        yield refusal.located()

    return ImportFile(refusal.name, ImportFormat("", "", lambda _: False, read), io.BytesIO())


def unless_unreadable(
    file: ImportFile, number: int, failures: Mapping[int, ReadFailure]
) -> ImportFile:
    """Return *file*, yielding only its failure once *failures* has its *number*."""

    def read(stream: BinaryIO) -> Iterator[Located]:
        """Read as the format does."""
        if refusal := failures.get(number):
            yield refusal.located()
        else:
            yield from file.format.read(stream)

    return evolve(file, format=evolve(file.format, read=read))
