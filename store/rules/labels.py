"""Find the labels that are taken in a document, and the next free ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from argmap.model.map import Change, Operation, label_number
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import LABEL_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.database.store import Store


@define
class Labels:
    """Assigns the next free label of a kind, after those in the database and the input."""

    store: Store
    _last: dict[tuple[str, str], int] = field(factory=dict)
    _reserved: dict[tuple[str, str], int] = field(factory=dict)

    def reserve_all(self, numbers: Mapping[tuple[str, str], int]) -> None:
        """Reserve the greatest label *numbers* of the input, by document and prefix."""
        self._reserved.update(numbers)

    def number(self, document: str, kind: str) -> str:
        """Return the next free label of *kind*, and count it as taken."""
        prefix = LABEL_PREFIX[kind]
        key = (document, prefix)
        last = self._last.get(key)
        if last is None:
            last = max(_highest(self.store, document, prefix), self._reserved.get(key, 0))
        self._last[key] = last + 1
        return f"{prefix}{last + 1}"

    def forget(self) -> None:
        """Forget the labels of the database, because another process may have added some."""
        self._last.clear()


def find_by_label(store: Store, document: str, label: str) -> str | None:
    """Return the id of the statement or inference of *document* that has *label*."""
    query = (
        "SELECT id FROM statement WHERE document = :d AND label = :l"
        " UNION ALL SELECT id FROM inference WHERE document = :d AND label = :l"
    )
    row = store.connection.execute(query, {"d": document, "l": label}).fetchone()
    return None if row is None else str(row[0])


def with_free_labels(store: Store, operation: Operation) -> Operation:
    """Return *operation* with the next free labels instead of taken ones.

    Labels are counted in memory, so two people who add a statement at the same time give it the
    same label, and the second edit would be refused. The operation is renamed too, so that the
    history names the label that is stored.
    """
    with store.reading():  # otherwise two labels could be counted in two states
        return _with_free_labels(store, operation)


def _with_free_labels(store: Store, operation: Operation) -> Operation:
    renamed: dict[str, str] = {}
    next_numbers: dict[tuple[str, str], int] = {}
    changes = []
    for change in operation.changes:
        new = change.after if change.before is None else None
        if isinstance(new, Statement | Inference):
            prefix = LABEL_PREFIX[new.kind if isinstance(new, Statement) else "inference"]
            key, number = (new.document, prefix), label_number(new.label, prefix)
            is_taken = number < next_numbers.get(key, 0)
            if number and (is_taken or find_by_label(store, new.document, new.label)):
                number = max(_highest(store, *key) + 1, next_numbers.get(key, 0))
                renamed[new.label] = f"{prefix}{number}"
                new = evolve(new, label=f"{prefix}{number}")
            next_numbers[key] = max(number + 1, next_numbers.get(key, 0))
            changes.append(Change(None, new))
        else:
            changes.append(change)
    return Operation(_renamed(operation.label, renamed), tuple(changes))


def _renamed(words: str, renamed: Mapping[str, str]) -> str:
    """Return *words* with all labels replaced in one pass, because C4 may become C5."""
    if not renamed:
        return words
    old = "|".join(map(re.escape, renamed))
    return re.sub(rf"(?<!\w)(?:{old})(?!\w)", lambda match: renamed[match[0]], words)


def _highest(store: Store, document: str, prefix: str) -> int:
    """Return the highest number of a label with *prefix* in *document*, an id."""
    query = (
        "SELECT label FROM statement WHERE document = :d AND label GLOB :p"
        " UNION ALL SELECT label FROM inference WHERE document = :d AND label GLOB :p"
    )
    values = {"d": document, "p": f"{prefix}[0-9]*"}
    rows = store.connection.execute(query, values)
    return max((label_number(label, prefix) for (label,) in rows), default=0)
