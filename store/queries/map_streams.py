"""Stream maps and sources from the database, so that exports need little memory.

Everything is read in one `Snapshot`. Only the row numbers of a map are kept in memory, in their
order, eight bytes each.
"""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from attrs import define, field, frozen

from argmap.formats.bundle import as_exported
from argmap.formats.map_streams import MapStream, RatingSort, StatementRow, TableLosses
from argmap.model.map import attribution_order, label_order
from argmap.model.older_rows import importable
from argmap.model.rating import Credibility, Rating, Reliability, with_reason
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.records.encode import json_text
from store.rows.reading import AMONG, entities
from store.rows.tables import ORDER

from .maps import load_document, load_map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from argmap.model.document import Document
    from argmap.model.map import ArgumentMap
    from store.database.store import Store

T = TypeVar("T", Source, Rating, Reliability)
J = TypeVar("J", Attribution, Rating, Credibility)

_TOGETHER: Final = 500
"""Rows that are read in one query."""

_MOST_SOURCES: Final = 2000
"""Sources that are cached for table rows, which often cite the same ones."""

_IN_ORDER: Final = """
    SELECT pk FROM (
        SELECT pk, id, label, letters,
            length(label) - length(letters) BETWEEN 1 AND 18
                AND letters NOT GLOB '*[^A-Za-z]*' AS is_numbered
        FROM (
            SELECT pk, id, label, rtrim(label, '0123456789') AS letters
            FROM {table} WHERE document = ?
        )
    ) ORDER BY
        CASE WHEN NOT is_numbered THEN 9
            WHEN letters = '' OR instr('CEAI', letters) = 0 THEN 8
            ELSE instr('CEAI', letters) - 1 END,
        CASE WHEN is_numbered THEN letters ELSE label END,
        CASE WHEN is_numbered THEN CAST(substr(label, length(letters) + 1) AS INTEGER) ELSE 0 END,
        label, id
"""
"""The rows of a map in the order of `label_order`, sorted by SQLite."""

_WITH_LINKED: Final = """
    WITH RECURSIVE linked (id) AS (
        SELECT i.id FROM inference AS i WHERE i.document = ?
            AND (SELECT count(*) FROM premise AS p WHERE p.inference = i.id) > 1
        UNION
        SELECT i.id FROM linked JOIN inference AS i ON i.conclusion_inference = linked.id
    )
"""
_LINKED: Final = f"{_WITH_LINKED} SELECT id FROM linked"
_STEPS: Final = f"""
    {_WITH_LINKED}
    SELECT (SELECT count(*) FROM linked), count(*), count(scheme), count(note), count({ORDER})
        FROM inference WHERE document = ? AND id NOT IN (SELECT id FROM linked)
"""
_ORDERED: Final = f"SELECT count({ORDER}) FROM statement WHERE document = ?"
_RATED: Final = """
    SELECT statement IS NOT NULL, rubric, version, criterion, because IS NOT NULL,
        at IS NOT NULL, count(*)
    FROM (
        SELECT r.* FROM rating AS r WHERE r.document = ?
        UNION ALL
        SELECT r.* FROM statement AS s JOIN rating AS r ON r.statement = s.id WHERE s.document = ?
    ) GROUP BY 1, 2, 3, 4, 5, 6
"""
_NAMED: Final = """
    SELECT DISTINCT l.source FROM statement AS s JOIN attribution AS a ON a.statement = s.id
        JOIN attribution_source AS l ON l.attribution = a.id WHERE s.document = ?
"""


class Snapshot:
    """A snapshot of the database that lasts until nothing refers to it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._hold = _hold(store)
        next(self._hold)

    def rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        with self.store.reading():
            yield from self.store.connection.execute(sql, values)

    def places(self, sql: str, *values: object) -> array[int]:
        """Return the row numbers of a query."""
        return array("q", (row[0] for row in self.rows(sql, *values)))


def _hold(store: Store) -> Iterator[None]:
    # A generator, so that Python ends the snapshot when the last reference is dropped.
    with store.reading():
        yield


def _parts(places: array[int]) -> Iterator[str]:
    """Yield *places* in order as JSON lists of limited length."""
    for first in range(0, len(places), _TOGETHER):
        yield json_text(places[first : first + _TOGETHER].tolist())


def unchanged(_: Snapshot, some: list[Rating]) -> Iterable[Rating]:
    """Return *some* ratings unchanged."""
    return some


def importable_sources(_: Snapshot, some: list[Source]) -> Iterator[Source]:
    """Yield *some* sources in the form that an import accepts."""
    yield from filter(None, map(importable, some))


def importable_letters(snapshot: Snapshot, some: list[Reliability]) -> Iterator[Reliability]:
    """Yield the letters of *some* that an import accepts, with the reasons they need."""
    ids = json_text([letter.source for letter in some])
    kinds = dict(snapshot.rows(f"SELECT id, kind FROM source WHERE id IN {AMONG}", ids))
    given = (with_reason(letter, kinds.get(letter.source)) for letter in some)
    yield from filter(None, map(importable, given))


@frozen(eq=False, repr=False, slots=False)
class StoredEntities(Mapping[str, T], Generic[T]):
    """Entities of one kind by id, read when they are needed, in the order of the ids."""

    snapshot: Snapshot
    kind: type[T]
    places: array[int]
    convert: Callable[[Snapshot, list[T]], Iterable[T]]
    """Converts entities of older versions to the form of an export."""

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (entity.id for entity in self.values())

    def __len__(self) -> int:
        """Return the number of entities."""
        return sum(1 for _ in self)

    def __getitem__(self, id_: str) -> T:
        """Return the entity *id_*."""
        query = f"SELECT pk FROM {self.kind.type} WHERE id = ?"
        place = next((row[0] for row in self.snapshot.rows(query, id_)), None)
        if place in self._known:
            for entity in self._read(json_text([place])):
                return entity
        raise KeyError(id_)

    def values(self) -> ValuesView[T]:
        """Return a view that reads many entities at a time."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        """Return a view that reads many entities at a time."""
        return _Items(self)

    def all(self) -> Iterator[T]:
        """Yield each entity."""
        for part in _parts(self.places):
            yield from self._read(part)

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self.places)

    def _read(self, part: str) -> list[T]:
        where = f"pk IN {AMONG}"
        found = list(entities(self.snapshot.store, self.kind, where, part))
        return sorted(self.convert(self.snapshot, found), key=lambda entity: entity.id)


class _Values(ValuesView[T]):
    _mapping: StoredEntities[T]

    def __iter__(self) -> Iterator[T]:
        return self._mapping.all()


class _Items(ItemsView[str, T]):
    _mapping: StoredEntities[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return ((entity.id, entity) for entity in self._mapping.all())


@define(eq=False)
class StoredMaps:
    """The maps of some documents, each loaded when it is reached."""

    snapshot: Snapshot
    ids: Sequence[str]
    _only: ArgumentMap | None = field(default=None, init=False)
    """Kept if there is only one, because two parts of an export may read it."""

    def __iter__(self) -> Iterator[ArgumentMap]:
        """Yield each map in the form of an export."""
        if len(self.ids) == 1:
            self._only = self._only or self._load(self.ids[0])
            yield self._only
        else:
            yield from map(self._load, self.ids)

    def _load(self, id_: str) -> ArgumentMap:
        return as_exported(load_map(self.snapshot.store, id_))


@frozen(eq=False)
class StoredStreams:
    """The maps of some documents, entity by entity; none is loaded as a whole."""

    snapshot: Snapshot
    ids: Sequence[str]

    def __iter__(self) -> Iterator[MapStream]:
        """Yield the stream of each map."""
        return (StoredMap(self.snapshot, id_) for id_ in self.ids)


@frozen(eq=False, slots=False)
class StoredMap:
    """The map of the document *id*, entity by entity."""

    snapshot: Snapshot
    id: str

    @property
    def document(self) -> Document:
        """The document; loaded again on each access, because its text may be long."""
        return load_document(self.snapshot.store, self.id)

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of labels."""
        for part in _parts(self._statements):
            yield from self._labelled(Statement, part)

    def inferences(self) -> Iterator[Inference]:
        """Yield the inferences in the order of labels."""
        places = self.snapshot.places(_IN_ORDER.format(table="inference"), self.id)
        for part in _parts(places):
            yield from self._labelled(Inference, part)

    def attributions(self) -> Iterator[Attribution]:
        """Yield the attributions of each statement, in the order of their cues."""
        return self._judgements(Attribution, attribution_order)

    def ratings(self) -> Iterator[Rating]:
        """Yield the ratings of the document, and then those of each statement, by id."""
        own = entities(self.snapshot.store, Rating, "document = ?", self.id)
        yield from sorted(own, key=_id)
        yield from self._judgements(Rating, _id)

    def credibilities(self) -> Iterator[Credibility]:
        """Yield the Admiralty numbers of each statement, by id."""
        return filter(None, map(importable, self._judgements(Credibility, _id)))

    def rows(self) -> Iterator[StatementRow]:
        """Yield the statements in the order of labels, each with the entities about it."""
        cited: dict[str, Source] = {}
        using = f"id IN (SELECT inference FROM premise WHERE statement IN {AMONG})"
        for part in _parts(self._statements):
            statements = self._labelled(Statement, part)
            ids = [statement.id for statement in statements]
            listed = json_text(ids)
            steps: dict[str, list[Inference]] = {}
            for step in entities(self.snapshot.store, Inference, using, listed):
                for premise in step.premises:
                    steps.setdefault(premise, []).append(step)
            said = self._of(Attribution, ids, attribution_order)
            rated = self._of(Rating, ids, _id)
            self._add_cited(cited, said)
            for each in statements:
                id_ = each.id
                own = (steps.get(id_, ()), said.get(id_, ()), rated.get(id_, ()))
                yield StatementRow(each, *own, cited)

    def linked(self) -> set[str]:
        """Return the ids of inferences with several premises, or that lead to one."""
        return {row[0] for row in self.snapshot.rows(_LINKED, self.id)}

    def table_losses(self) -> TableLosses:
        """Count the facts of the map that tables cannot represent."""
        ((ordered,),) = self.snapshot.rows(_ORDERED, self.id)
        ((linked, inferences, *of_them),) = self.snapshot.rows(_STEPS, self.id, self.id)
        schemes, notes, orders = of_them
        ratings = {
            RatingSort(bool(about), rubric, version, criterion, bool(reason), bool(time)): number
            for about, rubric, version, criterion, reason, time, number in self.snapshot.rows(
                _RATED, self.id, self.id
            )
        }
        return TableLosses(
            ordered=ordered,
            linked=linked,
            inferences=inferences,
            schemes=schemes,
            notes=notes,
            orders=orders,
            ratings=ratings,
            credibilities=sum(1 for _ in self.credibilities()),
            cited=frozenset(row[0] for row in self.snapshot.rows(_NAMED, self.id)),
        )

    @cached_property
    def _statements(self) -> array[int]:
        return self.snapshot.places(_IN_ORDER.format(table="statement"), self.id)

    def _labelled(self, kind: type[Any], part: str) -> list[Any]:
        found = entities(self.snapshot.store, kind, f"pk IN {AMONG}", part)
        return sorted(found, key=lambda each: (label_order(each.label), each.id))

    def _judgements(self, kind: type[J], order: Callable[[J], Any]) -> Iterator[J]:
        """Yield the entities of *kind* about each statement, in *order*."""
        for part in _parts(self._statements):
            query = (
                "SELECT statement.id FROM json_each(?) JOIN statement ON statement.pk = value"
                " ORDER BY key"
            )
            ids = [row[0] for row in self.snapshot.rows(query, part)]
            found = self._of(kind, ids, order)
            for id_ in ids if found else ():
                yield from found.get(id_, ())

    def _of(self, kind: type[J], ids: list[str], order: Callable[[J], Any]) -> dict[str, list[J]]:
        """Return the entities of *kind* about *ids*, by statement, in *order*."""
        groups: dict[str, list[J]] = {}
        among = entities(self.snapshot.store, kind, f"statement IN {AMONG}", json_text(ids))
        for each in sorted(among, key=order):
            groups.setdefault(each.statement or "", []).append(each)
        return groups

    def _add_cited(
        self, cited: dict[str, Source], said: Mapping[str, Iterable[Attribution]]
    ) -> None:
        """Add the sources named in *said* to *cited*, and clear it first if it is large."""
        if len(cited) > _MOST_SOURCES:
            cited.clear()
        named = {id_ for some in said.values() for each in some for id_ in each.chain}
        new = json_text(sorted(named - cited.keys()))
        cited.update(
            (s.id, s) for s in entities(self.snapshot.store, Source, f"id IN {AMONG}", new)
        )


def _id(entity: Rating | Credibility) -> str:
    return entity.id
