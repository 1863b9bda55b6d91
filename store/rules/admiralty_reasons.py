"""Admiralty letters that need a reason.

Edits must not leave such a letter without one, and `doctor` lists those that lack it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve

from argmap.errors import EditError
from argmap.model.rating import Reliability, reason_fault
from argmap.model.source import Source
from store.rows.reading import entities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argmap.model.map import Change, Operation
    from store.database.store import Store

NEEDS_REASON_IF_PERSON: Final = (
    "letter = 'E' AND trim(coalesce(because, '')) = '' AND coalesce(checked, 0) = 0"
)
"""SQL for letters without a reason that will need one if their source becomes a person."""


def refuse_unreasoned(store: Store, operation: Operation) -> None:
    """Refuse an edit that leaves a letter without a reason that it newly needs.

    A letter can need a reason because of a change to its source: to the kind person, or a merge
    into a person.

    Raises:
        EditError: there is such a letter; the message says what to do first.
    """
    sources = {c.entity.id: c for c in operation.changes if isinstance(c.entity, Source)}
    letters = {c.entity.id: c for c in operation.changes if isinstance(c.entity, Reliability)}
    before = [c.before for c in letters.values() if isinstance(c.before, Reliability)]
    after = [c.after for c in letters.values() if isinstance(c.after, Reliability)]
    for id_ in sources:
        stored = entities(store, Reliability, "source = ?", id_)
        untouched = [letter for letter in stored if letter.id not in letters]
        before += untouched
        after += untouched
    # A merge moves a letter to another source and changes its id: compare it by content, so
    # that one which lacked its reason before does not stop the merge.
    lacked = {_content(r) for r in before if _lacks(r, _source(store, r.source, sources, 0))}
    for letter in after:
        source = _source(store, letter.source, sources, 1)
        if source is not None and _lacks(letter, source) and _content(letter) not in lacked:
            topic = f" on {letter.topic}" if letter.topic else ""
            message = (
                f"{source.name} is of kind {source.kind}: the {letter.letter} that"
                f" {letter.assessor} gave{topic} needs a reason; add it first"
            )
            raise EditError(message)


def unreasoned(store: Store) -> Iterator[tuple[Source, Reliability]]:
    """Yield the stored letters without a reason that they need, each with its source.

    Raises:
        ModelError: a row breaks a rule.
    """
    for letter in entities(store, Reliability, "letter IN ('A', 'E')"):
        source = _source(store, letter.source, {}, 0)
        if source is not None and _lacks(letter, source):
            yield source, letter


def _lacks(letter: Reliability, source: Source | None) -> bool:
    return source is not None and reason_fault(letter, source.kind) is not None


def _source(
    store: Store, id_: str, changed: Mapping[str, Change], side: Literal[0, 1]
) -> Source | None:
    """Return the source *id_* before an edit (0) or after it (1)."""
    if id_ in changed:
        change = changed[id_]
        found = (change.before, change.after)[side]
        return found if isinstance(found, Source) else None
    return next(entities(store, Source, "id = ?", id_), None)


def _content(letter: Reliability) -> Reliability:
    """Return *letter* without the ids that a merge of sources changes."""
    return evolve(letter, id="~", source="~")
