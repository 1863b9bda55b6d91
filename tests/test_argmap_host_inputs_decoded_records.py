"""Decoding records ahead gives the same records with any executor, in bounded memory."""

from __future__ import annotations

import gzip
import io
import pickle
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from attrs import define, evolve, field
from click.testing import CliRunner
from support.drivers.command_line import Terminal
from support.strategies.planted_faults import planted_file

from argmap.cli import cli
from argmap.errors import InputError
from argmap.formats.registry import Located, format_named, import_formats
from argmap.host.inputs.decoded_records import DecodingTask, decode_files, decode_one
from argmap.host.inputs.record_files import open_inputs, select_record_files
from argmap.host.progress import ProgressBar
from store import ImportFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.formats.registry import ImportFormat

R = TypeVar("R")
GOLDEN = Path(__file__).parent / "golden"
TABLE = "id,document,kind,text,Nr\nc{n},toll,claim,It pays.,C{n}\nc9{n},toll,opinion,It pays.,\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def inputs(stack: ExitStack, path: Path, form: ImportFormat) -> list[ImportFile]:
    return [ImportFile(path.name, form, stack.enter_context(path.open("rb")))]


def read(file: ImportFile) -> list[Located]:
    file.stream.seek(0)
    return [evolve(each, raw=b"", head=b"") for each in file.format.read(file.stream)]


@pytest.mark.parametrize("form", ["jsonl", "csv", "markdown"])
def test_what_was_decoded_is_what_the_file_says_again_and_again(tmp_path: Path, form: str) -> None:
    content = planted_file(seed=1, copies=2)[0]
    if form != "jsonl":
        content = (GOLDEN / f"demo.{'csv' if form == 'csv' else 'md'}").read_bytes()
    path = tmp_path / "a"
    path.write_bytes(content)
    with ExitStack() as stack:
        own = evolve(format_named(form, import_formats()), spells_keys=False)
        files = inputs(stack, path, own)
        [decoded] = decode_files(stack, files, [path], 1, lambda _: None)
        assert read(decoded) == read(decoded) == read(files[0])
        assert len(read(decoded)) > 20


def test_what_is_quick_to_decode_is_read_as_it_stands_by_one_job(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b'{"type": "x"}\n')
    with ExitStack() as stack:
        files = inputs(stack, path, format_named("jsonl", import_formats()))
        assert decode_files(stack, files, [path], 8, lambda _: None) == files


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_the_account_and_the_rejected_lines_are_the_same_for_any_number_of_jobs(
    terminal: Terminal, jobs: str
) -> None:
    document = {"type": "document", "id": "toll", "title": "The toll", "text": "It pays."}
    content, _ = planted_file(seed=3, copies=1)
    terminal.records("0.jsonl", document)
    terminal.write("1.jsonl.gz", gzip.compress(content))
    for n in range(2, 5):
        terminal.write(f"{n}.csv", TABLE.format(n=n))
    tables = [f"{n}.csv" for n in range(2, 5)]
    terminal.run("import", "0.jsonl", "1.jsonl.gz", "--jobs", jobs, "--rejects", "lines")
    ran = terminal.run("import", *tables, "--map", "Nr=label", "--jobs", jobs,
                       "--json", "--rejects", "rows")  # fmt: skip
    assert (ran.code, ran.err) == (1, "")
    assert [(each["read"], each["added"], each["rejected"]) for each in ran.json["files"]] == [
        (2, 1, 1)
    ] * 3
    assert [r["file"] for r in ran.json["rejected"]] == tables
    assert (terminal.folder / "rows").read_text().splitlines() == [
        "id,document,kind,text,Nr", *[f"c9{n},toll,opinion,It pays.," for n in range(2, 5)],
    ]  # fmt: skip
    expected = planted_file(seed=3, copies=1)[1]
    lines = (terminal.folder / "lines").read_bytes()
    assert lines == b"".join(each.raw + b"\n" for each in expected)
    labels = {s["label"] for s in terminal.run("show", "toll", "--json").json["statements"]}
    assert labels == {"C2", "C3", "C4"}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_table_that_cannot_be_read_is_one_line_whoever_reads_it(
    terminal: Terminal, jobs: str
) -> None:
    good = terminal.write("a.csv", TABLE.format(n=1).replace("Nr", "label"))
    bad = terminal.write("b.md", "---\nargmap: 1\n---\n\nNo map.\n")
    ran = terminal.run("import", bad, "--jobs", jobs)
    assert ran.code == 2
    assert ran.err.startswith(f"argmap: {bad}: line 2: the front matter has no id")
    ran = terminal.run("import", good, bad, "--jobs", jobs, "--strict")
    assert ran.code == 2
    assert f"\n{bad}:2: the front matter has no id" in ran.err
    assert terminal.run("list", "--json").json == []


def test_what_another_process_runs_into_is_told_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARGMAP_DEBUG", raising=False)
    task = DecodingTask(str(tmp_path / "none"), "a.csv", "csv", {}, str(tmp_path / "out"))
    assert complaint(task) == "a.csv: cannot be used: no such file or directory"
    (tmp_path / "none").write_text(TABLE)
    assert complaint(evolve(task, form="x")).startswith("a.csv: 'x' is not a format")
    full = evolve(task, columns={"Nr": "label"}, into="/dev/full")
    assert complaint(full) == "/dev: cannot be used: no space left on device"
    assert [each and each.ends_import for each in map(decode_one, (task, full))] == [False, True]


def complaint(task: DecodingTask) -> str:
    refusal = decode_one(task)
    assert refusal is not None
    return str(refusal.error())


def files_in(folder: Path) -> list[Path]:
    return select_record_files([folder], None, import_formats()).files


class Elsewhere(Executor):
    """An executor that shares only the files with this process."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        self.asked += 1
        sent = pickle.loads(pickle.dumps((task, given, named)))  # noqa: S301  (our own)
        future: Future[R] = Future()
        future.set_result(pickle.loads(pickle.dumps(sent[0](*sent[1], **sent[2]))))  # noqa: S301  (as above)
        return future


def test_another_executor_can_take_the_place_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = Elsewhere()
    monkeypatch.setattr("argmap.host.inputs.decoded_records.open_executor", lambda _: executor)
    for n in range(9):
        (tmp_path / f"{n}.csv").write_text(TABLE.format(n=n).replace("Nr", "note"))
    with ExitStack() as stack:
        found = open_inputs(stack, files_in(tmp_path), None, import_formats(), jobs=2)
        first = read(found.decoded[0])
        assert executor.asked == 3, "those far ahead are not begun"
        assert [len(read(each)) for each in found.decoded * 2] == [2] * 18
        assert first == read(found.files[0])
    assert executor.asked == 9


def test_as_many_files_are_decoded_side_by_side_as_are_asked_for_and_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def open_executor(jobs: int) -> Executor:
        asked.append(jobs)
        return Elsewhere()

    monkeypatch.setattr("argmap.host.inputs.decoded_records.open_executor", open_executor)
    names = [str(tmp_path / f"{n}.jsonl") for n in range(3)]
    for name in names:
        Path(name).write_text('{"type": "x"}\n')
    for jobs, count in (("2", 3), ("8", 3), ("8", 1)):
        words = ["-d", str(tmp_path / "a.db"), "import", "--jobs", jobs, *names[:count]]
        CliRunner().invoke(cli, words, standalone_mode=False)
    assert asked == [2, 3]


@define
class Moves:
    """The calls that a progress bar received."""

    passes: list[int] = field(factory=list)

    def bar(self) -> ProgressBar:
        def advance(step: int) -> None:
            self.passes[-1] += step

        return ProgressBar(advance, lambda: self.passes.append(0))


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_pass_over_the_files_moves_the_bar_from_its_beginning_to_its_end(
    tmp_path: Path, jobs: int
) -> None:
    moves, totals = Moves(), []

    @contextmanager
    def bar_of(total: int) -> Iterator[ProgressBar]:
        totals.append(total)
        yield moves.bar()

    (tmp_path / "a.jsonl").write_text('{"type": "x"}\n' * 5000)
    (tmp_path / "b.csv").write_text("document,kind,text\n" + "toll,claim,It pays.\n" * 2000)
    with ExitStack() as stack:
        found = open_inputs(stack, files_in(tmp_path), None, import_formats(), jobs, bar_of)
        for _ in range(2):
            for each in found.decoded:
                each.stream.seek(0)
                assert each.stream.read()  # what is not read for its records does not count
                assert read(each)
    [total] = totals
    assert moves.passes == [pytest.approx(total, rel=0.01)] * 2


def test_an_error_of_a_format_comes_when_its_file_has_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("id,colour\n")
    with ExitStack() as stack:
        files = inputs(stack, path, format_named("csv", import_formats()))
        [decoded] = decode_files(stack, files, [path], 1, lambda _: None)
        with pytest.raises(InputError, match="unknown column: 'colour'"):
            read(decoded)
        assert isinstance(decoded.stream, io.BufferedReader)
