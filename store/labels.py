"""Labels of what two people add at the same time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.model.map import Change, Operation, label_number
from argmap.model.statement import Inference, Statement
from argmap.model.words import LABEL_PREFIX

from .surroundings import labelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .database import Store


def with_free_labels(store: Store, operation: Operation) -> Operation:
    """Return *operation* with the next free label for what it adds under a taken one.

    A label is counted up in memory, so that two people who add something at the same
    time give it the same label, and the second would be refused. What the operation is
    called follows, so that the history names what is there.
    """
    renamed: dict[str, str] = {}
    next_numbers: dict[tuple[str, str], int] = {}
    changes = []
    for change in operation.changes:
        new = change.after if change.before is None else None
        if isinstance(new, Statement | Inference):
            prefix = LABEL_PREFIX[new.kind if isinstance(new, Statement) else "inference"]
            key, number = (new.document, prefix), label_number(new.label, prefix)
            is_taken = number < next_numbers.get(key, 0)
            if number and (is_taken or labelled(store, new.document, new.label)):
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
