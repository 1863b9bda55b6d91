"""A file of version 1 is backed up and migrated without loss."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from support.oracles.databases import rows
from support.strategies.version_1 import (
    as_markdown,
    exported,
    folder_of,
    golden,
    is_sound,
    schema,
    write_version_1,
)

import store
from argmap.errors import StoreError
from argmap.imports.jsonl import FORMAT as IMPORT
from store.database import migration, open_to_examine, schema_versions
from store.ingest import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AT = "2024-06-01T09:00:00Z"

OPENING = """
import sys
from pathlib import Path
import store

print("ready", flush=True)
sys.stdin.readline()
with store.open_store(Path(sys.argv[1])) as opened:
    print(opened.db.execute("PRAGMA user_version").fetchone()[0], flush=True)
"""


@pytest.fixture
def old(path: Path) -> Path:
    """A file of version 1 with an entity of every type."""
    return write_version_1(path)


@pytest.mark.parametrize("attempt", [store.open_store, store.open_to_read])
def test_all_that_a_file_of_version_1_says_is_there_after_the_migration(
    old: Path, attempt: Callable[[Path], store.Store]
) -> None:
    with attempt(old) as opened:
        assert exported(opened) == golden("version-1.jsonl")
        assert as_markdown(opened) == golden("version-1.md")
        assert is_sound(opened)
        assert {hit.document for hit in store.search(opened, "stranded")} == {"ferry"}
    assert rows(old, "PRAGMA user_version") == [(schema_versions.VERSION,)]


def test_a_migrated_file_has_the_schema_of_a_new_one(old: Path) -> None:
    new = old.with_name("new.db")
    store.open_store(old).close()
    store.open_store(new).close()
    assert schema(old) == schema(new)


def test_a_schema_in_memory_is_that_of_a_new_file(path: Path) -> None:
    store.open_store(path).close()
    query = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite_%' ORDER BY name"
    with store.open_memory() as memory:
        assert memory.db.conn.execute(query).fetchall() == rows(path, query)


def test_what_was_there_before_is_kept_in_a_copy(old: Path) -> None:
    dump = "SELECT * FROM statement"
    before = (schema(old), rows(old, dump), rows(old, "SELECT * FROM change"))
    store.open_store(old).close()
    copy = migration.backup_name(old, 1)
    assert (schema(copy), rows(copy, dump), rows(copy, "SELECT * FROM change")) == before
    assert rows(copy, "PRAGMA user_version") == [(1,)]
    assert {found.name for found in old.parent.iterdir()} == {old.name, copy.name}


def test_the_log_of_version_1_is_undone_and_redone(old: Path) -> None:
    """Images in it lack the keys that came later."""
    with store.open_store(old) as opened:
        assert store.redo(opened).label == "removed I13"
        before = exported(opened)
        undone = [store.undo(opened) for _ in range(13)]
        assert [logged.seq for logged in undone] == [16, 15, 14, 13, *range(11, 3, -1), 2]
        assert is_sound(opened)
        for _ in undone:
            store.redo(opened)
        assert exported(opened) == before
        assert is_sound(opened)


def half_imported() -> Iterator[dict[str, Any]]:
    """Yield the records of the import that was killed."""
    yield {"type": "document", "id": "half", "title": "Half imported", "text": "Half a text."}
    for n in range(60):
        record: dict[str, Any] = {"type": "statement", "id": f"h-{n}", "document": "half", "kind": "claim",
                  "text": f"Half {n}."}  # fmt: skip
        record |= {"supports": f"h-{n - 1}"} if n else {}
        said = {"attribution": {"class": "vague_report", "source": "src-vague"}}
        yield record | (said if n % 5 == 0 else {})


def test_an_import_that_version_1_left_unfinished_is_completed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SPAN", 10)  # as it was imported: a short file lands at once
    raw = "".join(json.dumps(record) + "\n" for record in half_imported()).encode()
    file = store.ImportFile("half.jsonl", IMPORT, io.BytesIO(raw))
    account = store.import_records(old, [file], store.ImportOptions("amy", AT))
    assert (account.rejected_total, account.operation) == (0, 4)
    assert 0 < account.added < 61
    with store.open_store(old) as opened:
        assert {o.state for o in store.history(opened) if o.kind == "import"} == {"done", "undone"}
        assert len(store.load_map(opened, "half").statements) == 60
        assert is_sound(opened)


@pytest.mark.parametrize("part", ["COLUMN", "TABLE", "TRIGGER", "INDEX", "VIEW"])
@pytest.mark.parametrize("is_migrated", [False, True])
def test_a_file_that_lost_a_part_of_its_schema_is_completed(
    old: Path, part: str, *, is_migrated: bool
) -> None:
    lost = {
        "COLUMN": 'ALTER TABLE inference DROP COLUMN "order"' if is_migrated else "SELECT 1",
        "TABLE": "DROP TABLE credibility",
        "TRIGGER": "DROP TRIGGER statement_fts_update",
        "INDEX": "DROP INDEX statement_main",
        "VIEW": "DROP VIEW evidence",
    }
    new = old.with_name("new.db")
    store.open_store(new).close()
    if is_migrated:
        store.open_store(old).close()
    rows(old, "PRAGMA foreign_keys = 0", lost[part])
    store.open_store(old).close()
    assert schema(old) == schema(new)
    with open_to_examine(old) as opened:
        assert is_sound(opened) or part == "TABLE"


def test_a_step_that_is_not_noted_is_taken_once(old: Path) -> None:
    store.open_store(old).close()
    whole = schema(old)
    rows(old, "DROP TABLE _sqlite_migrations", "DROP VIEW claims")
    store.open_store(old).close()
    assert schema(old) == whole


def test_a_file_of_the_next_version_is_refused_with_both_versions(old: Path) -> None:
    rows(old, f"PRAGMA user_version = {schema_versions.VERSION + 1}")
    before = folder_of(old)
    both = f"has version {schema_versions.VERSION + 1}, .* up to {schema_versions.VERSION};"
    for attempt in (store.open_store, store.open_to_read, open_to_examine):
        with pytest.raises(StoreError, match=both):
            attempt(old)
    assert folder_of(old) == before


# Several processes


def started(old: Path) -> subprocess.Popen[str]:
    """Start a process that opens the file when it gets a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENING, str(old)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_of_several_processes_one_migrates_and_the_others_wait(old: Path) -> None:
    processes = [started(old) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in processes]
    assert said == [(f"{schema_versions.VERSION}\n", "")] * 4
    assert {f.name for f in old.parent.iterdir()} == {old.name, migration.backup_name(old, 1).name}
    with store.open_store(old) as opened:
        assert exported(opened) == golden("version-1.jsonl")


def test_a_process_that_is_killed_leaves_a_whole_file_of_either_version(old: Path) -> None:
    """Processes are killed at moments spread over the whole migration, the backup included."""
    first = folder_of(old)[old.name]
    took = 0.05
    for turn in range(8):
        for found in old.parent.iterdir():
            found.unlink()
        old.write_bytes(first)
        process = started(old)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        if turn == 0:  # how long it takes when nobody kills it
            begun = time.perf_counter()
            process.communicate(timeout=60)
            took = time.perf_counter() - begun
            continue
        time.sleep(took * turn / 8)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        version = rows(old, "PRAGMA user_version")[0][0]
        new = "SELECT count(*) FROM pragma_table_info('statement') WHERE name = 'order'"
        assert (version, rows(old, new)) in [(1, [(0,)]), (2, [(1,)])]
        assert rows(old, "PRAGMA integrity_check") == [("ok",)]
        copy = migration.backup_name(old, 1)
        assert version == 1 or rows(copy, "PRAGMA quick_check") == [("ok",)]
        with store.open_store(old) as opened:
            assert exported(opened) == golden("version-1.jsonl")
            assert is_sound(opened)
        assert rows(copy, "PRAGMA user_version") == [(1,)]
        assert {found.name for found in old.parent.iterdir()} == {old.name, copy.name}


STOPPING = """
import os
import signal
import sys
from pathlib import Path
import store
from store.database import backup as copying, opening, migration as upgrading, schema_versions as versions

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

module, name = sys.argv[2].split(".")
setattr({"copying": copying, "opening": opening, "versions": versions}[module], name, killed)
store.open_store(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", ["copying._verdicts", "opening.sync", "versions.complete"])
def test_a_process_that_is_killed_at_its_worst_leaves_version_1_whole(
    old: Path, moment: str
) -> None:
    """Killed in the middle of the backup, after it, and after the columns were added."""
    done = subprocess.run([sys.executable, "-c", STOPPING, str(old), moment], check=False)
    assert done.returncode == -signal.SIGKILL
    assert rows(old, "PRAGMA user_version") == [(1,)]
    assert rows(old, "PRAGMA integrity_check") == [("ok",)]
    with store.open_store(old) as opened:
        assert exported(opened) == golden("version-1.jsonl")
        assert is_sound(opened)
    copy = migration.backup_name(old, 1)
    assert rows(copy, "PRAGMA user_version") == [(1,)]
    assert {found.name for found in old.parent.iterdir()} == {old.name, copy.name}
