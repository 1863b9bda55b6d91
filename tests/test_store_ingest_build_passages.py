"""Statements and their passages: quotes, prefixes, offsets, labels, main claims."""

from __future__ import annotations

from typing import Any

import pytest
from support.drivers.desk import (
    ASSUMPTION,
    BASICS,
    CLAIM,
    DOCUMENT,
    EVIDENCE,
    INFERENCE,
    OTHER,
    TEXT,
    Content,
    Desk,
    without,
)

from argmap.quotes.anchoring import estimate_effort
from store.ingest.build import passages

QUOTED: Content = without(CLAIM, "text")
TOLL = "The toll"
STAYS = TEXT.index("The toll stays")
FELL = "traffic fell by a fifth"
AT = TEXT.index(FELL)
END = len(TEXT)
PLACES: list[tuple[Content, list[tuple[int, int]]]] = [
    ({"quote": FELL}, [(AT, AT + 23)]),
    ({"quote": FELL, "start": AT}, [(AT, AT + 23)]),
    ({"quote": FELL, "end": AT + 23}, [(AT, AT + 23)]),
    ({"quote": FELL, "start": AT, "end": AT + 23}, [(AT, AT + 23)]),
    ({"start": AT, "end": AT + 23}, [(AT, AT + 23)]),
    ({"quote": TOLL, "prefix": "by a fifth. "}, [(STAYS, STAYS + 8)]),
    ({"quote": TOLL, "prefix": "by a fifth."}, [(STAYS, STAYS + 8)]),
    ({"quote": TOLL, "start": STAYS}, [(STAYS, STAYS + 8)]),
    ({"quote": TOLL, "end": 8}, [(0, 8)]),
    ({"start": 0, "end": END}, [(0, END)]),
    ({"start": END - 1, "end": END}, [(END - 1, END)]),
    ({"quote": [FELL, "pays"]}, [(AT, AT + 23), (9, 13)]),
    ({"quote": [TOLL, TOLL], "start": [0, STAYS]}, [(0, 8), (STAYS, STAYS + 8)]),
    ({"quote": [TOLL, FELL], "prefix": ["fifth. ", "say "]}, [(STAYS, STAYS + 8), (AT, AT + 23)]),
    ({"start": [0, 9], "end": [8, 13]}, [(0, 8), (9, 13)]),
    ({"quote": ["pays"], "start": [9], "end": [13]}, [(9, 13)]),
    ({"quote": []}, []),
]
FAULTS: list[tuple[Content, str, str]] = [
    ({"quote": ""}, "quote", "empty"),
    ({"quote": [FELL, ""]}, "quote[1]", "empty"),
    ({"quote": TOLL}, "quote", f"2 times, at 0, {STAYS}"),
    ({"quote": [FELL, TOLL]}, "quote[1]", f"2 times, at 0, {STAYS}"),
    ({"quote": TOLL, "prefix": ""}, "quote", f"0, {STAYS}"),
    ({"quote": TOLL, "prefix": "nobody said: "}, "prefix", "nobody said"),
    ({"quote": FELL, "prefix": "nobody said: "}, "prefix", "nobody said"),
    ({"quote": "traffic rose by a fifth"}, "quote", "not in the document's text"),
    ({"quote": FELL, "start": 0}, "quote", "0 to 23"),
    ({"quote": FELL, "start": AT, "end": AT + 22}, "quote", f"{AT} to {AT + 22}"),
    ({"quote": "stays.", "start": END - 5}, "end", "past"),
    ({"start": 0, "end": END + 1}, "end", "past"),
    ({"start": END, "end": END + 9}, "end", "past"),
    ({"start": -1, "end": 4}, "start", "before"),
    ({"start": 4, "end": 4}, "start", "4"),
    ({"start": 5, "end": 4}, "start", "5"),
    ({"start": 5}, "end", "missing"),
    ({"end": 5}, "start", "missing"),
    ({"prefix": "Reports say"}, "start", "missing"),
]


def places(record: Content) -> list[tuple[int, int]]:
    found: list[list[Any]] = [
        value if isinstance(value, list) else [value]
        for value in (record.get("start", []), record.get("end", []))
    ]
    return list(zip(*found, strict=True))


@pytest.mark.parametrize(("keys", "wanted"), PLACES)
def test_a_statement_rests_on_the_passages_that_it_names(
    desk: Desk, keys: Content, wanted: list[tuple[int, int]]
) -> None:
    desk.landed(DOCUMENT, CLAIM | keys)
    record = desk.record("c1")
    assert places(record) == wanted
    quotes = [TEXT[start:end] for start, end in wanted]
    assert record.get("quote", []) == (quotes[0] if len(quotes) == 1 else quotes)


@pytest.mark.parametrize(("keys", "path", "reason"), FAULTS)
@pytest.mark.parametrize("is_stored", [True, False])
def test_a_passage_that_is_not_there_is_a_fault(
    desk: Desk, keys: Content, path: str, reason: str, *, is_stored: bool
) -> None:
    if is_stored:
        desk.landed(DOCUMENT)
    told, why, kind = desk.fault(*([] if is_stored else [DOCUMENT]), CLAIM | keys)
    assert (told, kind) == (path, "quote")
    assert reason in why


def test_a_quote_that_is_not_in_the_text_names_the_closest_passage_and_its_likeness(
    desk: Desk,
) -> None:
    _, reason, _ = desk.fault(DOCUMENT, CLAIM | {"quote": "traffic fell by a filth"})
    assert repr(FELL) in reason
    assert f"{AT} to {AT + 23}" in reason
    assert "95%" in reason


def test_only_the_first_thousand_closest_passages_are_searched(desk: Desk) -> None:
    wrong = [CLAIM | {"id": f"x{n}", "quote": ["a filth"] * 10} for n in range(101)]
    account = desk.land(DOCUMENT, *wrong)
    counts = [rejected.reason.count("closest") for rejected in account.rejected]
    assert counts == [10] * 100 + [0]


@pytest.mark.parametrize(
    "keys",
    [
        {"quote": [FELL, "pays"], "start": [AT]},
        {"quote": [FELL, "pays"], "start": AT},
        {"quote": [FELL, "pays"], "prefix": ["say "]},
        {"start": [0, 9], "end": [8]},
    ],
)
def test_lists_that_are_not_parallel_are_a_fault(desk: Desk, keys: Content) -> None:
    path, reason, _ = desk.fault(DOCUMENT, CLAIM | keys)
    assert path in keys or path == "quote"
    assert "differ in length" in reason


def test_the_fault_of_a_frequent_quote_names_ten_places(desk: Desk) -> None:
    text = "ab " * 25
    _, reason, _ = desk.fault(DOCUMENT | {"text": text}, CLAIM | {"quote": "ab"})
    assert "25 times" in reason
    assert "15 more" in reason


def test_overlapping_places_are_several(desk: Desk) -> None:
    assert "2 times, at 0, 1" in desk.fault(DOCUMENT | {"text": "aaa"}, CLAIM | {"quote": "aa"})[1]


def test_offsets_are_code_points_of_the_text_with_line_feeds(desk: Desk) -> None:
    desk.landed(DOCUMENT | {"text": "\ufeff😀\r\nAu\u0301f\rEnde"}, QUOTED | {"quote": "Ende"})
    assert places(desk.record("c1")) == [(7, 11)]
    assert desk.record("toll")["text"] == "😀\nAu\u0301f\nEnde"


def test_a_quote_must_have_the_exact_words(desk: Desk) -> None:
    for quote in ("Traffic fell by a fifth", f"{FELL} ", "traffic  fell"):
        assert desk.fault(DOCUMENT, CLAIM | {"quote": quote})[0] == "quote"


def test_the_words_of_a_statement_are_its_first_quote_by_default(desk: Desk) -> None:
    desk.landed(DOCUMENT, QUOTED | {"quote": [FELL, "pays"]})
    assert desk.record("c1")["text"] == FELL


def test_a_statement_needs_words_or_a_quote(desk: Desk) -> None:
    path, _, kind = desk.fault(DOCUMENT, QUOTED)
    assert (path, kind) == ("text", "missing")


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_blank_words_are_a_fault(desk: Desk, text: str) -> None:
    assert desk.fault(DOCUMENT, CLAIM | {"text": text})[0] == "text"


@pytest.mark.parametrize("keys", [("quote",), ("quote", "start", "end")])
def test_null_clears_the_passages(desk: Desk, keys: tuple[str, ...]) -> None:
    desk.landed(DOCUMENT, CLAIM | {"quote": FELL})
    desk.landed({"type": "statement", "id": "c1"} | dict.fromkeys(keys))
    assert "quote" not in desk.record("c1")
    assert places(desk.record("c1")) == []


def test_new_places_replace_the_old_ones_and_leave_the_words(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"quote": FELL})
    desk.landed({"type": "statement", "id": "c1", "quote": "pays"})
    record = desk.record("c1")
    assert (record["quote"], record["text"]) == ("pays", CLAIM["text"])


def test_loose_quotes_accept_a_unique_near_match_and_report_it(desk: Desk) -> None:
    near = CLAIM | {"quote": "trafic fell by a fifth"}
    account = desk.landed(DOCUMENT, near, loose_quotes=True)
    ((file, line, words),) = account.changed
    assert (file, line) == ("file1.jsonl", 2)
    assert "trafic fell by a fifth" in words
    assert FELL in words
    assert desk.record("c1")["quote"] == FELL


def test_an_exact_quote_is_no_change_though_quotes_are_loose(desk: Desk) -> None:
    assert desk.landed(DOCUMENT, CLAIM | {"quote": FELL}, loose_quotes=True).changed == []


@pytest.mark.parametrize("quote", ["nothing of the sort at all", "The tolls"])
def test_loose_quotes_refuse_distant_or_ambiguous_matches(desk: Desk, quote: str) -> None:
    path, _, kind = desk.fault(DOCUMENT, CLAIM | {"quote": quote}, loose_quotes=True)
    assert (path, kind) == ("quote", "quote")


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("traffic fell by a filth", "'filth' is not 'fifth'"),
        ("Reports say traffic rose by a fifth.", "'rose' is not 'fell'"),
        ("trafic fell by", "needs a quote of 16"),
    ],
)
def test_a_refused_near_match_is_reported_with_its_cause_and_remedy(
    desk: Desk, quote: str, told: str
) -> None:
    _, reason, _ = desk.fault(DOCUMENT, CLAIM | {"quote": quote}, loose_quotes=True)
    assert told in reason
    assert "copy the words exactly" in reason


def test_loose_quotes_do_not_settle_which_place_is_meant(desk: Desk) -> None:
    assert "2 times" in desk.fault(DOCUMENT, CLAIM | {"quote": TOLL}, loose_quotes=True)[1]


def test_a_quote_is_never_moved_in_silence(desk: Desk) -> None:
    desk.fault(DOCUMENT, CLAIM | {"quote": "traffic fell by a filth"})
    assert desk.ids() == {"toll"}


def test_labels_are_given_in_order_by_kind(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM, CLAIM | {"id": "c2", "text": "b"}, EVIDENCE, ASSUMPTION, INFERENCE)
    assert [r["label"] for r in desk.exported() if "label" in r] == ["C1", "C2", "E1", "A1", "I1"]


def test_a_label_is_the_next_number_past_those_in_the_file_and_the_database(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM, CLAIM | {"id": "c5", "label": "C5"})
    desk.landed(CLAIM | {"id": "c6"}, CLAIM | {"id": "c9", "label": "C9"}, CLAIM | {"id": "c10"})
    assert desk.record("c1")["label"] == "C6"
    assert [desk.record(i)["label"] for i in ("c6", "c10")] == ["C10", "C11"]


def test_each_document_counts_its_own_labels(desk: Desk) -> None:
    desk.landed(DOCUMENT, OTHER, CLAIM, CLAIM | {"id": "b1", "document": "bus"})
    assert desk.record("b1")["label"] == desk.record("c1")["label"] == "C1"


@pytest.mark.parametrize("is_stored", [True, False])
@pytest.mark.parametrize(
    "second", [EVIDENCE | {"label": "X"}, INFERENCE | {"label": "X", "premises": ["e0"]}]
)
def test_a_label_that_is_taken_is_a_fault(desk: Desk, second: Content, *, is_stored: bool) -> None:
    world = [DOCUMENT, CLAIM | {"label": "X"}, EVIDENCE | {"id": "e0"}]
    if is_stored:
        desk.landed(*world)
    path, _, kind = desk.fault(*([] if is_stored else world), second)
    assert (path, kind) == ("label", "label")


def test_a_label_is_kept_by_an_update_that_gives_none(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"label": "X"})
    desk.landed(CLAIM | {"text": "Otherwise."})
    assert desk.record("c1")["label"] == "X"


@pytest.mark.parametrize("is_stored", [True, False])
def test_a_second_main_claim_is_a_fault(desk: Desk, *, is_stored: bool) -> None:
    first, second = CLAIM | {"main": True}, CLAIM | {"id": "c2", "main": True}
    if is_stored:
        desk.landed(DOCUMENT, first)
    path, reason, kind = desk.fault(*([] if is_stored else [DOCUMENT, first]), second)
    assert (path, kind) == ("main", "main")
    assert "'c1'" in reason


def test_each_document_has_its_own_main_claim(desk: Desk) -> None:
    bus = CLAIM | {"id": "b1", "document": "bus", "main": True}
    desk.landed(DOCUMENT, OTHER, CLAIM | {"main": True}, bus)
    assert [r["id"] for r in desk.exported("statement") if r.get("main")] == ["b1", "c1"]


@pytest.mark.parametrize("is_given_first", [True, False])
def test_the_main_claim_can_change_hands_in_one_import(desk: Desk, *, is_given_first: bool) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main": True}, CLAIM | {"id": "c2"})
    changes = [CLAIM | {"id": "c2", "main": True}, CLAIM | {"main": False}]
    desk.landed(*(changes if is_given_first else changes[::-1]))
    assert [r["id"] for r in desk.exported("statement") if r.get("main")] == ["c2"]
    desk.undo()
    assert [r["id"] for r in desk.exported("statement") if r.get("main")] == ["c1"]


@pytest.mark.parametrize("kind", ["evidence", "assumption"])
@pytest.mark.parametrize(
    "keys",
    [{"nature": "factual"}, {"main": True}, {"main_item": "e1"}],
    ids=lambda k: next(iter(k)),
)
def test_keys_of_claims_are_a_fault_in_other_statements(
    desk: Desk, kind: str, keys: Content
) -> None:
    other = CLAIM | {"id": "x", "kind": kind} | keys
    assert desk.fault(*BASICS, other)[0] == next(iter(keys))


@pytest.mark.parametrize(
    ("keys", "stated"),
    [
        ({}, False),
        ({"quote": FELL}, True),
        ({"stated": True}, True),
        ({"quote": FELL, "stated": False}, False),
        ({"stated": None}, False),
        ({"quote": FELL, "stated": None}, True),
    ],
)
def test_an_assumption_is_stated_where_it_has_a_passage(
    desk: Desk, keys: Content, *, stated: bool
) -> None:
    desk.landed(DOCUMENT, ASSUMPTION | keys)
    assert desk.record("a1")["stated"] is stated


@pytest.mark.parametrize("record", [CLAIM, EVIDENCE], ids=lambda record: str(record["id"]))
def test_only_assumptions_are_stated(desk: Desk, record: Content) -> None:
    assert desk.fault(DOCUMENT, record | {"stated": True})[0] == "stated"


def test_a_statement_of_another_kind_loses_or_gets_the_keys_of_that_kind(
    desk: Desk,
) -> None:
    desk.landed(DOCUMENT, ASSUMPTION, EVIDENCE | {"quote": FELL})
    desk.landed(ASSUMPTION | {"kind": "evidence"}, EVIDENCE | {"kind": "assumption"})
    assert "stated" not in desk.record("a1")
    assert desk.record("e1")["stated"] is True


def test_after_very_much_searching_the_closest_passage_is_no_longer_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = "Reports said traffic fell by a fifth."
    claims = [CLAIM | {"id": f"c{n}", "quote": quote} for n in range(4)]
    monkeypatch.setattr(passages, "_MOST_EFFORT", 2 * estimate_effort(quote, TEXT))
    account = desk.land(DOCUMENT, *claims)
    assert ["closest" in r.reason for r in account.rejected] == [True, True, False, False]


def test_after_very_much_vain_searching_only_short_quotes_get_near_matches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, near = "Nobody knows what traffic did at all.", "Reports say trafic fell by a fifth."
    monkeypatch.setattr(passages, "_MOST_VAIN_EFFORT", estimate_effort(far, TEXT) - 1)
    claims = [CLAIM | {"id": f"c{n}", "quote": q} for n, q in enumerate((near, far, near))]
    assert len(desk.land(DOCUMENT, *claims, loose_quotes=True).changed) == 2
    monkeypatch.setattr(passages, "_SMALL_EFFORT", 0)
    claims = [claim | {"id": f"d{n}"} for n, claim in enumerate(claims)]
    account = desk.land(*claims, loose_quotes=True)
    assert [r.reason.partition("no near match: ")[2][:21] for r in account.rejected] == [
        "no passage is 85% ali", "none was searched, be"
    ]  # fmt: skip
    assert len(account.changed) == 1
