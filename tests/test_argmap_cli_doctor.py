"""The doctor examines any file, and never advises running the doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.drivers.command_line import Terminal
from support.strategies.maps import AT, everything_of, small_map

import store


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.mark.parametrize("damage", ["header", "a page", "cut short", "letters"])
def test_the_doctor_examines_files_that_cannot_even_be_opened(
    terminal: Terminal, damage: str
) -> None:
    with store.open_store(terminal.database) as opened:
        store.apply(opened, everything_of(small_map()), AT)
        opened.db.execute("PRAGMA journal_mode = delete")
    content = bytearray(terminal.database.read_bytes())
    if damage == "header":
        content[100:200] = bytes(100)
    elif damage == "a page":
        content[8192:16384] = b"\xa5" * 8192
    elif damage == "cut short":
        del content[20_000:]
    else:
        at = content.index(b'"title":"Evidence quality')
        content[at : at + 40] = b"\xff" * 40
    terminal.database.write_bytes(content)
    for words in (["doctor"], ["doctor", "--json"], ["doctor", "--repair"]):
        examined = terminal.run(*words)
        assert examined.code == 1
        assert "damaged" in examined.err
        assert "argmap doctor" not in examined.err
        assert "unexpected" not in examined.err
    found = json.loads(terminal.run("doctor", "--json").out)
    assert [each["check"] for each in found if not each["is_warning"]] == ["integrity"]


def test_the_doctor_reads_a_file_that_cannot_be_written(terminal: Terminal) -> None:
    with store.open_store(terminal.database) as opened:
        store.apply(opened, everything_of(small_map()), AT)
    before = terminal.database.read_bytes()
    terminal.database.chmod(0o444)
    assert terminal.run("doctor").code == 0
    assert terminal.database.read_bytes() == before


def test_a_document_that_is_removed_and_imported_again_is_sound(terminal: Terminal) -> None:
    demo = Path(__file__).parents[1] / "argmap" / "demo.jsonl"
    for words in (["import", demo], ["remove", "last-boat-home"], ["import", demo]):
        assert terminal.run(*words).code == 0
    found = terminal.run("doctor", "--json").json
    assert [each for each in found if not each["is_warning"]] == []
    assert terminal.run("undo").code == 0
    assert terminal.run("doctor").code == 0


def test_a_removed_row_that_no_import_added_again_is_damage(terminal: Terminal) -> None:
    demo = Path(__file__).parents[1] / "argmap" / "demo.jsonl"
    for words in (["import", demo], ["remove", "last-boat-home"]):
        assert terminal.run(*words).code == 0
    with store.open_store(terminal.database) as opened:
        opened.db.execute(
            "INSERT INTO document (id, title, sha256, text, batch)"
            " VALUES ('last-boat-home', 'x', ?, 'x', 1)",
            ("0" * 64,),
        )
    assert "'last-boat-home' does not match the log" in terminal.run("doctor").out
