"""The worked example that argmap ships: an op-ed with its complete map."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

from argmap.errors import InputError
from argmap.formats.registry import import_formats

from .inputs import ImportFile, ImportOptions
from .run import import_records

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE: Final = "last-boat-home"
"""The id of the example's document."""


def add_example(path: Path, at: str) -> str:
    """Import the worked example into the database at *path*; return its document id.

    Args:
        path: The database file; it is created if there is none.
        at: The time of the operation: UTC, ISO 8601.

    Raises:
        InputError: the database uses one of the example's ids for other content.
        StoreError: the database cannot be read or written.
    """
    content = files("argmap").joinpath("demo.jsonl").read_bytes()
    file = ImportFile("demo.jsonl", import_formats()["jsonl"], BytesIO(content))
    report = import_records(path, [file], ImportOptions("demo", at))
    if report.rejected_total:
        message = f"the worked example: {report.rejected[0].reason}"
        raise InputError(message)
    return EXAMPLE
