"""A merge of two versions of an entity keeps the values that only one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import (
    ASSUMPTION,
    ATTRIBUTION,
    BASICS,
    CLAIM,
    CREDIBILITY,
    DOCUMENT,
    EVIDENCE,
    INFERENCE,
    RATING,
    RELIABILITY,
    SOURCE,
    Content,
    Desk,
)

import store
from store.merge.reconciliation import reconcile

if TYPE_CHECKING:
    from pathlib import Path

UN: Content = {"type": "source", "id": "un", "name": "UN", "kind": "organisation"}
GROUND = (*BASICS, UN, ASSUMPTION, INFERENCE)
JUDGED = RELIABILITY | {"assessor": "amy"}
OPTIONAL: list[tuple[Content, Content]] = [
    (DOCUMENT, {"author": "R. Ames", "publisher": "The Post", "published": "2024-03",
                "url": "https://x.org/a", "language": "en"}),
    (SOURCE, {"url": "https://un.org", "description": "d", "interest": "i",
              "derives_from": ["un"], "same_origin": ["un"]}),
    (CLAIM, {"quote": "The toll stays.", "start": 63, "end": 78, "nature": "value", "note": "n",
             "tags": ["a", "b"], "main": True, "main_item": "e1", "order": 2}),
    (EVIDENCE, {"note": "n", "order": 1}),
    (INFERENCE, {"scheme": "sign", "note": "n", "order": 1}),
    (ATTRIBUTION, {"cue": "Reports say", "cue_start": 26, "access": "told",
                   "text_certainty": "certain", "source_certainty": "possible",
                   "locator": "p. 4", "accessed": "2024", "note": "n"}),
    (ATTRIBUTION | {"class": "common_knowledge", "chain": []}, {"chain": ["reports"]}),
    (RATING | {"assessor": "amy"}, {"because": "no report", "at": "2024-03-02T10:15:00Z"}),
    (JUDGED, {"checked": 9, "valid": 3, "because": "r", "at": "2024-03-02T10:15:00Z"}),
    ({k: v for k, v in JUDGED.items() if k != "letter"} | {"checked": 9}, {"letter": "C"}),
    (CREDIBILITY | {"assessor": "amy"}, {"logical": "yes", "consistency": "none",
                                         "conflict": False, "because": "r"}),
]  # fmt: skip
"""A record of each type, and optional keys that only one side may have."""

EACH = [(record, key) for record, extra in OPTIONAL for key in extra if key not in ("start", "end")]


@pytest.fixture
def theirs(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "theirs.db")


def land_both(desk: Desk, theirs: Desk, *records: Content) -> None:
    for each in (desk, theirs):
        each.landed(*records)


def forget_reasons(desk: Desk) -> None:
    """Take the reasons away, as a database of an older version may lack them."""
    with store.open_store(desk.path) as opened:
        opened.db.conn.execute("UPDATE reliability SET because = NULL")
        opened.db.conn.commit()


def fuller(record: Content, key: str) -> Content:
    """Return *record* with *key*, and the other keys that this requires."""
    extra = next(extra for each, extra in OPTIONAL if each is record)
    needs = {"quote": ("start", "end"), "cue_start": ("cue",), "valid": ("checked",)}
    return record | {name: extra[name] for name in (key, *needs.get(key, ()))}


@pytest.mark.parametrize(("record", "key"), EACH, ids=[f"{r['type']} {k}" for r, k in EACH])
def test_a_key_that_only_one_side_fills_in_is_taken_and_never_emptied(
    desk: Desk, theirs: Desk, record: Content, key: str
) -> None:
    land_both(desk, theirs, *GROUND)
    land_both(desk, theirs, record)
    theirs.landed(fuller(record, key))
    before = desk.export()
    merged = desk.merge(theirs)
    assert (merged.conflicts.total, merged.kept_out.total, merged.updated) == (0, 0, 1)
    [taken] = merged.taken.first
    assert key in taken.keys
    assert desk.export() == theirs.export()
    desk.undo()
    assert desk.export() == before
    desk.redo()
    for prefers in (False, True):
        assert desk.merge(theirs, theirs=prefers).operation is None
    theirs.undo()
    for prefers in (False, True):
        merged = desk.merge(theirs, theirs=prefers)
        assert (merged.operation, merged.conflicts.total) == (None, 0)


def test_preferring_theirs_replaces_what_both_say_and_empties_nothing(
    desk: Desk, theirs: Desk
) -> None:
    mine = {"note": "mine", "tags": ["a"], "quote": "The toll stays.", "nature": "value"}
    desk.landed(DOCUMENT, CLAIM | mine)
    theirs.landed(DOCUMENT, CLAIM)
    before = desk.export()
    assert desk.merge(theirs, theirs=True).operation is None
    theirs.landed({"type": "statement", "id": "c1", "note": "theirs", "tags": ["b"]})
    [taken] = desk.merge(theirs, theirs=True).taken.first
    assert (taken.mine, taken.theirs) == (
        {"note": "mine", "tags": ["a"]}, {"note": "theirs", "tags": ["b"]},
    )  # fmt: skip
    now = desk.record("c1")
    assert (now["note"], now["tags"], now["nature"]) == ("theirs", ["b"], "value")
    assert now["quote"] == "The toll stays."
    desk.undo()
    assert desk.export() == before


@pytest.mark.parametrize("key", ["tags", "derives_from", "same_origin"])
def test_of_two_lists_the_one_that_has_all_of_the_other_is_taken(
    desk: Desk, theirs: Desk, key: str
) -> None:
    base = CLAIM if key == "tags" else SOURCE
    more = [UN | {"id": id_} for id_ in ("a", "b", "c")]
    land_both(desk, theirs, *BASICS, *more)
    desk.landed(base | {key: ["a"]})
    theirs.landed(base | {key: ["a", "b"]})
    assert desk.merge(theirs).conflicts.total == 0
    assert desk.record(base["id"])[key] == ["a", "b"]
    theirs.landed({"type": base["type"], "id": base["id"], key: ["b"]})
    assert desk.merge(theirs, theirs=True).operation is None
    theirs.landed({"type": base["type"], "id": base["id"], key: ["b", "c"]})
    [conflict] = desk.merge(theirs).conflicts.first
    assert (conflict.keys, conflict.theirs) == ((key,), {key: ["b", "c"]})
    assert desk.record(base["id"])[key] == ["a", "b"]


def test_a_reason_for_another_answer_is_no_reason_for_mine(desk: Desk, theirs: Desk) -> None:
    rated = RATING | {"assessor": "amy"}
    desk.landed(*BASICS, rated)
    theirs.landed(*BASICS, rated | {"answer": 3, "because": "a report is named"})
    [conflict] = desk.merge(theirs).conflicts.first
    assert conflict.keys == ("answer", "because")
    assert "because" not in desk.record("r1")
    desk.merge(theirs, theirs=True)
    assert (desk.record("r1")["answer"], desk.record("r1")["because"]) == (3, "a report is named")


def test_a_cue_that_is_replaced_takes_its_place_in_the_text_with_it(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(*BASICS, ATTRIBUTION | {"cue": "Reports say", "cue_start": 26})
    theirs.landed(*BASICS, ATTRIBUTION | {"cue": "so they say"})
    assert desk.merge(theirs, theirs=True).conflicts.total == 0
    now = desk.record("at1")
    assert (now["cue"], now.get("cue_start")) == ("so they say", None)


def test_a_claim_that_becomes_evidence_loses_what_only_claims_have(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(*BASICS)
    desk.landed(CLAIM | {"nature": "value", "main": True, "main_item": "e1", "note": "n"})
    theirs.landed(DOCUMENT, CLAIM | {"kind": "evidence", "label": "C1"})
    assert desk.merge(theirs, theirs=True).conflicts.total == 0
    now = desk.record("c1")
    assert (now["kind"], now["note"]) == ("evidence", "n")
    assert not {"nature", "main", "main_item"} & now.keys()
    assert desk.merge(theirs, theirs=True).operation is None


def test_a_letter_that_cannot_be_taken_is_a_conflict_that_says_why(
    desk: Desk, theirs: Desk
) -> None:
    land_both(desk, theirs, *BASICS)
    desk.landed(JUDGED)
    theirs.landed(JUDGED | {"letter": "A", "because": "r"})
    forget_reasons(theirs)
    for prefers in (False, True):
        [conflict] = desk.merge(theirs, theirs=prefers).conflicts.first
        assert conflict.keys == ("letter",)
        assert "A needs a reason" in (conflict.reason or "")
    assert desk.record("l1")["letter"] == "C"


def test_a_refused_value_is_one_conflict_with_the_values_that_differ(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(SOURCE, DOCUMENT | {"id": "un"})
    theirs.landed(UN, SOURCE | {"name": "The Reports", "derives_from": ["un"]})
    conflicts = {conflict.id: conflict for conflict in desk.merge(theirs).conflicts.first}
    assert conflicts.keys() == {"un", "reports"}
    assert conflicts["reports"].theirs == {"derives_from": ["un"], "name": "The Reports"}
    assert conflicts["reports"].mine["name"] == "Reports"
    assert "'un'" in (conflicts["reports"].reason or "")


def test_canonically_equal_words_are_the_same_except_where_characters_are_counted() -> None:
    mine = {"type": "source", "id": "s", "name": "Jose\u0301", "kind": "person"}
    assert not reconcile(mine, mine | {"name": "Jos\u00e9"}).conflicts
    document = {"type": "document", "id": "d", "title": "e\u0301", "text": "e\u0301"}
    assert reconcile(document, document | {"text": "\u00e9"}).conflicts == ["text"]


def test_one_text_in_other_spellings_is_named_under_two_ids(desk: Desk, theirs: Desk) -> None:
    words = "The caf\u00e9 on the corner, he said, has served na\u00efve tourists for many years.\n"
    desk.landed(DOCUMENT | {"text": words})
    spelt = words.replace("\u00e9", "e\u0301").replace("\u00ef", "i\u0308").replace("\n", "\r\n")
    theirs.landed(DOCUMENT | {"id": "copy", "text": spelt})
    assert desk.merge(theirs, is_dry=True).same_texts == [("copy", "toll")]
    theirs.landed(DOCUMENT | {"text": spelt})
    [conflict] = desk.merge(theirs, theirs=True, is_dry=True).conflicts.first
    assert "composition" in (conflict.reason or "")


values = st.one_of(st.none(), st.sampled_from(["", " ", "x", "y"]))
lists = st.one_of(st.none(), st.lists(st.sampled_from("abc"), max_size=3))
numbers = st.one_of(st.none(), st.integers(0, 2))
kinds_of_record = (
    st.fixed_dictionaries({"type": st.just("source"), "id": st.just("s"), "name": st.sampled_from("ab"),
                           "url": values, "interest": values, "derives_from": lists}),
    st.fixed_dictionaries({"type": st.just("reliability"), "id": st.just("s"), "source": st.just("a"),
                           "letter": st.sampled_from([None, "B", "C"]), "because": values,
                           "checked": numbers, "valid": numbers, "at": values}),
    st.fixed_dictionaries({"type": st.just("attribution"), "id": st.just("s"),
                           "class": st.sampled_from(["common_knowledge", "vague_report"]),
                           "chain": lists, "cue": values, "cue_start": numbers, "note": values}),
)  # fmt: skip
pairs = st.one_of(*(st.tuples(kind, kind) for kind in kinds_of_record))


def says(record: Content) -> Content:
    """Return *record* without empty keys, its lists as sets."""
    return {
        key: frozenset(value) if isinstance(value, list) else value
        for key, value in record.items()
        if not (value in (None, []) or (isinstance(value, str) and not value.strip()))
    }


@given(pairs, st.booleans())
def test_nothing_that_mine_says_is_lost_and_a_second_time_changes_nothing(
    pair: tuple[Content, Content],
    prefers: bool,  # noqa: FBT001  (Hypothesis gives it)
) -> None:
    mine, theirs = pair
    found = reconcile(mine, theirs, prefers_theirs=prefers)
    after = mine | found.update
    lost = says(mine).keys() - says(after).keys()
    assert lost <= ({"cue_start", "valid"} if prefers else set())
    if not prefers:
        assert not found.replaced
        for key, value in says(mine).items():
            assert says(after)[key] == value or says(after)[key] > value
    again = reconcile(after, theirs, prefers_theirs=prefers)
    assert (again.filled, again.replaced, again.update) == ([], [], {})
    assert again.conflicts == found.conflicts


@given(pairs)
def test_either_way_round_the_same_comes_of_it_but_for_conflicts(
    pair: tuple[Content, Content],
) -> None:
    mine, theirs = pair
    one, other = reconcile(mine, theirs), reconcile(theirs, mine)
    here, there = says(mine | one.update), says(theirs | other.update)
    differing = {key for key in here | there if here.get(key) != there.get(key)}
    assert differing <= {*one.conflicts, *other.conflicts}
