"""Measure how many small changes of the code the tests see: the mutation score.

Run `python tests/benchmarks/mutants.py`; it needs `pip install mutmut`. That is no extra, because
nobody needs it but for this table. It prints a row for each file, and each mutant that survived.
`--files 'argmap/edit/*.py' --tests 'argmap_edit_*'` judges other files by other tests.

The mutations are mutmut's, but not the runs: its mutants are functions beside functions, so that it
leaves out what has a decorator or stands outside functions, and here that is every threshold and
every rule. cosmic-ray starts Python anew for each mutant. Here the code is copied to a temporary
folder, one file of the copy is changed at a time, and a process that has loaded pytest and the
libraries is forked to run the tests of its room.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
sys.path[:0] = [str(HERE.parent)]  # what benchmarks share; the code comes from the copy

# Loaded here once for all forks.
import hypothesis.stateful
import hypothesis.strategies
import msgspec
import pytest
import sqlite_utils
from attrs import define, frozen
from benchmarks.mutations import changes_of, sample
from benchmarks.table import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.mutations import Change, Mutant

LOADED: Final = (hypothesis.stateful, hypothesis.strategies, msgspec, sqlite_utils)

SURVIVED: Final = 0
NO_TESTS: Final = 5
"""What pytest returns if it finds no tests; anything else means that the mutant was seen."""
MOST_MEMORY: Final = 4 << 30

OPTIONS: Final = (
    "-x", "-q", "--no-header", "--import-mode=importlib", "-o", "addopts=", "-p", "no:xdist",
    "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-profile=mutants",
    "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning",
)  # fmt: skip


@frozen
class Room:
    """Files to change, and the tests that judge them."""

    name: str
    files: tuple[str, ...]
    """Patterns of paths from the root of the project."""
    tests: tuple[str, ...]
    """Patterns of names of test files, without `test_` and `.py`."""


ROOMS: Final = (
    Room(
        "grading",
        ("argmap/analysis/grading.py", "argmap/analysis/admiralty.py", "argmap/analysis/losses.py"),
        (
            "argmap_analysis_grading", "argmap_analysis_admiralty*", "argmap_analysis_losses",
            "argmap_analysis_grade_report", "argmap_analysis_sensitivity", "argmap_analysis_what_if",
        ),
    ),
    Room("provenance", ("argmap/analysis/provenance/*.py",), ("argmap_analysis_provenance_*",)),
    Room(
        "findings",
        ("argmap/analysis/findings/*.py",),
        ("argmap_analysis_findings*", "argmap_analysis_provenance_copies"),
    ),
    Room("anchoring", ("argmap/quotes/*.py",), ("argmap_quotes_*",)),
    Room(
        "account",
        (
            "store/ingest/report.py", "argmap/cli/_import_report.py",
            "store/merge/run.py", "argmap/cli/merge.py",
        ),
        (
            "store_ingest_report_*", "argmap_cli_import", "argmap_cli_import_report",
            "argmap_cli_merge", "store_merge_run",
        ),
    ),
)  # fmt: skip


@define
class Outcome:
    """The mutants of one file."""

    possible: int = 0
    killed: int = 0
    survived: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of its row, after the name."""
        made = self.killed + self.survived
        score = f"{self.killed / made:.0%}" if made else "–"
        return (f"{made:,} of {self.possible:,}", f"{self.killed:,}", f"{self.survived:,}", score)


class Copy:
    """A copy of the code in which one file at a time is changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        listed = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
        names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
        for name in names.splitlines():
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, root / name)
        compiled = [sys.executable, "-m", "compileall", "-q", "argmap", "store", "tui"]
        subprocess.run(compiled, check=True, cwd=root)

    def judge(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
        """Return whether a test fails with *mutant*, or still runs after *seconds*."""
        file = self.root / mutant.file
        original = file.read_text(encoding="utf-8")
        # Compiled files are known by second and size, which a mutant may share with the original.
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()
        file.write_text(mutant.source, encoding="utf-8")
        try:
            ended = self.run(tests, seconds)
        finally:
            file.write_text(original, encoding="utf-8")
        if ended == NO_TESTS:
            message = f"there are no tests of {mutant.file}"
            raise SystemExit(message)
        return ended != SURVIVED

    def run(self, tests: Sequence[str], seconds: float, *, compiles: bool = False) -> int:
        """Run *tests* in a fork, and return how it ended; write bytecode if it *compiles*."""
        child = os.fork()
        if child == 0:
            ended = int(pytest.ExitCode.INTERNAL_ERROR)
            try:
                os.setsid()  # so that processes that tests start end with it
                ended = self._run_here(tests, compiles=compiles)
            finally:  # whatever happens, the fork does nothing of what its parent has still to do
                os._exit(ended)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.killpg(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _run_here(self, tests: Sequence[str], *, compiles: bool) -> int:
        os.chdir(self.root)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        output = os.open(self.root / "output.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        paths = [str(self.root), str(self.root / "tests")]
        sys.path[:0] = paths
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        if not compiles:
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        # `benchmarks` and `support` of the copy take the place of those that are loaded.
        for name in [n for n in sys.modules if n.split(".")[0] in ("benchmarks", "support")]:
            del sys.modules[name]
        hypothesis.settings.register_profile(
            "mutants",
            max_examples=30,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=[hypothesis.HealthCheck.too_slow],
            # Nobody reads the failure, so it need not be made small.
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        )
        return int(pytest.main([*OPTIONS, f"--basetemp={self.root}-tmp", *tests]))


def files_of(root: Path, room: Room) -> list[str]:
    """Return the paths of the files of *room*."""
    found = (path for pattern in room.files for path in sorted(root.glob(pattern)))
    return [str(path.relative_to(root)) for path in found]


def tests_of(root: Path, file: str, room: Room) -> list[str]:
    """Return the test files of *room*, first the one that is called after *file*."""
    tests = root / "tests"
    found = [path.name for name in room.tests for path in sorted(tests.glob(f"test_{name}.py"))]
    own = f"test_{'_'.join(Path(file).with_suffix('').parts)}".replace("__", "_")
    return [f"tests/{name}" for name in sorted(found, key=lambda name: not name.startswith(own))]


def judged(
    copy: Copy, room: Room, chosen: Sequence[Change], seconds: float
) -> Iterator[tuple[Mutant, bool]]:
    """Yield the mutants with the changes *chosen*, and whether the tests of *room* see them."""
    for number, change in enumerate(chosen, 1):
        mutant = change.made()
        is_killed = copy.judge(mutant, tests_of(copy.root, change.file, room), seconds)
        say(
            f"{room.name} {number}/{len(chosen)} {'killed' if is_killed else 'SURVIVED'}"
            f" {mutant.file}:{mutant.line}" + ("" if is_killed else f"\n{mutant.change}")
        )
        yield mutant, is_killed


def measure(
    copy: Copy, room: Room, count: int, seed: int
) -> tuple[dict[str, Outcome], list[Mutant]]:
    """Return the outcome of each file of *room*, and the mutants that survived."""
    begin = time.monotonic()
    files = files_of(copy.root, room)
    if ended := copy.run(tests_of(copy.root, files[0], room), 1200, compiles=True):
        output = (copy.root / "output.txt").read_text(encoding="utf-8", errors="replace")
        message = f"the tests of {room.name} fail without a change ({ended}):\n{output[-3000:]}"
        raise SystemExit(message)
    taken = time.monotonic() - begin
    say(f"{room.name}: its tests take {taken:.0f} s without a change")
    changes = [change for file in files for change in changes_of(copy.root, file)]
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for file, possible in Counter(change.file for change in changes).items():
        outcomes[file].possible = possible
    survivors = []
    for mutant, is_killed in judged(copy, room, sample(changes, count, seed), 3 * taken + 30):
        outcomes[mutant.file].killed += is_killed
        outcomes[mutant.file].survived += not is_killed
        if not is_killed:
            survivors.append(mutant)
    return outcomes, survivors


def total(outcomes: dict[str, Outcome]) -> Outcome:
    """Return the sum of *outcomes*."""
    each = outcomes.values()
    return Outcome(
        sum(o.possible for o in each), sum(o.killed for o in each), sum(o.survived for o in each)
    )


def table_of(found: dict[str, dict[str, Outcome]]) -> str:
    """Return a row for each file, and one for each room."""
    lines: list[tuple[str, ...]] = [("module", "mutants", "killed", "survived", "score")]
    for room, outcomes in found.items():
        lines += [(file, *outcome.cells) for file, outcome in outcomes.items()]
        lines.append((f"{room}, in all", *total(outcomes).cells))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join([name.ljust(widths[0]), *(map(str.rjust, cells, widths[1:]))]) + "\n"
        for name, *cells in lines
    )


def main() -> None:
    """Make and judge the mutants that the command line asks for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="rooms whose names begin so")
    parser.add_argument("--mutants", type=int, default=60, help="in each room; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="chooses the mutants")
    parser.add_argument("--files", nargs="+", help="judge these in place of the rooms (patterns)")
    parser.add_argument("--tests", nargs="+", default=["*"], help="their tests, without test_, .py")
    given = parser.parse_args()
    rooms = [room for room in ROOMS if room.name.startswith(given.only)]
    if given.files:
        rooms = [Room("files", tuple(given.files), tuple(given.tests))]
    found: dict[str, dict[str, Outcome]] = {}
    survivors = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Copy(Path(folder) / "copy")
        for room in rooms:
            count = given.mutants or sys.maxsize
            found[room.name], left = measure(copy, room, count, given.seed)
            survivors += left
    for mutant in survivors:
        sys.stdout.write(f"{mutant.file}:{mutant.line}\n{mutant.change}\n")
    sys.stdout.write(table_of(found))


if __name__ == "__main__":
    main()
