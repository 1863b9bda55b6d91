r"""Texts of documents as the files of one import write them, before `\r` and marks go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.line_ends import LineEnds, line_ends_of
from argmap.records.wire import DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .ingest import ImportFile

_PIECE: Final = 2**20
_LONGEST_ESCAPE: Final = 6
_MARK: Final = b"\xef\xbb\xbf"
_ESCAPES: Final = re.compile(rb"\\(?:r|u(?:000[dD]|[fF][eE][fF][fF]))")
"""How JSON writes what a text loses. A backslash comes first, which few files have many of."""


@define
class WrittenTexts:
    """What the texts of documents lose when they are stored, by file and document.

    Offsets in a file count in the text as that file has it; so they have to be known before the
    first statement is placed, which may come before its document.
    """

    _ends: dict[tuple[str, str], LineEnds] = field(factory=dict)

    def __bool__(self) -> bool:
        """Tell whether any text loses anything."""
        return bool(self._ends)

    def line_ends(self, file: str, document: str) -> LineEnds | None:
        """Return what the text of *document* in *file* loses; None where all places stay."""
        return self._ends.get((file, document))


def written_texts(files: Iterable[ImportFile]) -> WrittenTexts:
    """Return what the texts in *files* lose; a file that cannot have such a text is not read."""
    found: dict[tuple[str, str], LineEnds] = {}
    for file in files:
        if not _may_lose(file):
            continue
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            record = located.record
            if isinstance(record, DocumentRecord) and isinstance(record.text, str):
                ends = line_ends_of(record.text)
                if ends is not None:
                    found.setdefault((file.name, record.id), ends)
    return WrittenTexts(found)


def _may_lose(file: ImportFile) -> bool:
    """Tell whether a text in *file* may have what goes when it is stored."""
    if file.format.mapped is not None:
        return False  # a table has statements, no documents
    file.stream.seek(0)
    end = b""
    while piece := file.stream.read(_PIECE):
        seen = end + (piece if end else piece.removeprefix(_MARK))
        if _MARK in seen or (b"\\" in seen and _ESCAPES.search(seen)):
            return True
        if not file.format.spells_keys and b"\r" in seen:
            return True
        end = piece[-_LONGEST_ESCAPE:]
    return False
