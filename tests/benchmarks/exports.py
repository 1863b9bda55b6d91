"""Measure exports, findings and grades per statement, on a big map and on a small one.

Run `python tests/benchmarks/exports.py`. It prints a table and decides nothing.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]  # what tests share, and the code

from benchmarks.big_maps import DOCUMENT, TITLE, records
from benchmarks.table import Promise, Row, say, table, table_as_json

from argmap.analysis.findings import findings
from argmap.analysis.grade_report import claim_grades
from argmap.formats.registry import export_formats, import_formats
from argmap.model.map import newest_rubric
from argmap.rubrics import shipped_rubrics
from store import ImportFile, ImportOptions, import_records, load_bundle, load_map, open_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argmap.model.rubric import Rubric
    from store import Store

SMALL: Final = 1_000
"""Statements in the small map, the yardstick."""

SIZES: Final = (10_000, 100_000)

PROMISE: Final = Promise(must=1.5, aim=1.1)
"""The limit for both formats, relative to the time per statement of the small map."""

PER_SOURCE: Final = 10
"""Statements for each source."""

RATED: Final = 3
"""One claim in this many is rated, on every criterion."""

AT: Final = "2026-01-01T00:00:00Z"


def judged_records(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield a document of *count* statements with sources, attributions and ratings.

    Each statement has the same surroundings at every size: sources derive from
    nearby ones, and each item has one chain of one to three voices.
    """
    chance = random.Random(seed)  # noqa: S311  (no secret)
    sources = [f"p{number}" for number in range(max(count // PER_SOURCE, 5))]
    for number, id_ in enumerate(sources):
        source: dict[str, Any] = {"type": "source", "id": id_, "name": f"Paper {number}"}
        source["kind"] = chance.choice(("outlet", "person", "document", "vague"))
        if number % PER_SOURCE:
            source["derives_from"] = [chance.choice(sources[number - number % PER_SOURCE : number])]
        yield source
    claims = 0
    for record in records(count, seed):
        if record.get("kind") == "evidence" and chance.random() < 0.9:
            chain = chance.sample(sources, chance.randint(1, 3))
            record["attribution"] = {"class": "named_person", "chain": chain, "cue": "says"}
        elif record.get("kind") == "claim":
            claims += 1
            if claims % RATED == 0:
                record["ratings"] = _ratings(chance)
        yield record


def _ratings(chance: random.Random) -> dict[str, int]:
    rubric = _rubric()
    return {name: chance.randint(0, each.top) for name, each in rubric.criteria.items()}


def _rubric() -> Rubric:
    found = newest_rubric(shipped_rubrics())
    assert found is not None
    return found


def database(folder: Path, count: int) -> Path:
    """Make a database of one document with *count* statements."""
    say(f"making {count:,}")
    path = folder / f"{count}.db"
    lines = b"".join(json.dumps(record).encode() + b"\n" for record in judged_records(count))
    file = ImportFile(TITLE, import_formats()["jsonl"], io.BytesIO(lines))
    account = import_records(path, [file], ImportOptions("amy", AT))
    assert not account.rejected, account.rejected[0]
    return path


def exported(store: Store, name: str) -> int:
    """Write a whole export, and return its length."""
    return sum(map(len, export_formats()[name].write(load_bundle(store, [DOCUMENT]))))


def summarised(store: Store) -> int:
    """Write a summary, and return its length."""
    summarise = export_formats()["markdown"].summarise
    assert summarise is not None
    return sum(map(len, summarise(load_bundle(store, [DOCUMENT]))))


WORKS: Final[dict[str, tuple[Callable[[Store], object], Promise | None]]] = {
    "load": (lambda store: load_map(store, DOCUMENT), None),
    "export as Markdown": (lambda store: exported(store, "markdown"), PROMISE),
    "export a summary": (summarised, None),
    "export as JSON Lines": (lambda store: exported(store, "jsonl"), PROMISE),
    "check": (lambda store: list(findings(load_map(store, DOCUMENT))), None),
    "grade": (lambda store: claim_grades(load_map(store, DOCUMENT), _rubric()), None),
}
"""The tasks to measure; each starts from the database, as its command does."""


def rows_for(paths: dict[int, Path], rounds: int, only: str) -> Iterator[Row]:
    """Run every measurement on the maps in *paths*, given by size."""
    for work, (do, promise) in WORKS.items():
        if not work.startswith(only):
            continue
        per_statement = 0.0
        for size, path in paths.items():
            say(f"{work} of {size:,}")
            found = median(timed(path, do, rounds * (5 if size == SMALL else 1)))
            yardstick = per_statement * size if per_statement else None
            per_statement = per_statement or found / size
            against = f"{SMALL:,} statements" if yardstick else ""
            yield Row(
                work, f"{size:,}", rounds, found, yardstick, against,
                promise=promise if size == SIZES[-1] else None,
            )  # fmt: skip


def timed(path: Path, do: Callable[[Store], object], rounds: int) -> list[float]:
    """Return the processor time of each of *rounds*, in milliseconds."""
    found = []
    store = open_to_read(path)
    assert store is not None
    with store:
        for _ in range(rounds):
            start = time.process_time()
            do(store)
            found.append((time.process_time() - start) * 1000)
    return found


def main() -> None:
    """Run the measurements that the command line asks for, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times that each is done")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="statements of a map")
    parser.add_argument("--only", default="", help="works whose names begin so")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes: Sequence[int] = (SMALL, *given.sizes)
        paths = {size: database(Path(folder), size) for size in sizes}
        rows = list(rows_for(paths, given.rounds, given.only))
    sys.stdout.write(table_as_json(rows) if given.json else table(rows))


if __name__ == "__main__":
    main()
