"""Rows stored by older versions that no edit or import accepts today.

They stay in the database as they are; exports correct them.
"""

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
"""The keys of a source that name other sources, with words for each."""

RATED_KEYS: Final[Mapping[type, tuple[str, ...]]] = {
    Reliability: ("letter", "checked", "valid", "because"),
    Credibility: ("number", "logical", "consistency", "conflict", "because"),
}
"""The keys of an Admiralty record, at least one of which must be given.

A reason alone is enough: leaving such a record out would lose the reason.
"""


def is_empty(entity: Entity) -> bool:
    """Return whether *entity* is an Admiralty letter or number that rates nothing."""
    values = [getattr(entity, key) for key in RATED_KEYS.get(type(entity), ())]
    return bool(values) and all(
        value is None or (isinstance(value, str) and not value.strip()) for value in values
    )


def empty_fault(entity: Entity, given: Collection[str]) -> Fault | None:
    """Return a fault if the Admiralty record *entity* rates nothing; *given* are its keys."""
    if not is_empty(entity):
        return None
    first, *others = RATED_KEYS[type(entity)]
    path = next((key for key in (first, *others) if key in given), first)
    reason = f"is missing: give at least one of {first}, {', '.join(others)}"
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
    """Return *entity* in the form that imports accept; None if it rates nothing."""
    if isinstance(entity, Source):
        return without_self(entity)  # type: ignore[return-value]  # it is what `entity` is
    return None if is_empty(entity) else entity


def all_importable(entities: Mapping[str, E]) -> Mapping[str, E]:
    """Return *entities*, by id, in the form that imports accept; unchanged if all are accepted."""
    found = {id_: importable(entity) for id_, entity in entities.items()}
    kept = {id_: entity for id_, entity in found.items() if entity is not None}
    # The same mapping if possible: callers test by identity whether anything changed.
    same = len(kept) == len(entities) and all(kept[i] is entities[i] for i in entities)
    return entities if same else kept
