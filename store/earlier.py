"""What an import has come to so far, however it landed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, field

from .seen import Seen

if TYPE_CHECKING:
    from collections.abc import Collection

    from argmap.records.wire import Record

    from .chunks import Chunks

_ROWS: Final = """
    SELECT id, pk, batch FROM statement WHERE id IN (SELECT value FROM json_each(?))
"""


@define
class Earlier:
    """Tells what an import has come to, and what an earlier run of it has landed already.

    Plain statements are told by their rows, all others by notes of their ids. A run that
    goes on with an interrupted one takes notes of everything: that a row is there does not
    tell that the run has come to it.
    """

    chunks: Chunks
    resumed: int | None = None
    """The operation that is gone on with."""
    noted: Seen = field(factory=Seen)
    """Ids, given and made ones."""
    _contents: Seen = field(factory=Seen)
    _rows: list[tuple[int, int]] = field(factory=list)
    """First and last of statements that stood in the database as the import says."""

    def note(self, id_: str, record: Record) -> None:
        """Note that *record* came, under the id that was made for it."""
        self.noted.add(id_)
        self._contents.add(_content(id_, record))

    def said(self, id_: str, record: Record) -> bool:
        """Tell whether *record* came before, under the id that was made for it."""
        return _content(id_, record) in self._contents

    def note_rows(self, first: int, last: int) -> None:
        """Note that the statements from the row *first* to *last* came, and stood there already."""
        if self._rows and self._rows[-1][1] == first - 1:
            first = self._rows.pop()[0]
        self._rows.append((first, last))

    def has_rows(self, first: int, last: int) -> bool:
        """Tell whether `note_rows` was told of a row from *first* to *last*."""
        return any(start <= last and first <= end for start, end in self._rows)

    def among(self, ids: Collection[str]) -> set[str]:
        """Return those of *ids* that the import has come to."""
        came = self.noted.among(ids)
        store = self.chunks.store
        if store is not None and self.resumed is None:
            rows: Any = store.db.conn.execute(_ROWS, (msgspec.json.encode(list(ids)).decode(),))
            own = self.chunks.seq
            came.update(id_ for id_, pk, batch in rows if batch == own or self.has_rows(pk, pk))
        return came

    def is_reached(self, id_: str, batch: int | None) -> bool:
        """Tell whether the import would know *id_* of *batch*, had it not been interrupted."""
        return batch is None or batch != self.resumed or id_ in self.noted


def _content(id_: str, record: Record) -> str:
    return f"{id_}\0{msgspec.json.encode(record).decode()}"
