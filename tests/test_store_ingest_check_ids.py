"""Ids: given, made, known from the database, and repeated."""

from __future__ import annotations

import pytest
from support.drivers.desk import (
    ASSUMPTION,
    ATTRIBUTION,
    BASICS,
    CLAIM,
    CREDIBILITY,
    DOCUMENT,
    EVERYTHING,
    EVIDENCE,
    INFERENCE,
    OTHER,
    RATING,
    RELIABILITY,
    RUBRIC,
    SOURCE,
    TEXT,
    Content,
    Desk,
    without,
)
from support.drivers.import_lengths import in_spans

from argmap.records.ids import inference_id

UNNAMED = [
    without(record, "id")
    for record in (CLAIM, INFERENCE, ATTRIBUTION, RATING, RELIABILITY, CREDIBILITY)
]
MADE = {
    "statement": "~toll-3hp2ux3ua2tkesjosemhm6pjia",
    "inference": "~e1-anhzbgtbtxbqgtiutnmtsj3txq",
    "attribution": "~e1-clyrkhs7hxpwoaoglgk6plyhwy",
    "rating": "~c1-bxyspigyn6vg7eg3bkzxtrww64",
    "reliability": "~reports-uulpcniyrcvbqwr2mh352qmlcy",
    "credibility": "~e1-o5e4xjfeejwu6jjpgcxrgg3gj4",
}
"""The ids that argmap first made for these records, and must always make."""

PARTS: list[tuple[Content, Content]] = [
    (CLAIM, {"document": "bus"}),
    (CLAIM, {"kind": "assumption"}),
    (CLAIM, {"text": "Otherwise."}),
    (CLAIM, {"quote": "The toll stays."}),
    (INFERENCE, {"premises": ["e1", "a1"]}),
    (INFERENCE, {"conclusion": "a1"}),
    (INFERENCE, {"stance": "opposes"}),
    (ATTRIBUTION, {"statement": "c1"}),
    (ATTRIBUTION, {"class": "unnamed_role"}),
    (ATTRIBUTION, {"chain": ["reports", "reports"]}),
    (ATTRIBUTION, {"cue": "Reports say"}),
    (ATTRIBUTION, {"cue": "Reports say", "cue_start": 26}),
    (RATING, {"criterion": "fit"}),
    (RATING, {"assessor": "amy"}),
    (RATING, {"rubric": "plain", "criterion": "good"}),
    (RELIABILITY, {"topic": "traffic"}),
    (RELIABILITY, {"assessor": "amy"}),
    (CREDIBILITY, {"assessor": "amy"}),
    (CREDIBILITY, {"statement": "c1"}),
]
NOT_PARTS: list[tuple[Content, Content]] = [
    (CLAIM, {"note": "n", "nature": "factual", "tags": ["t"], "main": True, "label": "X"}),
    (INFERENCE, {"scheme": "s", "note": "n", "label": "X"}),
    (ATTRIBUTION, {"access": "told", "text_certainty": "certain", "locator": "p. 1", "note": "n"}),
    (RATING, {"answer": "cannot_judge", "because": "b", "at": "2024-03-02T10:15:00Z"}),
    (RELIABILITY, {"letter": "A", "because": "b", "checked": 3, "valid": 2}),
    (CREDIBILITY, {"number": 1, "logical": "yes", "conflict": False}),
]
WORLD = (*BASICS, OTHER, ASSUMPTION, RUBRIC)


def made(desk: Desk, type_: str) -> set[str]:
    return {r["id"] for r in desk.exported(type_) if r["id"].startswith("~")}


@pytest.mark.parametrize("record", UNNAMED, ids=lambda record: str(record["type"]))
def test_a_record_without_an_id_gets_one_that_a_second_import_finds(
    desk: Desk, record: Content
) -> None:
    desk.landed(*BASICS)
    assert desk.landed(record).added == 1
    again = desk.landed(record)
    assert (again.unchanged, again.operation) == (1, None)
    assert len(made(desk, record["type"])) == 1


@pytest.mark.parametrize("record", UNNAMED, ids=lambda record: str(record["type"]))
def test_made_ids_are_the_same_on_every_machine(desk: Desk, record: Content) -> None:
    desk.landed(*BASICS, record)
    assert made(desk, record["type"]) == {MADE[record["type"]]}


@pytest.mark.parametrize(("record", "other"), PARTS)
def test_an_id_is_made_from_the_keys_that_distinguish_a_record(
    desk: Desk, record: Content, other: Content
) -> None:
    second = Desk(desk.path.with_name("second.db"))
    desk.landed(*WORLD, without(record, "id"))
    second.landed(*WORLD, without(record, "id") | other)
    assert made(desk, record["type"]).isdisjoint(made(second, record["type"]))


@pytest.mark.parametrize(("record", "other"), NOT_PARTS)
def test_a_change_to_any_other_key_is_an_update(
    desk: Desk, record: Content, other: Content
) -> None:
    unnamed = without(record, "id")
    desk.landed(*BASICS, unnamed)
    account = desk.landed(unnamed | other)
    assert (account.updated, account.added) == (1, 0)


def test_the_order_of_premises_makes_no_difference_to_the_id(desk: Desk) -> None:
    desk.landed(*BASICS, ASSUMPTION, without(INFERENCE, "id") | {"premises": ["e1", "a1"]})
    account = desk.landed(without(INFERENCE, "id") | {"premises": ["a1", "e1"]})
    assert account.unchanged == 1


def test_the_same_record_without_an_id_twice_in_a_file_is_one(desk: Desk) -> None:
    account = desk.landed(DOCUMENT, without(CLAIM, "id"), without(CLAIM, "id"))
    assert (account.added, account.unchanged) == (2, 1)


def test_an_id_that_was_made_stays_as_it_is_when_read_from_a_file(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"id": "~from-an-export"})
    assert desk.record("~from-an-export")["text"] == CLAIM["text"]


@pytest.mark.parametrize("id_", ["x" * 200, "é" * 200, "😀" * 200, " ", "a b", "\u202e", "~"])
def test_an_id_may_be_any_200_characters_of_form_c(desk: Desk, id_: str) -> None:
    desk.landed(DOCUMENT, CLAIM | {"id": id_})
    assert desk.record(id_)["text"] == CLAIM["text"]


@pytest.mark.parametrize(
    ("id_", "reason"),
    [
        ("", "empty"),
        ("x" * 201, "200"),
        ("a\nb", "control"),
        ("a\x7f", "control"),
        ("\x85", "control"),
        ("e\u0301", "form C"),
        ("\u212b", "form C"),
    ],
)
@pytest.mark.parametrize(
    "record", EVERYTHING, ids=lambda record: f"{record['type']}-{record['id']}"
)
def test_an_invalid_id_is_a_fault(desk: Desk, record: Content, id_: str, reason: str) -> None:
    others = [each for each in EVERYTHING if each is not record]
    account = desk.land(record | {"id": id_}, *others)
    first = account.rejected[0]
    assert (first.line, first.path, first.kind) == (1, "id", "value")
    assert reason in first.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [(a, b) for a in EVERYTHING[1:] for b in EVERYTHING[1:] if a["type"] != b["type"]],
    ids=lambda record: str(record["id"]),
)
def test_a_known_id_with_another_type_is_a_fault(
    desk: Desk, first: Content, second: Content
) -> None:
    desk.landed(*EVERYTHING)
    before = desk.export()
    path, reason, kind = desk.fault(second | {"id": first["id"]})
    assert (path, kind) == ("id", "id")
    assert first["type"] in reason
    assert desk.export() == before


def test_the_same_id_for_two_types_in_a_file_is_a_fault_of_the_second(desk: Desk) -> None:
    path, _, kind = desk.fault(DOCUMENT, CLAIM, SOURCE | {"id": "c1"})
    assert (path, kind) == ("id", "id")
    assert desk.record("c1")["type"] == "statement"


def test_the_same_id_twice_in_a_file_with_other_content_is_a_fault_of_the_second(
    desk: Desk,
) -> None:
    account = desk.land(DOCUMENT, CLAIM, CLAIM | {"text": "Otherwise."})
    (rejected,) = account.rejected
    assert (rejected.line, rejected.path, rejected.kind) == (3, "id", "id")
    assert "line 2" in rejected.reason
    assert desk.record("c1")["text"] == CLAIM["text"]


def test_a_made_id_twice_in_a_file_with_other_content_is_a_fault_of_the_second(
    desk: Desk,
) -> None:
    unnamed = without(RATING, "id")
    path, _, kind = desk.fault(*BASICS, unnamed, unnamed | {"answer": 3})
    assert (path, kind) == ("id", "id")
    assert [r["answer"] for r in desk.exported("rating")] == [1]


@pytest.mark.parametrize("broken", [{"supports": "nobody"}, {"quote": "nowhere"}, {"main": True}])
def test_a_repeated_record_with_a_fault_is_rejected_twice(desk: Desk, broken: Content) -> None:
    desk.landed(*BASICS, CLAIM | {"id": "c0", "main": True})
    account = desk.land(CLAIM | {"id": "c2"} | broken, CLAIM | {"id": "c2"} | broken)
    assert (account.rejected_total, account.unchanged) == (2, 0)


def test_a_repeated_record_with_a_fault_counts_twice_among_imported_ones(
    desk: Desk,
) -> None:
    bad = CLAIM | {"id": "c2", "supports": "nobody"}
    account = desk.land(*BASICS, bad, bad)
    assert (account.added, account.unchanged, account.rejected_total) == (4, 0, 2)


def test_the_same_id_twice_with_equal_content_is_unchanged(desk: Desk) -> None:
    account = desk.landed(DOCUMENT, CLAIM, CLAIM)
    assert (account.added, account.unchanged) == (2, 1)


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (OTHER, {"title": "A bus", "author": "A", "published": "2024"}),
        (SOURCE, {"name": "N", "kind": "outlet", "url": "u", "interest": "i"}),
        (CLAIM, {"text": "T", "nature": "factual", "note": "n", "tags": ["b", "a"]}),
        (INFERENCE, {"stance": "opposes", "scheme": "s", "label": "I7"}),
        (INFERENCE, {"premises": ["a1", "e1"]}),
        (ATTRIBUTION, {"class": "unnamed_role", "cue": "say", "access": "told"}),
        (RATING, {"answer": "not_rated", "because": "b"}),
        (RELIABILITY, {"letter": "D", "topic": "t", "checked": 2, "valid": 1}),
        (CREDIBILITY, {"number": 1, "logical": "no", "conflict": False}),
    ],
)
def test_a_known_id_updates_only_the_keys_given(desk: Desk, record: Content, keys: Content) -> None:
    desk.landed(*EVERYTHING)
    before = desk.record(record["id"])
    account = desk.landed({"type": record["type"], "id": record["id"]} | keys)
    assert (account.updated, account.added) == (1, 0)
    assert desk.record(record["id"]) == before | keys


OPTIONAL: list[tuple[Content, Content]] = [
    (OTHER, {"author": "a", "publisher": "p", "url": "u", "language": "en", "published": "2024"}),
    (SOURCE, {"url": "u", "description": "d", "interest": "i", "derives_from": ["maker"],
              "same_origin": ["maker"]}),
    (CLAIM, {"quote": "The toll stays.", "start": 63, "end": 78, "nature": "factual", "note": "n",
             "tags": ["t"], "main": True, "main_item": "e1"}),
    (INFERENCE, {"scheme": "s", "note": "n"}),
    (ATTRIBUTION, {"cue": "Reports", "cue_start": 26, "access": "told",
                   "text_certainty": "certain", "source_certainty": "possible", "locator": "l",
                   "accessed": "2024", "note": "n"}),
    (RATING, {"because": "b", "at": "2024-03-02T10:15:00Z"}),
    (RELIABILITY, {"topic": "t", "checked": 2, "valid": 1, "because": "b",
                   "at": "2024-03-02T10:15:00Z"}),
    (CREDIBILITY, {"logical": "no", "consistency": "none", "conflict": True, "because": "b",
                   "at": "2024-03-02T10:15:00Z"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "keys"), OPTIONAL, ids=lambda value: str(value.get("id", "")))
def test_null_clears_an_optional_key(desk: Desk, record: Content, keys: Content) -> None:
    maker = SOURCE | {"id": "maker"}
    desk.landed(*EVERYTHING, maker)
    plain = desk.record(record["id"])
    desk.landed({"type": record["type"], "id": record["id"]} | keys)
    assert {key: desk.record(record["id"])[key] for key in keys} == keys
    desk.landed({"type": record["type"], "id": record["id"]} | dict.fromkeys(keys))
    assert desk.record(record["id"]) == without(plain, *keys)


@pytest.mark.parametrize(
    ("id_", "keys"),
    [
        ("c1", {"document": "bus"}),
        ("i1", {"document": "bus"}),
        ("at1", {"statement": "b1"}),
        ("r1", {"statement": "b1"}),
        ("n1", {"statement": "b1"}),
    ],
)
def test_a_known_id_with_another_document_is_a_fault(desk: Desk, id_: str, keys: Content) -> None:
    desk.landed(*EVERYTHING, CLAIM | {"id": "b1", "document": "bus"})
    before = desk.export()
    type_ = desk.record(id_)["type"]
    _, _, kind = desk.fault({"type": type_, "id": id_} | keys)
    assert kind == "id"
    assert desk.export() == before


def test_a_known_document_with_another_text_is_a_fault(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    path, _, kind = desk.fault(DOCUMENT | {"text": "Another text.", "title": "New"})
    assert (path, kind) == ("text", "id")
    assert desk.record("toll")["title"] == "The toll"


def test_quotes_are_searched_in_the_stored_text(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    other = DOCUMENT | {"text": "Another text."}
    account = desk.land(
        EVIDENCE | {"id": "e2", "quote": "Another text."},
        other,
        EVIDENCE | {"quote": "Reports"},
        EVIDENCE | {"id": "e3", "quote": "Another text."},
    )
    assert [(r.line, r.path) for r in account.rejected] == [
        (1, "quote"), (2, "text"), (4, "quote")
    ]  # fmt: skip


def test_other_line_ends_are_not_another_text(desk: Desk) -> None:
    desk.landed(DOCUMENT | {"text": f"{TEXT}\nMore.\n"})
    account = desk.landed(DOCUMENT | {"text": f"\ufeff{TEXT}\r\nMore.\r"})
    assert account.unchanged == 1


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (OTHER, "title"), (OTHER, "text"), (SOURCE, "name"), (SOURCE, "kind"),
        (CLAIM, "document"), (CLAIM, "kind"), (CLAIM, "text"),
        (INFERENCE, "document"), (INFERENCE, "premises"), (INFERENCE, "conclusion"),
        (INFERENCE, "stance"), (ATTRIBUTION, "statement"), (ATTRIBUTION, "class"),
        (RATING, "criterion"), (RATING, "answer"), (RATING, "statement"),
        (RELIABILITY, "source"), (CREDIBILITY, "statement"),
    ],
)  # fmt: skip
def test_a_new_record_needs_its_required_keys_and_a_known_one_does_not(
    desk: Desk, record: Content, key: str
) -> None:
    others = [each for each in EVERYTHING if each is not record]
    account = desk.land(*others, without(record, key))
    assert account.rejected[-1].line == len(EVERYTHING)
    assert account.rejected[-1].path == key
    desk.landed(*EVERYTHING)
    assert desk.landed(without(record, key)).unchanged == 1


@pytest.mark.parametrize("span", [1, 500])
def test_an_inference_with_the_id_that_is_made_for_another_one_stops_no_import(
    desk: Desk, span: int
) -> None:
    taken = inference_id(["e2"], "c1", "supports")
    other = INFERENCE | {"id": taken, "premises": ["e1"]}
    leaning = EVIDENCE | {"id": "e2", "supports": "c1"}
    with in_spans(span):
        account = desk.land(*BASICS, other, leaning, CLAIM | {"id": "c2"})
    assert [(r.line, r.path) for r in account.rejected] == [(6, "supports")]
    assert account.added == 6
    assert desk.complaints() == []
