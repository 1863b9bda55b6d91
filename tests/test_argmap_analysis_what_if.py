"""What-if analysis: labels, origins and grades before and after a removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.strategies.maps import RUBRIC, rating
from support.strategies.provenance_maps import (
    EVIDENCE,
    counts_by_trying,
    dead_in,
    maps,
    removals,
    said,
    source,
    sourced_map,
)

from argmap.analysis.provenance import count_origins, live_map_of
from argmap.analysis.what_if import ClaimOutcome, WhatIf, removable_with, what_if
from argmap.edit.verbs import remove_statement
from argmap.errors import MissingError
from argmap.model.vocabulary import STATES, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.map import ArgumentMap

STRONG = dict.fromkeys(RUBRIC.criteria, 4)


def rated(
    m: ArgumentMap, claim: str, answers: Mapping[str, Answer], who: str = "amy"
) -> ArgumentMap:
    """Return *m* with the *answers* of one assessor for a claim."""
    new = [rating(f"{who}-{claim}-{name}", claim, name, a, who) for name, a in answers.items()]
    return evolve(m, ratings={**m.ratings, **{r.id: r for r in new}})


def supposed(m: ArgumentMap, *names: str, assessor: str | None = None) -> WhatIf:
    return what_if(m, [removable_with(m, name) for name in names], RUBRIC, assessor)


def first(outcome: WhatIf) -> ClaimOutcome:
    return outcome.claims[0]


def grades(each: ClaimOutcome) -> list[str]:
    return [grade.format(RUBRIC) for grade in (each.grade_before, each.grade_after)]


def two_sources() -> ArgumentMap:
    """Return a map in which two items with a source each support C1."""
    return sourced_map(
        [(["e1"], "c1"), (["e2"], "c1"), (["c1"], "c2")],
        [source("s1"), source("s2")],
        [said("at1", "e1", "s1"), said("at2", "e2", "s2")],
    )


def test_an_item_falls_with_its_only_source_and_takes_its_step() -> None:
    outcome = supposed(two_sources(), "s1")
    assert outcome.dead == ("E1", "I1")
    assert [c.claim.label for c in outcome.claims] == ["C1", "C2", "C3"]
    assert [(c.before.n_min, c.after.n_min) for c in outcome.claims] == [(2, 1), (2, 1), (0, 0)]
    assert [c.is_supported for c in outcome.claims] == [True, True, False]


def test_an_item_with_another_trail_stays_live() -> None:
    m = sourced_map(
        [(["e1"], "c1")],
        [source("s1", derives_from=("s3",)), source("s2"), source("s3")],
        [said("at1", "e1", "s1"), said("at2", "e1", "s2")],
    )
    assert supposed(m, "s1").dead == ()
    assert supposed(m, "s3").dead == ()
    assert supposed(m, "s1", "s2").dead == ("E1", "I1")
    assert supposed(m, "s2", "s3").dead == ("E1", "I1")


def test_a_linked_premise_that_falls_takes_its_step_and_not_its_fellow() -> None:
    m = sourced_map([(["e1", "a1"], "c1"), (["e2"], "c1")], opposes=[(["e3"], "i1")])
    outcome = supposed(m, "A1")
    assert outcome.dead == ("A1", "I1", "I3")
    assert (first(outcome).before.items, first(outcome).after.items) == (2, 1)


def test_a_claim_without_items_stays_live_and_is_not_supported() -> None:
    m = sourced_map([(["e1"], "c2"), (["c2", "e2"], "c1")])
    outcome = supposed(m, "E1")
    assert outcome.dead == ("E1", "I1")
    assert [c.is_supported for c in outcome.claims] == [True, False, False]


def test_what_runs_in_a_circle_never_stood_and_is_not_lost() -> None:
    m = sourced_map(
        [(["e1"], "c1")], [source("s1", derives_from=("s1",))], [said("at1", "e1", "s1")]
    )
    outcome = supposed(m, "s1")
    assert outcome.dead == ()
    assert not first(outcome).before.items


def test_fewer_origins_lower_corroboration_and_so_the_grade() -> None:
    outcome = supposed(rated(two_sources(), "c1", STRONG | {"corroboration": 2}), "s1")
    assert grades(first(outcome)) == ["Strong", "Moderate"]


def test_a_claim_with_nothing_left_has_no_directness() -> None:
    outcome = supposed(rated(two_sources(), "c1", STRONG), "s1", "E2")
    assert grades(first(outcome)) == ["Strong", "Unsupported"]
    assert not first(outcome).is_supported


def test_a_claim_that_loses_nothing_keeps_a_grade_that_the_map_would_not_suggest() -> None:
    m = rated(two_sources(), "c1", STRONG)
    assert grades(first(supposed(m, "A1"))) == ["Strong", "Strong"]
    assert grades(first(supposed(m, "E3"))) == ["Strong", "Strong"]


def test_what_an_assessor_could_not_judge_stays_so() -> None:
    m = rated(two_sources(), "c1", STRONG | {"corroboration": "cannot_judge"})
    each = first(supposed(m, "s1"))
    assert each.grade_before == each.grade_after


def test_a_value_stays_not_gradable() -> None:
    m = rated(two_sources(), "c1", {})
    valued = evolve(m.statements["c1"], nature="value")
    m = evolve(m, statements={**m.statements, "c1": valued})
    assert grades(first(supposed(m, "s1", "s2"))) == ["Not gradable", "Not gradable"]


def test_the_grades_are_of_who_rated_most_or_who_is_named() -> None:
    m = rated(two_sources(), "c1", STRONG, "bob")
    m = rated(m, "c1", {"directness": 0}, "amy")
    assert (first(supposed(m, "s1")).assessor, grades(first(supposed(m, "s1")))[0]) == (
        "bob",
        "Strong",
    )
    named = first(supposed(m, "s1", assessor="amy"))
    assert (named.assessor, grades(named)[0]) == ("amy", "Unsupported")
    nobody = first(supposed(m, "s1", assessor="zoe"))
    assert (nobody.assessor, grades(nobody)[0]) == (None, "Not assessed")


def test_an_entity_is_named_by_label_id_or_name() -> None:
    named = [source("s1"), evolve(source("s2"), name="E1"), evolve(source("s3"), name="S3")]
    m = sourced_map(sources=named)
    assert [removable_with(m, n).id for n in ("E1", "e1", "s1", "S1", "s2")] == [
        "e1", "e1", "s1", "s1", "s2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody", "no statement or source 'nobody'"),
        ("I1", "no statement or source 'I1'"),
        ("Ames", "s1, s2"),
    ],
)
def test_missing_and_ambiguous_names_are_refused(name: str, words: str) -> None:
    twins = [evolve(source(id_), name="Ames") for id_ in ("s2", "s1")]
    with pytest.raises(MissingError, match=words):
        removable_with(sourced_map([(["e1"], "c1")], twins), name)


ratings_ = st.dictionaries(
    st.sampled_from(list(RUBRIC.criteria)), st.sampled_from([0, 1, 2, 3, 4, *STATES])
)


@given(maps(), removals)
def test_the_result_equals_a_brute_force_search(m: ArgumentMap, removed: set[str]) -> None:
    outcome = supposed(m, *removed)
    everything = {s.id: s.label for s in m.statements.values()}
    everything |= {i.id: i.label for i in m.inferences.values()}
    lost = dead_in(m, removed) - dead_in(m, ())
    assert sorted(outcome.dead) == sorted(everything[id_] for id_ in lost)
    for each in outcome.claims:
        before, after = (counts_by_trying(m, each.claim.id, r) for r in ((), removed))
        assert (each.before.n_min, each.after.n_min) == (before[0][1], after[0][1])
        assert each.is_supported == (after[0][0] > 0)


@given(maps(), removals, st.sampled_from(("s1", "s2", "s3", "e1", "a1")), ratings_)
def test_taking_more_away_never_raises_anything(
    m: ArgumentMap, removed: set[str], more: str, answers: dict[str, Answer]
) -> None:
    # Linked evidence may become independent of other evidence once what they share is gone.
    assume(not any(len({*i.premises} & {*EVIDENCE}) > 1 for i in m.inferences.values()))
    m = rated(m, "c1", answers)
    some, all_ = first(supposed(m, *removed)), first(supposed(m, *removed, more))
    assert all_.after.items <= some.after.items
    assert all_.after.n_min <= some.after.n_min
    assert (all_.after.direct.level or 0) <= (some.after.direct.level or 0)
    for low, high in ((all_.grade_after, some.grade_after), (some.grade_after, some.grade_before)):
        if low.band is not None and high.band is not None:
            assert low.band <= high.band
        if low.range is not None and high.range is not None:
            # The highest may rise: what was rated about a dead main item is open again.
            assert low.range[0] <= high.range[0]


@given(maps(), st.sampled_from(("e1", "e2", "a1", "c2")))
def test_without_a_statement_the_map_is_as_if_it_had_been_removed(
    m: ArgumentMap, gone: str
) -> None:
    edited = m.apply(remove_statement(m, gone))
    supposed_ = count_origins(live_map_of(m, [gone]))
    assert {k: v for k, v in supposed_.items() if k != gone} == count_origins(live_map_of(edited))
