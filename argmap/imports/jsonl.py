"""JSON Lines: one record per line, the canonical wire form."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from argmap.formats.registry import ImportFormat, Located
from argmap.records.decode import record_from_line, records_from_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MARK: Final = b"\xef\xbb\xbf"
_TOGETHER: Final = 2**18
"""Bytes that are read at a time; the last line is then read to its end."""


def _recognises(head: bytes) -> bool:
    return head.removeprefix(_MARK).lstrip()[:1] in (b"{", b"[") or not head.strip()


def _read(stream: BinaryIO) -> Iterator[Located]:
    before = 0
    while block := stream.read(_TOGETHER):
        if not block.endswith(b"\n"):
            block += stream.readline()
        lines = block.split(b"\n")
        if not lines[-1]:
            lines.pop()
        records = records_from_lines(block if before else block.removeprefix(_MARK))
        if records is not None and len(records) == len(lines):
            yield from map(Located, count(before + 1), lines, records)
        else:
            yield from _one_by_one(lines, before)
        before += len(lines)


def _one_by_one(lines: list[bytes], before: int) -> Iterator[Located]:
    """Yield the record of each of *lines*, after *before* earlier lines; skip blank ones."""
    for number, raw in enumerate(lines, before + 1):
        line = (raw if number > 1 else raw.removeprefix(_MARK)).removesuffix(b"\r")
        if not line or line.isspace():
            continue
        found = record_from_line(line)
        if isinstance(found, list):
            yield Located(number, raw, None, tuple(found))
        else:
            yield Located(number, raw, found)


FORMAT: Final = ImportFormat("jsonl", "JSON Lines", _recognises, _read, spells_keys=True)
