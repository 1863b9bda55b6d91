"""Suspected copies across the documents of a database: on the command line and in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import lines

import store
from store import open_to_read
from store.queries import find_copies_elsewhere, suspected_copies

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from argmap.analysis.findings import CopyElsewhere

QUOTE = "half of the wells in the valley ran dry last autumn"


def document(
    name: str, words: str, quote: str, source: str = "", **values: object
) -> list[dict[str, object]]:
    """Return the records of an op-ed with one piece of evidence: *words*, and its *quote*."""
    said = {"class": "named_organisation", "source": source or f"{name}-source"}
    text = f"{name}: {quote}."
    start = len(name) + 2
    return [
        {"type": "document", "id": name, "title": f"The {name}", "text": text} | values,
        {"type": "source", "id": f"{name}-source", "name": f"Source of {name}", "kind": "outlet"},
        {
            "type": "statement", "id": f"{name}-e", "document": name, "kind": "evidence",
            "text": words, "quote": quote, "start": start, "end": start + len(quote),
            "attribution": said,
        },
    ]  # fmt: skip


def filled(folder: Path, *records: Iterable[dict[str, Any]]) -> Terminal:
    terminal = Terminal(folder)
    content = lines([record for listed in records for record in listed])
    assert terminal.run("import", "-", stdin=content).code == 0
    return terminal


def copies(terminal: Terminal, name: str) -> list[CopyElsewhere]:
    with open_to_read(terminal.database) as opened:  # type: ignore[union-attr]  # it was made
        return list(find_copies_elsewhere(opened, store.load_map(opened, name)).copies)


ONE = document("one", "The Post reports dry wells.", QUOTE)


def test_a_quotation_of_another_document_is_found_by_check_and_not_exported(tmp_path: Path) -> None:
    terminal = filled(tmp_path, ONE, document("two", "Another paper confirms it.", QUOTE))
    for name, other in (("one", "two"), ("two", "one")):
        told = [f for f in terminal.run("check", name, "--json").json
                if f["rule"] == "suspected-copy"]  # fmt: skip
        (only,) = told
        assert only["statements"] == ["E1"]
        assert f"E1 of “The {other}” ({other})" in only["message"]
        assert only["message"] in terminal.run("check", name).out
        written = terminal.run("export", name, "--to", "markdown").out
        assert "may be a copy" not in written
        assert f"The {other}" not in written


def test_the_analyst_s_words_are_compared_across_documents(tmp_path: Path) -> None:
    words = "Hundreds of the wells in that valley were dry in autumn"
    other = document("two", f"{words}, we read", "Wells ran dry")
    terminal = filled(tmp_path, document("one", words, "It was dry"), other)
    assert [(c.item, c.document, c.label, c.figure) for c in copies(terminal, "one")] == [
        ("one-e", "two", "E1", None)
    ]


def test_a_rare_figure_is_shared_across_documents_and_a_common_one_is_not(tmp_path: Path) -> None:
    def told(count: int) -> list[str | None]:
        folder = tmp_path / str(count)
        folder.mkdir()
        more = [document(f"d{n}", f"Story {n}.", f"Number {n} has 3{',' * (n % 2)}871 wells")
                for n in range(count)]  # fmt: skip
        return [copy.figure for copy in copies(filled(folder, *more), "d0")]

    assert told(2) == told(3) == ["3871"]
    assert told(4) == []


def test_a_figure_that_many_texts_mention_is_common(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [document("one", "It has 3,871 wells.", "So many"), document("two", "3871.", "Wells")]
    mentions = [[{"type": "document", "id": f"m{n}", "title": "M", "text": f"{n}: 3,871 wells"}]
                for n in range(3)]  # fmt: skip
    terminal = filled(tmp_path, *told, *mentions)
    assert [copy.figure for copy in copies(terminal, "one")] == ["3871"]
    monkeypatch.setattr(suspected_copies, "_MOST_WITH_FIGURE", 2)
    assert copies(terminal, "one") == []


def test_a_rare_figure_in_the_words_of_a_statement_is_found(tmp_path: Path) -> None:
    terminal = filled(
        tmp_path,
        document("one", "There are 3,871.5 of them.", "So many"),
        document("two", "Of 3871.5 nothing is left.", "All gone"),
    )
    assert [copy.figure for copy in copies(terminal, "one")] == ["3871.5"]


@pytest.mark.parametrize("relation", ["", "same_origin", "derives_from"])
def test_one_voice_or_origin_in_both_documents_is_no_copy(tmp_path: Path, relation: str) -> None:
    other = document("two", "Another paper confirms it.", QUOTE)
    if relation:
        other[1][relation] = ["one-source"]
    else:
        other = document("two", "Another paper confirms it.", QUOTE, "one-source")
    terminal = filled(tmp_path, ONE, other)
    assert copies(terminal, "one") == copies(terminal, "two") == []


def test_a_text_that_is_there_twice_is_no_copy_of_itself(tmp_path: Path) -> None:
    again = [record | {"text": ONE[0]["text"]} if record["type"] == "document" else record
             for record in document("two", "Another paper confirms it.", QUOTE)]  # fmt: skip
    terminal = filled(tmp_path, ONE, again)
    assert copies(terminal, "one") == []


def test_short_and_unlike_evidence_is_no_copy(tmp_path: Path) -> None:
    terminal = filled(tmp_path, ONE, document("two", "The Post reports rain.", "Wells ran dry"))
    assert copies(terminal, "one") == []


def test_a_database_of_one_document_adds_nothing(tmp_path: Path) -> None:
    terminal = filled(tmp_path, ONE)
    assert copies(terminal, "one") == []


def test_only_so_many_items_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = filled(tmp_path, ONE, document("two", "Another paper confirms it.", QUOTE))
    monkeypatch.setattr(suspected_copies, "MOST_ITEMS", 0)
    assert copies(terminal, "one") == []
