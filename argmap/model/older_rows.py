"""Rows that an older version stored and nothing lets in today: they stay, and exports mend them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import evolve

from .faults import Fault
from .rating import Credibility, Reliability
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .map import Entity

E = TypeVar("E", bound="Entity")

LINKS: Final = {"derives_from": "derives from", "same_origin": "shares an origin with"}
"""The keys of a source that name other sources, in words."""

RATED_KEYS: Final[Mapping[type, tuple[str, ...]]] = {
    Reliability: ("letter", "checked", "valid", "because"),
    Credibility: ("number", "logical", "consistency", "conflict", "because"),
}
"""Keys of which a record of the Admiralty pair needs one.

A reason alone is enough: somebody wrote it, and leaving the record out would lose it.
"""


def is_empty(entity: Entity) -> bool:
    """Tell whether *entity* is a letter or a number of the Admiralty pair that judges nothing."""
    values = [getattr(entity, key) for key in RATED_KEYS.get(type(entity), ())]
    return bool(values) and all(
        value is None or (isinstance(value, str) and not value.strip()) for value in values
    )


def empty_fault(entity: Entity, given: Collection[str]) -> Fault | None:
    """Return what is wrong with an *entity* that judges nothing; *given* are the keys it gives."""
    if not is_empty(entity):
        return None
    first, *others = RATED_KEYS[type(entity)]
    path = next((key for key in (first, *others) if key in given), first)
    reason = f"is missing: the record judges nothing without one of {first}, {', '.join(others)}"
    return Fault(path, reason, "missing")


def self_links(source: Source) -> list[str]:
    """Return the keys under which *source* names itself."""
    return [key for key in LINKS if source.id in getattr(source, key)]


def without_self(source: Source) -> Source:
    """Return *source* without links to itself."""
    own: dict[str, Any] = {
        key: tuple(id_ for id_ in getattr(source, key) if id_ != source.id)
        for key in self_links(source)
    }
    return evolve(source, **own) if own else source


def importable(entity: E) -> E | None:
    """Return *entity* as an import accepts it; None for one that judges nothing."""
    if isinstance(entity, Source):
        return without_self(entity)  # type: ignore[return-value]  # it is what `entity` is
    return None if is_empty(entity) else entity


def all_importable(entities: Mapping[str, E]) -> Mapping[str, E]:
    """Return those of *entities*, by id, that an import accepts; the same mapping if all are."""
    found = {id_: importable(entity) for id_, entity in entities.items()}
    kept = {id_: entity for id_, entity in found.items() if entity is not None}
    same = len(kept) == len(entities) and all(kept[i] is entities[i] for i in entities)
    return entities if same else kept
