r"""Offsets count characters of the text in its record, with `\r` and byte order marks."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import (
    ATTRIBUTION,
    CLAIM,
    DOCUMENT,
    EVIDENCE,
    SOURCE,
    Desk,
    lines,
    without,
)

from argmap.imports.csv import FORMAT as CSV
from argmap.imports.jsonl import FORMAT as JSONL
from argmap.imports.markdown.draft import Draft, StatementDraft
from argmap.imports.markdown.records import records_from_draft
from argmap.text.decoding import normal_lines
from argmap.text.line_ends import line_ends_of
from store.ingest import run
from store.ingest.build.source_texts import find_written_texts
from store.ingest.inputs import ImportFile

if TYPE_CHECKING:
    from support.drivers.desk import Content

WRITTEN = "\ufeffRoads cost.\r\n\r\nTolls pay.\r\nTolls pay.\r\nTolls pay.\rReports say so."
STORED = normal_lines(WRITTEN)
TOLL = DOCUMENT | {"text": WRITTEN}
QUOTED = without(CLAIM, "text")
FILLERS = [CLAIM | {"id": f"x{n}"} for n in range(8)]
"""Enough records to make an import long."""


@pytest.fixture(autouse=True)
def short_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an import of eight records as long as one of five thousand."""
    monkeypatch.setattr(run, "SPAN", 7)


def placed(record: Content) -> tuple[int, int]:
    return record["start"], record["end"]


def at(words: str, number: int = 0) -> Content:
    """Return the offsets of *words* in the text of its record."""
    place = -1
    for _ in range(number + 1):
        place = WRITTEN.index(words, place + 1)
    return {"start": place, "end": place + len(words)}


SECOND = STORED.index("Tolls pay.", STORED.index("Tolls pay.") + 1)


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize(
    "keys",
    [
        {"quote": "Tolls pay."} | at("Tolls pay.", 1),
        {"quote": "Tolls pay.", "start": at("Tolls pay.", 1)["start"]},
        {"quote": "Tolls pay.", "end": at("Tolls pay.", 1)["end"]},
        at("Tolls pay.", 1),
        {"quote": ["Tolls pay."], "start": [at("Tolls pay.", 1)["start"]]},
    ],
)
def test_offsets_count_in_the_text_as_the_record_has_it(
    desk: Desk, keys: Content, *, is_first: bool, is_long: bool
) -> None:
    claim = QUOTED | keys
    records = [TOLL, claim] if is_first else [claim, TOLL]
    if is_long:
        records += FILLERS
    account = desk.landed(*records)
    assert placed(desk.record("c1")) == (SECOND, SECOND + 10)
    again = desk.landed(*records)
    assert (again.unchanged, again.operation) == (account.read, None)
    assert desk.land(*records, is_dry=True).rejected == []


@pytest.mark.parametrize("is_long", [False, True])
def test_a_quote_over_line_ends_is_found_with_its_offsets_and_without(
    desk: Desk, *, is_long: bool
) -> None:
    words = "Roads cost.\r\n\r\nTolls"
    claims = [QUOTED | {"quote": words} | keys for keys in ({}, at(words))]
    claims[1] |= {"id": "c2"}
    desk.landed(TOLL, *claims, *(FILLERS if is_long else []))
    for id_ in ("c1", "c2"):
        record = desk.record(id_)
        assert (record["quote"], placed(record)) == (normal_lines(words), (0, 18))
        assert record["text"] == normal_lines(words)


@pytest.mark.parametrize("is_long", [False, True])
def test_offsets_in_a_file_without_the_document_count_in_the_stored_text(
    desk: Desk, *, is_long: bool
) -> None:
    claim = QUOTED | {"quote": "Tolls pay.", "start": SECOND, "end": SECOND + 10}
    desk.landed(TOLL)
    desk.landed(claim, *(FILLERS if is_long else []))
    assert placed(desk.record("c1")) == (SECOND, SECOND + 10)


def test_each_file_of_an_import_counts_in_its_own_text(desk: Desk) -> None:
    place = STORED.index("Reports")
    stored = QUOTED | {"id": "c2", "quote": "Reports", "start": place}
    first = lines([TOLL, QUOTED | {"quote": "Reports"} | at("Reports")])
    assert desk.land_bytes(first, lines([stored])).rejected == []
    assert desk.record("c1")["start"] == desk.record("c2")["start"] == place


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
def test_offsets_count_in_the_text_of_another_file_of_the_import(
    desk: Desk, *, is_first: bool, is_long: bool
) -> None:
    claims = lines([QUOTED | at("Tolls pay.", 1), *(FILLERS if is_long else [])])
    files = [lines([TOLL]), claims] if is_first else [claims, lines([TOLL])]
    assert desk.land_bytes(*files).rejected == []
    assert placed(desk.record("c1")) == (SECOND, SECOND + 10)


def test_offsets_count_in_the_files_own_text_where_another_file_has_other_line_ends(
    desk: Desk,
) -> None:
    own = lines([TOLL | {"text": STORED}, QUOTED | {"start": SECOND, "end": SECOND + 10}])
    desk.land_bytes(lines([TOLL]), own)
    assert placed(desk.record("c1")) == (SECOND, SECOND + 10)


def test_where_only_one_reading_fits_the_words_decide(desk: Desk) -> None:
    place = STORED.index("Reports")
    desk.landed(TOLL, QUOTED | {"quote": "Reports", "start": place, "end": place + 7})
    assert placed(desk.record("c1")) == (place, place + 7)


@pytest.mark.parametrize("is_long", [False, True])
def test_where_both_readings_fit_offsets_count_in_the_text_of_the_record(
    desk: Desk, *, is_long: bool
) -> None:
    claim = QUOTED | {"quote": "a", "start": 2, "end": 3}
    desk.landed(DOCUMENT | {"text": "\r\naaa"}, claim, *(FILLERS if is_long else []))
    assert placed(desk.record("c1")) == (1, 2)


def test_offsets_that_fit_in_neither_text_are_a_fault_that_says_how_they_count(
    desk: Desk,
) -> None:
    _, reason, kind = desk.fault(TOLL, QUOTED | {"quote": "Reports", "start": 4})
    assert kind == "quote"
    assert "offsets count in the stored text" in reason


@pytest.mark.parametrize("is_shorthand", [False, True])
@pytest.mark.parametrize("cue", ["Reports say", "say so.", "pay.\rReports"])
def test_a_cue_counts_and_is_written_as_the_text_is(
    desk: Desk, cue: str, *, is_shorthand: bool
) -> None:
    about = {"cue": cue, "cue_start": at(cue)["start"]}
    record = without(ATTRIBUTION, "id") | about
    if is_shorthand:
        own = {"attribution": without(record, "type", "statement")}
        records = [TOLL, SOURCE, EVIDENCE | own]
    else:
        records = [record, EVIDENCE, SOURCE, TOLL]
    desk.landed(*records)
    (found,) = desk.exported("attribution")
    words = normal_lines(cue)
    assert (found["cue"], found["cue_start"]) == (words, STORED.index(words))
    assert desk.landed(*records).operation is None


def test_a_cue_in_another_composition_has_the_texts_own_characters(desk: Desk) -> None:
    text = DOCUMENT | {"text": "Selon le cafe\u0301, rien."}
    record = without(ATTRIBUTION, "id") | {"cue_start": 0}
    desk.landed(text, SOURCE, EVIDENCE, record | {"cue": "Selon le café"})
    assert desk.landed(record | {"cue": "Selon le cafe\u0301"}).operation is None
    (found,) = desk.exported("attribution")
    assert found["cue"] == "Selon le cafe\u0301"


def test_a_cue_start_that_changes_alone_counts_as_the_text_is_written(desk: Desk) -> None:
    desk.landed(TOLL, SOURCE, EVIDENCE, ATTRIBUTION | {"cue": "Tolls", **cue_at("Tolls", 0)})
    update = {"type": "attribution", "id": "at1", **cue_at("Tolls", 1)}
    desk.landed(TOLL, update)
    assert desk.record("at1")["cue_start"] == SECOND


def cue_at(words: str, number: int) -> Content:
    return {"cue_start": at(words, number)["start"]}


def test_made_ids_are_the_same_for_every_spelling_of_one_passage(desk: Desk) -> None:
    text = DOCUMENT | {"text": "Le cafe\u0301\nferme. Rien."}
    claim = without(QUOTED, "id")
    desk.landed(text, claim | {"quote": "Le cafe\u0301\nferme."})
    for quote in ("Le café\nferme.", "Le caf\u00e9\r\nferme.", "Le cafe\u0301\rferme."):
        assert desk.landed(claim | {"quote": quote}).unchanged == 1


def test_plain_statements_of_a_long_import_count_the_same(desk: Desk) -> None:
    claims = [
        QUOTED | {"id": f"q{n}", "quote": "Tolls pay."} | at("Tolls pay.", n % 3) for n in range(12)
    ]
    desk.landed(TOLL, *claims, CLAIM)
    assert [placed(desk.record(f"q{n}"))[0] for n in range(3)] == [
        STORED.index("Tolls"), SECOND, SECOND + 11
    ]  # fmt: skip


@given(st.text("a\r\n\ufeff\u0301", max_size=30))
def test_every_place_of_a_text_is_found_in_the_stored_one(text: str) -> None:
    ends, stored = line_ends_of(text), normal_lines(text)
    for place in range(len(text) + 1):
        found = place if ends is None else ends.stored_place(place)
        before = normal_lines(text[:place])
        assert found == len(before) or text[place - 1 : place + 1] == "\r\n"
        assert 0 <= found <= len(stored)


def source(content: bytes, *, is_table: bool = False) -> ImportFile:
    return ImportFile("a", CSV if is_table else JSONL, io.BytesIO(content))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("a\r\nb", True), ("\ufeffab", True), ("\ufeffab", False), ("a\rb", True), ("a\nb", True)],
)
def test_only_texts_that_lose_characters_are_noted(text: str, *, escaped: bool) -> None:
    content = json.dumps(DOCUMENT | {"text": text}, ensure_ascii=escaped).encode()
    found = find_written_texts([source(b"\xef\xbb\xbf" + content + b"\r\n")])
    assert bool(found) == (line_ends_of(text) is not None)
    assert (found.line_ends("a", "toll") is None) == (not found)


@pytest.mark.parametrize("escape", ["\\r\\n", "\\u000D\\n", "\\u000d\\u000a", "\\uFEFF", "\\ufeff"])
@pytest.mark.parametrize("padding", range(10))
def test_escapes_of_every_form_are_seen_wherever_they_are(
    escape: str, padding: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.build.source_texts._PIECE", 10)
    text = escape + "ab" if "f" in escape.lower() else "a" + escape + "b"
    content = f'{" " * padding}{{"type": "document", "id": "d", "title": "T", "text": "{text}"}}'
    assert find_written_texts([source(content.encode())])


def test_a_table_has_no_texts() -> None:
    assert not find_written_texts([source(b"id,quote\r\n1,a\\r\r\n", is_table=True)])


def test_a_quote_in_markdown_has_one_id_in_every_spelling() -> None:
    document = DOCUMENT | {"text": "Le cafe\u0301 ferme. Rien."}
    made = []
    for quote in ("Le cafe\u0301 ferme.", "Le café ferme."):
        draft = Draft(document)
        draft.statements.append(StatementDraft(1, "C1", "claim", None, [(quote, None, None)]))
        made.append([content["id"] for _, _, content in records_from_draft(draft)])
    assert made[0] == made[1]


@pytest.mark.parametrize("is_long", [False, True])
def test_a_quote_that_would_cut_a_letter_is_rejected(desk: Desk, *, is_long: bool) -> None:
    document = DOCUMENT | {"text": "The cafe\u0301 closed. The toll stays."}
    quoted = QUOTED | {"quote": "The cafe"}
    account = desk.land(document, quoted, *(FILLERS if is_long else []))
    assert next(each.reason for each in account.rejected).startswith("is not in the document")


@pytest.mark.parametrize("is_long", [False, True])
def test_a_repeated_document_with_other_line_ends_is_the_same(desk: Desk, *, is_long: bool) -> None:
    again = TOLL | {"text": STORED}
    account = desk.land(TOLL, again, *(FILLERS if is_long else []))
    assert account.rejected == []
