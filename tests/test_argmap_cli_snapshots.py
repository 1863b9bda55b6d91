"""Every reading command shows one state of the database while a process writes to it.

The writer adds one piece at a time: evidence, its inference, source, letter and attribution,
and a rating that states the number of pieces. So all these numbers are equal in every state,
and the output of a command has to agree with itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from support.drivers import fast_writing
from support.drivers.command_line import Terminal

import store
from argmap.errors import ConflictError, StoreError
from store.queries import count_statements, load_everything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS: Final = 2
PIECES: Final = 500
"""Pieces that are there at first, so that every read takes longer than a write."""

SCRIPT: Final = """
import sys, store, argmap
opened = store.open_to_read(sys.argv[2])
with opened:
    for id_ in store.document_ids(opened):
        print(argmap.export_text(store.load_map(opened, id_)))
"""

EVERYTHING: Final = """
import sys, store; from store.queries import load_everything
from argmap.formats import export_formats
opened = store.open_to_read(sys.argv[2])
with opened:
    print("".join(export_formats()["jsonl"].write(load_everything(opened))))
"""


def of_lines(out: str) -> list[int]:
    """Count the entities in an export as JSON Lines, and read the rating's number."""
    records = [json.loads(line) for line in out.splitlines() if line]
    types = [record["type"] for record in records]
    [rating] = (r["because"] for r in records if r["type"] == "rating")
    counts = [types.count(t) for t in ("source", "inference", "attribution", "reliability")]
    return [types.count("statement") - 1, *counts, number_in(rating)]


def of_records(out: str) -> list[int]:
    """Count the entities in `show --json`, and read the rating's number."""
    shown = json.loads(out)
    names = ("inferences", "sources", "attributions", "reliabilities")
    counts = [len(shown[name]) for name in names]
    return [len(shown["statements"]) - 1, *counts, number_in(shown["ratings"][0]["because"])]


def of_markdown(out: str) -> list[int]:
    """Count the sections of evidence and of sources, and read the rating's number."""
    evidence = re.findall(r"(?m)^### .*\bE\d+\b", out)
    letters = set(re.findall(r"letter \d+", out))
    return [len(evidence), len(letters), number_in(out)]


def of_table(out: str) -> list[int]:
    """Count the rows, and those with a source and a conclusion."""
    rows = [line for line in out.splitlines()[1:] if "Evidence " in line]
    return [
        len(rows),
        sum("Speaker " in row for row in rows),
        sum(",c," in row or "\tc\t" in row for row in rows),
    ]


def of_sources(out: str) -> list[int]:
    """Count the sources that are cited, and those with a letter."""
    rows = json.loads(out)
    return [len(rows), sum(bool(r["statements"]) for r in rows), sum(bool(r["reliability"]) for r in rows)]  # fmt: skip


def of_outline(out: str) -> list[int]:
    """Count the lines of evidence, and read the highest number among them."""
    numbers = [int(n) for n in re.findall(r"Evidence (\d+)\.", out)]
    return [len(numbers), max(numbers)]


def of_grade(out: str) -> list[int]:
    """Read the number twice: from the answer, and from the one rated criterion."""
    [answer] = (row["answers"]["directness"] for row in json.loads(out))
    return [number_in(answer["because"])]


def of_list(out: str) -> list[int]:
    """Return the evidence of the one document; its claim is always there."""
    [row] = json.loads(out)
    assert row["claims"] == 1
    return [row["evidence"]]


def of_what_if(out: str) -> list[int]:
    """Count the items before and after one is removed, and their origins."""
    [claim] = json.loads(out)["claims"]
    return [claim["items_before"], claim["items_after"] + 1, claim["origins_before"]]


def of_check(out: str) -> list[int]:
    """Return nothing: a finding about evidence without a source or a link is a fault."""
    rules = {row["rule"] for row in json.loads(out)}
    assert not rules & {"unattributed", "unsupported-claim", "unused"}
    return []


def of_history(out: str) -> list[int]:
    """Count the pieces that were added one by one, and read the newest number."""
    labels = [row["label"] for row in json.loads(out) if row["label"].startswith("piece ")]
    return [len(labels), 1 + int(labels[0].split()[1]) - (PIECES - 1)]


def of_search(out: str) -> list[int]:
    """Return nothing: a hit without its words is a fault."""
    assert all("Evidence" in row["text"] for row in json.loads(out))
    return []


def number_in(text: str) -> int:
    """Return the number of pieces that the rating's reason states."""
    return int(re.findall(r"there are (\d+) pieces", text)[0])


READS: Final[dict[str, tuple[list[str], Callable[[str], list[int]]]]] = {
    "export": (["export", "toll"], of_markdown),
    "export --all": (["export", "--all", "--to", "jsonl"], of_lines),
    "export --to jsonl": (["export", "toll", "--to", "jsonl"], of_lines),
    "export --to csv": (["export", "toll", "--to", "csv"], of_table),
    "export --to tsv": (["export", "--all", "--to", "tsv"], of_table),
    "show": (["show", "toll"], of_outline),
    "show --json": (["show", "toll", "--json"], of_records),
    "grade": (["grade", "toll", "--json"], of_grade),
    "check": (["check", "toll", "--json"], of_check),
    "what-if": (["what-if", "toll", "--without", "E1", "--json"], of_what_if),
    "list": (["list", "--json"], of_list),
    "search": (["search", "evidence", "--json"], of_search),
    "history": (["history", "toll", "--json"], of_history),
    "sources": (["sources", "--json"], of_sources),
}


@pytest.fixture(scope="module")
def beside_a_writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database that another process writes to all the time."""
    path = tmp_path_factory.mktemp("writer") / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as opened:
        store.apply(opened, fast_writing.pieces(2, PIECES), fast_writing.AT)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, fast_writing.__file__, str(path), str(PIECES)], env=environment
    ) as it:
        yield path
        assert it.poll() is None, "the writer stopped"
        it.kill()


def agrees(counts: list[int]) -> None:
    assert len(set(counts)) <= 1, counts
    assert not counts or counts[0] > 0


def run(database: Path, *words: str | Path) -> str:
    """Return the output of argmap, which runs here: the writer is another process."""
    ran = Terminal(database.parent).run("-d", database, *words)
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("name", READS)
def test_a_command_that_reads_shows_one_moment(name: str, beside_a_writer: Path) -> None:
    words, counted = READS[name]
    for _ in range(ROUNDS):
        agrees(counted(run(beside_a_writer, *words)))


def test_an_export_into_files_shows_one_moment(beside_a_writer: Path, tmp_path: Path) -> None:
    for _ in range(ROUNDS):
        run(beside_a_writer, "export", "toll", "-o", tmp_path)
        agrees(of_markdown((tmp_path / "toll.md").read_text("utf-8")))


@pytest.mark.parametrize(("script", "counted"), [(SCRIPT, of_markdown), (EVERYTHING, of_lines)])
def test_a_script_reads_one_moment(
    script: str, counted: Callable[[str], list[int]], beside_a_writer: Path
) -> None:
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", script, "-d", beside_a_writer],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        agrees(counted(done.stdout))


def test_a_backup_is_of_one_moment(beside_a_writer: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(beside_a_writer, "backup", copy)
    agrees(of_lines(run(copy, "export", "--all", "--to", "jsonl")))


def test_the_doctor_finds_nothing_beside_a_writer(beside_a_writer: Path) -> None:
    for _ in range(ROUNDS):
        found = json.loads(run(beside_a_writer, "doctor", "--json"))
        assert [each for each in found if not each["is_warning"]] == []


def test_rating_beside_a_writer_is_done_to_what_is_there(beside_a_writer: Path) -> None:
    words = ("rate", "toll", "C1", "fit=2", "--assessor", "bob")
    for answer in range(ROUNDS):
        run(beside_a_writer, *words, f"access={answer}")
        shown = json.loads(run(beside_a_writer, "show", "toll", "--json"))
        given = {r["criterion"]: r["answer"] for r in shown["ratings"] if r["assessor"] == "bob"}
        assert given == {"fit": 2, "access": answer}


def test_an_error_in_the_middle_of_an_export_leaves_standard_output_empty(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as opened:
        store.add_text(opened, "Another text.", title="zz")
        opened.db.conn.execute("UPDATE document SET published = 'never' WHERE id <> 'toll'")
    ran = Terminal(tmp_path).run("export", "--all", "--to", "jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert ran.line


@pytest.mark.parametrize("output", [[], ["-o", "/dev/stdout"]], ids=["no file", "a device"])
def test_a_slow_pipe_holds_no_snapshot(tmp_path: Path, output: list[str]) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as opened:
        store.apply(opened, fast_writing.pieces(2, 400), fast_writing.AT)  # more than a pipe takes
        words = [
            sys.executable,
            "-m",
            "argmap",
            "-d",
            str(path),
            "export",
            "--all",
            "--to",
            "jsonl",
        ]
        with subprocess.Popen([*words, *output], stdout=subprocess.PIPE) as export:
            assert export.stdout is not None
            export.stdout.read(1)
            store.apply(opened, fast_writing.piece(400), fast_writing.AT)
            [row] = opened.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            export.stdout.read()
    assert row[0] == 0, "somebody still read an older moment"


def pieces(opened: store.Store, document: str = "toll") -> int:
    return count_statements(opened, document)


def test_nested_readings_share_the_snapshot_of_the_outermost(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as writer, store.open_store(path) as opened:
        with opened.reading():
            before = pieces(opened)
            with opened.reading():
                store.apply(writer, fast_writing.piece(2), fast_writing.AT)
                assert pieces(opened) == before
            assert pieces(opened) == before
        assert pieces(opened) == before + 1


def test_a_snapshot_lasts_as_long_as_what_an_export_carries(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as writer, store.open_store(path) as opened:
        everything = load_everything(opened)
        store.apply(writer, fast_writing.piece(2), fast_writing.AT)
        with pytest.raises(StoreError, match="during a `reading` block"):
            store.apply(opened, fast_writing.piece(3), fast_writing.AT)
        assert [len(each.statements) for each in everything.maps] == [2]
        assert [len([*each.statements()]) for each in everything.streams] == [2]
        sources = everything.sources
        del everything
        with pytest.raises(StoreError, match="during a `reading` block"):
            store.apply(opened, fast_writing.piece(3), fast_writing.AT)
        del sources
        store.apply(opened, fast_writing.piece(3), fast_writing.AT)
        assert pieces(opened) == 4


def test_reading_inside_a_write_sees_what_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as opened, opened.writing():
        store.apply(opened, fast_writing.piece(2), fast_writing.AT)
        assert len(store.load_map(opened, "toll").statements) == 3


def test_an_edit_that_fails_within_a_write_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    with store.open_store(path) as opened:
        with opened.writing():
            store.apply(opened, fast_writing.piece(2), fast_writing.AT)
            with pytest.raises(ConflictError):
                store.apply(opened, fast_writing.piece(2), fast_writing.AT)
        assert [o.label for o in store.history(opened)][:2] == ["piece 2", "piece 1"]
        assert [c.message for c in store.examine(opened) if not c.is_warning] == []


def test_a_store_that_is_closed_while_something_is_read_drops_it_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unraisable: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    path = tmp_path / "argmap.db"
    fast_writing.begin(path)
    opened = store.open_store(path)
    everything = load_everything(opened)
    opened.close()
    del everything
    assert unraisable == []
