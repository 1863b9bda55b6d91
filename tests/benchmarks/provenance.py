"""Measure provenance and what-if analysis on big maps, compared with a plain walk of the map.

Run `python tests/benchmarks/provenance.py`. It prints a table and decides nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from attrs import frozen

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]  # what tests share, and the code

from benchmarks.table import Row, say, table, table_as_json
from support.strategies.maps import RUBRIC, inference, statement, with_all

from argmap.analysis.provenance import (
    count_origins,
    live_map_of,
    provenance_of,
    suspected_copies,
    wording_of,
)
from argmap.analysis.what_if import what_if
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import SourceKind

WALK: Final = "plain walk"
"""The yardstick: one visit to each source, attribution and step of the map."""


@frozen
class Shape:
    """The shape of a map: numbers of sources, items and claims, and the derivations of sources."""

    name: str
    sources: int
    items: int
    claims: int
    derived: tuple[int, ...] = (0, 1, 1, 2)
    """Numbers of earlier sources that a source may derive from; one is drawn at random."""
    near: int = 0
    """The maximum distance of those earlier sources; 0 for no limit."""


SHAPES: Final = (
    Shape("2,000 nodes", 800, 600, 300),
    Shape("100,000 sources, loose", 100_000, 2_000, 100, derived=(0, 0, 0, 1)),
    Shape("100,000 sources, woven", 100_000, 2_000, 100),
    Shape("100,000 sources, one line", 100_000, 2_000, 100, derived=(1,), near=1),
    Shape("100,000 sources and items", 100_000, 100_000, 1_000),
)


def made(shape: Shape, seed: int = 1) -> ArgumentMap:
    """Return a map of *shape*: a chain of claims, items under them, chains of one to three voices."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    sources = [_source(number, shape, chance) for number in range(shape.sources)]
    claims = [statement(f"c{n}", f"C{n}") for n in range(shape.claims)]
    items = [statement(f"e{n}", f"E{n}", "evidence") for n in range(shape.items)]
    steps = [([f"c{n + 1}"], f"c{n}") for n in range(shape.claims - 1)]
    steps += [
        ([f"e{n}", f"e{(n + 1) % shape.items}"][: 1 + n % 2], f"c{chance.randrange(shape.claims)}")
        for n in range(shape.items)
    ]
    cited = [
        Attribution(
            f"at{n}", f"e{n}", "named_person",
            tuple(f"s{chance.randrange(shape.sources)}" for _ in range(chance.randint(1, 3))),
        )
        for n in range(shape.items)
    ]  # fmt: skip
    return with_all(
        [*claims, *items],
        [inference(f"i{n}", f"I{n}", premises, to) for n, (premises, to) in enumerate(steps)],
        sources={source.id: source for source in sources},
        attributions={attribution.id: attribution for attribution in cited},
    )


def _source(number: int, shape: Shape, chance: random.Random) -> Source:
    first = max(0, number - shape.near) if shape.near else 0
    count = chance.choice(shape.derived) if number else 0
    earlier = {f"s{chance.randrange(first, number)}" for _ in range(count)}
    shared = (f"s{chance.randrange(number)}",) if number and chance.random() < 0.1 else ()
    kinds: tuple[SourceKind, ...] = ("person", "document", "outlet", "vague")
    return Source(
        f"s{number}", f"Source {number}", chance.choice(kinds),
        derives_from=tuple(sorted(earlier)), same_origin=shared,
    )  # fmt: skip


def walk(argument_map: ArgumentMap) -> int:
    """Visit everything that provenance follows, once."""
    return (
        sum(len(s.derives_from) + len(s.same_origin) for s in argument_map.sources.values())
        + sum(len(a.chain) for a in argument_map.attributions.values())
        + sum(len(i.premises) for i in argument_map.inferences.values())
    )


def rows_for(shapes: Sequence[Shape], rounds: int) -> Iterator[Row]:
    """Run every measurement on each of *shapes*."""
    for shape in shapes:
        say(f"making {shape.name}")
        m = made(shape)
        lost = [m.sources["s0"], m.sources[f"s{shape.sources // 2}"]]
        works: dict[str, Callable[[], object]] = {
            WALK: lambda m=m: walk(m),  # type: ignore[misc]  # bound while it is this map
            "origins of all claims": lambda m=m: count_origins(live_map_of(m)),  # type: ignore[misc]
            "what if two fall": lambda m=m, lost=lost: what_if(m, lost, RUBRIC),  # type: ignore[misc]
            "one claim in full": lambda m=m, n=shape.claims: provenance_of(
                live_map_of(m), f"c{n - 1}"
            ),  # type: ignore[misc]
            "suspected copies": lambda m=m: list(  # type: ignore[misc]
                suspected_copies((s.id, wording_of(s.text)) for s in m.ordered_statements)
            ),
        }
        times = {work: timed(do, rounds) for work, do in works.items()}
        for work, samples in times.items():
            yardstick = None if work == WALK else median(times[WALK])
            against = "" if work == WALK else WALK
            yield Row(work, shape.name, rounds, median(samples), yardstick, against)


def timed(do: Callable[[], object], rounds: int) -> list[float]:
    """Return the milliseconds of each of *rounds*, after one uncounted round."""
    found = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        do()
        found.append((time.perf_counter() - start) * 1000)
    return found[1:]


def main() -> None:
    """Run the measurements that the command line asks for, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times that each is worked out")
    parser.add_argument("--only", default="", help="shapes whose names begin so")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    given = parser.parse_args()
    shapes = [shape for shape in SHAPES if shape.name.startswith(given.only)]
    rows = list(rows_for(shapes, given.rounds))
    sys.stdout.write(table_as_json(rows) if given.json else table(rows))


if __name__ == "__main__":
    main()
