"""Measure the cost of a long import of bare statements, and the wait of an edit during it.

Run `python tests/benchmarks/bulk.py`. It prints a table and decides nothing. Times are processor
times of single processes, except for the waits.
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

from benchmarks.bulk_records import plain_records, write_lines
from benchmarks.bulk_waits import waits
from benchmarks.commands import SQLITE_UTILS, cost, import_command, remove_databases, start_up
from benchmarks.table import Promise, Row, say, table, table_as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORT: Final = 4_000
"""Statements in a short file; the yardstick has three times as many."""

SHORT_ROUNDS: Final = 4
"""Imports of a short file per round: one takes too little time for a coarse clock."""

RAW: Final = """
import json, sys, time
from pathlib import Path
import store

documents, statements, inferences, premises = [], [], [], []
numbers = {}
for line in open(sys.argv[2]):
    record = json.loads(line)
    id_, document = record["id"], record.get("document")
    if record["type"] == "document":
        documents.append((id_, record["title"], "0" * 64, record["text"], 1))
        continue
    number = numbers[document] = numbers.get(document, 0) + 1
    statements.append((id_, document, record["kind"], f"S{number}", record["text"], None, 0, None,
                       0 if record["kind"] == "assumption" else None, None, "[]", 1))
    if "supports" in record:
        made = f"~{id_}-{len(inferences) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 16**26:026x}"
        inferences.append((made, document, f"I{number}", "supports", record["supports"], 1, 1))
        premises.append((made, id_))
with store.open_store(Path(sys.argv[1])) as opened:
    conn = opened.db.conn
    begun = time.process_time()
    with opened.writing():
        conn.execute("INSERT INTO operation (at, label, kind, state)"
                     " VALUES ('2024-03-02T10:15:00Z', 'raw', 'import', 'done')")
        conn.executemany("INSERT INTO document (id, title, sha256, text, batch)"
                         " VALUES (?, ?, ?, ?, ?)", documents)
        conn.executemany("INSERT INTO statement (id, document, kind, label, text, nature, main,"
                         " main_item, stated, note, tags, batch)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", statements)
        conn.executemany("INSERT INTO inference (id, document, label, stance,"
                         " conclusion_statement, batch, shorthand)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?)", inferences)
        conn.executemany("INSERT INTO premise (inference, statement) VALUES (?, ?)", premises)
        conn.execute("INSERT INTO statement_fts (rowid, text, note)"
                     " SELECT pk, text, note FROM statement")
    print(time.process_time() - begun)
"""
"""A script that inserts rows prepared before its clock starts."""


def write(path: Path, count: int, *, with_inferences: bool) -> None:
    """Write a file of records, and another with the statements alone."""
    write_lines(path, plain_records(count, with_inferences=with_inferences))
    again = plain_records(count, with_inferences=with_inferences)
    write_lines(path.with_suffix(".bare"), (r for r in again if r["type"] == "statement"))


def measured(folder: Path, count: int, rounds: int, *, with_inferences: bool) -> Iterator[Row]:
    """Yield the rows of one file: the cost of its import, and of importing it again."""
    path = folder / "records.jsonl"
    write(path, count, with_inferences=with_inferences)
    first, again, raw, plain = [], [], [], []
    memory = 0.0
    for number in range(rounds):
        importing = import_command(folder / f"{number}.db", path)
        first.append((done := cost(*importing)).seconds)
        memory = max(memory, done.megabytes)
        again.append((done := cost(*importing)).seconds)
        memory = max(memory, done.megabytes)
        raw.append(float(cost(sys.executable, "-c", RAW, folder / "raw.db", path).output))
        bare = path.with_suffix(".bare")
        inserting = (*SQLITE_UTILS, "insert", folder / "u.db", "t", bare, "--nl")
        plain.append(cost(*inserting).seconds)
        remove_databases(folder)
    name = "import, an inference in each" if with_inferences else "import statements"
    size = f"{count:,}"
    raw_rows, bare_rows = "raw executemany", "sqlite-utils insert --nl"
    slow, fast = (Promise(2.0, 1.5), Promise(1.0, 0.8))
    yield Row(name, size, rounds, median(first), median(raw), raw_rows, unit="s",
              promise=Promise(2.0, 1.3))  # fmt: skip
    yield Row(name, size, rounds, median(first), median(plain), bare_rows, unit="s",
              promise=slow if with_inferences else fast)  # fmt: skip
    yield Row(f"{name}, again", size, rounds, median(again), median(first), "the first time",
              unit="s", promise=Promise(0.6, 0.35))  # fmt: skip
    yield Row(f"{name}, most memory", size, rounds, memory, unit="MB",
              compared_by="difference", promise=Promise(150.0, 80.0))  # fmt: skip


def short(folder: Path, _count: int, rounds: int) -> Iterator[Row]:
    """Yield the cost of a record in a short file, compared with one in a longer file."""
    times: dict[int, list[float]] = {0: [], SHORT: [], 3 * SHORT: []}
    for count in (SHORT, 3 * SHORT):
        write_lines(folder / f"{count}.jsonl", plain_records(count, with_inferences=False))
    for _ in range(rounds * SHORT_ROUNDS):
        times[0].append(start_up(folder))
        for count in (SHORT, 3 * SHORT):
            importing = import_command(folder / "short.db", folder / f"{count}.jsonl")
            times[count].append(cost(*importing).seconds)
            remove_databases(folder)
    each, yardstick = (
        (median(times[count]) - median(times[0])) / count * 1e6 for count in (SHORT, 3 * SHORT)
    )
    yield Row("a plain statement of a short file", f"{SHORT:,}", len(times[0]), each, yardstick,
              f"in {3 * SHORT:,}", unit="µs", promise=Promise(1.3, 1.1))  # fmt: skip


def waits_behind(folder: Path, count: int, _rounds: int) -> Iterator[Row]:
    """Yield the waits of edits during an import with an inference in each statement."""
    path = folder / "records.jsonl"
    write_lines(path, plain_records(count, with_inferences=True))
    yield from waits(folder, path, f"{count:,}", "an import")


PARTS: Final[dict[str, Callable[[Path, int, int], Iterator[Row]]]] = {
    "statements": lambda *given: measured(*given, with_inferences=False),
    "inferences": lambda *given: measured(*given, with_inferences=True),
    "short": short,
    "waits": waits_behind,
}
"""The parts that can be measured alone, by the words of `--only`."""


def main() -> None:
    """Measure the costs and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="statements in a file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="argmap-benchmark-") as name:
        for part in options.only:
            say(f"{part}, {options.size:,} statements")
            for row in PARTS[part](Path(name), options.size, options.rounds):
                say("  ".join(row.cells))  # a run that is ended early has shown this much
                rows.append(row)
            remove_databases(Path(name))
    sys.stdout.write(table_as_json(rows) if options.json else table(rows))


if __name__ == "__main__":
    main()
