"""Files of an import that cannot be read, as errors or as rejected records.

The only file of an import is an error. One of several counts as one rejected record, so that
the other files are imported.
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
    """The reason why a file cannot be read, and the line where it failed."""

    name: str
    """The name used in messages."""
    reason: str
    line: int | None = None
    """The line, from 1; None if the reason is not in any line."""
    ends_import: bool = False
    """True if the other files cannot be read either, as when the disk is full."""

    def error(self) -> InputError:
        """Return the failure as an error that ends the import."""
        line = "" if self.line is None else f"line {self.line}: "
        return InputError(f"{self.name}: {line}{self.reason}")

    def located(self) -> Located:
        """Return the failure as one rejected record, without a line for the rejects file."""
        return Located(self.line or 1, b"", None, (Fault("", self.reason, "form"),))


def failure_from_error(name: str, error: InputError) -> ReadFailure:
    """Return *error*, raised while reading the file *name*, as a failure."""
    if isinstance(error, LineError):
        return ReadFailure(name, error.reason, error.line)
    # Readers of tables do not know the file's name; errors on opening include it.
    return ReadFailure(name, str(error).removeprefix(f"{name}: ").removeprefix("the table: "))


def unreadable_file(failure: ReadFailure) -> ImportFile:
    """Return a placeholder for a file that cannot be opened or has no known format."""

    def read(_: BinaryIO) -> Iterator[Located]:
        """Yield the failure as the only record."""
        yield failure.located()

    return ImportFile(failure.name, ImportFormat("", "", lambda _: False, read), io.BytesIO())


def unless_unreadable(
    file: ImportFile, number: int, failures: Mapping[int, ReadFailure]
) -> ImportFile:
    """Return *file*, yielding only its failure once *failures* has its *number*."""

    def read(stream: BinaryIO) -> Iterator[Located]:
        """Read records as the format does."""
        if failure := failures.get(number):
            yield failure.located()
        else:
            yield from file.format.read(stream)

    return evolve(file, format=evolve(file.format, read=read))
