"""The rubrics that a store knows: shipped, offered by files, or stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from store.database.store import Store


def rubrics(store: Store | None) -> dict[tuple[str, str], Rubric]:
    """Return every rubric that is shipped, offered or stored, by id and version."""
    return dict(_WithShipped({} if store is None else _offered_and_stored(store)))


def rubrics_when_needed(store: Store) -> Mapping[tuple[str, str], Rubric]:
    """Return what `rubrics` returns; the shipped ones are loaded when one of all is looked up.

    A map without ratings needs none, and they take longer to load than a map of a usual op-ed.
    """
    return _WithShipped(_offered_and_stored(store))


def _offered_and_stored(store: Store) -> dict[tuple[str, str], Rubric]:
    known = {**store.offered}
    for (content,) in store.connection.execute("SELECT content FROM rubric"):
        from argmap.records.rubric import rubric_from_json

        rubric = rubric_from_json(content)
        known[rubric.id, rubric.version] = rubric
    return known


class _WithShipped(Mapping[tuple[str, str], "Rubric"]):
    """Some rubrics, and the shipped ones that they do not replace."""

    def __init__(self, others: Mapping[tuple[str, str], Rubric]) -> None:
        self._others = others

    @cached_property
    def _all(self) -> Mapping[tuple[str, str], Rubric]:
        from argmap.rubrics import shipped_rubrics

        return {**{(r.id, r.version): r for r in shipped_rubrics()}, **self._others}

    def __getitem__(self, name: tuple[str, str]) -> Rubric:
        return self._all[name]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def stored_rubric_hash(store: Store, id_: str, version: str) -> str | None:
    """Return the hash of the stored rubric of that id and version, if there is one."""
    query = "SELECT sha256 FROM rubric WHERE id = ? AND version = ?"
    row = store.connection.execute(query, (id_, version)).fetchone()
    return None if row is None else str(row[0])
