"""Stop imports at random moments by signals: `python tests/benchmarks/kills.py`.

There are three sorts of files: short documents, mixed records, varied records. An import is
killed, interrupted or terminated and run again (`resume`), the same with `--strict` (`strict`),
with `--dry-run` (`dry`), and two or three imports run at the same time as an editor, all on one
database (`together`). Each time the database must be sound, have everything that was reported,
and end as after an uninterrupted import except for labels. Prints the states in which the signals
found the imports, and every fault. If there is one, it exits with 1 and keeps the folder with the
database of that round.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bulk_records import mixed_records, write_lines
from benchmarks.varied_records import varied_records
from support.drivers.kills import KINDS, Kills, record_lines

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 1500
"""Maximum number of characters printed for a fault."""

FILES: Final[dict[str, Callable[[Path, int, int], object]]] = {
    "short": lambda path, size, _: path.write_text("".join(record_lines(1, size))),
    "mixed": lambda path, size, seed: write_lines(path, mixed_records(size, seed)),
    "varied": lambda path, size, seed: write_lines(path, varied_records(size, seed)),
}


def main() -> None:
    """Run the rounds that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0, help="begin no round after so many")
    parser.add_argument("--size", type=int, default=800, help="records of a file, about")
    parser.add_argument("--span", type=int, default=200, help="records that are looked at together")
    parser.add_argument("--longest", type=float, default=0.01, help="seconds of one transaction")
    parser.add_argument("--only", nargs="*", choices=KINDS, default=list(KINDS), help="rounds")
    parser.add_argument("--files", nargs="*", choices=FILES, default=list(FILES))
    given = parser.parse_args()
    started = time.monotonic()
    until = started + given.seconds if given.seconds else 0.0
    folder = Path(tempfile.mkdtemp(prefix="argmap-kills-"))
    paths = [folder / f"{name}.jsonl" for name in given.files]
    for path in paths:
        FILES[path.stem](path, given.size, given.seed)
    kills = Kills(folder, given.span, given.longest, paths)
    done, faults = rounds_of(kills, given, until)
    found = collections.Counter(kills.states)
    states = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
    seconds = time.monotonic() - started
    print(
        f"{done} rounds in {seconds:.0f} s, {faults} faults; signals found: {states or 'nothing'}"
    )
    if faults:
        sys.exit(f"the databases are in {folder}")
    shutil.rmtree(folder)


def rounds_of(kills: Kills, given: argparse.Namespace, until: float) -> tuple[int, int]:
    """Run the rounds and print each fault; return the number of rounds and of faults."""
    done = faults = 0
    for number in range(given.rounds):
        for kind in given.only:
            if until and time.monotonic() > until:
                return done, faults
            chance = random.Random(f"{given.seed} {kind} {number}")  # noqa: S311  (no secret)
            try:
                kills.run_one(kind, number, chance)
            except AssertionError as error:
                faults += 1
                print(f"round {number} of {kind}: {error}"[:MOST], flush=True)
            done += 1
    return done, faults


if __name__ == "__main__":
    main()
