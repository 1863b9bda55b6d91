"""Shorthands of a statement: the entities that they make, replace and clear."""

from __future__ import annotations

import pytest
from support.drivers.desk import (
    ASSUMPTION,
    ATTRIBUTION,
    BASICS,
    CLAIM,
    EVIDENCE,
    INFERENCE,
    RATING,
    SOURCE,
    Content,
    Desk,
    without,
)

VAGUE: Content = {"class": "vague_report", "source": "reports"}
HEDGE: Content = {"class": "evidential_hedge", "cue": "it seems"}


def steps(desk: Desk) -> set[tuple[str, str, str]]:
    """Return premise, stance and conclusion of every single-premise inference."""
    found = desk.exported("inference")
    return {(i["premises"][0], i["stance"], i["conclusion"]) for i in found}


def answers(desk: Desk) -> dict[tuple[str, str], int | str]:
    return {(r["assessor"], r["criterion"]): r["answer"] for r in desk.exported("rating")}


def classes(desk: Desk) -> list[str]:
    return sorted(record["class"] for record in desk.exported("attribution"))


@pytest.mark.parametrize("stance", ["supports", "opposes"])
@pytest.mark.parametrize("named", [["c1"], "c1", ["c1", "a1"], ["c1", "c1"]])
def test_each_id_makes_one_inference_with_one_premise(
    desk: Desk, stance: str, named: str | list[str]
) -> None:
    desk.landed(*BASICS, ASSUMPTION, EVIDENCE | {"id": "e2", stance: named})
    wanted = {named} if isinstance(named, str) else set(named)
    assert steps(desk) == {("e2", stance, conclusion) for conclusion in wanted}
    assert all(len(i["premises"]) == 1 for i in desk.exported("inference"))
    assert len(desk.exported("inference")) == len(wanted)


def test_a_statement_may_oppose_an_inference(desk: Desk) -> None:
    desk.landed(*BASICS, INFERENCE, ASSUMPTION | {"opposes": "i1"})
    assert ("a1", "opposes", "i1") in steps(desk)


def test_the_same_inference_in_words_and_as_shorthand_is_one(desk: Desk) -> None:
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "supports": "c1"},
                without(INFERENCE, "id") | {"premises": ["e2"]})  # fmt: skip
    assert len(desk.exported("inference")) == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_further_keys_of_a_record_with_an_equal_shorthand_are_kept(
    desk: Desk, *, is_first: bool
) -> None:
    short = EVIDENCE | {"id": "e2", "supports": "c1", "attribution": VAGUE}
    long = [
        without(INFERENCE, "id") | {"premises": ["e2"], "note": "why", "label": "I7"},
        without(ATTRIBUTION, "id") | {"statement": "e2", "note": "who"},
    ]
    desk.landed(*BASICS, *((*long, short) if is_first else (short, *long)))
    (inference,), (attribution,) = desk.exported("inference"), desk.exported("attribution")
    assert (inference.get("note"), attribution.get("note")) == ("why", "who")
    assert inference["label"] == "I7"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_shorthand_and_a_record_with_another_answer_are_not_both_imported(
    desk: Desk, *, is_first: bool
) -> None:
    short = CLAIM | {"id": "c2", "ratings": {"directness": 3}}
    long = without(RATING, "id") | {"statement": "c2", "answer": 1}
    account = desk.land(*BASICS, *((long, short) if is_first else (short, long)))
    assert account.rejected_total >= 1


def test_a_record_with_an_equal_shorthand_is_unchanged_when_imported_again(
    desk: Desk,
) -> None:
    short = EVIDENCE | {"id": "e2", "supports": "c1", "attribution": VAGUE}
    long = without(INFERENCE, "id") | {"premises": ["e2"], "note": "why"}
    more = without(ATTRIBUTION, "id") | {"statement": "e2", "note": "who"}
    desk.land(*BASICS, short, long, more)
    again = desk.land(*BASICS, short, long, more)
    assert (again.updated, again.operation) == (0, None)


@pytest.mark.parametrize(
    ("stance", "then", "left"),
    [
        ("supports", {"supports": "a1"}, {("e2", "supports", "a1")}),
        ("supports", {"supports": ["a1", "c1"]},
         {("e2", "supports", "a1"), ("e2", "supports", "c1")}),
        ("supports", {"supports": None}, set()),
        ("supports", {"supports": []}, set()),
        ("supports", {}, {("e2", "supports", "c1")}),
        ("supports", {"opposes": "a1"}, {("e2", "supports", "c1"), ("e2", "opposes", "a1")}),
        ("supports", {"opposes": None}, {("e2", "supports", "c1")}),
        ("supports", {"supports": None, "opposes": "c1"}, {("e2", "opposes", "c1")}),
        ("opposes", {"opposes": None, "supports": "c1"}, {("e2", "supports", "c1")}),
        ("opposes", {"opposes": "a1"}, {("e2", "opposes", "a1")}),
    ],
)  # fmt: skip
def test_a_stance_replaces_the_inferences_that_the_same_shorthand_made(
    desk: Desk, stance: str, then: Content, left: set[tuple[str, str, str]]
) -> None:
    desk.landed(*BASICS, ASSUMPTION, EVIDENCE | {"id": "e2", stance: "c1"})
    desk.landed({"type": "statement", "id": "e2"} | then)
    assert steps(desk) == left


def test_a_shorthand_replaces_no_inference_that_a_record_made(desk: Desk) -> None:
    own = without(INFERENCE, "id")
    desk.landed(*BASICS, ASSUMPTION, INFERENCE | {"conclusion": "a1"}, own, ATTRIBUTION, RATING)
    desk.landed(EVIDENCE | {"supports": "a1", "attribution": HEDGE})
    desk.landed(EVIDENCE | {"supports": None, "attribution": None},
                CLAIM | {"ratings": {"fit": 1}}, assessor="tess")  # fmt: skip
    desk.landed(CLAIM | {"ratings": None})
    assert steps(desk) == {("e1", "supports", "a1"), ("e1", "supports", "c1")}
    assert classes(desk) == ["vague_report"]
    assert answers(desk) == {("tess", "directness"): 1}


def test_a_shorthand_of_one_statement_replaces_nothing_of_another(desk: Desk) -> None:
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "supports": "c1", "attribution": VAGUE},
                EVIDENCE | {"id": "e3", "supports": "c1", "attribution": VAGUE})  # fmt: skip
    desk.landed({"type": "statement", "id": "e2", "supports": None, "attribution": None})
    assert steps(desk) == {("e3", "supports", "c1")}
    assert [a["statement"] for a in desk.exported("attribution")] == ["e3"]


def test_removing_an_inference_removes_the_inferences_that_target_it(desk: Desk) -> None:
    desk.landed(*BASICS, ASSUMPTION, EVIDENCE | {"id": "e2", "supports": "c1"})
    (made,) = desk.exported("inference")
    undercut = INFERENCE | {"premises": ["a1"], "conclusion": made["id"], "stance": "opposes"}
    desk.landed(undercut, CLAIM | {"id": "c2", "opposes": "i1"})
    before = desk.export()
    desk.landed({"type": "statement", "id": "e2", "supports": None})
    assert desk.exported("inference") == []
    assert desk.complaints() == []
    desk.undo()
    assert desk.export() == before


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("is_first", [True, False])
def test_references_to_an_inference_that_a_shorthand_replaces_are_rejected(
    desk: Desk, *, is_known: bool, is_first: bool
) -> None:
    desk.landed(*BASICS, ASSUMPTION, EVIDENCE | {"id": "e2", "supports": "c1"})
    (made,) = desk.exported("inference")
    undercut = INFERENCE | {"premises": ["a1"], "conclusion": made["id"], "stance": "opposes"}
    if is_known:
        desk.landed(undercut)
    clearing = {"type": "statement", "id": "e2", "supports": None}
    path, _, kind = desk.fault(*((undercut, clearing) if is_first else (clearing, undercut)))
    assert (path, kind) == ("conclusion", "reference")
    assert desk.exported("inference") == []


@pytest.mark.parametrize("given", [VAGUE, [VAGUE], [VAGUE, HEDGE], [HEDGE, HEDGE], []])
def test_an_attribution_shorthand_is_one_or_a_list(
    desk: Desk, given: Content | list[Content]
) -> None:
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "attribution": given})
    wanted = given if isinstance(given, list) else [given]
    assert classes(desk) == sorted({part["class"] for part in wanted})


def test_an_attribution_shorthand_takes_every_key_of_an_attribution(desk: Desk) -> None:
    keys = {
        "id": "at9", "class": "vague_report", "chain": ["reports"], "cue": "Reports say",
        "cue_start": 26, "access": "told", "text_certainty": "certain",
        "source_certainty": "possible", "locator": "p. 1", "accessed": "2024", "note": "n",
    }  # fmt: skip
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "attribution": keys})
    assert desk.record("at9") == {"type": "attribution", "statement": "e2"} | keys


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ({"attribution": HEDGE}, ["evidential_hedge"]),
        ({"attribution": None}, []),
        ({"attribution": []}, []),
        ({"note": "n"}, ["vague_report"]),
    ],
)
def test_an_attribution_shorthand_replaces_or_clears_the_earlier_one(
    desk: Desk, then: Content, left: list[str]
) -> None:
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "attribution": VAGUE})
    desk.landed({"type": "statement", "id": "e2"} | then)
    assert classes(desk) == left


@pytest.mark.parametrize("id_", ["e2", "toll", "c1", "reports", "e1"])
def test_an_attribution_shorthand_cannot_take_the_id_of_something_else(
    desk: Desk, id_: str
) -> None:
    bad = EVIDENCE | {"id": "e2", "attribution": VAGUE | {"id": id_}}
    path, _, kind = desk.fault(*BASICS, bad)
    assert (path, kind) == ("attribution.id", "id")
    assert desk.ids() == {"toll", "c1", "e1", "reports"}


def test_two_statements_cannot_give_their_attributions_one_id(desk: Desk) -> None:
    both = [EVIDENCE | {"id": e, "attribution": VAGUE | {"id": "at9"}} for e in ("e2", "e3")]
    assert desk.fault(*BASICS, *both)[2] == "id"
    assert desk.record("at9")["statement"] == "e2"


def test_no_other_record_can_take_the_id_of_an_attribution_shorthand(
    desk: Desk,
) -> None:
    short = EVIDENCE | {"id": "e2", "attribution": VAGUE | {"id": "s9"}}
    assert desk.fault(*BASICS, short, SOURCE | {"id": "s9"})[2] == "id"


def test_a_ratings_shorthand_is_under_the_default_rubric_by_the_assessor(desk: Desk) -> None:
    given = {"directness": 4, "fit": 0, "access": "not_applicable"}
    desk.landed(*BASICS, CLAIM | {"id": "c2", "ratings": given}, assessor="amy")
    assert answers(desk) == {("amy", key): answer for key, answer in given.items()}
    assert {(r["rubric"], r["version"], r["statement"]) for r in desk.exported("rating")} == {
        ("evidence-attribution", "1.1", "c2")
    }


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ({"fit": 2}, {"fit": 2}),
        ({"fit": 2, "directness": 0}, {"fit": 2, "directness": 0}),
        ({}, {}),
        (None, {}),
    ],
)
def test_a_ratings_shorthand_replaces_only_the_same_assessors(
    desk: Desk, then: Content | None, left: dict[str, int]
) -> None:
    desk.landed(*BASICS, CLAIM | {"ratings": {"directness": 4}} | {"id": "c2"}, assessor="amy")
    second: Content = {"type": "statement", "id": "c2"}
    desk.landed(second | {"ratings": {"directness": 1}}, assessor="bob")
    desk.landed(second | {"ratings": then}, assessor="bob")
    assert answers(desk) == {("amy", "directness"): 4} | {("bob", k): v for k, v in left.items()}


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"ratings": {"directness": 5}}, "ratings.directness"),
        ({"ratings": {"directness": -1}}, "ratings.directness"),
        ({"ratings": {"zebra": 1}}, "ratings.zebra"),
        ({"attribution": {"source": "reports"}}, "attribution.class"),
        ({"attribution": [HEDGE, {"class": "named_person"}]}, "attribution[1].chain"),
        ({"supports": "c2"}, "supports"),
        ({"supports": "c1", "opposes": "c1"}, "opposes"),
    ],
)
def test_a_fault_in_a_shorthand_is_a_fault_of_the_statement(
    desk: Desk, keys: Content, path: str
) -> None:
    assert desk.fault(*BASICS, CLAIM | {"id": "c2"} | keys)[0] == path
    assert desk.ids() == {"toll", "c1", "e1", "reports"}


@pytest.mark.parametrize("record", [EVIDENCE, ASSUMPTION], ids=lambda record: str(record["id"]))
def test_only_claims_are_rated_under_the_default_rubric(desk: Desk, record: Content) -> None:
    rated = record | {"id": "x", "ratings": {"directness": 1}}
    assert desk.fault(*BASICS, rated)[0] == "ratings.directness"
