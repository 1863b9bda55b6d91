"""Insert plain statements in bulk; compare those that exist already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.records.ids import inference_id
from store.database.driver import sqlite3
from store.ingest.backlog.deferred_records import separate_late
from store.ingest.check.existing_rows import AMONG, select_by_ids
from store.log.operations import note_documents
from store.rows.writing import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.database.store import Store
    from store.ingest.check.resumption import Resumption
    from store.ingest.plain_statements import PlainStatement
    from store.ingest.report import ImportCounts
    from store.ingest.transactions import ImportTransactions
    from store.rules.labels import Labels

SLICE: Final = 500
"""Number of statements inserted together; if that fails, they are validated instead."""

_MOST_PLACES: Final = 20_000
"""Maximum number of statements whose documents are cached."""

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
class PlainStatementWriter:
    """The fast lane of an import, which writes its plain statements span by span."""

    transactions: ImportTransactions
    counts: ImportCounts
    labels: Labels
    resumption: Resumption
    is_resumed: bool
    """True if an earlier run may have added rows that this run has not reached."""
    is_fresh: bool
    """True while the database can hold only rows of this import."""
    _documents: set[str] = field(factory=set)
    _places: dict[str, str] = field(factory=dict)

    def write(self, store: Store, plains: list[PlainStatement]) -> list[PlainStatement]:
        """Write *plains*; return those that need full validation.

        Args:
            store: The store to read; writing goes through `transactions`.
            plains: In the order of the input.

        Raises:
            UndoneError: the operation was undone since the last transaction.
        """
        # Emptied between spans, never within one, which relies on its entries.
        if len(self._places) > _MOST_PLACES:
            self._places.clear()
        doubtful: list[PlainStatement] = []
        while plains:
            new, others = self._classify(store, plains)
            doubtful += others
            plains = self._insert_slices(new, doubtful) if new else []
            store = self.transactions.store or store
        return doubtful

    def forget(self) -> None:
        """Empty the caches, because another process may have written or removed rows."""
        self.is_fresh = False
        self._documents.clear()
        self._places.clear()

    def _classify(
        self, store: Store, plains: Sequence[PlainStatement]
    ) -> tuple[list[PlainStatement], list[PlainStatement]]:
        """Return the new statements and the doubtful ones; count the unchanged."""
        new = list(plains)
        doubtful: list[PlainStatement] = []
        # A statement that the first run deferred must be deferred again, although its row may
        # exist by now: the outcome depends on the order in which records are handled.
        if self.is_resumed:
            new, doubtful = self._split_by_references(store, new)
        new, others = self._split_by_content(store, new)
        doubtful += others
        new, others = self._split_by_references(store, new)
        return new, doubtful + others

    def _split_by_references(
        self, store: Store, plains: list[PlainStatement]
    ) -> tuple[list[PlainStatement], list[PlainStatement]]:
        """Return the statements whose document and conclusions exist, and the others."""
        self._learn_documents(store, {plain.document for plain in plains})
        known = self._documents
        new = [plain for plain in plains if plain.row[1] in known]
        lost = [plain for plain in plains if plain.row[1] not in known]
        if any(plain.stances for plain in new):
            own = {plain.id: plain.document for plain in new}
            self._learn_places(store, new, own)
            new, others = separate_late(new, lambda plain: self._lacks_conclusion(plain, own))
            lost += others
        return new, lost

    def _lacks_conclusion(self, plain: PlainStatement, own: dict[str, str]) -> bool:
        """Return whether a conclusion of *plain* is missing; if so, remove it from *own*."""
        document = plain.document
        is_lost = not all(
            own.get(conclusion) == document or self._places.get(conclusion) == document
            for _, conclusions in plain.stances
            for conclusion in conclusions
        )
        if is_lost:
            del own[plain.id]
        return is_lost

    def _learn_documents(self, store: Store, wanted: set[str]) -> None:
        unknown = wanted - self._documents
        if unknown:
            query = f"SELECT id, pk, batch FROM document WHERE id {AMONG}"
            for id_, pk, batch in select_by_ids(store, query, unknown):
                if not self.resumption.hides("document", pk, batch):
                    self._documents.add(id_)

    def _learn_places(
        self, store: Store, plains: Iterable[PlainStatement], own: dict[str, str]
    ) -> None:
        """Look up the documents of the statements that *plains* support or oppose."""
        unknown = {
            conclusion
            for plain in plains
            for _, conclusions in plain.stances
            for conclusion in conclusions
            if conclusion not in own and conclusion not in self._places
        }
        query = f"SELECT id, document, pk, batch FROM statement WHERE id {AMONG}"
        for id_, document, pk, batch in select_by_ids(store, query, unknown) if unknown else ():
            if not self.resumption.hides("statement", pk, batch):
                self._places[id_] = document

    def _split_by_content(
        self, store: Store, plains: list[PlainStatement]
    ) -> tuple[list[PlainStatement], list[PlainStatement]]:
        """Return the statements that are new, and those that differ from a stored one."""
        stored: dict[str, tuple[str, str, str, str, int]] = {}
        if not self.is_fresh:
            if not plains or self._are_stored_in_order(store, plains):
                return [], []
            query = f"SELECT {_ROW} FROM statement WHERE id {AMONG}"
            stored = {
                row[0]: row for row in select_by_ids(store, query, [plain.id for plain in plains])
            }
        taken = self._taken(store, [plain.id for plain in plains if plain.id not in stored])
        said = self._stored_stances(store, (plain for plain in plains if plain.id in stored))
        seen = self.resumption.seen
        new: list[PlainStatement] = []
        doubtful: list[PlainStatement] = []
        for plain in plains:
            row = stored.get(plain.id)
            if row is None:
                (doubtful if plain.id in taken else new).append(plain)
                continue
            is_same = row[:4] == plain.row and _has_same_stances(plain, said)
            if is_same and not seen.has("statement", row[4]):
                seen.add("statement", row[4])
                self.counts.note_unchanged(plain.number)
            else:
                doubtful.append(plain)
        return new, doubtful

    def _taken(self, store: Store, ids: list[str]) -> set[str]:
        """Return the *ids* that belong to an entity other than a statement."""
        taken: set[str] = set()
        for type_ in _OTHER_TYPES:
            # Most imports of plain statements meet tables that are empty, which costs one step
            # instead of a search for each id.
            if store.connection.execute(f"SELECT 1 FROM {type_} LIMIT 1").fetchone() is not None:
                query = f"SELECT id FROM {type_} WHERE id {AMONG}"
                taken.update(id_ for (id_,) in select_by_ids(store, query, ids))
        return taken

    def _stored_stances(
        self, store: Store, plains: Iterable[PlainStatement]
    ) -> dict[tuple[str, str], set[str | None]]:
        """Return the stored conclusions of *plains*' shorthands, by id and stance."""
        ids = [plain.id for plain in plains if plain.stances]
        query = (
            "SELECT p.statement, i.stance, i.conclusion_statement, i.pk FROM premise AS p"
            f" JOIN inference AS i ON i.id = p.inference WHERE i.shorthand AND p.statement {AMONG}"
        )
        found: dict[tuple[str, str], set[str | None]] = {}
        for id_, stance, conclusion, pk in select_by_ids(store, query, ids) if ids else ():
            found.setdefault((id_, stance), set()).add(conclusion)
            self.resumption.known.add("inference", pk)
        return found

    def _are_stored_in_order(self, store: Store, plains: Sequence[PlainStatement]) -> bool:
        """Return whether *plains* are consecutive rows; if so, count them as unchanged.

        An input that was imported before is stored like this, and then compared in a third of the
        time.
        """
        conn = store.connection
        query = "SELECT pk FROM statement WHERE id = ?"
        ends = [conn.execute(query, (p.id,)).fetchone() for p in (plains[0], plains[-1])]
        if None in ends:
            return False
        (first,), (last,) = ends
        query = f"SELECT {_ROW} FROM statement WHERE pk BETWEEN ? AND ? ORDER BY pk LIMIT ?"
        rows = conn.execute(query, (first, last, len(plains) + 1)).fetchall()
        if [row[:4] for row in rows] != [plain.row for plain in plains]:
            return False
        # A row that an earlier record has claimed makes this one a repeat, which is settled at the
        # end.
        if self.resumption.seen.has_any("statement", first, last):
            return False
        said = self._stored_stances(store, plains)
        if not all(_has_same_stances(plain, said) for plain in plains if plain.stances):
            return False
        self.resumption.seen.add("statement", first, last)
        for plain in plains:
            self.counts.note_unchanged(plain.number)
        return True

    def _insert_slices(
        self, plains: list[PlainStatement], doubtful: list[PlainStatement]
    ) -> list[PlainStatement]:
        """Insert *plains* slice by slice; add those of a refused slice to *doubtful*.

        Returns:
            The statements to classify again, because another process has written or their ids may
            exist already.
        """
        others = self.transactions.outside_writes
        for start in range(0, len(plains), SLICE):
            some = plains[start : start + SLICE]
            self.labels.store = store = self.transactions.begin()
            # The statements were compared with rows that another process may have changed since.
            if self.transactions.outside_writes != others:
                self.forget()
                self.labels.forget()
                return plains[start:]
            first = _next_row(store, "statement")
            if self._insert(store, some):
                self.resumption.seen.add("statement", first, first + len(some) - 1)
                self.counts.added += len(some)
                note_documents(store, self.transactions.seq, {plain.document for plain in some})
            elif self.is_fresh:
                # Nothing was compared so far, since nothing could exist. Something does, so
                # compare from here on.
                self.is_fresh = False
                return plains[start:]
            else:
                doubtful += some
            if self.transactions.is_overdue():
                self.transactions.commit()
        return []

    def _insert(self, store: Store, plains: list[PlainStatement]) -> bool:
        """Insert the rows of *plains*, or none and return False if an id is taken."""
        number = self.labels.number
        try:
            with self.transactions.attempt():
                seq = self.transactions.operation_number()
                self.transactions.writer.note_new("statement")
                rows = [
                    (id_, document, kind, text, number(document, kind))
                    for id_, document, kind, text in (plain.row for plain in plains)
                ]
                store.connection.executemany(_INSERT.format(seq), rows)
                self._insert_inferences(store, plains)
        except sqlite3.IntegrityError:
            self.labels.forget()
            return False
        return True

    def _insert_inferences(self, store: Store, plains: list[PlainStatement]) -> None:
        """Insert the inferences that the shorthands of *plains* make."""
        seq, number = self.transactions.seq, self.labels.number
        inferences, premises = [], []
        for plain in plains:
            for stance, conclusions in plain.stances:
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


def _has_same_stances(
    plain: PlainStatement, said: Mapping[tuple[str, str], set[str | None]]
) -> bool:
    """Return whether *plain*'s shorthands have the stored conclusions."""
    return all(said.get((plain.id, s), set()) == set(c) for s, c in plain.stances)


def _next_row(store: Store, type_: str) -> int:
    query = f"SELECT coalesce(max(pk), 0) + 1 FROM {type_}"
    return int(store.connection.execute(query).fetchone()[0])
