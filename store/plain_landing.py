"""Land plain statements by set: what is there already is compared, the rest becomes rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.records.identity import inference_id

from .operations import note_documents
from .plain import WHOLE, Plain
from .writing import NOTHING, insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .chunks import Chunks
    from .landing import Counts
    from .opening import Store
    from .seen import Seen
    from .surroundings import Labels

SLICE: Final = 500
"""Statements that land together or are all looked at more closely."""

_MOST_PLACES: Final = 20_000
"""Statements whose document is remembered."""

_READ: Final = ", ".join(
    [f"coalesce({column}, {NOTHING})" for column in (*WHOLE, "main_item", "main")]
    + ["label", "batch"]
)
_NOT_MAIN: Final = (NOTHING, 0)
"""What a plain statement has for its main item, and for being the main claim."""

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
_AMONG: Final = "IN (SELECT value FROM json_each(?))"


@define
class PlainLanding:
    """Takes plain statements of the same import, some thousands at a time."""

    known: Store
    """To read, until something is written."""
    chunks: Chunks
    counts: Counts
    labels: Labels
    ids: Seen
    """Those that the import has brought so far."""
    is_alone: bool
    """True while nothing can be in the database but what this import brings."""
    resumed: int | None = None
    """The operation that is gone on with; what it landed before comes when its record comes."""
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
        new, doubtful = list(plains), list[Plain]()
        if self.resumed is not None:  # in the order of the first run, though all may be there
            new, doubtful = self._apart(store, new)
        if not self.is_alone:
            new, others = self._compared(store, new)
            doubtful += others
        new, others = self._apart(store, new)
        return new, doubtful + others

    def _apart(self, store: Store, plains: list[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those whose document and conclusions are there, and the others."""
        doubtful: list[Plain] = []
        new = plains
        self._learn_documents(store, {plain.document for plain in new})
        own = {plain.id: plain.document for plain in new}
        self._learn_places(store, new, own)
        known = self._documents
        while lost := [
            plain
            for plain in new
            if plain.row[1] not in known or (plain.said and not self._leads_somewhere(plain, own))
        ]:
            doubtful += lost
            for plain in lost:
                del own[plain.id]
            new = [plain for plain in new if plain.id in own]
        return new, doubtful

    def _leads_somewhere(self, plain: Plain, own: dict[str, str]) -> bool:
        document = plain.document
        return all(
            own.get(conclusion) == document or self._places.get(conclusion) == document
            for _, conclusions in plain.said
            for conclusion in conclusions
        )

    def _learn_documents(self, store: Store, wanted: set[str]) -> None:
        unknown = wanted - self._documents
        if unknown:
            query = f"SELECT id, batch FROM document WHERE id {_AMONG}"
            for id_, batch in _asked(store, query, unknown):
                if self._is_reached(id_, batch):
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
        query = f"SELECT id, document, batch FROM statement WHERE id {_AMONG}"
        for id_, document, batch in _asked(store, query, unknown) if unknown else ():
            if self._is_reached(id_, batch):
                self._places[id_] = document

    def _is_reached(self, id_: str, batch: int | None) -> bool:
        """Tell whether the import has come to what it landed before it was interrupted."""
        return batch is None or batch != self.resumed or id_ in self.ids

    def _compared(self, store: Store, plains: Sequence[Plain]) -> tuple[list[Plain], list[Plain]]:
        """Return those that are not in the database, and those that are and differ."""
        stored = _stored(store, plains)
        absent = [plain for plain in plains if plain.id not in stored]
        query = f"SELECT id FROM entity WHERE id {_AMONG}"
        taken = {id_ for (id_,) in _asked(store, query, [p.id for p in absent])} if absent else ()
        present = [plain for plain in plains if plain.id in stored]
        passages, said = _passages(store, present), _shorthands(store, present)
        doubtful = [plain for plain in absent if plain.id in taken]
        for plain in present:
            row, label, batch = stored[plain.id]
            is_same = (
                row == plain.whole + _NOT_MAIN
                and plain.label in (None, label)
                and (plain.passages is None or passages.get(plain.id, ()) == plain.passages)
                and all(said.get((plain.id, s), set()) == set(c) for s, c in plain.said)
                and (batch is None or batch != self.chunks.seq or self.resumed is not None)
            )
            if is_same:
                self.ids.add(plain.id)
                self.counts.note_unchanged(plain.number)
            else:
                doubtful.append(plain)
        return [plain for plain in absent if plain.id not in taken], doubtful

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
            if self.chunks.is_long() or start + SLICE >= len(plains):
                self._index(first, plains)
                first = None
            if self.chunks.is_long():
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
        if self.resumed is not None:
            for plain in plains:
                self.ids.add(plain.id)

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


def _asked(store: Store, query: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield what *query* finds among *ids*."""
    yield from store.db.conn.execute(query, (msgspec.json.encode(list(ids)).decode(),))


def _stored(
    store: Store, plains: Sequence[Plain]
) -> dict[str, tuple[tuple[Any, ...], str, int | None]]:
    """Return what the database has of *plains*, by id: row, label and batch.

    What was imported before stands in the order of its file, so most are found in one go.
    """
    query = "SELECT pk FROM statement WHERE id = ?"
    rows: list[tuple[Any, ...]] = []
    if plains and (row := store.db.conn.execute(query, (plains[0].id,)).fetchone()):
        query = f"SELECT {_READ} FROM statement WHERE pk >= ? ORDER BY pk LIMIT ?"
        rows = store.db.conn.execute(query, (row[0], len(plains))).fetchall()
    found = {row[0] for row in rows}
    others = [plain.id for plain in plains if plain.id not in found]
    if others:
        query = f"SELECT {_READ} FROM statement WHERE id {_AMONG}"
        rows += _asked(store, query, others)
    return {row[0]: (row[:-2], *row[-2:]) for row in rows}


def _passages(store: Store, plains: Iterable[Plain]) -> dict[str, tuple[tuple[int, str], ...]]:
    ids = [plain.id for plain in plains if plain.passages is not None]
    query = (
        f"SELECT statement, start, words FROM passage WHERE statement {_AMONG} ORDER BY 1, position"
    )
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for id_, start, words in _asked(store, query, ids) if ids else ():
        found[id_] = (*found.get(id_, ()), (start, words))
    return found


def _shorthands(store: Store, plains: Iterable[Plain]) -> dict[tuple[str, str], set[str | None]]:
    """Return what statements lead to by their shorthands, by id and stance."""
    ids = [plain.id for plain in plains if plain.said]
    query = (
        "SELECT p.statement, i.stance, i.conclusion_statement FROM premise AS p"
        f" JOIN inference AS i ON i.id = p.inference WHERE i.shorthand AND p.statement {_AMONG}"
    )
    found: dict[tuple[str, str], set[str | None]] = {}
    for id_, stance, conclusion in _asked(store, query, ids) if ids else ():
        found.setdefault((id_, stance), set()).add(conclusion)
    return found
