"""Land plain statements by set: what is there already is compared, the rest becomes rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.records.identity import inference_id

from .held import settled
from .operations import note_documents
from .standing import (
    AMONG,
    NOT_MAIN,
    asked,
    bare_place,
    stored_passages,
    stored_rows,
    stored_shorthands,
)
from .writing import NOTHING, insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .chunks import Chunks
    from .database import Store
    from .earlier import Earlier
    from .landing import Counts
    from .plain import Plain
    from .surroundings import Labels

SLICE: Final = 500
"""Statements that land together or are all looked at more closely."""

_MOST_PLACES: Final = 20_000
"""Statements whose document is remembered."""

_INSERT_BARE: Final = """
    INSERT INTO statement (id, document, kind, text, label, stated, batch)
    VALUES (?1, ?2, ?3, ?4, ?5, CASE ?3 WHEN 'assumption' THEN 0 END, {})
"""
_INSERT_WHOLE: Final = f"""
    INSERT INTO statement (id, document, kind, text, nature, stated, note, tags, label, batch)
    VALUES (
        ?, ?, ?, ?, nullif(?, {NOTHING}), nullif(?, {NOTHING}), nullif(?, {NOTHING}), ?, ?, {{}}
    )
"""


@define
class PlainLanding:
    """Takes plain statements of the same import, some thousands at a time."""

    known: Store
    """To read, until something is written."""
    chunks: Chunks
    counts: Counts
    labels: Labels
    earlier: Earlier
    is_alone: bool
    """True while nothing can be in the database but what this import brings."""
    _documents: set[str] = field(factory=set)
    _places: dict[str, str] = field(factory=dict)

    def land(self, plains: list[Plain]) -> list[Plain]:
        """Land *plains*; return those that need a closer look."""
        if len(self._places) > _MOST_PLACES:
            self._places.clear()
        doubtful: list[Plain] = []
        while plains:
            store = self.chunks.begin() if self.chunks.store else self.known
            new, others = self._sorted_out(store, plains)
            doubtful += others
            plains = self._write(new, doubtful)
        return doubtful

    def forget(self) -> None:
        """Look again for what others may have written or removed."""
        self.is_alone = False
        self.labels.forget()
        self._documents.clear()
        self._places.clear()

    def _sorted_out(self, store: Store, plains: Sequence[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those that are new and those that need a closer look; count the unchanged."""
        new = list(plains)
        doubtful: list[Plain] = []
        if self.earlier.resumed is not None:  # in the first run's order, though all may be there
            new, doubtful = self._apart(store, new)
        if not self.is_alone:
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
            query = f"SELECT id, batch FROM document WHERE id {AMONG}"
            for id_, batch in asked(store, query, unknown):
                if self.earlier.is_reached(id_, batch):
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
        query = f"SELECT id, document, batch FROM statement WHERE id {AMONG}"
        for id_, document, batch in asked(store, query, unknown) if unknown else ():
            if self.earlier.is_reached(id_, batch):
                self._places[id_] = document

    def _compared(self, store: Store, plains: Sequence[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those that are not in the database, and those that are and differ."""
        if self._stand_in_order(store, plains):
            return [], []
        stored = stored_rows(store, plains)
        absent = [plain for plain in plains if plain.id not in stored]
        query = f"SELECT id FROM entity WHERE id {AMONG}"
        taken = {id_ for (id_,) in asked(store, query, [p.id for p in absent])} if absent else ()
        present = [plain for plain in plains if plain.id in stored]
        passages, said = stored_passages(store, present), stored_shorthands(store, present)
        doubtful = [plain for plain in absent if plain.id in taken]
        earlier = self.earlier
        for plain in present:
            row, label, batch, pk = stored[plain.id]
            is_same = (
                row == plain.whole + NOT_MAIN
                and plain.label in (None, label)
                and (plain.passages is None or passages.get(plain.id, ()) == plain.passages)
                and _says_the_same(plain, said)
                and (batch is None or batch != self.chunks.seq or earlier.resumed is not None)
                and not earlier.has_rows(pk, pk)
            )
            if is_same:
                earlier.noted.add(plain.id)
                self.counts.note_unchanged(plain.number)
            else:
                doubtful.append(plain)
        return [plain for plain in absent if plain.id not in taken], doubtful

    def _stand_in_order(self, store: Store, plains: Sequence[Plain]) -> bool:
        """Tell whether all *plains* are rows that follow each other; if so, count them.

        So stands what was imported before, and is looked at in a third of the time.
        """
        if self.earlier.resumed is not None or not all(plain.is_bare for plain in plains):
            return False
        place = bare_place(store, plains, self.chunks.seq)
        if place is None or self.earlier.has_rows(*place):
            return False
        said = stored_shorthands(store, plains)
        if not all(_says_the_same(plain, said) for plain in plains if plain.said):
            return False
        self.earlier.note_rows(*place)
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
        first = None
        for start in range(0, len(plains), SLICE):
            some = plains[start : start + SLICE]
            self.labels.store = self.chunks.begin()
            if self.chunks.others != others:
                self.forget()
                return plains[start:]
            before = self._next_pk()
            if self._insert_statements(some):
                self._insert_inferences(some)
                self.counts.added += len(some)
                self._note(some)
                first = first or before
            elif self.is_alone:
                self.is_alone = False
                self._index(first, plains)
                return plains[start:]
            else:
                doubtful += some
            is_long = self.chunks.is_long()  # asked once: what is committed is in the full text
            if is_long or start + SLICE >= len(plains):
                self._index(first, plains)
                first = None
            if is_long:
                self.chunks.rest()
        return []

    def _insert_statements(self, plains: list[Plain]) -> bool:
        """Insert the rows of *plains*; False where something is taken, and nothing was inserted."""
        number = self.labels.number
        try:
            with self.chunks.attempt():
                seq = self.chunks.operation()
                if all(plain.is_bare for plain in plains):
                    rows = [(*p.row, number(p.row[1], p.row[2])) for p in plains]
                    sql = _INSERT_BARE.format(seq)
                else:
                    rows = [(*p.whole, p.label or number(p.row[1], p.row[2])) for p in plains]
                    sql = _INSERT_WHOLE.format(seq)
                self.chunks.begin().db.conn.executemany(sql, rows)
        except sqlite3.IntegrityError:
            self.labels.forget()
            return False
        columns = ("statement", "position", "start", '"end"', "words")
        passages = [
            (plain.id, position, start, start + len(words), words)
            for plain in plains
            for position, (start, words) in enumerate(plain.passages or ())
        ]
        insert_rows(self.chunks.begin(), "passage", columns, passages)
        return True

    def _insert_inferences(self, plains: list[Plain]) -> None:
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
        columns = (
            "id",
            "document",
            "label",
            "stance",
            "conclusion_statement",
            "batch",
            "shorthand",
        )
        insert_rows(self.chunks.begin(), "inference", columns, inferences)
        insert_rows(self.chunks.begin(), "premise", ("inference", "statement"), premises)

    def _note(self, plains: Iterable[Plain]) -> None:
        """Note that *plains* came, where the operation they are rows of does not tell."""
        if self.earlier.resumed is not None:
            for plain in plains:
                self.earlier.noted.add(plain.id)

    def _next_pk(self) -> int:
        query = "SELECT coalesce(max(pk), 0) + 1 FROM statement"
        return int(self.chunks.begin().db.conn.execute(query).fetchone()[0])

    def _index(self, first: int | None, plains: Iterable[Plain]) -> None:
        """Put the statements from the row *first* on into the full text, and note documents."""
        if first is None:
            return
        store = self.chunks.begin()
        sql = "INSERT INTO statement_fts (rowid, text, note) SELECT pk, text, note FROM statement"
        store.db.conn.execute(f"{sql} WHERE pk >= ?", (first,))
        note_documents(store, self.chunks.seq, {plain.document for plain in plains})


def _says_the_same(plain: Plain, said: Mapping[tuple[str, str], set[str | None]]) -> bool:
    """Tell whether the shorthands of *plain* lead where they led before."""
    return all(said.get((plain.id, s), set()) == set(c) for s, c in plain.said)
