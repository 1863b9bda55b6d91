"""A document's data is shown and changed from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

RECORD = {
    "type": "document",
    "id": "toll",
    "title": "The toll pays",
    "author": "R. Ames",
    "published": "2024-03",
    "text": "The toll pays for itself.",
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    assert terminal.run("import", terminal.records("toll.jsonl", RECORD)).code == 0
    return terminal


def stored(terminal: Terminal) -> Any:  # noqa: ANN401  (a record)
    return terminal.run("show", "toll", "--json").json["document"]


def labels(terminal: Terminal) -> list[str]:
    return [row["label"] for row in terminal.run("history", "--json").json]


def test_without_options_the_fields_are_printed(terminal: Terminal) -> None:
    ran = terminal.run("document", "The toll")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split(maxsplit=1) for line in ran.out.splitlines()] == [
        ["id", "toll"],
        ["title", "The toll pays"],
        ["author", "R. Ames"],
        ["publisher", "–"],
        ["published", "2024-03"],
        ["url", "–"],
        ["language", "–"],
    ]


def test_json_has_the_keys_of_records_and_null_for_what_is_not_known(terminal: Terminal) -> None:
    assert terminal.run("document", "toll", "--json").json == {
        "id": "toll",
        "title": "The toll pays",
        "author": "R. Ames",
        "publisher": None,
        "published": "2024-03",
        "url": None,
        "language": None,
    }


def test_all_fields_are_changed_as_one_operation_that_can_be_undone(terminal: Terminal) -> None:
    ran = terminal.run(
        "document", "toll", "--title", "Keep the toll", "--author", "Rosa Ames", "--publisher",
        "Harbour Post", "--published", "2024-03-02", "--url", "https://post.example/toll",
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, "")
    assert ran.line.startswith("changed the document The toll pays: title “The toll pays” → ")
    assert ran.line.endswith("; argmap undo restores the old values")
    assert len(labels(terminal)) == 2
    changed = stored(terminal)
    assert changed == RECORD | {
        "title": "Keep the toll",
        "author": "Rosa Ames",
        "publisher": "Harbour Post",
        "published": "2024-03-02",
        "url": "https://post.example/toll",
    }
    assert terminal.run("search", "Keep", "--json").json[0]["document"] == "toll"
    assert terminal.run("undo").code == 0
    assert stored(terminal) == RECORD
    assert terminal.run("redo").code == 0
    assert stored(terminal) == changed
    assert terminal.run("doctor").code == 0


def test_the_history_says_in_plain_words_what_was_changed(terminal: Terminal) -> None:
    terminal.run(
        "document", "toll", "--author", "A. Bell", "--date", "2024", "--address", "https://a"
    )
    assert labels(terminal)[0] == (
        "changed the document The toll pays: author “R. Ames” → “A. Bell”, date 2024-03 → 2024,"
        " URL “https://a”"
    )


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"])
def test_a_blank_text_clears_a_field(terminal: Terminal, blank: str) -> None:
    ran = terminal.run("document", "toll", "--author", blank, "--json")
    assert ran.json["author"] is None
    assert labels(terminal)[0] == "changed the document The toll pays: author “R. Ames” → none"


def test_what_is_there_already_is_no_operation(terminal: Terminal) -> None:
    ran = terminal.run("document", "toll", "--author", "R. Ames")
    assert ran.code == 0
    assert ran.line == "'The toll pays' has these values already; nothing changed"
    assert len(labels(terminal)) == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["toll", "--date", "2024-02-30"], "argmap: published: '2024-02-30' is not a date such as"),
        (["toll", "--title", " "], "argmap: a document needs a title; give it one"),
        (["toll", "--author", b"\xff"], "argmap: author: has a lone surrogate"),
        (["tram", "--title", "X"], "argmap: there is no document 'tram'; argmap list shows"),
        (["tram"], "argmap: there is no document 'tram'; argmap list shows"),
        (["", "--title", "X"], "argmap: there is no document ''; argmap list shows"),
        (["toll", "--text", "X"], "python -m argmap document: No such option"),
        ([], "python -m argmap document: Missing argument"),
    ],
)
def test_an_impossible_request_is_one_line_and_changes_nothing(
    terminal: Terminal, words: list[Any], complaint: str
) -> None:
    given = [word.decode(errors="surrogateescape") if isinstance(word, bytes) else word for word in words]  # fmt: skip
    ran = terminal.run("document", *given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(complaint)
    assert stored(terminal) == RECORD


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    assert terminal.run("document", "toll", "--title", "X").code == 2
    assert not terminal.database.exists()


def test_adding_takes_the_same_names_for_date_and_address(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.write("a.txt", "Words.")
    ran = terminal.run("add", "a.txt", "--title", "A", "--date", "2024", "--address", "https://a")
    shown = terminal.run("document", ran.out.strip(), "--json").json
    assert (shown["published"], shown["url"]) == ("2024", "https://a")
