"""JSON Lines: one record a line, the canonical wire form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats import ImportFormat, Located
from argmap.records.reading import record_from_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MARK: Final = b"\xef\xbb\xbf"


def _recognises(head: bytes) -> bool:
    return head.removeprefix(_MARK).lstrip()[:1] in (b"{", b"[") or not head.strip()


def _read(stream: BinaryIO) -> Iterator[Located]:
    for number, raw in enumerate(stream, 1):
        whole = raw.removesuffix(b"\n")
        line = whole.removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(_MARK)
        if not line or line.isspace():
            continue
        found = record_from_line(line)
        if isinstance(found, list):
            yield Located(number, whole, None, tuple(found))
        else:
            yield Located(number, whole, found)


FORMAT: Final = ImportFormat("jsonl", "JSON Lines", _recognises, _read, spells_keys=True)
