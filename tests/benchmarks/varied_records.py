"""Any number of records of every type, in many shapes and orders.

Run `python tests/benchmarks/varied_records.py COUNT [--seed N] > FILE`. All records are sound:
an import that rejects one has a fault. The same seed gives the same records, and two seeds share
no id except that of the rubric. The documents differ in style and size, several are interleaved,
and a record may come before the records that it refers to, some of them at the end of the file.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from benchmarks.varied_documents import RUBRIC, Style, VariedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = dict[str, Any]

TOGETHER: Final = (1, 1, 1, 2, 3, 5)
"""Numbers of interleaved documents; one is drawn at random."""

TO_THE_END: Final = 0.04
"""Share of groups with their documents or sources at the end of the file."""

REPEATED: Final = 0.002
"""Share of records that occur twice."""

SHARED: Final = 40
"""Sources of earlier documents that a later one may cite."""


def varied_records(count: int, seed: int = 1) -> Iterator[Record]:
    """Yield *count* records, and the records that complete the last documents."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    at_the_end: list[Record] = []
    known: list[tuple[str, str]] = []
    rubric_after = chance.choice((0, count // 2, count))
    made = group = 0
    is_rubric_there = False
    while made < count:
        if made >= rubric_after and not is_rubric_there:
            yield RUBRIC
            is_rubric_there = True
        documents = [
            VariedDocument(chance, f"{seed}-{group}-{n}", chance.choice(list(Style)), known)
            for n in range(chance.choice(TOGETHER))
        ]
        for record in _interleaved(documents, at_the_end, chance):
            made += 1
            yield record
            if chance.random() < REPEATED:
                yield record
        for document in documents:
            known += document.sources
        known = known[-SHARED:]
        group += 1
    yield from () if is_rubric_there else (RUBRIC,)
    chance.shuffle(at_the_end)
    yield from at_the_end


def _interleaved(
    documents: list[VariedDocument], at_the_end: list[Record], chance: random.Random
) -> Iterator[Record]:
    """Yield the records of *documents* in turn; move some of them to *at_the_end*."""
    late = chance.choice(("document", "source")) if chance.random() < TO_THE_END else ""
    streams = []
    for document in documents:
        records = _ordered(list(document.records()), chance)
        at_the_end += (record for record in records if record["type"] == late)
        streams.append([record for record in records if record["type"] != late][::-1])
    while streams:
        stream = chance.choice(streams)
        for _ in range(min(chance.randint(1, 30), len(stream))):
            yield stream.pop()
        streams = [stream for stream in streams if stream]


def _ordered(records: list[Record], chance: random.Random) -> list[Record]:
    """Return the *records* of a document in a realistic order."""
    how = chance.choice(("as made", "as made", "sources last", "document last", "back", "shuffled"))
    if how == "sources last":
        return sorted(records, key=lambda record: record["type"] == "source")
    if how == "document last":
        return sorted(records, key=lambda record: record["type"] == "document")
    if how == "back":  # evidence before its claim, and the document after everything
        return records[::-1]
    if how == "shuffled":
        chance.shuffle(records)
    return records


def main() -> None:
    """Write the records that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="records; a few more complete the last documents")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for record in varied_records(given.count, given.seed):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
