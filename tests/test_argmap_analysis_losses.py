"""Losses of main items, answers and origins in a what-if analysis, with their grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.grading import expected_grade
from support.strategies.grading import content_of
from support.strategies.maps import RUBRIC
from support.strategies.provenance_maps import (
    EVIDENCE,
    SOURCES,
    counts_by_trying,
    dead_in,
    is_usable,
    item_stands,
    items_of,
    maps,
    one_origin,
    removals,
    said,
    source,
    sourced_map,
)
from test_argmap_analysis_what_if import STRONG, first, grades, rated, ratings_, supposed

from argmap.analysis.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Collection

    from argmap.analysis.what_if import ClaimOutcome
    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import Answer

ABOUT_MAIN_ITEM = {"directness", "fit", "currency", "identification", "access", "interest",
                   "traceability", "fidelity"}  # fmt: skip


def with_main(m: ArgumentMap, item: str | None, claim: str = "c1") -> ArgumentMap:
    changed = evolve(m.statements[claim], main_item=item)
    return evolve(m, statements={**m.statements, claim: changed})


def three_items(**answers: Answer) -> ArgumentMap:
    """Return a map in which three items with a source each support C1; E1 is the main item."""
    m = sourced_map(
        [([f"e{n}"], "c1") for n in (1, 2, 3)],
        [source(f"s{n}") for n in (1, 2, 3)],
        [said(f"at{n}", f"e{n}", f"s{n}", access="measured") for n in (1, 2, 3)],
    )
    return rated(with_main(m, "e1"), "c1", STRONG | {"corroboration": 2} | answers)


# Main items


def test_without_its_main_item_a_claim_is_not_assessed_while_another_item_lives() -> None:
    each = first(supposed(three_items(), "s1"))
    assert (each.main_item_died, grades(each)) == (True, ["Strong", "Not assessed"])
    assert each.losses == "its main item fell, so ratings about that item do not count"
    attribution = each.grade_after.blocks["attribution"]
    assert attribution.state == "not_assessed"
    assert attribution.coverage == 0
    assert each.grade_after.blocks["evidence_quality"].coverage < 1


def test_with_its_last_item_a_claim_has_no_directness() -> None:
    each = first(supposed(three_items(), "s1", "s2", "s3"))
    assert (each.main_item_died, grades(each)) == (True, ["Strong", "Unsupported"])
    assert each.losses == ""


def test_without_another_item_a_claim_keeps_what_was_rated_about_its_main_item() -> None:
    each = first(supposed(three_items(), "s3"))
    assert (each.main_item_died, grades(each)) == (False, ["Strong", "Strong"])


def test_with_all_its_direct_items_a_claim_has_lost_its_main_item_whichever_it_was() -> None:
    m = sourced_map([(["e1"], "c1"), (["e2"], "c1"), (["c2"], "c1"), (["e3"], "c2")])
    m = rated(m, "c1", STRONG | {"corroboration": 0})
    assert not first(supposed(m, "E1")).main_item_died
    each = first(supposed(m, "E1", "E2"))
    assert (each.main_item_died, grades(each)[1]) == (True, "Not assessed")


def test_a_sole_direct_item_is_the_main_item_and_of_several_none_is() -> None:
    m = sourced_map([(["e1"], "c1"), (["c2"], "c1"), (["e2"], "c2")])
    m = rated(m, "c1", STRONG)
    each = first(supposed(m, "E1"))
    assert (each.main_item_died, grades(each)) == (True, ["Strong", "Not assessed"])
    assert not first(supposed(m, "E2")).main_item_died
    for label in ("E1", "E2"):
        several = supposed(sourced_map([(["e1"], "c1"), (["e2"], "c1")]), label)
        assert not first(several).main_item_died


@pytest.mark.parametrize("main", ["e1", "e2", None])
@pytest.mark.parametrize("gone", ["E1", "E2", "A1"])
def test_linked_evidence_is_one_main_item_and_is_lost_with_any_premise(
    main: str | None, gone: str
) -> None:
    m = sourced_map([(["e1", "e2", "a1"], "c1"), (["c2"], "c1"), (["e3"], "c2")])
    each = first(supposed(rated(with_main(m, main), "c1", STRONG), gone))
    assert (each.main_item_died, grades(each)) == (True, ["Strong", "Not assessed"])


def test_a_main_item_that_supports_the_claim_in_another_way_is_not_lost() -> None:
    m = with_main(sourced_map([(["e1", "e2"], "c1"), (["e1"], "c2"), (["c2"], "c1")]), "e1")
    assert not first(supposed(m, "E2")).main_item_died


def test_a_main_item_that_supports_another_claim_can_be_lost_too() -> None:
    m = sourced_map([(["e1"], "c2"), (["e2"], "c1")])
    each = first(supposed(rated(with_main(m, "e1"), "c1", STRONG), "E1"))
    assert (each.main_item_died, grades(each)) == (True, ["Strong", "Not assessed"])


def test_the_main_item_of_a_removed_claim_lives() -> None:
    outcome = supposed(three_items(), "C1")
    assert not first(outcome).main_item_died
    assert not first(outcome).is_supported


def test_an_answer_that_said_it_does_not_apply_is_open_again() -> None:
    each = first(supposed(three_items(currency="not_applicable"), "s1"))
    whole = three_items(currency="not_rated")
    assert each.grade_after == first(supposed(whole, "s1")).grade_after


# Answers


def contested(*more: tuple[list[str], str]) -> ArgumentMap:
    """Return a map in which E3 opposes C1, E4 and *more* oppose E3, and E1 supports C1."""
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1")], opposes=[(["e3"], "c1"), (["e4"], "e3"), *more]
    )
    return rated(m, "c1", STRONG | {"corroboration": 0})


def contrary_after(each: ClaimOutcome) -> bool:
    """Return whether the evidence scores as it does with a `contrary` of 3."""
    m = rated(contested(), "c1", STRONG | {"corroboration": 0, "contrary": 3})
    block = "evidence_quality"
    return each.grade_after.blocks[block] == first(supposed(m, "A1")).grade_after.blocks[block]


def test_a_contrary_item_whose_answer_died_is_named_and_lowers_contrary() -> None:
    each = first(supposed(contested(), "E4"))
    assert each.dead_answers == ("E4",)
    assert each.losses == "answers to contrary evidence fell: E4"
    assert each.is_touched
    assert contrary_after(each)


def test_an_answer_to_the_step_of_a_contrary_item_is_one_too() -> None:
    outcome = supposed(contested((["a1", "c2"], "i3")), "A1")
    assert first(outcome).dead_answers == ("A1",)
    assert contrary_after(first(outcome))


@pytest.mark.parametrize("names", [["E4", "E3"], ["E3"], ["C1", "E4"], ["E2"]])
def test_where_what_is_contrary_falls_too_no_answer_is_missed(names: list[str]) -> None:
    each = first(supposed(contested(), *names))
    assert each.dead_answers == ()
    assert not contrary_after(each)


@pytest.mark.parametrize("answer", [0, 3, "cannot_judge"])
def test_a_lower_contrary_stays_as_it_is(answer: Answer) -> None:
    m = rated(contested(), "c1", STRONG | {"contrary": answer})
    each = first(supposed(m, "E4"))
    assert each.dead_answers == ("E4",)
    assert each.grade_after == each.grade_before


# Corroboration, and other rubrics


def test_where_only_items_of_sub_claims_are_left_corroboration_stays_as_rated() -> None:
    m = sourced_map([(["e1"], "c1"), (["c2"], "c1"), (["e2"], "c2")])
    m = rated(with_main(m, "e2"), "c1", STRONG)
    each = first(supposed(m, "E1"))
    assert each.after.direct.level is None
    assert grades(each) == ["Strong", "Strong"]


def test_a_direct_item_that_supports_only_a_sub_claim_now_is_lost_for_corroboration() -> None:
    m = sourced_map(
        [(["e1", "a1"], "c1"), (["e2"], "c1"), (["e1"], "c2"), (["c2"], "c1")],
        [source("s1"), source("s2")],
        [said("at1", "e1", "s1"), said("at2", "e2", "s2")],
    )
    each = first(supposed(rated(m, "c1", STRONG | {"corroboration": 2}), "A1"))
    assert (each.before.items, each.after.items) == (2, 2)
    assert grades(each) == ["Strong", "Moderate"]


def test_a_claim_that_loses_a_kind_of_access_of_three_keeps_its_grade() -> None:
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1")],
        [source("s1"), source("s2"), source("s3", derives_from=("s1",))],
        [said("at1", "e1", "s1", access="measured"), said("at2", "e2", "s2", access="inspected"),
         said("at3", "e1", "s3", access="judged")],
    )  # fmt: skip
    m = rated(m, "c1", STRONG | {"corroboration": 4})
    each = first(supposed(m, "s3"))
    assert each.before != each.after
    assert not each.is_touched
    assert each.grade_after == each.grade_before


def test_under_another_rubric_main_items_and_answers_change_no_grade() -> None:
    own = evolve(RUBRIC, id="own")
    m = three_items(contrary=4)
    ratings = {r.id: evolve(r, rubric="own") for r in m.ratings.values()}
    m = evolve(m, ratings=ratings).with_rubric(own)
    each = what_if(m, [m.sources["s1"]], own).claims[0]
    assert each.main_item_died
    assert each.grade_after == each.grade_before


# Origins


def test_sources_that_live_and_share_an_origin_with_a_removed_one_are_named() -> None:
    named = [
        source("s1", same_origin=("s2",)), source("s2"), source("s3", same_origin=("s2",)),
        source("s4", derives_from=("s1",), same_origin=("s1",)), source("s5"),
    ]  # fmt: skip
    m = sourced_map([(["e1"], "c1")], named, [said("at1", "e1", "s1")])
    assert supposed(m, "s1").same_origin == ("s2", "s3")
    assert supposed(m, "s2").same_origin == ("s1", "s3", "s4")
    assert supposed(m, "s1", "s2", "s3").same_origin == ()
    assert supposed(m, "s5", "E1").same_origin == ()


# By trying everything


def units_of(m: ArgumentMap, claim: str, removed: Collection[str]) -> set[frozenset[str]]:
    """Return the evidence of each direct item that is recorded and has not fallen."""
    units = {
        frozenset(set(i.premises) & set(EVIDENCE))
        for i in m.inferences.values()
        if i.stance == "supports" and i.conclusion == claim and not set(i.premises) & set(removed)
    }
    return {u for u in units if u and all(is_usable(m, item, removed) for item in u)}


def main_item_lost(m: ArgumentMap, claim: str, removed: Collection[str]) -> bool:
    main = m.statements[claim].main_item
    if main is None:
        units = units_of(m, claim, ())
        lived = {u for u in units if all(item_stands(m, item, ()) for item in u)}
        left = lived if claim in removed else units_of(m, claim, removed)
        lives = any(all(item_stands(m, item, removed) for item in unit) for unit in left)
        return bool(lived) and not lives
    if not item_stands(m, main, ()):
        return False
    if not item_stands(m, main, removed):
        return True
    gone = main in items_of(m, claim, ()) and main not in items_of(m, claim, removed)
    return gone and claim not in removed


def lost_answers(m: ArgumentMap, claim: str, removed: Collection[str]) -> set[str]:
    before, after = dead_in(m, ()), dead_in(m, removed)
    against = [i for i in m.inferences.values() if i.stance == "opposes"]
    found = set()
    for answer in m.statements:
        targets = {i.conclusion for i in against if answer in i.premises and i.id not in before}
        for contrary in against:
            lives = contrary.conclusion == claim and contrary.id not in after
            if lives and targets & {contrary.id, *contrary.premises} and answer in after:
                found.add(answer)
    return found


def answers_left(
    m: ArgumentMap, claim: str, removed: Collection[str], answers: dict[str, Answer]
) -> dict[str, Any]:
    """Return the answers that count, computed from the written rules."""
    before, after = (counts_by_trying(m, claim, r) for r in ((), removed))
    left: dict[str, Any] = dict(answers)

    def lower(name: str, level: int) -> None:
        if isinstance(left.get(name), int):
            left[name] = min(left[name], level)

    if before[:2] != after[:2] and after[3] is not None:
        lower("corroboration", after[3])
    has_items, is_lost = after[0][0] > 0, main_item_lost(m, claim, removed)
    if lost_answers(m, claim, removed):
        lower("contrary", 3)
    if is_lost and has_items:
        left = {name: answer for name, answer in left.items() if name not in ABOUT_MAIN_ITEM}
    elif (is_lost or before[0][0]) and not has_items and left.get("directness") != "not_applicable":
        left["directness"] = 0
    return left


@given(maps(), removals, st.sampled_from([None, None, *EVIDENCE]), ratings_)
def test_losses_and_grades_equal_a_brute_force_search(
    m: ArgumentMap, removed: set[str], main: str | None, answers: dict[str, Answer]
) -> None:
    m = rated(with_main(m, main), "c1", answers)
    outcome = supposed(m, *removed)
    labels = {s.id: s.label for s in m.statements.values()}
    for each in outcome.claims:
        claim = each.claim.id
        assert each.main_item_died == main_item_lost(m, claim, removed)
        lost = {labels[id_] for id_ in lost_answers(m, claim, removed)}
        assert list(each.dead_answers) == sorted(lost)
    left = answers_left(m, "c1", removed, answers)
    expected = expected_grade(left, m.statements["c1"].nature, content_of(RUBRIC))
    assert first(outcome).grade_after.format(RUBRIC) == expected["grade"]
    assert first(outcome).grade_after.state == expected["state"]


def stands_alone(m: ArgumentMap, id_: str, removed: Collection[str], seen: set[str]) -> bool:
    """Return whether derivation leads from a source to one that derives from no other."""
    if id_ in removed or id_ in seen:
        return False
    origins = m.sources[id_].derives_from
    return not origins or any(stands_alone(m, o, removed, {*seen, id_}) for o in origins)


@given(maps(), removals)
def test_what_shares_an_origin_is_what_trying_everything_finds(
    m: ArgumentMap, removed: set[str]
) -> None:
    gone = removed & set(SOURCES)
    expected = [
        id_
        for id_ in SOURCES
        if stands_alone(m, id_, removed, set()) and any(one_origin(m, id_, g) for g in gone)
    ]
    assert list(supposed(m, *removed).same_origin) == expected
