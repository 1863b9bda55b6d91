"""The rubrics that a store knows: shipped, offered by files, or stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.records.rubric import rubric_from_json
from argmap.rubrics import shipped_rubrics

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from store.database.store import Store


def rubrics(store: Store | None) -> dict[tuple[str, str], Rubric]:
    """Return every rubric that is shipped, offered or stored, by id and version."""
    known = {(r.id, r.version): r for r in shipped_rubrics()}
    if store is not None:
        known |= store.offered
        for (content,) in store.connection.execute("SELECT content FROM rubric"):
            rubric = rubric_from_json(content)
            known[rubric.id, rubric.version] = rubric
    return known


def stored_rubric_hash(store: Store, id_: str, version: str) -> str | None:
    """Return the hash of the stored rubric of that id and version, if there is one."""
    query = "SELECT sha256 FROM rubric WHERE id = ? AND version = ?"
    row = store.connection.execute(query, (id_, version)).fetchone()
    return None if row is None else str(row[0])
