r"""Texts of documents as the files write them, before `\r` and marks are removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.records.schema import DocumentRecord
from argmap.text.line_ends import LineEnds, line_ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.ingest.inputs import ImportFile

_PIECE: Final = 2**20
_LONGEST_ESCAPE: Final = 6
_MARK: Final = b"\xef\xbb\xbf"
_ESCAPES: Final = re.compile(rb"\\(?:r|u(?:000[dD]|[fF][eE][fF][fF]))")
"""JSON escapes of removed characters, which begin with the rare backslash."""


@define
class WrittenTexts:
    """The characters that documents' texts lose when stored, by file and document.

    Offsets in a file count in the text as that file writes it or, if it does not contain the text,
    as another file of the import does. They must be known before the first statement is
    anchored, which may come before its document.
    """

    _ends: dict[tuple[str, str], LineEnds | None] = field(factory=dict)
    """None for a file whose text loses nothing, if another file's text does."""
    _elsewhere: dict[str, LineEnds] = field(factory=dict)
    """The characters that a document's text loses, in the first file where it loses any."""

    def __bool__(self) -> bool:
        """Return whether any text loses characters."""
        return bool(self._elsewhere)

    def line_ends(self, file: str, document: str) -> LineEnds | None:
        """Return the characters that *document*'s text in *file* loses; None if none."""
        return self._ends.get((file, document), self._elsewhere.get(document))


def find_written_texts(files: Sequence[ImportFile]) -> WrittenTexts:
    """Return the characters that the texts in *files* lose when they are stored.

    Records are decoded only in files whose bytes may hold a removed character.

    Raises:
        InputError: a file cannot be read in its format.
    """
    losing = [file for file in files if _may_lose(file)]
    losses: dict[tuple[str, str], LineEnds | None] = {}
    for file, id_, text in _texts(losing):
        losses[file, id_] = losses.get((file, id_)) or line_ends_of(text)
    elsewhere: dict[str, LineEnds] = {}
    for (_, id_), ends in losses.items():
        if ends is not None:
            elsewhere.setdefault(id_, ends)
    if not elsewhere:
        return WrittenTexts()
    for file, id_, _ in _texts([file for file in files if file not in losing]):
        if id_ in elsewhere:
            losses.setdefault((file, id_), None)
    return WrittenTexts(losses, elsewhere)


def _texts(files: Iterable[ImportFile]) -> Iterator[tuple[str, str, str]]:
    """Yield the file name, the document id and the content of each text in *files*."""
    for file in files:
        if file.format.mapped is not None:
            continue  # a table has statements, no documents
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            record = located.record
            if isinstance(record, DocumentRecord) and isinstance(record.text, str):
                yield file.name, record.id, record.text


def _may_lose(file: ImportFile) -> bool:
    """Return whether a text in *file* may hold a character that storing removes."""
    if file.format.mapped is not None:
        return False  # a table has statements, no documents
    file.stream.seek(0)
    end = b""
    while piece := file.stream.read(_PIECE):
        # A mark at the very start belongs to the file, not to a text.
        window = end + (piece if end else piece.removeprefix(_MARK))
        if _MARK in window or (b"\\" in window and _ESCAPES.search(window)):
            return True
        # In JSON a bare `\r` can only occur between values, so it is no sign of one inside a text.
        if not file.format.spells_keys and b"\r" in window:
            return True
        # An escape may straddle two pieces.
        end = piece[-_LONGEST_ESCAPE:]
    return False
