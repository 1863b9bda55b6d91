"""Labels: which are taken in a document, and the next that are free."""

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
    """Gives the next free label of a kind, past all that the database and the file use."""

    store: Store
    _last: dict[tuple[str, str], int] = field(factory=dict)
    _reserved: dict[tuple[str, str], int] = field(factory=dict)

    def reserve_all(self, numbers: Mapping[tuple[str, str], int]) -> None:
        """Note the greatest *numbers* of labels that are given, by document and letter."""
        self._reserved.update(numbers)

    def number(self, document: str, kind: str) -> str:
        """Return the next free label of *kind*."""
        prefix = LABEL_PREFIX[kind]
        key = (document, prefix)
        last = self._last.get(key)
        if last is None:
            last = max(_highest(self.store, document, prefix), self._reserved.get(key, 0))
        self._last[key] = last + 1
        return f"{prefix}{last + 1}"

    def forget(self) -> None:
        """Look again at what the database uses: somebody else may have written."""
        self._last.clear()


def find_by_label(store: Store, document: str, label: str) -> str | None:
    """Return the id of the statement or inference of *document* that has *label*."""
    query = (
        "SELECT id FROM statement WHERE document = :d AND label = :l"
        " UNION ALL SELECT id FROM inference WHERE document = :d AND label = :l"
    )
    row = store.db.conn.execute(query, {"d": document, "l": label}).fetchone()
    return None if row is None else str(row[0])


def with_free_labels(store: Store, operation: Operation) -> Operation:
    """Return *operation* with the next free label for what it adds under a taken one.

    A label is counted up in memory, so that two people who add something at the same
    time give it the same label, and the second would be refused. What the operation is
    called follows, so that the history names what is there.
    """
    with store.reading():  # or two labels could be counted from two states of the file
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
    """Return *words* with the new label for each old one, all at once: C4 may become C5."""
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
    rows = store.db.conn.execute(query, values)
    return max((label_number(label, prefix) for (label,) in rows), default=0)
