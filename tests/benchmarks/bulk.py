"""What a long import costs, beside plain inserts of the same rows, and how long an edit waits behind it.

Run `python tests/benchmarks/bulk.py`. It prints a table and judges nothing. Times are of the
processor, of each process alone, but for the waits.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from attrs import frozen

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # run as a program, it finds what the tests share

from benchmarks.table import Promise, Row, say, table, table_as_json

import store
from argmap import edit
from argmap.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

AT: Final = "2024-03-02T10:15:00Z"
PER_DOCUMENT: Final = 1000
"""Statements of one document."""
WORDS: Final = [
    "toll", "road", "traffic", "fell", "fifth", "year", "officials", "report", "city", "council",
    "plan", "cost", "harbour", "board", "evidence", "growth", "rents", "wages", "school", "water",
    "bridge", "study",
]  # fmt: skip
KINDS: Final = ("claim", "evidence", "evidence", "assumption")
WAITS: Final = 600
"""Edits whose waits are measured."""
PAUSE: Final = 0.02
"""Seconds between two edits."""

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
"""Inserts rows that are made before the clock starts."""


@frozen
class Cost:
    """What a process needed."""

    seconds: float
    """Of the processor, in its own code and in the system's."""
    megabytes: float
    """At most in memory."""
    output: str


def cost(*command: str | Path) -> Cost:
    """Run *command* to its end, which must be a good one."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([*map(str, command)], stdout=output)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"{command[0]} ended with {process.returncode}"
            raise SystemExit(message)
        output.seek(0)
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output.read().decode())


def records(count: int, *, with_inferences: bool) -> Iterator[dict[str, str]]:
    """Yield documents, then *count* statements, in the order of their documents."""
    chance = random.Random(7)  # noqa: S311  (no secret)
    documents = -(-count // PER_DOCUMENT)
    for n in range(documents):
        text = " ".join(chance.choices(WORDS, k=400))
        yield {"type": "document", "id": f"d{n}", "title": f"Op-ed {n}", "text": f"{text} {n}."}
    for n in range(count):
        text = f"{' '.join(chance.choices(WORDS, k=14))} {n}."
        record = {"type": "statement", "id": f"s{n:07}", "document": f"d{n // PER_DOCUMENT}",
                  "kind": KINDS[n % len(KINDS)], "text": text}  # fmt: skip
        if with_inferences and n % PER_DOCUMENT:
            record["supports"] = f"s{n - n % PER_DOCUMENT:07}"
        yield record


def write(path: Path, count: int, *, with_inferences: bool) -> None:
    """Write a file of records, and beside it one with the statements alone."""
    bare = path.with_suffix(".bare")
    with path.open("w") as whole, bare.open("w") as statements:
        for record in records(count, with_inferences=with_inferences):
            line = json.dumps(record) + "\n"
            whole.write(line)
            if record["type"] == "statement":
                statements.write(line)


def measured(folder: Path, count: int, rounds: int, *, with_inferences: bool) -> Iterator[Row]:
    """Yield the rows of one file: what its import needs, and needs again."""
    path = folder / "records.jsonl"
    write(path, count, with_inferences=with_inferences)
    first, again, raw, plain = [], [], [], []
    memory = 0.0
    for number in range(rounds):
        database = folder / f"{number}.db"
        importing = ("argmap", "-d", database, "import", path, "--assessor", "tess", "--json")
        first.append((done := cost(*importing)).seconds)
        memory = max(memory, done.megabytes)
        again.append((done := cost(*importing)).seconds)
        memory = max(memory, done.megabytes)
        raw.append(float(cost(sys.executable, "-c", RAW, folder / "raw.db", path).output))
        bare = path.with_suffix(".bare")
        plain.append(cost("sqlite-utils", "insert", folder / "u.db", "t", bare, "--nl").seconds)
        for each in folder.glob("*.db*"):
            each.unlink()
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
    yield Row(f"{name}, most memory", size, rounds, memory, unit="MB")


def edits(database: Path, document: str, count: int) -> Iterator[float]:
    """Yield how many milliseconds each of *count* edits of a document takes to be saved."""
    with store.open_store(database) as opened:
        store.apply(opened, edit.add_document(Document(document, "Notes", "Words.")), AT)
        here = store.load_map(opened, document)
        for number in range(count):
            time.sleep(PAUSE)
            operation = edit.add_statement(here, f"{document}-{number}", "claim", f"Note {number}.")
            here = here.apply(operation)
            begun = time.perf_counter()
            store.apply(opened, operation, AT)
            yield (time.perf_counter() - begun) * 1000


def waits(folder: Path, count: int) -> Iterator[Row]:
    """Yield how long edits wait behind an import of *count* statements, an inference in each."""
    path, database = folder / "records.jsonl", folder / "shared.db"
    write(path, count, with_inferences=True)
    os.sync()  # the file is on disk before saving is measured
    alone = list(edits(database, "alone", WAITS))
    importing = ("argmap", "-d", database, "import", path, "--assessor", "tess", "--json")
    with subprocess.Popen([*map(str, importing)], stdout=subprocess.DEVNULL) as process:
        behind = []
        for wait in edits(database, "behind", 100 * WAITS):
            if process.poll() is not None:
                break
            behind.append(wait)
    for name, pick in (("p50", 49), ("p95", 94)):
        yield Row(f"edit behind an import, {name}", f"{count:,}", len(behind),
                  quantiles(behind, n=100)[pick], quantiles(alone, n=100)[pick], "no import",
                  compared_by="difference")  # fmt: skip
    yield Row("edit behind an import, longest", f"{count:,}", len(behind), max(behind), max(alone),
              "no import", compared_by="difference", promise=Promise(200.0, 50.0))  # fmt: skip


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="statements in a file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for with_inferences in (False, True):
            say(f"importing {options.size:,} records, inferences: {with_inferences}")
            rows += measured(
                Path(name), options.size, options.rounds, with_inferences=with_inferences
            )
        say("editing behind an import")
        rows += waits(Path(name), options.size)
    sys.stdout.write(table_as_json(rows) if options.json else table(rows))


if __name__ == "__main__":
    main()
