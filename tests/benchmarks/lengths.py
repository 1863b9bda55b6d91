"""Import small files in many span lengths: `python tests/benchmarks/lengths.py [FILES [SEED]]`.

Prints each kind of difference once, with the fewest lines that show it, and how often it occurred.
Ends with 1 if there was any.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from hypothesis import HealthCheck, Phase, given, seed, settings
from support.drivers.import_lengths import Way, differences, kind_of_difference, smallest
from support.strategies.colliding_records import any_inputs, inputs, ways_of_importing

SHOWN = 100
"""Examples after which the counts are printed."""


def main(files: int, first: int) -> int:
    """Import *files* files; return the exit code."""
    started, done, kinds = time.perf_counter(), 0, Counter[str]()

    @seed(first)
    @settings(
        max_examples=files, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(ways_of_importing(inputs() | any_inputs()))
    def look(way: Way) -> None:
        nonlocal done
        done += 1
        found = differences(way)
        kind = kind_of_difference(found)
        if found and kind not in kinds:
            less = smallest(way)
            print(f"\n{kind}\n{less}", *differences(less), sep="\n", flush=True)
        kinds.update([kind] if found else [])
        if done % SHOWN == 0:
            seconds = time.perf_counter() - started
            print(f"{done:,} files in {seconds:.0f} s: {kinds.total():,} differ", flush=True)

    look()
    for kind, count in kinds.most_common():
        print(f"{count:7,} {kind}")
    return 1 if kinds else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [2000, 0][len(numbers) :])))
