"""Read the rows that the records of a span refer to, many in one query."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, field

from argmap.model.rating import Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference
from argmap.records.ids import MADE
from store.rows.reading import stored_rows
from store.rows.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from argmap.records.schema import StatementRecord
    from store.database.store import Store
    from store.rows.reading import StoredEntity

    from .resumption import Resumption

AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""SQL condition on a column, whose parameter is a JSON list of texts."""

_MOST_TEXT: Final = 2**23
"""Maximum length of all cached texts together, in characters."""

_COLUMNS: Final = {
    "document": "id, NULL",
    "source": "NULL, kind",
    "statement": "document, kind",
    "inference": "document, NULL",
    "attribution": "NULL, NULL",
    "rating": "NULL, NULL",
    "reliability": "NULL, NULL",
    "credibility": "NULL, NULL",
}
"""For each type, the SQL of a `StoredPlace`'s document and kind."""

_BUSY: Final = (
    "SELECT value FROM json_each(?) AS j WHERE EXISTS"
    " (SELECT 1 FROM premise WHERE statement = j.value LIMIT 1 OFFSET 100)"
)
"""Selects the statements of a list that are premises of more than 100 inferences."""

_FROM_FEW: Final = f"id IN (SELECT inference FROM premise WHERE statement {AMONG})"
_FROM_MANY: Final = "id IN ({})".format(
    " UNION ALL ".join(
        "SELECT i.id FROM json_each(?) AS j"
        f" CROSS JOIN inference AS i ON i.{column} = j.value ->> 1"
        " CROSS JOIN premise AS p ON p.inference = i.id AND p.statement = j.value ->> 0"
        for column in ("conclusion_statement", "conclusion_inference")
    )
)

_ABOUT: Final = (
    ("attribution", "statement", f"statement {AMONG}"),
    ("rating", "statement", f"statement {AMONG}"),
    ("rating", "source", f"source {AMONG}"),
    ("rating", "document", f"document {AMONG}"),
    ("inference", "statement", _FROM_FEW),
)
"""Type of row, type of its subject, and the SQL condition that finds the rows."""


@define
class StoredPlace:
    """The place of an id in the database: its type, row, import and document."""

    type: str
    pk: int
    batch: int | None
    document: str | None
    kind: str | None
    """The kind of a statement or a source; None for other types."""


@define
class DocumentTexts:
    """A cache of the texts of the documents used last."""

    _kept: OrderedDict[str, str] = field(factory=OrderedDict)
    _size: int = 0

    def load(self, store: Store, document: str) -> str | None:
        """Return the text of *document*; None if there is no such document."""
        text = self._kept.get(document)
        if text is None:
            query = "SELECT text FROM document WHERE id = ?"
            row = store.connection.execute(query, (document,)).fetchone()
            if row is None:
                return None
            text = self._kept[document] = row[0]
            self._size += len(text)
            while self._size > _MOST_TEXT and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return text

    def forget(self) -> None:
        """Empty the cache, because another process may have removed a document."""
        self._kept.clear()
        self._size = 0


@define
class ExistingRows:
    """The database rows behind the ids of a span, as of one moment.

    Rows whose records this run has not reached yet (see `Resumption`) count as absent.
    """

    store: Store
    resumption: Resumption
    texts: DocumentTexts
    _places: dict[str, StoredPlace | None] = field(factory=dict)
    _hidden: dict[str, StoredPlace] = field(factory=dict)
    _entities: dict[str, StoredEntity] = field(factory=dict)
    _about: dict[tuple[str, str], list[StoredEntity]] = field(factory=dict)
    _stances: dict[tuple[str, ...], list[Inference]] = field(factory=dict)
    """Inferences by their premises and conclusion, of the pairs that were loaded."""
    _is_read_about: set[str] = field(factory=set)
    """The ids whose ratings, attributions and inferences are loaded."""
    _labels: dict[tuple[str, str], tuple[str, int | None]] = field(factory=dict)

    def find(self, ids: Iterable[str]) -> None:
        """Look up the type and place of each of *ids*."""
        wanted = {id_ for id_ in ids if id_ not in self._places}
        if not wanted:
            return
        self._places |= dict.fromkeys(wanted)
        made = {id_ for id_ in wanted if id_[:1] == MADE}
        given = wanted - made
        for type_, columns in _COLUMNS.items():
            # Most types have no made ids at all, and a large import asks for hundreds of them per
            # span.
            likely = given | made if made and self._has_made(type_) else given
            query = f"SELECT id, pk, batch, {columns} FROM {type_} WHERE id {AMONG}"
            for id_, *row in select_by_ids(self.store, query, likely) if likely else ():
                self._learn(id_, StoredPlace(type_, *row))

    def _has_made(self, type_: str) -> bool:
        """Return whether any row of *type_* has a made id; most types have none."""
        query = f"SELECT 1 FROM {type_} WHERE id >= '{MADE}' LIMIT 1"
        return self.store.connection.execute(query).fetchone() is not None

    def _learn(self, id_: str, place: StoredPlace) -> None:
        # Kept apart, not dropped: whether an id is free must still be known before it is written.
        if self.resumption.hides(place.type, place.pk, place.batch):
            self._hidden[id_] = place
        else:
            self._places[id_] = place

    def place(self, id_: str) -> StoredPlace | None:
        """Return the place of *id_*; None if it is absent, hidden, or was not looked up."""
        return self._places.get(id_)

    def is_surely_absent(self, id_: str) -> bool:
        """Return whether *id_* was looked up and has no row, not even a hidden one."""
        return id_ in self._places and self._places[id_] is None and id_ not in self._hidden

    def is_ours(self, row: StoredEntity) -> bool:
        """Return whether a record of this run has added or repeated *row*."""
        place = self._places.get(row.entity.id)
        return place is not None and (
            self.resumption.known.has(place.type, place.pk)
            or self.resumption.seen.has(place.type, place.pk)
        )

    def is_seen(self, id_: str) -> bool:
        """Return whether an earlier record of this run has the id *id_*."""
        place = self._places.get(id_)
        return place is not None and self.resumption.seen.has(place.type, place.pk)

    def show(self, ids: Iterable[str]) -> set[str]:
        """Unhide the rows of *ids*; return the ids that exist and are not loaded."""
        wanted = set(ids)
        self.find(wanted)
        for id_ in wanted & self._hidden.keys():
            place = self._places[id_] = self._hidden.pop(id_)
            self.resumption.known.add(place.type, place.pk)
        return {id_ for id_ in wanted if self._places[id_] and id_ not in self._entities}

    def load(self, ids: Collection[str]) -> None:
        """Load the entities of those *ids* that were found."""
        by_type: dict[str, list[str]] = {}
        for id_ in ids:
            place = self._places.get(id_)
            if place is not None and id_ not in self._entities:
                by_type.setdefault(place.type, []).append(id_)
        for type_, typed_ids in by_type.items():
            for row in stored_rows(self.store, type_, f"id {AMONG}", _listed(typed_ids)):
                self._entities[row.entity.id] = row

    def find_subjects(self, ids: Iterable[str]) -> None:
        """Look up the statements that the entities *ids* are about, and their documents."""
        statements = {
            subject
            for id_ in ids
            if (row := self._entities.get(id_))
            and (subject := getattr(row.entity, "statement", None))
        }
        self.find(statements)
        places = (self._places.get(id_) for id_ in (*ids, *statements))
        self.find({place.document for place in places if place and place.document})

    def load_about(self, ids: Iterable[str]) -> None:
        """Load the ratings, attributions and inferences of the entities among *ids*."""
        wanted = {id_: place for id_ in ids if (place := self._places.get(id_))}
        wanted = {id_: place for id_, place in wanted.items() if id_ not in self._is_read_about}
        self._is_read_about |= wanted.keys()
        for type_, subject, where in _ABOUT:
            typed_ids = [id_ for id_, place in wanted.items() if place.type == subject]
            rows = (
                list(stored_rows(self.store, type_, where, _listed(typed_ids))) if typed_ids else []
            )
            self.find(row.entity.id for row in rows)
            for row in rows:
                id_ = row.entity.id
                if self._places[id_] is not None:
                    self._entities[id_] = row
                    for each in _subjects(row):
                        self._about.setdefault((type_, each), []).append(row)

    def entity(self, id_: str) -> StoredEntity | None:
        """Return the entity *id_* with its row's data; None if it was not loaded."""
        return self._entities.get(id_)

    def about(self, type_: str, subject: str) -> list[StoredEntity]:
        """Return the loaded attributions or ratings of *subject*, or inferences from it."""
        return self._about.get((type_, subject), [])

    def load_stances(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Load the inferences from premise to conclusion for each of *pairs*."""
        by_premise: dict[str, set[str]] = {}
        for premise, conclusion in pairs:
            if self._places.get(premise):
                by_premise.setdefault(premise, set()).add(conclusion)
        if not by_premise:
            return
        # A premise of thousands of inferences would have all of them read again for each span; for
        # those the pairs are looked up by their conclusions.
        busy = {id_ for (id_,) in select_by_ids(self.store, _BUSY, by_premise)}
        few = _listed([id_ for id_ in by_premise if id_ not in busy])
        many = _listed([[p, c] for p in busy for c in by_premise[p]])
        rows = [*stored_rows(self.store, "inference", _FROM_FEW, few)]
        if busy:
            rows += stored_rows(self.store, "inference", _FROM_MANY, many, many)
        self.find(row.entity.id for row in rows)
        for row in rows:
            entity = row.entity
            if self._places[entity.id] is not None and isinstance(entity, Inference):
                self._entities.setdefault(entity.id, row)
                key = (*entity.premises, entity.conclusion)
                self._stances.setdefault(key, []).append(entity)

    def stances(self, key: tuple[str, ...]) -> list[Inference]:
        """Return the loaded inferences with the premises and, last, conclusion of *key*."""
        return self._stances.get(key, [])

    def find_labels(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Look up which labels are taken; *pairs* are a document and a label."""
        wanted = _listed([list(pair) for pair in set(pairs)])
        for type_ in ("statement", "inference"):
            query = (
                f"SELECT s.document, s.label, s.id, s.pk, s.batch FROM json_each(?) AS j"
                f" JOIN {type_} AS s ON s.document = j.value ->> 0 AND s.label = j.value ->> 1"
            )
            for document, label, id_, pk, batch in self.store.connection.execute(query, (wanted,)):
                if not self.resumption.hides(type_, pk, batch):
                    self._labels[document, label] = (id_, batch)

    def id_with_label(self, document: str, label: str, *, by_us: bool) -> str | None:
        """Return the id with *label*, added by this import if *by_us*, else before it."""
        id_, batch = self._labels.get((document, label), (None, None))
        is_ours = batch is not None and batch == self.resumption.operation
        return id_ if is_ours == by_us else None

    def text(self, document: str) -> str | None:
        """Return the text of *document*; None if it is absent or hidden."""
        return self.texts.load(self.store, document) if self._places.get(document) else None


def select_by_ids(store: Store, query: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of *query*, whose one parameter is a JSON list of *ids*."""
    yield from store.connection.execute(query, (_listed(list(ids)),))


def _listed(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()


def _subjects(row: StoredEntity) -> Iterable[str]:
    """Return the ids of the entities that *row* is about."""
    entity = row.entity
    if isinstance(entity, Inference):
        return entity.premises
    assert isinstance(entity, Attribution | Rating)  # noqa: S101  (see `_ABOUT`)
    return (entity.statement if isinstance(entity, Attribution) else entity.target,)


assert _COLUMNS.keys() == TABLES.keys()  # noqa: S101  (a type that is missing would never be found)


def has_rival_main(store: Store, record: StatementRecord) -> bool:
    """Return whether *record* is a main claim and the database has another one."""
    if not record.main:
        return False
    query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"
    values = (record.document or "", record.id or "")
    return store.connection.execute(query, values).fetchone() is not None


def is_empty(store: Store) -> bool:
    """Return whether the database has no entity yet."""
    return store.connection.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None
