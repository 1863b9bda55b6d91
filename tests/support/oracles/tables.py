"""Read tables in tests: from text or bytes to records, faults, or the line of a refusal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from argmap.errors import InputError
from argmap.imports.csv import FORMAT as CSV

if TYPE_CHECKING:
    from argmap.formats.registry import ImportFormat, Located

HEADER = "id,document,kind,text"
PLAIN = f"{HEADER}\nc1,toll,claim,It pays.\n"


def read(content: str | bytes, format_: ImportFormat = CSV) -> list[Located]:
    raw = content if isinstance(content, bytes) else content.encode()
    return list(format_.read(io.BytesIO(raw)))


def contents(content: str | bytes, format_: ImportFormat = CSV) -> list[dict[str, Any]]:
    found = read(content, format_)
    assert [located.faults for located in found if located.faults] == []
    return [msgspec.to_builtins(located.record) for located in found]


def only(header: str, row: str) -> dict[str, Any]:
    """Return the one record of a row for a claim with more columns."""
    found = contents(f"document,kind,{header}\ntoll,claim,{row}\n")
    assert len(found) == 1
    common = {"type": "statement", "document": "toll", "kind": "claim"}
    assert {k: v for k, v in found[0].items() if k in common} == common
    return {k: v for k, v in found[0].items() if k not in common}


def faults(header: str, row: str) -> list[tuple[str, str]]:
    found = read(f"document,kind,{header}\ntoll,claim,{row}\n")
    return [(fault.path, fault.reason) for located in found for fault in located.faults]


def refusal(content: str | bytes, format_: ImportFormat = CSV) -> str:
    with pytest.raises(InputError) as caught:
        read(content, format_)
    message = str(caught.value)
    assert "\n" not in message
    return message
