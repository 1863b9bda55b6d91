"""Refuse edits that store data no import accepts, and find such data in the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.edit.preconditions import check_self_links
from argmap.errors import EditError
from argmap.model.older_rows import (
    LINKS,
    RATED_KEYS,
    empty_fault,
    is_empty,
    self_links,
    without_self,
)
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Source
from argmap.records.encode import json_text
from store.rows.reading import entities

from .admiralty_reasons import refuse_unreasoned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import Operation
    from store.database.store import Store


_LINKED_TO_ITSELF: Final = "id IN (SELECT source FROM source_link WHERE other = source)"


def refuse_unsound(store: Store, operation: Operation) -> None:
    """Refuse an edit that makes an entity unsound which was not so before.

    Raises:
        EditError: a letter or number rates nothing, a letter lacks a reason that it needs, or
            a source refers to itself.
    """
    for change in operation.changes:
        before, after = change.before, change.after
        was_empty = before is not None and is_empty(before)
        if after is not None and not was_empty and (fault := empty_fault(after, ())):
            raise EditError(str(fault))
        if isinstance(after, Source):
            check_self_links(after, before if isinstance(before, Source) else None)
    refuse_unreasoned(store, operation)


def unsound_rows(store: Store) -> Iterator[str]:
    """Yield a sentence for each row of an older version that no import accepts.

    Raises:
        ModelError: a row breaks a rule.
    """
    for source in entities(store, Source, _LINKED_TO_ITSELF):
        for key in self_links(source):
            links = list(getattr(without_self(source), key))
            mend = json_text({"type": "source", "id": source.id, key: links})
            yield (
                f"{source.name} ({source.id}) {LINKS[key]} itself, and exports leave that link"
                f" out; import {mend} to repair it"
            )
    letters = entities(store, Reliability, _nothing(Reliability))
    yield from (_empty(letter, letter.source, "letter") for letter in letters if is_empty(letter))
    numbers = entities(store, Credibility, _nothing(Credibility))
    yield from (_empty(each, each.statement, "number") for each in numbers if is_empty(each))


def _empty(judgement: Reliability | Credibility, subject: str, key: str) -> str:
    return (
        f"the {judgement.type} {judgement.id!r} that {judgement.assessor} gave {subject!r} rates"
        f" nothing, and exports leave it out; import it with a {key} to repair it"
    )


def _nothing(kind: type[Reliability | Credibility]) -> str:
    """Return SQL for the rows that may rate nothing; a reason may still be blank."""
    return " AND ".join(f"{key} IS NULL" for key in RATED_KEYS[kind] if key != "because")
