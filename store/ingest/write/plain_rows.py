"""Insert plain statements by set; those that exist already are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.records.ids import inference_id
from store.ingest.backlog.deferred_records import settled
from store.ingest.check.existing_rows import AMONG, asked
from store.log.operations import note_documents
from store.rows.writing import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.database.store import Store
    from store.ingest.check.resumption import Resumption
    from store.ingest.plain_statements import Plain
    from store.ingest.report import Counts
    from store.ingest.transactions import Chunks
    from store.rules.labels import Labels

SLICE: Final = 500
"""Statements that land together or are all looked at more closely."""

_MOST_PLACES: Final = 20_000
"""Statements whose document is remembered."""

_INSERT: Final = """
    INSERT INTO statement (id, document, kind, text, label, stated, batch)
    VALUES (?1, ?2, ?3, ?4, ?5, CASE ?3 WHEN 'assumption' THEN 0 END, {})
"""
_INFERENCE: Final = (
    "id", "document", "label", "stance", "conclusion_statement", "batch", "shorthand",
)  # fmt: skip
_ROW: Final = "id, document, kind, text, pk"
_OTHER_TYPES: Final = (
    "document", "source", "inference", "attribution", "rating", "reliability", "credibility",
)  # fmt: skip


@define
class PlainLane:
    """Takes the plain statements of an import, a span of them at a time."""

    chunks: Chunks
    counts: Counts
    labels: Labels
    resumption: Resumption
    is_resumed: bool
    """True where an earlier run may have added rows that this one has not come to."""
    is_alone: bool
    """True while nothing can be in the database but what this import brings."""
    _documents: set[str] = field(factory=set)
    _places: dict[str, str] = field(factory=dict)

    def land(self, store: Store, plains: list[Plain]) -> list[Plain]:
        """Land *plains*; return those that need a closer look.

        Args:
            store: To read; where something is written, it goes through the chunks.
            plains: In the order of the input.
        """
        if len(self._places) > _MOST_PLACES:
            self._places.clear()
        doubtful: list[Plain] = []
        while plains:
            new, others = self._sorted_out(store, plains)
            doubtful += others
            plains = self._write(new, doubtful) if new else []
            store = self.chunks.store or store
        return doubtful

    def forget(self) -> None:
        """Look again for what others may have written or removed."""
        self.is_alone = False
        self._documents.clear()
        self._places.clear()

    def _sorted_out(self, store: Store, plains: Sequence[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those that are new and those that need a closer look; count the unchanged."""
        new = list(plains)
        doubtful: list[Plain] = []
        if self.is_resumed:  # in the first run's order, though all may be there
            new, doubtful = self._apart(store, new)
        new, others = self._compared(store, new)
        doubtful += others
        new, others = self._apart(store, new)
        return new, doubtful + others

    def _apart(self, store: Store, plains: list[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those whose document and conclusions are there, and the others."""
        self._learn_documents(store, {plain.document for plain in plains})
        known = self._documents
        new = [plain for plain in plains if plain.row[1] in known]
        lost = [plain for plain in plains if plain.row[1] not in known]
        if any(plain.said for plain in new):
            own = {plain.id: plain.document for plain in new}
            self._learn_places(store, new, own)
            new, others = settled(new, lambda plain: self._leads_nowhere(plain, own))
            lost += others
        return new, lost

    def _leads_nowhere(self, plain: Plain, own: dict[str, str]) -> bool:
        """Tell whether a conclusion of *plain* is not there; then it is no longer its *own*."""
        document = plain.document
        is_lost = not all(
            own.get(conclusion) == document or self._places.get(conclusion) == document
            for _, conclusions in plain.said
            for conclusion in conclusions
        )
        if is_lost:
            del own[plain.id]
        return is_lost

    def _learn_documents(self, store: Store, wanted: set[str]) -> None:
        unknown = wanted - self._documents
        if unknown:
            query = f"SELECT id, pk, batch FROM document WHERE id {AMONG}"
            for id_, pk, batch in asked(store, query, unknown):
                if not self.resumption.hides("document", pk, batch):
                    self._documents.add(id_)

    def _learn_places(self, store: Store, plains: Iterable[Plain], own: dict[str, str]) -> None:
        """Find the documents of the statements that *plains* support or oppose."""
        unknown = {
            conclusion
            for plain in plains
            for _, conclusions in plain.said
            for conclusion in conclusions
            if conclusion not in own and conclusion not in self._places
        }
        query = f"SELECT id, document, pk, batch FROM statement WHERE id {AMONG}"
        for id_, document, pk, batch in asked(store, query, unknown) if unknown else ():
            if not self.resumption.hides("statement", pk, batch):
                self._places[id_] = document

    def _compared(self, store: Store, plains: list[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those that are not in the database, and those that are and differ."""
        stored: dict[str, tuple[str, str, str, str, int]] = {}
        if not self.is_alone:
            if not plains or self._stand_in_order(store, plains):
                return [], []
            query = f"SELECT {_ROW} FROM statement WHERE id {AMONG}"
            stored = {row[0]: row for row in asked(store, query, [plain.id for plain in plains])}
        taken = self._taken(store, [plain.id for plain in plains if plain.id not in stored])
        said = self._shorthands(store, (plain for plain in plains if plain.id in stored))
        seen = self.resumption.seen
        new: list[Plain] = []
        doubtful: list[Plain] = []
        for plain in plains:
            row = stored.get(plain.id)
            if row is None:
                (doubtful if plain.id in taken else new).append(plain)
                continue
            is_same = row[:4] == plain.row and _says_the_same(plain, said)
            if is_same and not seen.has("statement", row[4]):
                seen.add("statement", row[4])
                self.counts.note_unchanged(plain.number)
            else:
                doubtful.append(plain)
        return new, doubtful

    def _taken(self, store: Store, ids: list[str]) -> set[str]:
        """Return those of *ids* that something has which is no statement."""
        taken: set[str] = set()
        for type_ in _OTHER_TYPES:
            if store.db.conn.execute(f"SELECT 1 FROM {type_} LIMIT 1").fetchone() is not None:
                query = f"SELECT id FROM {type_} WHERE id {AMONG}"
                taken.update(id_ for (id_,) in asked(store, query, ids))
        return taken

    def _shorthands(
        self, store: Store, plains: Iterable[Plain]
    ) -> dict[tuple[str, str], set[str | None]]:
        """Return what *plains* lead to by their shorthands in the database, by id and stance."""
        ids = [plain.id for plain in plains if plain.said]
        query = (
            "SELECT p.statement, i.stance, i.conclusion_statement, i.pk FROM premise AS p"
            f" JOIN inference AS i ON i.id = p.inference WHERE i.shorthand AND p.statement {AMONG}"
        )
        found: dict[tuple[str, str], set[str | None]] = {}
        for id_, stance, conclusion, pk in asked(store, query, ids) if ids else ():
            found.setdefault((id_, stance), set()).add(conclusion)
            self.resumption.known.add("inference", pk)
        return found

    def _stand_in_order(self, store: Store, plains: Sequence[Plain]) -> bool:
        """Tell whether all *plains* are rows that follow each other; if so, count them.

        So stands what was imported before, and is looked at in a third of the time.
        """
        conn = store.db.conn
        query = "SELECT pk FROM statement WHERE id = ?"
        ends = [conn.execute(query, (p.id,)).fetchone() for p in (plains[0], plains[-1])]
        if None in ends:
            return False
        (first,), (last,) = ends
        query = f"SELECT {_ROW} FROM statement WHERE pk BETWEEN ? AND ? ORDER BY pk LIMIT ?"
        rows = conn.execute(query, (first, last, len(plains) + 1)).fetchall()
        if [row[:4] for row in rows] != [plain.row for plain in plains]:
            return False
        if self.resumption.seen.has_any("statement", first, last):
            return False
        said = self._shorthands(store, plains)
        if not all(_says_the_same(plain, said) for plain in plains if plain.said):
            return False
        self.resumption.seen.add("statement", first, last)
        for plain in plains:
            self.counts.note_unchanged(plain.number)
        return True

    def _write(self, plains: list[Plain], doubtful: list[Plain]) -> list[Plain]:
        """Land *plains*; those of which something is taken are added to *doubtful*.

        Returns:
            Those that have to be sorted out again, because somebody else has written or
            their ids may have come before.
        """
        others = self.chunks.others
        for start in range(0, len(plains), SLICE):
            some = plains[start : start + SLICE]
            self.labels.store = store = self.chunks.begin()
            if self.chunks.others != others:
                self.forget()
                self.labels.forget()
                return plains[start:]
            first = _next_row(store, "statement")
            if self._insert(store, some):
                self.resumption.seen.add("statement", first, first + len(some) - 1)
                self.counts.added += len(some)
                note_documents(store, self.chunks.seq, {plain.document for plain in some})
            elif self.is_alone:
                self.is_alone = False
                return plains[start:]
            else:
                doubtful += some
            if self.chunks.is_long():
                self.chunks.rest()
        return []

    def _insert(self, store: Store, plains: list[Plain]) -> bool:
        """Insert the rows of *plains*; False where something is taken, and nothing was inserted."""
        number = self.labels.number
        try:
            with self.chunks.attempt():
                seq = self.chunks.operation()
                self.chunks.writer.note_new("statement")
                rows = [(*p.row, number(p.row[1], p.row[2])) for p in plains]
                store.db.conn.executemany(_INSERT.format(seq), rows)
                self._insert_inferences(store, plains)
        except sqlite3.IntegrityError:
            self.labels.forget()
            return False
        return True

    def _insert_inferences(self, store: Store, plains: list[Plain]) -> None:
        """Insert what the shorthands of *plains* make."""
        seq, number = self.chunks.seq, self.labels.number
        inferences, premises = [], []
        for plain in plains:
            for stance, conclusions in plain.said:
                id_, document = plain.id, plain.document
                for conclusion in conclusions:
                    made = inference_id((id_,), conclusion, stance)
                    label = number(document, "inference")
                    inferences.append((made, document, label, stance, conclusion, seq, 1))
                    premises.append((made, id_))
        if inferences:
            first = _next_row(store, "inference")
            insert_rows(store, "inference", _INFERENCE, inferences)
            insert_rows(store, "premise", ("inference", "statement"), premises)
            self.resumption.known.add("inference", first, first + len(inferences) - 1)


def _says_the_same(plain: Plain, said: Mapping[tuple[str, str], set[str | None]]) -> bool:
    """Tell whether the shorthands of *plain* lead where they led before."""
    return all(said.get((plain.id, s), set()) == set(c) for s, c in plain.said)


def _next_row(store: Store, type_: str) -> int:
    query = f"SELECT coalesce(max(pk), 0) + 1 FROM {type_}"
    return int(store.db.conn.execute(query).fetchone()[0])
