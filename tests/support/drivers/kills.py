"""Imports stopped at random moments, for the tests and the benchmark of kills."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

import store
from argmap.exports.jsonl import FORMAT
from store.queries import load_everything
from support.drivers import side_by_side

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Process = subprocess.Popen[str]

IMPORTING = """
import sys
from contextlib import ExitStack
from pathlib import Path
import store
from argmap.imports.jsonl import FORMAT
from store.ingest import run, transactions

run.SPAN, transactions.LONGEST_ALONE = int(sys.argv[2]), float(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with ExitStack() as stack:
    streams = [stack.enter_context(open(name, "rb")) for name in sys.argv[4:]]
    files = [store.ImportFile(stream.name, FORMAT, stream) for stream in streams]
    options = store.ImportOptions("tess", "2024-03-02T10:15:00Z")
    account = store.import_records(Path(sys.argv[1]), files, options)
print(account.added, account.updated, account.rejected_total, flush=True)
"""
"""A script that imports files in spans of so many records and seconds, after a signal to begin."""

COMMAND = """
import signal, sys
from argmap.cli import main
from store.ingest import run, transactions

run.SPAN = int(sys.argv[1])
transactions.LONGEST = transactions.LONGEST_ALONE = float(sys.argv[2])
sys.argv = ["argmap", *sys.argv[3:]]
print("ready", flush=True)
sys.stdin.readline()
signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored in the background
try:
    main()
except KeyboardInterrupt as error:
    if error.__traceback__.tb_next is not None:  # not before the command began
        raise
"""
"""A script that runs a command of argmap in such spans, after a signal to begin."""

SIGNALS: Final = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)

BEFORE: Final = "".join(
    f"{line}\n"
    for line in (
        '{"type": "document", "id": "before", "title": "Before", "text": "It was there."}',
        '{"type": "statement", "id": "b1", "document": "before", "kind": "claim", "text": "So."}',
    )
)
"""Records that some databases have before the import."""

FAULTY: Final = '{"type": "statement", "document": "nowhere", "kind": "claim", "text": "No."}\n'

EDITS: Final = 40


def record_lines(document: int, statements: int) -> Iterator[str]:
    """Yield the lines of one document: sources, statements of all kinds, reasons, ratings."""
    name = f"d{document}"
    found: list[dict[str, Any]] = [
        {"type": "document", "id": name, "title": f"Title {document}", "text": f"Text {document}."},
        {"type": "source", "id": f"{name}-o", "name": "Reports", "kind": "vague"},
    ]
    for n in range(statements):
        record: dict[str, Any] = {
            "type": "statement", "document": name, "kind": "claim" if n % 3 else "evidence",
            "id": f"{name}-s{n}", "text": f"Statement {n}.",
        }  # fmt: skip
        if n % 4:
            record["supports"] = f"{name}-s{(n * 7) % n}"
        if n % 5 == 1:
            record["attribution"] = {"class": "vague_report", "source": f"{name}-o"}
        if n % 3 and n % 7 == 1:
            record["ratings"] = {"directness": n % 5}
        found.append(record)
    yield from (json.dumps(record) + "\n" for record in found)


@frozen
class Ended:
    """The outcome of a command."""

    code: int
    account: dict[str, Any] | None
    """The printed import report, if the import got that far."""
    complaint: str

    @property
    def is_done(self) -> bool:
        """Whether the whole import was reported as done."""
        return self.code == 0 and self.account is not None


@frozen
class Stop:
    """A signal, and its delay after the beginning in seconds."""

    sent: signal.Signals
    moment: float


@define
class Kills:
    """Rounds of one import: stopped at random moments, examined, run again, compared.

    Only labels may differ from an uninterrupted import, and only if other processes write at the
    same time or a stopped import is resumed later: argmap gives the next free label.
    """

    folder: Path
    span: int
    """Records that are validated together."""
    longest: float
    """Seconds of writing in one transaction."""
    files: list[Path]
    signals: tuple[signal.Signals, ...] = SIGNALS
    took: float = field(init=False)
    """Seconds of an uninterrupted import."""
    whole: dict[bool, str] = field(factory=dict, init=False)
    """The export after the whole import, by whether the database had records before."""
    empty: dict[bool, str] = field(factory=dict, init=False)
    """The export before the import."""
    states: list[str] = field(factory=list)
    """The state in which each stop found the import: `nothing`, `unfinished` or `done`."""

    def __attrs_post_init__(self) -> None:
        """Import once without interruption, into a new database and into one with records."""
        (self.folder / "tmp").mkdir()
        (self.folder / "before.jsonl").write_text(BEFORE)
        (self.folder / "faulty.jsonl").write_text(FAULTY)
        self._import(self.folder / "before.db", [self.folder / "before.jsonl"])
        took = []
        for has_some in (True, False):
            database = self._new_database("whole", has_some=has_some)
            self.empty[has_some] = exported(database)
            begun = time.perf_counter()
            ended = self._import(database, self.files)
            assert ended.is_done, ended
            took.append(time.perf_counter() - begun)
            self.whole[has_some] = exported(database)
        self.took = min(took)

    def run(self, rounds: int, chance: random.Random, *kinds: str) -> None:
        """Run *rounds* rounds of each of *kinds*; *chance* draws the moments and everything else.

        Raises:
            AssertionError: a record was lost or doubled, or the database is unsound; it is kept.
        """
        for number in range(rounds):
            for kind in kinds:
                self.run_one(kind, number, chance)

    def run_one(self, kind: str, number: int, chance: random.Random) -> None:
        """Run one round of *kind*.

        Raises:
            AssertionError: as above.
        """
        name = f"{kind}{number}"
        KINDS[kind](self, name, chance)
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink()

    # The kinds of rounds.

    def resume(self, name: str, chance: random.Random) -> None:
        """Stop an import up to three times, then let it finish."""
        has_some = chance.random() < 0.5
        database = self._new_database(name, has_some=has_some)
        for _ in range(chance.randint(1, 3)):
            ended = self._import(database, self.files, stop=self._stop(chance))
            state = self._state(database, has_some=has_some)
            assert state == "done" or not ended.is_done
            if ended.account is not None and ended.account["operation"]:
                assert state != "nothing", "what was reported is lost"
            self.states.append(state)
        assert self._import(database, self.files).is_done
        assert self._state(database, has_some=has_some) == "done"
        assert_alike(exported(database), self.whole[has_some])

    def strict(self, name: str, chance: random.Random) -> None:
        """Stop an import that is written whole or not at all; then run a faulty one and it."""
        has_some = chance.random() < 0.5
        database = self._new_database(name, has_some=has_some)
        ended = self._import(database, self.files, "--strict", stop=self._stop(chance))
        state = self._state(database, has_some=has_some)
        self.states.append(state)
        wanted = (self.whole if state == "done" else self.empty)[has_some]
        assert state == "done" or not ended.is_done
        assert state != "unfinished", "a part of a strict import landed"
        assert_alike(exported(database), wanted)
        faulty = [*self.files, self.folder / "faulty.jsonl"]
        assert self._import(database, faulty, "--strict").code == 2
        assert_alike(exported(database), wanted)
        assert self._import(database, self.files, "--strict").is_done
        assert_alike(exported(database), self.whole[has_some])

    def dry(self, name: str, chance: random.Random) -> None:
        """Stop an import that only checks, or let it finish: nothing may change."""
        has_some = chance.random() < 0.5
        database = self._new_database(name, has_some=has_some)
        content = database.read_bytes() if has_some else b""
        stop = self._stop(chance) if chance.random() < 0.7 else None
        self._import(database, self.files, "--dry-run", stop=stop)
        assert database.exists() == has_some, "a database was made"
        if has_some:
            assert database.read_bytes() == content, "the database changed"
            log = database.with_name(f"{database.name}-wal")
            assert not log.exists() or not log.stat().st_size, "the database changed"
        assert self._state(database, has_some=has_some) == "nothing"

    def together(self, name: str, chance: random.Random) -> None:
        """Run two or three imports and an editor on one database, stop some, and finish all."""
        database = self.folder / f"{name}.db"
        side_by_side.begin(database)
        several = [
            chance.sample(self.files, chance.randint(1, len(self.files)))
            for _ in range(chance.randint(2, 3))
        ]
        with ExitStack() as stack:
            processes = [stack.enter_context(self._started(database, files)) for files in several]
            editor = stack.enter_context(started_editor(database))
            stopped = self._stop_some(processes, editor, chance)
            for process in processes:
                ended = self._ended(process)
                assert ended.is_done or process in stopped, ended
            said, complaint = editor.communicate()
            assert editor in stopped or (editor.returncode, complaint) == (0, "")
        self._removed_leftovers()
        for files in [*several, self.files]:
            assert self._import(database, files).is_done
        with store.open_store(database) as opened:
            assert [c for c in store.examine(opened) if not c.is_warning] == []
            assert {logged.state for logged in store.history(opened)} == {"done"}
        records = records_of(exported(database))
        edited = [r for r in records if r.get("document", r["id"]) == side_by_side.DOCUMENT]
        reported = {id_ for line in said.split("\n")[:-1] for id_ in line.split()[2:]}
        assert reported <= {r["id"] for r in edited}, "an edit that was reported is lost"
        imported = [r for r in records if r not in edited]
        assert_same(unlabelled(imported), unlabelled(records_of(self.whole[False])))

    def _stop_some(
        self, processes: list[Process], editor: Process, chance: random.Random
    ) -> list[Process]:
        """Let *processes* begin, and stop about half of them and of *editor*; return those."""
        begun = time.monotonic()
        for process in processes:
            begin(process)
        stops = [(self._stop(chance), p) for p in (*processes, editor) if chance.random() < 0.5]
        for stop, process in sorted(stops, key=lambda pair: pair[0].moment):
            time.sleep(max(0.0, begun + len(processes) * stop.moment - time.monotonic()))
            process.send_signal(signal.SIGKILL if process is editor else stop.sent)
        return [process for _, process in stops]

    # Processes.

    def _new_database(self, name: str, *, has_some: bool) -> Path:
        database = self.folder / f"{name}.db"
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink()
        if has_some:
            shutil.copy(self.folder / "before.db", database)
        return database

    def _stop(self, chance: random.Random) -> Stop:
        return Stop(chance.choice(self.signals), chance.uniform(0, self.took))

    def _import(
        self, database: Path, files: list[Path], *options: str, stop: Stop | None = None
    ) -> Ended:
        """Import *files*; stop the import at *moment* if there is one."""
        process = self._started(database, files, *options)
        begin(process)
        if stop is not None:
            try:
                process.wait(stop.moment)
            except subprocess.TimeoutExpired:
                process.send_signal(stop.sent)
        ended = self._ended(process)
        assert not self._removed_leftovers() or ended.code < 0, "temporary files are left"
        return ended

    def _removed_leftovers(self) -> int:
        """Remove the temporary files of commands that have ended, and return their number."""
        left = list((self.folder / "tmp").iterdir())
        for path in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return len(left)

    def _started(self, database: Path, files: list[Path], *options: str) -> Process:
        importing = ("-d", database, "import", *files, "--assessor", "tess", "--json", *options)
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *map(str, (self.span, self.longest, *importing))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"TMPDIR": str(self.folder / "tmp"), "ARGMAP_DEBUG": "1"},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def _ended(self, process: Process) -> Ended:
        """Wait for the end of an import, which must have an expected outcome."""
        said, complaint = process.communicate()
        assert "Traceback" not in complaint, complaint
        code = process.returncode
        assert code in (0, 1, 2) or -code in self.signals, (code, complaint)
        return Ended(code, json.loads(said) if said.endswith("}\n") else None, complaint)

    def _state(self, database: Path, *, has_some: bool) -> str:
        """Return the state of the import in a database, which must be sound."""
        if not database.exists():
            return "nothing"
        with store.open_store(database) as opened:
            assert [c for c in store.examine(opened) if not c.is_warning] == []
            operations = store.history(opened)
        assert len(operations) <= 1 + has_some
        return operations[0].state if len(operations) > has_some else "nothing"


KINDS: Final[dict[str, Callable[[Kills, str, random.Random], None]]] = {
    "resume": Kills.resume, "strict": Kills.strict, "dry": Kills.dry, "together": Kills.together,
}  # fmt: skip


def begin(process: Process) -> None:
    """Signal a waiting process to begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def started_editor(database: Path) -> Process:
    """Start a process that edits the document of `side_by_side`, and reports each saved edit."""
    words = [side_by_side.__file__, "edit", database, "edit", EDITS]
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def exported(database: Path) -> str:
    """Return everything in a database, which need not exist, as JSON Lines."""
    with store.open_to_read(database) or store.open_memory() as opened:
        return "".join(FORMAT.write(load_everything(opened)))


def records_of(export: str) -> list[dict[str, Any]]:
    """Return the records of an export."""
    return [json.loads(line) for line in export.split("\n")[:-1]]


def unlabelled(records: list[dict[str, Any]]) -> list[str]:
    """Return *records* as lines without labels, sorted."""
    return sorted(json.dumps({k: v for k, v in r.items() if k != "label"}) for r in records)


def assert_alike(export: str, wanted: str) -> None:
    """Compare two exports, ignoring labels."""
    assert_same(unlabelled(records_of(export)), unlabelled(records_of(wanted)))


def assert_same(found: list[str], wanted: list[str]) -> None:
    """Compare two lists of lines.

    Raises:
        AssertionError: they differ; the message shows the differences.
    """
    if found != wanted:
        lost, more = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
        message = f"{len(lost)} lines are missing, {len(more)} too many: {lost[:3]} {more[:3]}"
        raise AssertionError(message)
