"""Kill long imports at random moments: `python tests/benchmarks/kills.py [ROUNDS [SEED]]`.

After each kill the database must be sound, and the import run again must come to what an
uninterrupted one comes to. Prints how the kills found the import.
"""

from __future__ import annotations

import collections
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from kills import Kills, record_lines

DOCUMENTS, STATEMENTS = 4, 1500
SPAN, LONGEST = 1000, 0.03


def main(rounds: int, seed: int) -> None:
    """Kill so many imports at moments drawn from *seed*."""
    with tempfile.TemporaryDirectory(prefix="argmap-kills-") as name:
        paths = [Path(name) / f"{number}.jsonl" for number in range(DOCUMENTS)]
        for number, path in enumerate(paths):
            path.write_text("".join(record_lines(number, STATEMENTS)))
        started = time.perf_counter()
        kills = Kills(Path(name), SPAN, LONGEST, paths)
        kills.run(rounds, random.Random(seed))  # noqa: S311  (moments to kill at)
        found = collections.Counter(kills.states)
        told = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
        print(f"{rounds} kills in {time.perf_counter() - started:.0f} s, all sound: {told}")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [200, 0][len(given) :]))
