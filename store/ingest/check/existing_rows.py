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
    from store.rows.writing import StoredEntity

    from .resumption import Resumption

AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""Follows a column that is to be one of the texts in a list."""

_MOST_TEXT: Final = 2**23
"""Characters of documents' texts that are kept at hand."""

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
"""For each type what a `Place` has after its batch."""

_BUSY: Final = (
    "SELECT value FROM json_each(?) AS j WHERE EXISTS"
    " (SELECT 1 FROM premise WHERE statement = j.value LIMIT 1 OFFSET 100)"
)
"""Those of a list of statements that are premises of very many inferences."""

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
"""What can be said of what, and where its rows are."""


@define
class Place:
    """Where an id is in the database, and as what."""

    type: str
    pk: int
    batch: int | None
    document: str | None
    kind: str | None
    """Of a statement or a source."""


@define
class Texts:
    """The texts of the documents that were asked for last."""

    _kept: OrderedDict[str, str] = field(factory=OrderedDict)
    _size: int = 0

    def of(self, store: Store, document: str) -> str | None:
        """Return the text of *document*; None where there is no such document."""
        text = self._kept.get(document)
        if text is None:
            query = "SELECT text FROM document WHERE id = ?"
            row = store.db.conn.execute(query, (document,)).fetchone()
            if row is None:
                return None
            text = self._kept[document] = row[0]
            self._size += len(text)
            while self._size > _MOST_TEXT and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return text

    def forget(self) -> None:
        """Look again at what others may have removed."""
        self._kept.clear()
        self._size = 0


@define
class ExistingRows:
    """What the database has under the ids of a span, at one moment.

    Rows that the import has not come to yet (see `Resumption`) count as absent.
    """

    store: Store
    resumption: Resumption
    texts: Texts
    _places: dict[str, Place | None] = field(factory=dict)
    _hidden: dict[str, Place] = field(factory=dict)
    _entities: dict[str, StoredEntity] = field(factory=dict)
    _about: dict[tuple[str, str], list[StoredEntity]] = field(factory=dict)
    _stances: dict[tuple[str, ...], list[Inference]] = field(factory=dict)
    """Inferences by their premises and their conclusion, as far as they were asked for."""
    _is_read_about: set[str] = field(factory=set)
    """The ids of which is known what is said of them."""
    _labels: dict[tuple[str, str], tuple[str, int | None]] = field(factory=dict)

    def find(self, ids: Iterable[str]) -> None:
        """Find out which of *ids* are there, and as what."""
        wanted = {id_ for id_ in ids if id_ not in self._places}
        if not wanted:
            return
        self._places |= dict.fromkeys(wanted)
        made = {id_ for id_ in wanted if id_[:1] == MADE}
        given = wanted - made
        for type_, columns in _COLUMNS.items():
            likely = given | made if made and self._has_made(type_) else given
            query = f"SELECT id, pk, batch, {columns} FROM {type_} WHERE id {AMONG}"
            for id_, *row in asked(self.store, query, likely) if likely else ():
                self._learn(id_, Place(type_, *row))

    def _has_made(self, type_: str) -> bool:
        """Tell whether any row of a type has an id that was made: of most types, none has."""
        query = f"SELECT 1 FROM {type_} WHERE id >= '{MADE}' LIMIT 1"
        return self.store.db.conn.execute(query).fetchone() is not None

    def _learn(self, id_: str, place: Place) -> None:
        if self.resumption.hides(place.type, place.pk, place.batch):
            self._hidden[id_] = place
        else:
            self._places[id_] = place

    def place(self, id_: str) -> Place | None:
        """Return where *id_* is; None where it is not, or was not looked for."""
        return self._places.get(id_)

    def is_surely_absent(self, id_: str) -> bool:
        """Tell whether *id_* was looked for and is nowhere, not even hidden."""
        return id_ in self._places and self._places[id_] is None and id_ not in self._hidden

    def is_ours(self, landed: StoredEntity) -> bool:
        """Tell whether a record of this import has come to what *landed* says."""
        place = self._places.get(landed.entity.id)
        return place is not None and (
            self.resumption.known.has(place.type, place.pk)
            or self.resumption.seen.has(place.type, place.pk)
        )

    def is_seen(self, id_: str) -> bool:
        """Tell whether a record of this import has come under *id_* before."""
        place = self._places.get(id_)
        return place is not None and self.resumption.seen.has(place.type, place.pk)

    def show(self, ids: Iterable[str]) -> set[str]:
        """Return those of *ids* that are there and not loaded, hidden ones too.

        These are hidden no longer.
        """
        wanted = set(ids)
        self.find(wanted)
        for id_ in wanted & self._hidden.keys():
            place = self._places[id_] = self._hidden.pop(id_)
            self.resumption.known.add(place.type, place.pk)
        return {id_ for id_ in wanted if self._places[id_] and id_ not in self._entities}

    def load(self, ids: Collection[str]) -> None:
        """Read what is there under *ids*."""
        by_type: dict[str, list[str]] = {}
        for id_ in ids:
            place = self._places.get(id_)
            if place is not None and id_ not in self._entities:
                by_type.setdefault(place.type, []).append(id_)
        for type_, some in by_type.items():
            for landed in stored_rows(self.store, type_, f"id {AMONG}", _listed(some)):
                self._entities[landed.entity.id] = landed

    def find_subjects(self, ids: Iterable[str]) -> None:
        """Find what the entities under *ids* are said of, and their documents."""
        said = {
            subject
            for id_ in ids
            if (landed := self._entities.get(id_))
            and (subject := getattr(landed.entity, "statement", None))
        }
        self.find(said)
        places = (self._places.get(id_) for id_ in (*ids, *said))
        self.find({place.document for place in places if place and place.document})

    def load_about(self, ids: Iterable[str]) -> None:
        """Read what is said of the statements, sources and documents among *ids*."""
        wanted = {id_: place for id_ in ids if (place := self._places.get(id_))}
        wanted = {id_: place for id_, place in wanted.items() if id_ not in self._is_read_about}
        self._is_read_about |= wanted.keys()
        for type_, subject, where in _ABOUT:
            some = [id_ for id_, place in wanted.items() if place.type == subject]
            found = list(stored_rows(self.store, type_, where, _listed(some))) if some else []
            self.find(landed.entity.id for landed in found)
            for landed in found:
                id_ = landed.entity.id
                if self._places[id_] is not None:
                    self._entities[id_] = landed
                    for each in _subjects(landed):
                        self._about.setdefault((type_, each), []).append(landed)

    def entity(self, id_: str) -> StoredEntity | None:
        """Return what is there under *id_*, if it was loaded."""
        return self._entities.get(id_)

    def about(self, type_: str, subject: str) -> list[StoredEntity]:
        """Return the attributions or ratings of *subject*, or the inferences from it."""
        return self._about.get((type_, subject), [])

    def load_stances(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Read the inferences from the first to the second of each of *pairs*.

        They are found by their premises, but for a premise of very many by their
        conclusions: all that it leads to would be read again for each span.
        """
        by_premise: dict[str, set[str]] = {}
        for premise, conclusion in pairs:
            if self._places.get(premise):
                by_premise.setdefault(premise, set()).add(conclusion)
        if not by_premise:
            return
        busy = {id_ for (id_,) in asked(self.store, _BUSY, by_premise)}
        few = _listed([id_ for id_ in by_premise if id_ not in busy])
        many = _listed([[p, c] for p in busy for c in by_premise[p]])
        found = [*stored_rows(self.store, "inference", _FROM_FEW, few)]
        if busy:
            found += stored_rows(self.store, "inference", _FROM_MANY, many, many)
        self.find(landed.entity.id for landed in found)
        for landed in found:
            entity = landed.entity
            if self._places[entity.id] is not None and isinstance(entity, Inference):
                self._entities.setdefault(entity.id, landed)
                key = (*entity.premises, entity.conclusion)
                self._stances.setdefault(key, []).append(entity)

    def stances(self, key: tuple[str, ...]) -> list[Inference]:
        """Return the inferences from exactly the premises to the conclusion that are *key*."""
        return self._stances.get(key, [])

    def find_labels(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Find out which labels are taken: pairs of a document and a label."""
        wanted = _listed([list(pair) for pair in set(pairs)])
        for type_ in ("statement", "inference"):
            query = (
                f"SELECT s.document, s.label, s.id, s.pk, s.batch FROM json_each(?) AS j"
                f" JOIN {type_} AS s ON s.document = j.value ->> 0 AND s.label = j.value ->> 1"
            )
            for document, label, id_, pk, batch in self.store.db.conn.execute(query, (wanted,)):
                if not self.resumption.hides(type_, pk, batch):
                    self._labels[document, label] = (id_, batch)

    def labelled(self, document: str, label: str, *, by_us: bool) -> str | None:
        """Return the id of what has *label*; *by_us* tells if this import is to have added it."""
        id_, batch = self._labels.get((document, label), (None, None))
        is_ours = batch is not None and batch == self.resumption.operation
        return id_ if is_ours == by_us else None

    def text(self, document: str) -> str | None:
        """Return the text of *document*; None where it is not there."""
        return self.texts.of(self.store, document) if self._places.get(document) else None


def asked(store: Store, query: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield what *query* finds among *ids*."""
    yield from store.db.conn.execute(query, (_listed(list(ids)),))


def _listed(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()


def _subjects(landed: StoredEntity) -> Iterable[str]:
    """Return the ids that it is listed under."""
    entity = landed.entity
    if isinstance(entity, Inference):
        return entity.premises
    assert isinstance(entity, Attribution | Rating)  # noqa: S101  (see `_ABOUT`)
    return (entity.statement if isinstance(entity, Attribution) else entity.target,)


assert _COLUMNS.keys() == TABLES.keys()  # noqa: S101  (a type that is missing would never be found)


def has_rival(store: Store, record: StatementRecord) -> bool:
    """Tell whether *record* wants to be the main claim where another one still is."""
    if not record.main:
        return False
    query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"
    values = (record.document or "", record.id or "")
    return store.db.conn.execute(query, values).fetchone() is not None


def is_bare(store: Store) -> bool:
    """Tell whether nothing is in the database yet that records could be about."""
    return store.db.conn.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None
