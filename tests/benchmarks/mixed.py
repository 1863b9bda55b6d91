"""Measure an import of realistic records, compared with plain statements in the same run.

Run `python tests/benchmarks/mixed.py`. It prints a table and decides nothing. Times are processor
times of single processes, except for the waits. The start of the program is measured too, as an
import of one statement, and subtracted from costs per statement or record.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]  # what tests share, and the code

from benchmarks.bulk_records import bare, mixed_records, write_lines
from benchmarks.bulk_waits import waits
from benchmarks.commands import ARGMAP, cost, import_command, remove_databases, start_up
from benchmarks.table import Promise, Row, say, table, table_as_json
from benchmarks.varied_records import varied_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLAIN: Final = "plain statements"

MEMORY: Final = Promise(150.0, 80.0)
"""Limit in MB, for an import of any length."""


class Samples:
    """The costs of the processes of each name, round by round."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = {}
        self._megabytes: dict[str, float] = {}

    def add(self, name: str, *command: str | Path) -> None:
        """Run *command* and record its cost."""
        used = cost(*command)
        self.note(name, used.seconds)
        self._megabytes[name] = max(self._megabytes.get(name, 0.0), used.megabytes)

    def note(self, name: str, seconds: float) -> None:
        """Record *seconds* that were measured elsewhere."""
        self._seconds.setdefault(name, []).append(seconds)

    def seconds(self, name: str) -> float:
        """Return the median time in seconds."""
        return median(self._seconds[name])

    def megabytes(self, name: str) -> float:
        """Return the highest peak memory."""
        return self._megabytes[name]

    def microseconds(self, name: str, count: int) -> float:
        """Return the median cost per unit for *count* units, without the start of the program."""
        return (self.seconds(name) - self.seconds("start")) / count * 1e6


def sizes_of(count: int) -> tuple[int, int, int]:
    """Return a sixteenth of *count*, a quarter of it, and *count*."""
    return count // 16, count // 4, count


def growth(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """Yield the cost of a mixed statement at three sizes, and its growth."""
    for size in sizes_of(count):
        write_lines(folder / f"mixed-{size}.jsonl", mixed_records(size))
        write_lines(folder / f"plain-{size}.jsonl", bare(mixed_records(size)))
    samples = Samples()
    for number in range(rounds):
        for size in sizes_of(count):
            say(f"round {number + 1} of {rounds}, {size:,} statements")
            samples.note("start", start_up(folder))
            for kind in ("mixed", "plain"):
                path = folder / f"{kind}-{size}.jsonl"
                samples.add(f"{kind}-{size}", *import_command(folder / "growth.db", path))
                remove_databases(folder)
    costs = {}
    for size in sizes_of(count):
        costs[size] = samples.microseconds(f"mixed-{size}", size)
        plain = samples.microseconds(f"plain-{size}", size)
        yield Row("a mixed statement", f"{size:,}", rounds, costs[size], plain, "a plain one",
                  unit="µs", promise=Promise(9.0, 7.0))  # fmt: skip
    smallest = min(costs)
    yield Row("growth of it", f"{count:,}", rounds, costs[count], costs[smallest],
              f"in {smallest:,}", unit="µs", promise=Promise(1.15, 1.05))  # fmt: skip
    for kind in ("mixed", "plain"):
        yield memory_row(f"{kind} import", count, rounds, samples.megabytes(f"{kind}-{count}"))


def memory_row(name: str, count: int, rounds: int, megabytes: float) -> Row:
    """Return a row about the peak memory."""
    return Row(f"{name}, most memory", f"{count:,}", rounds, megabytes, compared_by="difference",
               unit="MB", promise=MEMORY)  # fmt: skip


def modes(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """Yield the cost of the same file with `--strict` and with `--dry-run`."""
    path = folder / "mixed.jsonl"
    write_lines(path, mixed_records(count))
    samples = Samples()
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}, {count:,} statements")
        for options in ((), ("--strict",), ("--dry-run",)):
            name = " ".join(options)
            samples.add(name, *import_command(folder / "modes.db", path, *options))
            remove_databases(folder)
    for name in ("--strict", "--dry-run"):
        yield Row(f"mixed import {name}", f"{count:,}", rounds, samples.seconds(name),
                  samples.seconds(""), "without it", unit="s")  # fmt: skip
        yield memory_row(f"mixed import {name}", count, rounds, samples.megabytes(name))


def undoing(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """Yield the cost of undoing an import and of redoing it."""
    path, database = folder / "mixed.jsonl", folder / "undoing.db"
    write_lines(path, mixed_records(count))
    samples = Samples()
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}, {count:,} statements")
        samples.add("import", *import_command(database, path))
        for command in ("undo", "redo"):
            samples.add(command, *ARGMAP, "-d", database, command)
        remove_databases(folder)
    for command in ("undo", "redo"):
        yield Row(f"{command} of a mixed import", f"{count:,}", rounds, samples.seconds(command),
                  samples.seconds("import"), "the import", unit="s")  # fmt: skip
        memory = samples.megabytes(command)
        yield Row(f"{command}, most memory", f"{count:,}", rounds, memory, unit="MB")


def waits_behind(folder: Path, count: int, _rounds: int) -> Iterator[Row]:
    """Yield the waits of edits during a mixed import and during a plain one."""
    for kind, records in (
        ("a plain", bare(mixed_records(count))),
        ("a mixed", mixed_records(count)),
    ):
        path = folder / "waits.jsonl"
        write_lines(path, records)
        yield from waits(folder, path, f"{count:,}", f"{kind} import")
        remove_databases(folder)


def varied(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """Yield the cost of a varied record compared with a plain statement."""
    path, plain = folder / "varied.jsonl", folder / "plain.jsonl"
    read = write_lines(path, varied_records(count))
    write_lines(plain, bare(mixed_records(count)))
    samples = Samples()
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}, {read:,} records")
        samples.note("start", start_up(folder))
        for name, file in (("varied", path), (PLAIN, plain)):
            samples.add(name, *import_command(folder / "varied.db", file))
            remove_databases(folder)
    yield Row("a varied record", f"{read:,}", rounds, samples.microseconds("varied", read),
              samples.microseconds(PLAIN, count), "a plain statement", unit="µs")  # fmt: skip
    yield memory_row("varied import", read, rounds, samples.megabytes("varied"))


PARTS: Final[dict[str, tuple[Callable[[Path, int, int], Iterator[Row]], int]]] = {
    "growth": (growth, 1),
    "modes": (modes, 4),
    "undo": (undoing, 4),
    "waits": (waits_behind, 4),
    "varied": (varied, 4),
}
"""The parts that can be measured alone, by the words of `--only`, each with a share of the size."""


def main() -> None:
    """Measure the costs and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=240_000,
                        help="most statements in a file; but for growth, a quarter of them")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="argmap-benchmark-") as name:
        for part in options.only:
            do, share = PARTS[part]
            say(part)
            for row in do(Path(name), options.size // share, options.rounds):
                say("  ".join(row.cells))  # a run that is ended early has shown this much
                rows.append(row)
    sys.stdout.write(table_as_json(rows) if options.json else table(rows))


if __name__ == "__main__":
    main()
