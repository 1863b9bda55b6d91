"""Let a monkey drive the workbench for hours: `python tests/benchmarks/monkey.py [EVENTS]`.

Prints a summary. Nothing may fail, the database must be sound, and replaying its log of
operations on an empty database must give the same content.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from support.drivers.monkeys import Monkey, differs_from_replay
from support.drivers.workbench import TEXT, driving

ROUND = 500
"""Events per monkey; the next one begins on a new database."""


async def main(events: int) -> None:
    """Let one monkey after another play until there have been *events* events."""
    started = time.perf_counter()
    for seed in range(events // ROUND):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)  # where it may export to
            path = Path(folder) / "argmap.db"
            monkey = None
            try:
                async with driving(path, TEXT, drawn=True) as driver:
                    monkey = Monkey(driver, path, seed)
                    await monkey.play(ROUND)
            except BaseException:
                print(f"seed {seed} failed after:", *(monkey.done[-40:] if monkey else ()))
                raise
            differing = differs_from_replay(path, Path(folder) / "fresh.db")
            assert not differing, (seed, differing)
        seconds = time.perf_counter() - started
        print(f"{(seed + 1) * ROUND:,} events in {seconds:.0f} s: nothing failed", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
