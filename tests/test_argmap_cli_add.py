"""The command `add`: one op-ed, many, folders, compressed, damaged, near duplicates."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Shell, Terminal
from support.strategies.op_ed_files import PARAGRAPHS, column, page, pdf

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def folder(terminal: Terminal) -> Path:
    """Three texts, one unreadable text, one of an unknown format, and a hidden one."""
    (terminal.folder / "in" / "sub").mkdir(parents=True)
    terminal.write("in/a.txt", "The first text.")
    terminal.write("in/b.md.gz", gzip.compress(b"# The second\n\n") + gzip.compress(b"Its text."))
    terminal.write("in/broken.txt", b"a\0b")
    terminal.write("in/c.png", b"\x89PNG\r\n\x1a\n\0")
    terminal.write("in/.hidden.txt", "A hidden text.")
    terminal.write("in/sub/d.txt", "The third text.")
    return terminal.folder / "in"


def documents(terminal: Terminal) -> list[Any]:
    rows = terminal.run("list", "--json").json
    return [terminal.run("show", row["id"], "--json").json["document"] for row in rows]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_folder_is_added_but_for_what_cannot_be_and_each_file_has_its_line(
    terminal: Terminal, folder: Path, jobs: str
) -> None:
    ran = terminal.run("add", "in", "--jobs", jobs)
    assert ran.code == 1
    assert {document["text"] for document in documents(terminal)} == {
        "The first text.", "# The second\n\nIts text.", "The third text.",
    }  # fmt: skip
    lines = ran.err.splitlines()
    assert [line.split(": ")[0] for line in lines[:2]] == ["in/a.txt", "in/b.md.gz"]
    assert lines[2] == "argmap: in/broken.txt: byte 2 is 0, as in binary files; give a text file"
    assert lines[3].startswith("in/sub/d.txt: added 'The third text.' as ")
    assert lines[4:] == ["4 files: 3 added, 1 failed, 1 skipped: unknown format"]
    ids = [line.rsplit(" ", 1)[1] for line in lines[:2] + lines[3:4]]
    assert ran.out.splitlines() == ids
    assert folder.is_dir()


def test_all_is_added_though_nobody_reads_the_ids(terminal: Terminal, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-u", "-m", "argmap", "add", folder],
        stdout=writing, stderr=subprocess.PIPE, env=terminal.environment(), check=False,
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == 1
    assert b"4 files: 3 added, 1 failed" in done.stderr


def test_adding_a_folder_again_changes_nothing(terminal: Terminal, folder: Path) -> None:
    first = terminal.run("add", folder)
    again = terminal.run("add", folder)
    assert again.out == first.out
    assert "0 added, 3 already in the database, 1 failed" in again.err
    assert len(terminal.run("history", "--json").json) == 3


@pytest.mark.parametrize("given", ["in/*.pdf", "in/empty", "in/broken.txt"])
def test_where_nothing_can_be_read_nothing_is_made(
    terminal: Terminal, folder: Path, given: str
) -> None:
    (folder / "empty").mkdir()
    ran = terminal.run("add", given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith("argmap: in/")
    assert not terminal.database.exists()


def test_several_files_that_all_fail_are_two_and_some_that_fail_are_one(terminal: Terminal) -> None:
    good = terminal.write("good.txt", "Good words.")
    assert terminal.run("add", "none.txt", "no*.txt").code == 2
    assert not terminal.database.exists()
    ran = terminal.run("add", "none.txt", good)
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "2 files: 1 added, 1 failed"


def test_an_option_that_breaks_a_rule_is_reported_for_each_file(terminal: Terminal) -> None:
    terminal.write("a.txt", "Words.")
    ran = terminal.run("add", "a.txt", "--published", "yesterday")
    assert ran.code == 2
    assert ran.line.startswith("argmap: a.txt: published: 'yesterday' is not a date")


def test_a_web_page_is_added_with_its_metadata_and_options_win(terminal: Terminal) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    head = (
        "<meta name='author' content='Rosa Ames'><title>The toll stays</title>"
        "<link rel='canonical' href='https://post.example/toll'>"
    )
    terminal.write("a.html", page(head=head))
    assert terminal.run("add", "a.html", "--author", "R. Ames").code == 0
    [document] = documents(terminal)
    assert document["text"] == TEXT
    assert document["title"] == "The toll stays"
    assert document["author"] == "R. Ames"
    assert document["url"] == "https://post.example/toll"


def test_a_pdf_may_come_packed_from_standard_input(terminal: Terminal) -> None:
    pytest.importorskip("pdfminer")
    ran = terminal.run("add", "-", stdin=gzip.compress(pdf(column(["Words of a PDF."]))))
    assert ran.code == 0
    assert documents(terminal)[0]["text"] == "Words of a PDF."


def test_an_extra_that_is_not_installed_is_one_line(tmp_path: Path) -> None:
    terminal = Shell(tmp_path)
    (terminal.folder / "absent").mkdir()
    terminal.write("absent/pdfminer.py", "raise ImportError('not here')")
    terminal.write("a.pdf", pdf(column(["Words."])))
    path = os.pathsep.join([str(terminal.folder / "absent"), os.environ.get("PYTHONPATH", "")])
    ran = terminal.run("add", "a.pdf", PYTHONPATH=path)
    assert ran.code == 2
    assert ran.line == ("argmap: a.pdf: is a PDF; to read it, run pip install 'argmap[ingest]'")


def test_bombs_and_truncated_files_are_refused(terminal: Terminal) -> None:
    terminal.write("bomb.txt.gz", gzip.compress(b"0" * 2**20) * 65)
    ran = terminal.run("add", "bomb.txt.gz")
    assert ran.code == 2
    assert ran.line.startswith("argmap: bomb.txt.gz: is larger than 64 MiB")
    terminal.write("cut.txt.gz", gzip.compress(TEXT.encode())[:-20])
    ran = terminal.run("add", "cut.txt.gz")
    assert ran.code == 2
    assert "cut.txt.gz: its compressed data is cut off" in ran.line


def test_a_fault_inside_what_is_packed_names_the_file(terminal: Terminal) -> None:
    terminal.write("a.txt.gz", gzip.compress(b"a\0b"))
    assert terminal.run("add", "a.txt.gz").line.startswith("argmap: a.txt.gz: byte 2 is 0")


def test_an_untitled_text_is_called_after_its_file(terminal: Terminal) -> None:
    terminal.write("The toll.txt.gz", gzip.compress(("word " * 60).encode()))
    assert terminal.run("add", "The toll.txt.gz").code == 0
    assert documents(terminal)[0]["title"] == "The toll"


def test_a_text_that_is_nearly_there_is_added_with_a_warning(terminal: Terminal) -> None:
    terminal.write("one.txt", f"The toll pays\n\n{TEXT}")
    terminal.write("two.txt", f"Keep the toll\n\n{TEXT.upper()}")
    first = terminal.run("add", "one.txt")
    ran = terminal.run("add", "two.txt")
    assert ran.code == 0
    assert len(documents(terminal)) == 2
    said, warning = ran.err.splitlines()
    id_ = ran.out.strip()
    assert said == f"added 'Keep the toll' as {id_}; argmap undo removes it"
    assert warning == (
        f"warning: the text of {id_} is 96 % identical to 'The toll pays'"
        f" ({first.out.strip()}); argmap remove DOCUMENT removes one of them"
    )


def test_files_of_one_run_are_compared_with_each_other(terminal: Terminal) -> None:
    one = terminal.write("one.txt", TEXT)
    two = terminal.write("two.txt", TEXT.replace("\n\n", "\n"))
    three = terminal.write("three.txt", "Something else is said here, and at some length.")
    ran = terminal.run("add", one, two, three, one)
    assert "100 % identical" in ran.err
    assert ran.err.count("warning") == 1
    assert ran.err.splitlines()[-1] == "4 files: 3 added, 1 already in the database"


def test_a_name_with_signs_in_it_is_shown_and_not_obeyed(terminal: Terminal) -> None:
    terminal.write("a\x1b[31m\nb.txt", b"a\0b")
    ran = terminal.run("add", ".")
    assert ran.code == 2
    assert "a⟦U+001B⟧[31m⟦U+000A⟧b.txt" in ran.line
    terminal.write(os.fsdecode(b"\xff.txt"), "word " * 60)
    assert "1 added" in terminal.run("add", ".").err


def test_a_file_that_is_no_database_is_refused_with_one_message(terminal: Terminal) -> None:
    terminal.write("a.txt", "One."), terminal.write("b.txt", "Two.")
    terminal.write("argmap.db", "no database at all")
    ran = terminal.run("add", "a.txt", "b.txt")
    assert ran.code == 2
    assert "is not a database" in ran.line
