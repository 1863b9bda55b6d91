"""Admiralty letters that need a reason: an edit leaves none without, and `doctor` names those."""

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

WAITING: Final = "letter = 'E' AND trim(coalesce(because, '')) = '' AND coalesce(checked, 0) = 0"
"""SQL for the letters that need a reason once their source is a person."""


def refuse_unreasoned(store: Store, operation: Operation) -> None:
    """Refuse an edit after which a letter lacks a reason that it needs, unless it did before.

    A change of a source can ask for a reason too: of its kind to person, or a merge into one.

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
    # A merge gives a letter to another source, and so another id: it lacked its reason before.
    lacked = {_content(r) for r in before if _lacks(r, _source(store, r.source, sources, 0))}
    for letter in after:
        source = _source(store, letter.source, sources, 1)
        if source is not None and _lacks(letter, source) and _content(letter) not in lacked:
            topic = f" on {letter.topic}" if letter.topic else ""
            message = (
                f"{source.name} is of kind {source.kind}: the {letter.letter} that"
                f" {letter.assessor} gave{topic} needs a reason; write it down first"
            )
            raise EditError(message)


def unreasoned(store: Store) -> Iterator[tuple[Source, Reliability]]:
    """Yield the stored letters that lack a reason that they need, each with its source.

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
    """Return the source called *id_* as it is before an edit, 0, or after it, 1."""
    if id_ in changed:
        change = changed[id_]
        found = (change.before, change.after)[side]
        return found if isinstance(found, Source) else None
    return next(entities(store, Source, "id = ?", id_), None)


def _content(letter: Reliability) -> Reliability:
    """Return *letter* without what a merge of sources changes."""
    return evolve(letter, id="~", source="~")
