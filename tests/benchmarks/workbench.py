"""Measure the first frame and the keys of the workbench, compared with an empty Textual app.

Run `python tests/benchmarks/workbench.py`. It prints a table and decides nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from attrs import frozen

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]  # what tests share, and the code

from benchmarks.big_maps import DOCUMENT, write_map
from benchmarks.keys import TRIALS, Samples, key_rows, lead, press_empty, tell, try_keys
from benchmarks.screens import (
    COLUMNS,
    EMPTY_APP,
    LEAVE,
    ROWS,
    has_empty_frame,
    has_first_frame,
    has_whole_map,
)
from benchmarks.table import Promise, Row, say, table, table_as_json
from support.drivers.pseudo_terminal import NeverShownError, PseudoTerminal, environment_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FRAME: Final = "first frame"
EMPTY_DOCUMENT: Final = "empty document"

FRAME_PROMISES: Final = {
    ("30", EMPTY_APP): Promise(must=1.7, aim=1.5),
    ("100,000", EMPTY_DOCUMENT): Promise(must=1.5, aim=1.1),
}
WHOLE_MAP_PROMISES: Final = {"100,000": Promise(must=4.0, aim=2.0)}
"""The limits, in seconds, for drawing all rows and counts after the start."""

BETWEEN_FRAMES: Final = 0.1
"""Seconds without output before a first frame is drawn here, so that drawing delays nothing."""


@frozen
class Subject:
    """A program to measure."""

    name: str
    words: tuple[str, ...]
    has_frame: Callable[[str], bool]
    statements: int = 0


# Doing it.


def subjects_in(folder: Path, sizes: Sequence[int]) -> Iterator[Subject]:
    """Make a database for each of *sizes*, and yield the subjects for it; the yardsticks first."""
    yield Subject(EMPTY_APP, (sys.executable, str(HERE / "empty_app.py")), has_empty_frame)
    for size in (0, *sizes):
        name = f"{size:,}" if size else EMPTY_DOCUMENT
        say(f"making {name}")
        path, database = folder / f"{size}.jsonl", folder / f"{size}.db"
        write_map(path, size)
        argmap = (sys.executable, "-m", "argmap", "-d", str(database))
        subprocess.run(
            [*argmap, "import", str(path)],
            env=environment_in(folder),
            check=True,
            capture_output=True,
        )
        yield Subject(name, (*argmap, "open", DOCUMENT), has_first_frame, size)


class Bench:
    """A runner of subjects, each time in a new home, so that no run sees files of another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def open(self, subject: Subject) -> PseudoTerminal:
        home = self._folder / f"home{next(self._numbers)}"
        home.mkdir()
        return PseudoTerminal(subject.words, home, columns=COLUMNS, rows=ROWS)

    def first_frames(self, subjects: Sequence[Subject], rounds: int) -> dict[str, list[float]]:
        """Return the times of *rounds* starts of each subject in milliseconds, without failed ones.

        The subjects take turns, after one uncounted round.
        """
        found: dict[str, list[float]] = {subject.name: [] for subject in subjects}
        for number in range(rounds + 1):
            say(f"first frames, round {number} of {rounds}")
            for subject in subjects:
                if subject.name not in found:
                    continue
                try:
                    at = self._first_frame(subject)
                except NeverShownError as error:
                    say(f"{subject.name}: no first frame: {error}")
                    del found[subject.name]
                    continue
                if number:
                    found[subject.name].append(at * 1000)
        return found

    def _first_frame(self, subject: Subject) -> float:
        with self.open(subject) as terminal:
            at = terminal.wait_for(subject.has_frame, quiet=BETWEEN_FRAMES)
            if terminal.leave(LEAVE) is None:
                say(f"{subject.name}: did not leave when asked")
        return at

    def whole_maps(self, subject: Subject, rounds: int) -> Row:
        """Return the row about the time until the map of *subject* is drawn in full."""
        times = []
        for number in range(rounds):
            say(f"whole map of {subject.name}, round {number + 1} of {rounds}")
            with self.open(subject) as terminal:
                times.append(
                    terminal.wait_for(
                        lambda screen: has_whole_map(screen, subject.statements),
                        300,
                        quiet=BETWEEN_FRAMES,
                    )
                )
                terminal.leave(LEAVE)
        promise = WHOLE_MAP_PROMISES.get(subject.name)
        return Row(
            "whole map", subject.name, rounds, median(times),
            compared_by="difference", unit="s", promise=promise,
        )  # fmt: skip

    def keys(self, subject: Subject, yardstick: Subject, presses: int) -> Iterator[Row]:
        """Yield the rows of *subject* about keys and memory."""
        with self.open(yardstick) as empty, self.open(subject) as workbench:
            empty.wait_for(yardstick.has_frame)
            workbench.wait_for(lambda screen: has_whole_map(screen, subject.statements), 300)
            for trial in TRIALS:
                lead(workbench, trial)
                tried = try_keys(trial, workbench, empty, subject.statements, presses)
                for work, samples in tried.items():
                    tell(f"{subject.name}: {work}", samples)
                    yield from key_rows(work, subject.name, samples)
            if workbench.peak_memory and empty.peak_memory:
                yield Row(
                    "peak memory", subject.name, 1, workbench.peak_memory, empty.peak_memory,
                    EMPTY_APP, "difference", "MB",
                )  # fmt: skip
            for terminal in (workbench, empty):
                terminal.leave(LEAVE)

    def empty_keys(self, yardstick: Subject, presses: int) -> Iterator[Row]:
        """Yield the rows of the empty app alone."""
        with self.open(yardstick) as empty:
            empty.wait_for(yardstick.has_frame)
            answers = [press_empty(empty) for _ in range(presses)]
            yield from key_rows("key to screen", EMPTY_APP, Samples(answers))
            if empty.peak_memory:
                yield Row("peak memory", EMPTY_APP, 1, empty.peak_memory, unit="MB")
            empty.leave(LEAVE)


# Telling it.


def frame_rows(frames: dict[str, list[float]]) -> Iterator[Row]:
    """Yield the rows about first frames, each compared with the other yardsticks."""
    for name, times in frames.items():
        found = False
        for against in (EMPTY_APP, EMPTY_DOCUMENT):
            if against in frames and name not in (EMPTY_APP, against):
                found = True
                promise = FRAME_PROMISES.get((name, against))
                yield Row(
                    FRAME, name, len(times), median(times), median(frames[against]),
                    against, promise=promise,
                )  # fmt: skip
        if not found:
            yield Row(FRAME, name, len(times), median(times))


def rows_for(sizes: Sequence[int], rounds: int, presses: int) -> Iterator[Row]:
    """Run every measurement."""
    with tempfile.TemporaryDirectory(prefix="argmap-benchmark-") as name:
        folder = Path(name)
        bench = Bench(folder)
        subjects = list(subjects_in(folder, sizes))
        yardstick = subjects[0]
        frames = bench.first_frames(subjects, rounds)
        yield from frame_rows(frames)
        say("keys of the empty app")
        yield from bench.empty_keys(yardstick, presses)
        for subject in subjects:
            if subject.statements and subject.name in frames:
                say(f"keys, {subject.name}")
                try:
                    yield bench.whole_maps(subject, rounds)
                    yield from bench.keys(subject, yardstick, presses)
                except NeverShownError as error:
                    say(f"{subject.name}: {error}")


def main() -> None:
    """Run the measurements that the command line asks for, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="30,1000,10000,100000", help="statements, with commas")
    parser.add_argument("--rounds", type=int, default=7, help="starts of each program")
    parser.add_argument("--presses", type=int, default=40, help="presses of each kind of key")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",") if size.strip()]
    rows = list(rows_for(sizes, given.rounds, given.presses))
    sys.stdout.write(table_as_json(rows) if given.json else table(rows))


if __name__ == "__main__":
    main()
