"""Documents, sources, and their assessments: attributions, ratings, Admiralty codes."""

from __future__ import annotations

import pytest
from support.drivers.desk import (
    ATTRIBUTION,
    BASICS,
    CREDIBILITY,
    DOCUMENT,
    EVERYTHING,
    RATING,
    RELIABILITY,
    RUBRIC,
    SOURCE,
    TEXT,
    Content,
    Desk,
    shipped_criteria,
    without,
)

from argmap.records.encode import record_from_rubric
from store.rows import rubrics

UNCHAINED = ["evidential_hedge", "author_assertion", "firsthand_author", "common_knowledge"]
CHAINED = [
    "named_person", "named_organisation", "named_document", "partial_document",
    "described_anonymous", "unnamed_role", "vague_report",
]  # fmt: skip
BARE = without(ATTRIBUTION, "chain")
PLAIN: Content = without(RATING, "statement") | {"rubric": "plain", "criterion": "good"}
WHOLE_DOCUMENT: Content = {
    "type": "document", "id": "d", "title": "T", "text": "A text.", "author": "A",
    "publisher": "P", "published": "2023-08-14", "url": "https://example.org", "language": "en",
}  # fmt: skip
WHOLE_SOURCE: Content = {
    "type": "source", "id": "s", "name": "S", "kind": "person", "url": "u", "description": "d",
    "interest": "i", "derives_from": ["reports"], "same_origin": ["reports"],
}  # fmt: skip
WHOLE: list[Content] = [
    WHOLE_DOCUMENT,
    WHOLE_SOURCE,
    {"type": "inference", "id": "i", "document": "toll", "premises": ["e1"], "conclusion": "c1",
     "stance": "opposes", "label": "I9", "scheme": "expert opinion", "note": "n"},
    ATTRIBUTION | {"id": "at", "cue": "Reports say", "cue_start": 26, "access": "told",
                   "text_certainty": "certain", "source_certainty": "possible",
                   "locator": "p. 1", "accessed": "2024-03", "note": "n"},
    {"type": "reliability", "id": "l", "source": "reports", "assessor": "amy", "letter": "B",
     "topic": "roads", "checked": 4, "valid": 3, "because": "b", "at": "2024-03-02T10:15:00Z"},
    {"type": "credibility", "id": "n", "statement": "e1", "assessor": "amy", "number": 2,
     "logical": "partly", "consistency": "none", "conflict": False, "because": "b",
     "at": "2024-03-02T10:15:00Z"},
]  # fmt: skip


@pytest.mark.parametrize("record", WHOLE, ids=lambda record: str(record["type"]))
def test_every_key_of_a_record_is_exported_again(desk: Desk, record: Content) -> None:
    desk.landed(*BASICS, record)
    assert desk.record(record["id"]) == record


@pytest.mark.parametrize("date", ["2023-08-14", "2024-02-29", "2023-08", "2023", "2000-02-29"])
def test_a_date_is_a_day_a_month_or_a_year(desk: Desk, date: str) -> None:
    desk.landed(DOCUMENT | {"published": date}, *BASICS[1:], ATTRIBUTION | {"accessed": date})
    assert desk.record("toll")["published"] == date
    assert desk.record("at1")["accessed"] == date


@pytest.mark.parametrize(
    "date",
    ["", "2023-13", "2023-00", "2023-02-29", "1900-02-29", "2023-8-1", "14.8.2023", "23",
     "2023-08-14T10:00:00Z", "2023-08-14 ", "２０２３", "0000"],
)  # fmt: skip
def test_an_invalid_date_is_a_fault(desk: Desk, date: str) -> None:
    assert desk.fault(WHOLE_DOCUMENT | {"published": date})[0] == "published"
    assert desk.fault(*BASICS, ATTRIBUTION | {"accessed": date})[0] == "accessed"


@pytest.mark.parametrize("key", ["title", "text"])
def test_an_empty_document_is_a_fault(desk: Desk, key: str) -> None:
    assert desk.fault(DOCUMENT | {key: " \n"})[0] == key


def test_the_text_of_a_document_stays_as_written(desk: Desk) -> None:
    text = "  Zwei\tWörter \u202e\x07\u2028 und <b>&amp;\n\n e\u0301 \U0001f600 "
    desk.landed(DOCUMENT | {"text": text})
    assert desk.record("toll")["text"] == text


def test_lists_of_sources_are_sets(desk: Desk) -> None:
    both = [SOURCE | {"id": "a"}, SOURCE | {"id": "b"}]
    desk.landed(*both, SOURCE | {"derives_from": ["b", "a", "b"]})
    assert desk.record("reports")["derives_from"] == ["a", "b"]


@pytest.mark.parametrize("class_", CHAINED)
@pytest.mark.parametrize("keys", [{}, {"chain": []}, {"chain": None}, {"source": None}])
def test_most_classes_need_a_source(desk: Desk, class_: str, keys: Content) -> None:
    path, _, _ = desk.fault(*BASICS, BARE | {"class": class_} | keys)
    assert path == ("source" if "source" in keys else "chain")


@pytest.mark.parametrize("class_", UNCHAINED)
@pytest.mark.parametrize("keys", [{}, {"chain": []}])
def test_four_classes_may_have_no_source(desk: Desk, class_: str, keys: Content) -> None:
    desk.landed(*BASICS, BARE | {"class": class_} | keys)
    assert "chain" not in desk.record("at1")


@pytest.mark.parametrize("class_", [*CHAINED, *UNCHAINED])
def test_every_class_may_have_a_source(desk: Desk, class_: str) -> None:
    desk.landed(*BASICS, BARE | {"class": class_, "source": "reports"})
    assert desk.record("at1")["chain"] == ["reports"]


def test_a_chain_keeps_its_order_from_outermost_to_innermost(desk: Desk) -> None:
    desk.landed(*BASICS, SOURCE | {"id": "a"}, ATTRIBUTION | {"chain": ["reports", "a"]})
    assert desk.record("at1")["chain"] == ["reports", "a"]


def test_a_chain_and_a_source_together_are_a_fault(desk: Desk) -> None:
    assert desk.fault(*BASICS, ATTRIBUTION | {"source": "reports"})[0] == "source"


@pytest.mark.parametrize("cue", ["Reports say", "say", "nowhere in the text", "The toll"])
def test_a_cue_may_be_anywhere_or_nowhere_in_the_text(desk: Desk, cue: str) -> None:
    desk.landed(*BASICS, ATTRIBUTION | {"cue": cue})
    assert desk.record("at1")["cue"] == cue


@pytest.mark.parametrize("start", [0, 25, 27, len(TEXT), 10**9, -1])
def test_a_cue_start_where_the_text_has_other_words_is_a_fault(desk: Desk, start: int) -> None:
    bad = ATTRIBUTION | {"cue": "Reports say", "cue_start": start}
    assert desk.fault(*BASICS, bad)[0] == "cue_start"


def test_a_known_cue_is_checked_at_its_new_place(desk: Desk) -> None:
    desk.landed(*BASICS, ATTRIBUTION | {"cue": "Reports say", "cue_start": 26})
    known = {"type": "attribution", "id": "at1"}
    assert desk.fault(known | {"cue_start": 3})[0] == "cue_start"
    assert desk.fault(known | {"cue": "Nobody says"})[0] == "cue"
    desk.landed(known | {"cue": "say", "cue_start": 34})


@pytest.mark.parametrize("criterion", shipped_criteria())
@pytest.mark.parametrize("answer", [0, 1, 2, 3, 4, "not_rated", "cannot_judge", "not_applicable"])
def test_every_criterion_accepts_every_answer(
    desk: Desk, criterion: str, answer: int | str
) -> None:
    desk.landed(*BASICS, RATING | {"criterion": criterion, "answer": answer})
    record = desk.record("r1")
    assert (record["criterion"], record["answer"]) == (criterion, answer)
    assert (record["rubric"], record["version"]) == ("evidence-attribution", "1.1")


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"answer": 5}, "answer"),
        ({"answer": -1}, "answer"),
        ({"criterion": "zebra"}, "criterion"),
        ({"source": "reports"}, "statement"),
        ({"document": "toll"}, "statement"),
        ({"source": "reports", "document": "toll"}, "statement"),
        ({"assessor": ""}, "assessor"),
    ],
)
def test_a_rating_that_its_rubric_cannot_take_is_a_fault(
    desk: Desk, keys: Content, path: str
) -> None:
    assert desk.fault(*BASICS, RATING | keys)[0] == path


def test_a_rating_of_nothing_is_a_fault(desk: Desk) -> None:
    assert desk.fault(*BASICS, without(RATING, "statement"))[0] == "statement"


@pytest.mark.parametrize(
    "target", [{"statement": "e1"}, {"source": "reports"}, {"document": "toll"}]
)
def test_a_rubric_must_apply_to_the_rated_entity(desk: Desk, target: Content) -> None:
    (key,) = target
    path, _, _ = desk.fault(*BASICS, without(RATING, "statement") | target)
    assert path == key


@pytest.mark.parametrize(
    "target",
    [{"statement": "c1"}, {"statement": "e1"}, {"source": "reports"}, {"document": "toll"}],
)
def test_a_rubric_may_apply_to_anything_that_can_be_rated(desk: Desk, target: Content) -> None:
    desk.landed(*BASICS, RUBRIC)
    desk.landed(PLAIN | target | {"answer": 2})
    assert desk.record("r1").items() >= target.items()
    assert desk.fault(PLAIN | target | {"id": "r2", "answer": 3})[0] == "answer"


def test_a_rating_is_under_the_newest_version_by_default(desk: Desk) -> None:
    desk.landed(*BASICS, *(RUBRIC | {"version": v} for v in ("1.9", "1.10", "1.2")))
    desk.landed(PLAIN | {"statement": "c1"}, PLAIN | {"statement": "e1", "version": "1.2"}
                | {"id": "r2"})  # fmt: skip
    assert [desk.record(i)["version"] for i in ("r1", "r2")] == ["1.10", "1.2"]


def test_one_question_is_answered_once_by_one_assessor(desk: Desk) -> None:
    desk.landed(*BASICS, RATING)
    assert desk.fault(RATING | {"id": "r2", "answer": 2})[2] == "id"
    assert desk.fault(*BASICS, RATING | {"id": "r3"})[2] == "id"
    desk.landed(RATING | {"id": "r4", "assessor": "somebody else"})


def test_a_new_answer_is_an_update(desk: Desk) -> None:
    desk.landed(*BASICS, without(RATING, "id"))
    assert desk.landed(without(RATING, "id") | {"answer": "cannot_judge"}).updated == 1
    assert [r["answer"] for r in desk.exported("rating")] == ["cannot_judge"]


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"checked": -1}, "checked"),
        ({"checked": 2, "valid": 3}, "valid"),
        ({"checked": 2, "valid": -1}, "valid"),
        ({"assessor": ""}, "assessor"),
        ({"at": "2024"}, "at"),
    ],
)
def test_a_reliability_that_cannot_be_is_a_fault(desk: Desk, keys: Content, path: str) -> None:
    assert desk.fault(*BASICS, RELIABILITY | keys)[0] == path


@pytest.mark.parametrize("number", [0, 7, -1])
def test_credibility_is_a_number_from_1_to_6(desk: Desk, number: int) -> None:
    assert desk.fault(*BASICS, CREDIBILITY | {"number": number})[0] == "number"


def test_the_letter_or_number_may_be_left_out(desk: Desk) -> None:
    desk.landed(*BASICS, without(RELIABILITY, "letter") | {"checked": 3, "valid": 2},
                without(CREDIBILITY, "number") | {"logical": "yes"})  # fmt: skip
    assert "letter" not in desk.record("l1")
    assert "number" not in desk.record("n1")


def test_a_rubric_is_imported_once_and_exported_again(desk: Desk) -> None:
    assert desk.landed(RUBRIC).added == 1
    again = desk.landed(RUBRIC)
    assert (again.unchanged, again.operation) == (1, None)
    (record,) = desk.exported("rubric")
    assert record.items() >= without(RUBRIC, "blocks", "combination").items()


def test_a_known_rubric_with_other_content_is_a_fault(desk: Desk) -> None:
    desk.landed(RUBRIC)
    path, _, kind = desk.fault(RUBRIC | {"title": "Other"})
    assert (path, kind) == ("version", "id")


def test_the_same_rubric_twice_in_a_file_with_other_content_is_a_fault(desk: Desk) -> None:
    assert desk.fault(RUBRIC, RUBRIC | {"title": "Other"})[2] == "id"


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"cuts": [0, 50]}, "cuts"),
        ({"cuts": [5]}, "cuts"),
        ({"bands": ["one"]}, "bands"),
        ({"applies_to": ["inference"]}, "applies_to"),
        ({"blocks": []}, "blocks"),
        ({"minimum_coverage": 0}, "minimum_coverage"),
        ({"combination": {"base": "nobody"}}, "combination.base"),
        ({"id": "a\nb"}, "id"),
    ],
)
def test_a_rubric_that_breaks_a_rule_is_a_fault(desk: Desk, keys: Content, path: str) -> None:
    assert desk.fault(RUBRIC | keys)[0] == path


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_shipped_rubric_is_unchanged_and_not_exported(desk: Desk, version: str) -> None:
    own = record_from_rubric(rubrics(None)["evidence-attribution", version])
    account = desk.landed(own)
    assert (account.unchanged, account.operation) == (1, None)
    assert desk.export() == b""


def test_a_rubric_and_the_ratings_under_it_are_undone_and_redone(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    desk.landed(RUBRIC | {"version": "2"})
    desk.landed(PLAIN | {"id": "r5", "document": "toll"})
    before = desk.export()
    for _ in range(3):
        desk.undo()
    assert desk.export() == b""
    for _ in range(3):
        desk.redo()
    assert desk.export() == before
