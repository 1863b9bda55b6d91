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
class Refusal:
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


def refusal_of(name: str, error: InputError) -> Refusal:
    """Return *error*, which reading the file *name* raised, as a refusal."""
    if isinstance(error, LineError):
        return Refusal(name, error.reason, error.line)
    # A reader of tables does not know the name of its file, and what opens the file does.
    return Refusal(name, str(error).removeprefix(f"{name}: ").removeprefix("the table: "))


def refused_file(refusal: Refusal) -> ImportFile:
    """Return what takes the place of a file that cannot be opened, or is of no known format."""

    def read(_: BinaryIO) -> Iterator[Located]:
        """Yield the refusal alone."""
        yield refusal.located()

    return ImportFile(refusal.name, ImportFormat("", "", lambda _: False, read), io.BytesIO())


def unless_refused(file: ImportFile, number: int, refused: Mapping[int, Refusal]) -> ImportFile:
    """Return *file* as one that gives its refusal alone once *refused* has one for its *number*."""

    def read(stream: BinaryIO) -> Iterator[Located]:
        """Read as the format does."""
        if refusal := refused.get(number):
            yield refusal.located()
        else:
            yield from file.format.read(stream)

    return evolve(file, format=evolve(file.format, read=read))
