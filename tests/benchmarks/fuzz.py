"""Import damaged files for hours: `python tests/benchmarks/fuzz.py [FILES [SEED]]`.

Prints the number of each outcome. Every file must end in an import report or in one error line,
and the database must stay sound. If nothing is imported, it must stay the same, byte by byte.
"""

from __future__ import annotations

import collections
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from support.drivers.fuzzing import Fuzzer

ROUND = 500
"""Files per seed; a file that fails is written to the folder that the message names."""


def main(files: int, first: int) -> None:
    """Import *files* damaged files, with as many seeds from *first* on as that takes."""
    started = time.perf_counter()
    outcomes: collections.Counter[str] = collections.Counter()
    for seed in range(-(-files // ROUND)):
        folder = Path(tempfile.mkdtemp(prefix="argmap-fuzz-"))
        fuzzer = Fuzzer(folder, first + seed)
        fuzzer.run(min(ROUND, files - seed * ROUND))
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        outcomes.update(fuzzer.outcomes)
        told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items()))
        seconds = time.perf_counter() - started
        print(f"{outcomes.total():,} files in {seconds:.0f} s, all sound: {told}", flush=True)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [20_000, 0][len(given) :]))
