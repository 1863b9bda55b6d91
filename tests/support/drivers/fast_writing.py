"""A process that writes linked evidence as fast as it can, one operation per piece."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import Final

import store
from argmap.model.map import Change, Operation
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

DOCUMENT: Final = "toll"
TEXT: Final = "The toll pays for itself. Reports say traffic fell by a fifth."
AT: Final = "2024-03-02T00:00:00Z"


def begin(path: Path) -> None:
    """Make a database of one document with one claim, supported by a first piece."""
    records = [
        {"type": "document", "id": DOCUMENT, "title": "The toll", "text": TEXT},
        {"type": "statement", "id": "c", "document": DOCUMENT, "kind": "claim", "label": "C1", "text": "It pays."},
    ]  # fmt: skip
    with store.open_store(path) as opened:
        store.import_from(opened, records, assessor="amy")
        store.apply(opened, piece(1), AT)


def rating(number: int) -> Rating:
    """Return the one rating, whose reason names the newest piece."""
    return Rating(
        "r", "evidence-attribution", "1.0", "directness", "amy", 1,
        statement="c", because=f"there are {number} pieces", at=AT,
    )  # fmt: skip


def piece(number: int) -> Operation:
    """Return one item of evidence with its inference, source, letter and attribution."""
    before = rating(number - 1) if number > 1 else None
    return Operation(f"piece {number}", (*_new(number), Change(before, rating(number))))


def pieces(first: int, end: int) -> Operation:
    """Return the pieces from *first*, and before *end*, as one operation."""
    new = (change for number in range(first, end) for change in _new(number))
    return Operation("pieces", (*new, Change(rating(first - 1), rating(end - 1))))


def _new(number: int) -> tuple[Change, ...]:
    evidence = Statement(f"e{number}", DOCUMENT, "evidence", f"Evidence {number}.", f"E{number}")
    source = Source(f"s{number}", f"Speaker {number}", "person")
    made = (
        evidence,
        source,
        Inference(f"i{number}", DOCUMENT, (evidence.id,), "c", "supports", f"I{number}"),
        Attribution(f"a{number}", evidence.id, "named_person", (source.id,)),
        Reliability(f"l{number}", source.id, "amy", "C", because=f"letter {number}"),
    )
    return tuple(Change(None, each) for each in made)


if __name__ == "__main__":
    with store.open_store(Path(sys.argv[1])) as opened:
        for number in itertools.count(int(sys.argv[2])):
            store.apply(opened, piece(number), AT)
            time.sleep(0.004)
