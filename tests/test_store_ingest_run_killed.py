"""An import survives being killed midway, and another import of the same files."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.kills import IMPORTING as IN_SPANS
from support.drivers.kills import Kills, record_lines

import store
from argmap.exports.jsonl import FORMAT as EXPORT
from argmap.imports.jsonl import FORMAT as IMPORT
from store.database import schema_versions
from store.queries import list_documents, load_everything

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.log import LoggedOperation

AT = "2024-03-02T10:15:00Z"
SIZE = 150
"""Statements in a generated file."""

IMPORTING = """
import sys
from pathlib import Path
import store
from argmap.imports.jsonl import FORMAT
from store.ingest import transactions
from store.ingest.write import record_rows

record_rows.SLICE = 1
transactions.LONGEST = transactions.LONGEST_ALONE = 600.0  # one transaction on any machine
write = record_rows.RecordWriter._write

def said(self, opened, changes):
    write(self, opened, changes)
    print("landed", flush=True)

record_rows.RecordWriter._write = said
for name in sys.argv[2:]:
    with open(name, "rb") as stream:
        file = store.ImportFile(name, FORMAT, stream)
        options = store.ImportOptions("tess", "2024-03-02T10:15:00Z")
        account = store.import_records(Path(sys.argv[1]), [file], options)
    print("done", account.operation, flush=True)
"""

EDITING = """
import sys
from pathlib import Path
import store
from argmap import edit
from argmap.model.document import Document

at = "2024-03-02T10:15:00Z"
with store.open_store(Path(sys.argv[1])) as opened:
    store.apply(opened, edit.add_document(Document("d", "Title", "Words.")), at)
    for n in range(10**9):
        here = store.load_map(opened, "d")
        operation = edit.add_statement(here, f"s{n}", "claim", f"Claim {n}.")
        print("done", store.apply(opened, operation, at), flush=True)
        if n % 4 == 3:
            here = here.apply(operation)
            operation = edit.remove_statement(here, f"s{n}")
            print("done", store.apply(opened, operation, at), flush=True)
        if n % 5 == 4:
            print("undone", store.undo(opened).seq, flush=True)
"""

MAKING = """
import sys
from pathlib import Path
import store
from argmap.model.document import Document
from argmap import edit

folder = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[2])):
    with store.open_store(folder / f"{n}.db"):
        print("made", n, flush=True)
"""

TOGETHER = """
import sys
from argmap.cli import main
import store.ingest.run

print("ready", flush=True)
sys.stdin.readline()
sys.argv = ["argmap", "-d", sys.argv[1], "import", sys.argv[2], "--assessor", "tess", "--json"]
main()
"""


def records(number: int) -> Iterator[dict[str, Any]]:
    """Yield the records of one generated file: a document, statements, attributions."""
    name = f"d{number}"
    yield {"type": "document", "id": name, "title": f"Title {number}", "text": f"Text {number}."}
    yield {"type": "source", "id": f"{name}-o", "name": "Reports", "kind": "vague"}
    for n in range(SIZE):
        yield {
            "type": "statement", "document": name, "kind": "claim" if n % 3 else "evidence",
            "id": f"{name}-s{n}", "text": f"Statement {n}.", "supports": f"{name}-s{(n * 7) % n}"
            if n else None, "ratings": {"directness": n % 5} if n % 3 else None,
            "attribution": {"class": "vague_report", "source": f"{name}-o"},
        }  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three generated files."""
    folder = tmp_path_factory.mktemp("files")
    found = [folder / f"{number}.jsonl" for number in range(3)]
    for number, path in enumerate(found):
        path.write_text("".join(json.dumps(record) + "\n" for record in records(number)))
    return found


@pytest.fixture(scope="module")
def whole(files: list[Path]) -> list[str]:
    """The exports after the first of the files was imported, after two, and after all."""
    database = files[0].with_name("whole.db")
    return [exported(database) for path in files if land(database, path)]


def land(database: Path, path: Path) -> store.ImportReport:
    file = store.ImportFile(str(path), IMPORT, io.BytesIO(path.read_bytes()))
    return store.import_records(database, [file], store.ImportOptions("tess", AT))


def exported(database: Path) -> str:
    with store.open_store(database) as opened:
        return "".join(EXPORT.write(load_everything(opened)))


def unlabelled(database: Path) -> list[str]:
    """Return the export without labels, which depend on the order of writing."""
    found = [json.loads(line) for line in exported(database).splitlines()]
    return sorted(json.dumps({k: v for k, v in r.items() if k != "label"}) for r in found)


def started(script: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed_after(script: str, lines: int, *words: object) -> list[str]:
    """Run *script*, kill it once it has printed *lines*, and return its output."""
    with started(script, *words) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.readlines()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    return [line.strip() for line in said if line.endswith("\n")]


def reported(said: list[str], word: str) -> set[int]:
    """Return the numbers of the operations reported as *word*."""
    return {int(line.split()[1]) for line in said if line.startswith(f"{word} ")}


def sound_history(database: Path) -> list[LoggedOperation]:
    """Check a database file for faults, and return its operations."""
    with store.open_store(database) as opened:
        assert [c for c in store.examine(opened) if not c.is_warning] == []
        return store.history(opened)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_import_is_complete_or_absent_and_can_be_run_again(
    files: list[Path], whole: list[str], tmp_path: Path, seed: int
) -> None:
    database = tmp_path / "argmap.db"
    lines = random.Random(seed).randrange(1, 3 * SIZE)  # noqa: S311  (a place to kill at)
    said = killed_after(IMPORTING, lines, database, *files)
    done = {o.seq for o in sound_history(database) if o.state == "done"}
    assert reported(said, "done") <= done
    with store.open_store(database) as opened:
        counts = {d.id: d.claims + d.evidence for d in list_documents(opened)}
    assert counts == dict.fromkeys([f"d{n}" for n in range(len(done))], SIZE)
    for path in files:
        land(database, path)
    assert exported(database) == whole[-1]
    assert sound_history(database)


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Kills:
    """Rounds of kills over two files of many spans."""
    folder = tmp_path_factory.mktemp("kills")
    paths = [folder / f"{number}.jsonl" for number in range(2)]
    for number, path in enumerate(paths):
        path.write_text("".join(record_lines(number, 200)))
    return Kills(folder, 25, 0.0, paths)


def test_a_stopped_long_import_is_sound_and_has_the_same_result_when_run_again(
    kills: Kills,
) -> None:
    chance = random.Random(1)  # noqa: S311  (moments to stop at)
    for _ in range(40):  # a busy machine stops most of them before or after they write
        kills.run(2, chance, "resume")
        if "unfinished" in kills.states:
            break
    assert "unfinished" in kills.states


def test_a_stopped_strict_import_is_complete_or_absent(kills: Kills) -> None:
    kills.run(2, random.Random(2), "strict")  # noqa: S311  (moments to stop at)


def test_a_dry_import_changes_nothing_even_if_it_is_stopped(kills: Kills) -> None:
    kills.run(3, random.Random(3), "dry")  # noqa: S311  (moments to stop at)


@pytest.mark.parametrize("seed", range(6))
def test_every_reported_edit_survives_a_kill(tmp_path: Path, seed: int) -> None:
    database = tmp_path / "argmap.db"
    lines = random.Random(seed).randrange(1, 40)  # noqa: S311  (a place to kill at)
    said = killed_after(EDITING, lines, database)
    history = sound_history(database)
    undone = {o.seq for o in history if o.state == "undone"}
    assert reported(said, "done") <= {o.seq for o in history}
    assert reported(said, "undone") <= undone
    assert len(undone - reported(said, "undone")) <= 1
    assert len(history) - 1 - len(reported(said, "done")) <= 1
    with store.open_store(database) as opened:
        while any(o.state == "done" for o in store.history(opened)):
            store.undo(opened)
        assert store.document_ids(opened) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_file_whose_creation_was_killed_becomes_a_database(tmp_path: Path, seed: int) -> None:
    with started(MAKING, tmp_path, 10**6) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        for _ in range(2 + 3 * seed):
            process.stdout.readline()
        process.kill()
    for path in sorted(tmp_path.glob("*.db")):
        assert sound_history(path) == []
        with store.open_store(path) as opened:
            assert opened.db.execute("PRAGMA user_version").fetchone()[0] == schema_versions.VERSION


def run_together(*commands: tuple[object, ...]) -> list[tuple[int, str, str]]:
    """Run scripts with their arguments in parallel; return exit codes and outputs."""
    several = [started(str(script), *words) for script, *words in commands]
    for process in several:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in several:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate() for process in several]
    return [(p.returncode, out, err) for p, (out, err) in zip(several, ended, strict=True)]


@pytest.mark.parametrize("turn", range(4))
def test_two_concurrent_imports_of_one_file_both_succeed_and_duplicate_nothing(
    files: list[Path], whole: list[str], tmp_path: Path, turn: int
) -> None:
    database = tmp_path / f"argmap{turn}.db"
    ended = run_together(*[(TOGETHER, database, files[0])] * 2)
    assert [(code, err) for code, _, err in ended] == [(0, ""), (0, "")]
    accounts = [json.loads(out) for _, out, _ in ended]
    assert sorted(account["added"] for account in accounts) == [0, SIZE + 2]
    assert sorted(account["unchanged"] for account in accounts) == [0, SIZE + 2]
    assert exported(database) == whole[0]
    assert [o.state for o in sound_history(database)] == ["done"]


@pytest.mark.parametrize("numbers", [(0, 0), (0, 1), (1, 0, 1)])
def test_concurrent_long_imports_all_succeed_and_duplicate_nothing(
    tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    database, once = tmp_path / "argmap.db", tmp_path / "once.db"
    several = {n: list(record_lines(n, 600)) for n in numbers}
    for n, content in several.items():
        (tmp_path / f"{n}.jsonl").write_text("".join(content))
    ended = run_together(
        *[(IN_SPANS, database, 50, 0.01, tmp_path / f"{n}.jsonl") for n in numbers]
    )
    assert [(code, err) for code, _, err in ended] == [(0, "")] * len(numbers)
    added = [int(out.split()[0]) for _, out, _ in ended]
    assert sum(added) == sum(map(len, several.values()))
    for n in several:
        land(once, tmp_path / f"{n}.jsonl")
    assert unlabelled(database) == unlabelled(once)
    assert [o.state for o in sound_history(database)] == ["done"] * len(several)


def test_two_processes_that_make_the_same_files_both_succeed(tmp_path: Path) -> None:
    ended = run_together(*[(MAKING, tmp_path, 40)] * 2)
    assert [(code, err) for code, _, err in ended] == [(0, ""), (0, "")]
    for path in sorted(tmp_path.glob("*.db")):
        assert sound_history(path) == []
