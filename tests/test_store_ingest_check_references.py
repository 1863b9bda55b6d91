"""References between records, and the rejection of all that refer to a rejected one."""

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
    Content,
    Desk,
    without,
)

BUS_CLAIM: Content = CLAIM | {"id": "b1", "document": "bus"}
PLAIN: Content = {"rubric": "plain", "criterion": "good"}
LEADS_NOWHERE: list[tuple[Content, str]] = [
    (CLAIM | {"document": "nobody"}, "document"),
    (CLAIM | {"main_item": "nobody"}, "main_item"),
    (EVIDENCE | {"supports": "nobody"}, "supports"),
    (EVIDENCE | {"supports": ["c0", "nobody"]}, "supports[1]"),
    (EVIDENCE | {"opposes": "nobody"}, "opposes"),
    (EVIDENCE | {"attribution": {"class": "vague_report", "source": "nobody"}},
     "attribution.source"),
    (EVIDENCE | {"attribution": [{"class": "vague_report", "chain": ["nobody"]}]},
     "attribution[0].chain[0]"),
    (SOURCE | {"derives_from": ["nobody"]}, "derives_from[0]"),
    (SOURCE | {"same_origin": ["nobody"]}, "same_origin[0]"),
    (INFERENCE | {"document": "nobody"}, "document"),
    (INFERENCE | {"premises": ["e0", "nobody"]}, "premises[1]"),
    (INFERENCE | {"premises": ["e0"], "conclusion": "nobody"}, "conclusion"),
    (ATTRIBUTION | {"statement": "nobody", "chain": ["s0"]}, "statement"),
    (ATTRIBUTION | {"statement": "e0", "chain": ["s0", "nobody"]}, "chain[1]"),
    (without(ATTRIBUTION, "chain") | {"statement": "e0", "source": "nobody"}, "source"),
    (RATING | {"statement": "nobody"}, "statement"),
    (without(RATING, "statement") | {"source": "nobody"} | PLAIN, "source"),
    (without(RATING, "statement") | {"document": "nobody"} | PLAIN, "document"),
    (RATING | {"statement": "c0", "rubric": "nobody"}, "rubric"),
    (RATING | {"statement": "c0", "version": "9.9"}, "version"),
    (RELIABILITY | {"source": "nobody"}, "source"),
    (CREDIBILITY | {"statement": "nobody"}, "statement"),
]  # fmt: skip
WRONG_TARGETS: list[tuple[Content, str]] = [
    (CLAIM | {"document": "s0"}, "document"),
    (CLAIM | {"main_item": "c0"}, "main_item"),
    (CLAIM | {"main_item": "s0"}, "main_item"),
    (EVIDENCE | {"supports": "s0"}, "supports"),
    (EVIDENCE | {"supports": "toll"}, "supports"),
    (EVIDENCE | {"supports": "b0"}, "supports"),
    (EVIDENCE | {"opposes": "b0"}, "opposes"),
    (EVIDENCE | {"attribution": {"class": "vague_report", "source": "c0"}}, "attribution.source"),
    (SOURCE | {"derives_from": ["c0"]}, "derives_from[0]"),
    (INFERENCE | {"premises": ["i0"], "conclusion": "c0"}, "premises[0]"),
    (INFERENCE | {"premises": ["s0"], "conclusion": "c0"}, "premises[0]"),
    (INFERENCE | {"premises": ["b0"], "conclusion": "c0"}, "premises[0]"),
    (INFERENCE | {"premises": ["e0"], "conclusion": "b0"}, "conclusion"),
    (INFERENCE | {"premises": ["e0"], "conclusion": "s0"}, "conclusion"),
    (ATTRIBUTION | {"statement": "i0", "chain": ["s0"]}, "statement"),
    (ATTRIBUTION | {"statement": "e0", "chain": ["toll"]}, "chain[0]"),
    (RATING | {"statement": "i0"}, "statement"),
    (RELIABILITY | {"source": "c0"}, "source"),
    (CREDIBILITY | {"statement": "s0"}, "statement"),
]
WORLD: tuple[Content, ...] = (
    DOCUMENT, OTHER, RUBRIC, CLAIM | {"id": "c0"}, EVIDENCE | {"id": "e0"}, SOURCE | {"id": "s0"},
    BUS_CLAIM | {"id": "b0"}, INFERENCE | {"id": "i0", "premises": ["e0"], "conclusion": "c0"},
)  # fmt: skip


@pytest.mark.parametrize(("record", "path"), LEADS_NOWHERE)
def test_a_reference_to_a_missing_id_is_a_fault_of_its_record(
    desk: Desk, record: Content, path: str
) -> None:
    desk.landed(*WORLD)
    before = desk.export()
    told, reason, kind = desk.fault(record)
    assert (told, kind) == (path, "reference")
    assert "nobody" in reason or "9.9" in reason
    assert desk.export() == before


@pytest.mark.parametrize(("record", "path"), WRONG_TARGETS)
@pytest.mark.parametrize("is_stored", [True, False])
def test_a_reference_to_the_wrong_type_or_kind_is_a_fault(
    desk: Desk, record: Content, path: str, *, is_stored: bool
) -> None:
    if is_stored:
        desk.landed(*WORLD)
    told, _, kind = desk.fault(*(() if is_stored else WORLD), record)
    assert (told, kind) == (path, "reference")
    assert record["id"] not in desk.ids()


@pytest.mark.parametrize("record", EVERYTHING, ids=lambda record: str(record["id"]))
def test_a_record_may_refer_to_one_that_comes_later(desk: Desk, record: Content) -> None:
    others = [each for each in EVERYTHING if each is not record]
    desk.landed(record, *others)
    assert desk.record(record["id"])


@pytest.mark.parametrize(
    "keys", [{}, {"rubric": "plain"}, {"rubric": "plain", "version": "1"}], ids=str
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_rating_may_be_under_a_rubric_of_the_same_file(
    desk: Desk, keys: Content, *, is_first: bool
) -> None:
    name = keys.get("rubric", "evidence-attribution")
    rating = RATING | {"criterion": "good"} | keys
    rubric = RUBRIC | {"id": name, "version": keys.get("version", "2")}
    desk.landed(*BASICS, *((rubric, rating) if is_first else (rating, rubric)))
    assert desk.record("r1")["version"] == rubric["version"]


def test_a_record_may_refer_to_one_already_in_the_database(desk: Desk) -> None:
    for record in EVERYTHING:
        desk.landed(record)
    assert desk.complaints() == []


@pytest.mark.parametrize("is_forward", [True, False])
def test_records_that_refer_to_a_rejected_one_are_rejected_in_turn(
    desk: Desk, *, is_forward: bool
) -> None:
    chain = [
        EVIDENCE | {"main_item": "nobody"},
        INFERENCE,
        INFERENCE | {"id": "i2", "premises": ["a1"], "conclusion": "i1", "stance": "opposes"},
        ASSUMPTION | {"id": "a2", "opposes": "i2"},
        CREDIBILITY | {"statement": "a2"},
    ]
    whole = [DOCUMENT, CLAIM, ASSUMPTION, *(chain[::-1] if is_forward else chain)]
    account = desk.land(*whole)
    assert {rejected.line for rejected in account.rejected} == {4, 5, 6, 7, 8}
    assert desk.ids() == {"toll", "c1", "a1"}


def test_a_record_rejected_in_turn_names_the_record_that_it_refers_to(desk: Desk) -> None:
    account = desk.land(DOCUMENT, EVIDENCE | {"colour": "red"}, CLAIM, INFERENCE)
    last = account.rejected[-1]
    assert (last.line, last.path, last.kind) == (4, "premises[0]", "reference")
    assert "'e1'" in last.reason


def test_references_to_a_rejected_update_of_a_known_record_are_accepted(desk: Desk) -> None:
    desk.landed(*BASICS)
    account = desk.land(CLAIM | {"main_item": "nobody"}, INFERENCE)
    assert [rejected.line for rejected in account.rejected] == [1]
    assert desk.record("i1")["conclusion"] == "c1"


@pytest.mark.parametrize("key", ["supports", "opposes", "attribution"])
def test_one_bad_shorthand_rejects_the_whole_statement(desk: Desk, key: str) -> None:
    bad = {"class": "vague_report", "chain": ["nobody"]} if key == "attribution" else "nobody"
    statement = EVIDENCE | {"id": "e2", "supports": "c1", key: bad, "ratings": None}
    assert desk.fault(*BASICS, statement)[2] == "reference"
    assert desk.ids() == {"toll", "c1", "e1", "reports"}


def test_the_label_of_a_rejected_record_is_free(desk: Desk) -> None:
    bad = CLAIM | {"id": "c2", "label": "X", "main_item": "nobody"}
    desk.fault(*BASICS, bad, CLAIM | {"id": "c3", "label": "X"})
    assert desk.record("c3")["label"] == "X"


def test_the_stance_of_a_rejected_inference_restricts_no_other(desk: Desk) -> None:
    bad = INFERENCE | {"id": "i2", "document": "nobody"}
    desk.fault(*BASICS, bad, INFERENCE | {"stance": "opposes"})
    assert desk.record("i1")["stance"] == "opposes"


def test_the_question_of_a_rejected_rating_can_be_answered(desk: Desk) -> None:
    bad = EVIDENCE | {"id": "e2", "supports": "nobody"}
    desk.landed(*BASICS)
    account = desk.land(bad, RATING | {"statement": "e2"}, RATING | {"id": "r2"})
    assert [rejected.line for rejected in account.rejected] == [1, 2]
    assert desk.record("r2")["statement"] == "c1"


def test_the_main_claim_of_a_rejected_record_is_none(desk: Desk) -> None:
    bad = CLAIM | {"id": "c2", "main": True, "main_item": "nobody"}
    desk.fault(*BASICS, bad, CLAIM | {"id": "c3", "main": True})
    assert desk.record("c3")["main"] is True


def test_premises_make_a_cycle_and_undercuts_do_too(desk: Desk) -> None:
    desk.landed(
        *BASICS,
        INFERENCE | {"id": "i1", "conclusion": "c1"},
        INFERENCE | {"id": "i2", "premises": ["c1"], "conclusion": "e1"},
        INFERENCE | {"id": "i3", "conclusion": "i4", "stance": "opposes"},
        INFERENCE | {"id": "i4", "conclusion": "i3", "stance": "opposes"},
    )
    assert desk.record("i3")["conclusion"] == "i4"
    assert desk.complaints() == []


def test_sources_may_refer_to_each_other_in_circles(desk: Desk) -> None:
    desk.landed(
        SOURCE | {"id": "s1", "derives_from": ["s2"], "same_origin": ["s2", "s3"]},
        SOURCE | {"id": "s2", "derives_from": ["s1"]},
        SOURCE | {"id": "s3"},
    )
    assert desk.record("s1")["same_origin"] == ["s2", "s3"]


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"premises": []}, "premises"),
        ({"premises": ["e1", "e1"]}, "premises[1]"),
        ({"conclusion": "e1"}, "conclusion"),
        ({"conclusion": "i1"}, "conclusion"),
    ],
)
def test_an_incomplete_or_contradictory_inference_is_a_fault(
    desk: Desk, keys: Content, path: str
) -> None:
    told, _, kind = desk.fault(*BASICS, INFERENCE | keys)
    assert (told, kind) == (path, "value")


def test_linked_premises_stay_one_inference(desk: Desk) -> None:
    desk.landed(*BASICS, ASSUMPTION, INFERENCE | {"premises": ["e1", "a1"]})
    assert desk.record("i1")["premises"] == ["a1", "e1"]


@pytest.mark.parametrize("is_stored", [True, False])
def test_the_same_premises_cannot_support_and_oppose_a_conclusion(
    desk: Desk, *, is_stored: bool
) -> None:
    if is_stored:
        desk.landed(*BASICS, INFERENCE)
    other = INFERENCE | {"id": "i2", "stance": "opposes"}
    path, _, _ = desk.fault(*(() if is_stored else (*BASICS, INFERENCE)), other)
    assert path == "stance"
    assert [i["id"] for i in desk.exported("inference")] == ["i1"]


def test_the_main_item_of_a_claim_is_evidence_of_its_document(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main_item": "e1"}, EVIDENCE)
    assert desk.record("c1")["main_item"] == "e1"


def test_evidence_that_is_a_main_item_stays_evidence(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main_item": "e1"}, EVIDENCE)
    desk.land({"type": "statement", "id": "e1", "kind": "claim"})
    assert desk.record("e1")["kind"] == "evidence"


@pytest.mark.parametrize("is_first", [True, False])
def test_evidence_stays_evidence_if_its_claim_is_redefined_in_the_same_import(
    desk: Desk, *, is_first: bool
) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main_item": "e1"}, EVIDENCE)
    records = [CLAIM | {"note": "new"}, {"type": "statement", "id": "e1", "kind": "claim"}]
    desk.land(*(records if is_first else records[::-1]))
    assert desk.record("e1")["kind"] == "evidence"
    assert desk.record("c1")["main_item"] == "e1"
    assert desk.complaints() == []


def test_evidence_may_become_a_claim_if_its_claim_drops_it(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main_item": "e1"}, EVIDENCE)
    desk.landed(CLAIM | {"main_item": None}, {"type": "statement", "id": "e1", "kind": "claim"})
    assert desk.record("e1")["kind"] == "claim"


def test_a_rated_statement_keeps_a_kind_that_the_rubric_applies_to(desk: Desk) -> None:
    desk.landed(*BASICS, RATING)
    desk.land({"type": "statement", "id": "c1", "kind": "evidence"})
    assert desk.record("c1")["kind"] == "claim"


def test_an_inference_cannot_move_to_a_conclusion_that_its_premises_contradict(
    desk: Desk,
) -> None:
    against = INFERENCE | {"id": "i2", "conclusion": "c2", "stance": "opposes"}
    desk.landed(DOCUMENT, CLAIM, EVIDENCE, SOURCE, CLAIM | {"id": "c2", "main": False})
    desk.landed(
        INFERENCE | {"premises": ["e1"], "conclusion": "c1"}, against | {"premises": ["e1"]}
    )
    path, reason, kind = desk.fault({"type": "inference", "id": "i2", "conclusion": "c1"})
    assert (path, kind) == ("stance", "stance")
    assert reason == "the same premises already support that conclusion"
    assert desk.complaints() == []


def test_a_premise_of_very_many_inferences_cannot_get_both_stances(
    desk: Desk,
) -> None:
    claims = [CLAIM | {"id": f"x{n}", "main": False} for n in range(150)]
    desk.landed(DOCUMENT, EVIDENCE, CLAIM, SOURCE, *claims)
    step = without(INFERENCE, "id") | {"premises": ["e1"]}
    desk.landed(*[step | {"conclusion": claim["id"]} for claim in claims])
    undercut = step | {"id": "u", "premises": ["c1"], "conclusion": "x0", "stance": "opposes"}
    desk.landed(undercut, step | {"conclusion": "u"})
    for conclusion in ("x99", "u"):
        path, _, kind = desk.fault(step | {"conclusion": conclusion, "stance": "opposes"})
        assert (path, kind) == ("stance", "stance")
