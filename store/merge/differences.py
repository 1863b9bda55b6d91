"""Compare the entities that two databases have under the same ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from argmap.records.encode import json_text
from store.database.sqlite_errors import as_store_error
from store.rows.reading import stored_rows

from .reconciliation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import Entity
    from store.database.store import Store

_AT_ONCE: Final = 500
"""Number of entities that are looked up in one query."""

_LONGEST: Final = 80
"""Maximum length of a value in a list of conflicts, in code points."""

_BEFORE: Final = 20
"""Code points shown before the first one that differs."""


@frozen
class EntityPair:
    """An entity of the other database, and the one with the same id here."""

    theirs: Entity
    mine: Entity | None
    other_type: str | None = None
    """The type of the entity here, if it is a different one."""


@frozen
class Difference:
    """Keys of one entity whose values differ between the databases."""

    id: str
    """The id in the other database.

    The id here differs where two ratings answer one question.
    """
    type: str
    label: str | None
    """The label of a statement or an inference here; theirs if it is new."""
    keys: tuple[str, ...]
    mine: dict[str, Any]
    """The values by key, shortened to the part that differs; None for a missing key."""
    theirs: dict[str, Any]
    reason: str | None = None
    """Why not even preferring theirs settles a conflict; None where it may settle it."""


def pairs(mine: Store, theirs: Store, type_: str) -> Iterator[EntityPair]:
    """Yield each entity of *type_* in *theirs*, with that of the same id in *mine*.

    Raises:
        ModelError: a row of *theirs* breaks a rule.
    """
    last = -1
    query = f"SELECT max(pk) FROM (SELECT pk FROM {type_} WHERE pk > ? ORDER BY pk LIMIT ?)"
    while (upto := theirs.connection.execute(query, (last, _AT_ONCE)).fetchone()[0]) is not None:
        some = [x.entity for x in stored_rows(theirs, type_, "pk > ? AND pk <= ?", last, upto)]
        with as_store_error(mine.path):
            entity_pairs = _paired(mine, type_, some)
        yield from entity_pairs
        last = upto


def _paired(mine: Store, type_: str, some: list[Entity]) -> list[EntityPair]:
    ids = json_text([entity.id for entity in some])
    within = "id IN (SELECT value FROM json_each(?))"
    own = {x.entity.id: x.entity for x in stored_rows(mine, type_, within, ids)}
    lacking = json_text([entity.id for entity in some if entity.id not in own])
    query = f"SELECT id, type FROM entity WHERE {within}"
    types: dict[str, str] = dict(mine.connection.execute(query, (lacking,)).fetchall())
    return [EntityPair(each, own.get(each.id), types.get(each.id)) for each in some]


def difference(
    theirs: dict[str, Any], mine: dict[str, Any], keys: Iterable[str], reason: str | None = None
) -> Difference:
    """Return the difference of two records of one entity under *keys*."""
    cut = {key: _shortened(shown(mine, key), shown(theirs, key)) for key in keys}
    names = {key: "quote" if key == "passages" else key for key in cut}
    return Difference(
        theirs["id"],
        theirs["type"],
        mine.get("label"),
        tuple(names.values()),
        {names[key]: ours for key, (ours, _) in cut.items()},
        {names[key]: others for key, (_, others) in cut.items()},
        reason,
    )


def _shortened(mine: object, theirs: object) -> tuple[object, object]:
    """Return both values; long ones as text around the first difference."""
    texts = [value if isinstance(value, str) else json_text(value) for value in (mine, theirs)]
    if max(map(len, texts)) <= _LONGEST:
        return mine, theirs
    parted = next((n for n, pair in enumerate(zip(*texts, strict=False)) if len(set(pair)) > 1), 0)
    start = max(0, parted - _BEFORE)
    cut = [
        None if v is None else _cut(t, start) for v, t in zip((mine, theirs), texts, strict=True)
    ]
    return cut[0], cut[1]


def _cut(text: str, start: int) -> str:
    kept = text[start : start + _LONGEST]
    lead, tail = "…" * (start > 0), "…" * (start + _LONGEST < len(text))
    return f"{lead}{kept}{tail}"
