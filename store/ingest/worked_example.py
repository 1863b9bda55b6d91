"""The worked example that argmap ships: an op-ed with its whole map."""

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
"""The id of its document."""


def add_example(path: Path, at: str) -> str:
    """Put the worked example into the database at *path*; return the id of its document.

    Raises:
        InputError: the database has something else under one of its ids.
    """
    content = files("argmap").joinpath("demo.jsonl").read_bytes()
    file = ImportFile("demo.jsonl", import_formats()["jsonl"], BytesIO(content))
    account = import_records(path, [file], ImportOptions("demo", at))
    if account.rejected_total:
        message = f"the worked example: {account.rejected[0].reason}"
        raise InputError(message)
    return EXAMPLE
