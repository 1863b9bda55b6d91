"""Indexes over a map's entities, passed on to the next map when few entities change.

Each index declares its contents and their order once; the map builds it on first use.
An index that cannot be passed on is dropped, and the next map rebuilds it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from attrs import frozen

from .blocks import Blocks
from .groups import Groups
from .overlaid import with_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .map import ArgumentMap

E = TypeVar("E")
Net = dict[str, tuple[list[Any], list[Any]]]
"""For each changed field of a map, the entities removed and the entities added.

A changed entity is in both lists.
"""

MOST_CARRIED: Final = 1000
"""The most changed entities with which an index is updated; with more, rebuilding is faster."""


@frozen
class InOrder(Generic[E]):
    """An index that lists some of the entities in one field of a map, sorted."""

    field: str
    order: Callable[[E], Any]
    """A sort key that no two entities share."""
    is_in: Callable[[E], bool] = lambda _: True

    def build(self, entities: Iterable[E]) -> Blocks[E]:
        """Return the sorted sequence of *entities*."""
        return Blocks.of(sorted(filter(self.is_in, entities), key=self.order))

    def update(self, listed: Blocks[E], removed: Iterable[E], added: Iterable[E]) -> Blocks[E]:
        """Return a copy of *listed* without the *removed* entities and with the *added* ones."""
        return listed.replaced(filter(self.is_in, removed), filter(self.is_in, added), self.order)


@frozen
class Grouped(Generic[E]):
    """An index that groups the entities in one field by id; groups are sorted and never empty."""

    field: str
    order: Callable[[E], Any]
    """A sort key that no two entities share."""
    keys: Callable[[E], Iterable[str]]
    """The ids under which an entity is listed, each once."""

    def build(self, entities: Iterable[E]) -> Groups[E]:
        """Return the groups of *entities*, which are sorted already."""
        return Groups.of(entities, self.keys)

    def update(
        self, groups: Mapping[str, list[E]], removed: Iterable[E], added: Iterable[E]
    ) -> Mapping[str, list[E]]:
        """Return a copy of *groups* without the *removed* entities and with the *added* ones."""
        old, new = self.build(removed), self.build(added)
        changed = {
            key: _replace_entities(
                groups.get(key, ()), old.get(key, ()), new.get(key, ()), self.order
            )
            for key in old.keys() | new.keys()
        }
        return with_changes(groups, {key: group or None for key, group in changed.items()})


def carry(
    old: ArgumentMap, new: ArgumentMap, indexes: Mapping[str, InOrder[Any] | Grouped[Any]], net: Net
) -> None:
    """Pass on to *new* the *indexes* and the labels that *old* has built already."""
    for name, index in indexes.items():
        known, (removed, added) = _built_index(old, name), net.get(index.field, ([], []))
        if known is not None and not removed and not added:
            _store_index(new, name, known)
        elif known is not None and len(removed) + len(added) <= MOST_CARRIED:
            _store_index(new, name, index.update(known, removed, added))
    _carry_labels(old, new, net)


def _carry_labels(old: ArgumentMap, new: ArgumentMap, net: Net) -> None:
    changed = [net[name] for name in ("statements", "inferences") if name in net]
    names: Mapping[str, Any] | None = _built_index(old, "by_label")
    if names is None or sum(len(removed) + len(added) for removed, added in changed) > MOST_CARRIED:
        return
    if changed:
        renamed = {entity.label: None for removed, _ in changed for entity in removed}
        named = {entity.label: entity for _, added in changed for entity in added}
        names = with_changes(names, renamed | named)
    # With fewer labels than entities, two share a label. Only a rebuild tells which one it names.
    if len(names) == len(new.statements) + len(new.inferences):
        _store_index(new, "by_label", names)


def _replace_entities(
    listed: Sequence[E], removed: Iterable[E], added: Iterable[E], order: Callable[[E], Any]
) -> list[E]:
    result = list(listed)
    for entity in removed:
        del result[bisect_left(result, order(entity), key=order)]
    for entity in added:
        insort(result, entity, key=order)
    return result


def _built_index(argument_map: ArgumentMap, name: str) -> Any:  # noqa: ANN401  (whatever the index is)
    """Return an index if it has been built, else None; getattr would build it."""
    try:
        return object.__getattribute__(argument_map, name)
    except AttributeError:
        return None


def _store_index(argument_map: ArgumentMap, name: str, index: object) -> None:
    """Store an index where its cached property looks for it; the map is frozen."""
    object.__setattr__(argument_map, name, index)
