"""The Admiralty ratings: suggestions with their reasons, never A, letter and number apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import small_map

from argmap.analysis import admiralty
from argmap.edit.admiralty import rate_credibility, rate_reliability
from argmap.errors import EditError
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Source
from argmap.model.vocabulary import (
    ATTRIBUTION_CLASSES,
    CONSISTENCIES,
    LETTERS,
    LOGICALS,
    AttributionClass,
    Consistency,
    Letter,
    Logical,
)

AMY = Source("amy", "Amy", "person")


@pytest.mark.parametrize(
    ("checked", "valid", "letter"),
    [
        (None, None, "F"), (0, 0, "F"), (4, 4, "F"), (5, 5, "B"), (10, 9, "B"), (100, 89, "C"),
        (5, 3, "C"), (10, 6, "C"), (100, 59, "D"), (5, 1, "D"), (10, 2, "D"), (100, 19, "E"),
        (5, 0, "E"), (10**9, 9 * 10**8, "B"), (10**9, 9 * 10**8 - 1, "C"),
    ],
)  # fmt: skip
def test_the_letter_follows_from_the_share_of_checked_statements_that_were_right(
    checked: int | None, valid: int | None, letter: Letter
) -> None:
    assert admiralty.suggest_letter("named_person", checked, valid).letter == letter


@pytest.mark.parametrize("class_", ATTRIBUTION_CLASSES)
def test_an_unidentified_voice_has_no_basis_however_often_it_was_right(
    class_: AttributionClass,
) -> None:
    nobody = {"vague_report", "evidential_hedge", "unnamed_role", "author_assertion"}
    letter = "F" if class_ in nobody else "B"
    assert admiralty.suggest_letter(class_, 10, 10).letter == letter


@given(
    st.sampled_from([None, *ATTRIBUTION_CLASSES]),
    st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
)
def test_a_is_never_suggested_and_every_suggestion_says_why(
    class_: AttributionClass | None, outcomes: tuple[int, int]
) -> None:
    suggested = admiralty.suggest_letter(class_, *outcomes)
    assert suggested.letter != "A"
    assert suggested.reason
    assert not suggested.reason.endswith(".")


@given(st.lists(st.sampled_from(ATTRIBUTION_CLASSES)))
def test_a_source_is_rated_by_the_class_that_identifies_it_best(
    classes: list[AttributionClass],
) -> None:
    clearest = admiralty.clearest_class(classes)
    letters = {admiralty.suggest_letter(class_, 10, 10).letter for class_ in classes}
    assert (clearest is None) == (not classes)
    if classes:
        assert admiralty.suggest_letter(clearest, 10, 10).letter == min(letters)


NUMBERS = {
    ("yes", "consistent"): 2, ("yes", "partly"): 3, ("partly", "consistent"): 3,
    ("partly", "partly"): 3, ("partly", "none"): 4, ("no", "none"): 4, ("no", "contradicted"): 5,
    ("unknown", "unknown"): 6,
}  # fmt: skip
FIXTURE = Path(__file__).parents[1].parent / "shared" / "fixtures" / "grading.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FIXTURE.read_text()) if FIXTURE.exists() else []


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_a_worked_example_has_the_letter_and_the_number_that_are_written(
    example: dict[str, Any],
) -> None:
    asked, expected = example["admiralty_input"], example["expected"]
    letter = admiralty.suggest_letter(example["attribution_class"], None, None)
    assert letter.letter == expected["admiralty_letter"]
    answers = asked["logical"], asked["consistency"]
    for conflict in (None, False) if asked["identified_origins"] < 2 else (False,):
        number = admiralty.suggest_number(asked["identified_origins"], *answers, conflict)
        assert (number.number and str(number.number)) == expected["admiralty_number"]


@pytest.mark.skipif(not EXAMPLES, reason="the examples stand beside the project, not in it")
def test_there_are_twelve_worked_examples() -> None:
    assert len(EXAMPLES) == 12


@pytest.mark.parametrize("logical", LOGICALS)
@pytest.mark.parametrize("consistency", CONSISTENCIES)
@pytest.mark.parametrize("origins", [0, 1])
def test_what_is_not_confirmed_has_the_number_whose_definition_it_meets_or_none(
    logical: Logical, consistency: Consistency, origins: int
) -> None:
    suggested = admiralty.suggest_number(origins, logical, consistency, conflict=False)
    is_baseless = origins == 0 and consistency == "unknown"
    assert suggested.number == (6 if is_baseless else NUMBERS.get((logical, consistency)))
    assert suggested.reason


@pytest.mark.parametrize("logical", LOGICALS)
@pytest.mark.parametrize("consistency", CONSISTENCIES)
def test_confirmed_evidence_has_the_number_1_or_none(
    logical: Logical, consistency: Consistency
) -> None:
    suggested = admiralty.suggest_number(2, logical, consistency, conflict=False)
    is_one = (logical, consistency) == ("yes", "consistent")
    assert suggested.number == (1 if is_one else None)


@pytest.mark.parametrize(
    ("origins", "logical", "consistency", "conflict", "why"),
    [
        (0, "yes", "contradicted", True, "is logical, but other information contradicts"),
        (3, "yes", "consistent", True, "some sources confirm it, and others contradict it"),
        (2, "no", "contradicted", False, "some sources confirm it, and others contradict it"),
        (1, "yes", "none", False, "nothing else is known"),
        (1, "yes", "consistent", True, "another source contradicts it"),
        (1, "no", "none", True, "another source contradicts it"),
        (1, None, "none", False, "record first whether it is logical"),
        (1, "yes", None, False, "record first whether it is logical"),
        (2, "yes", "consistent", None, "record first whether any source contradicts it"),
        (2, "unknown", "unknown", False, "too little is known"),
        (0, "unknown", "consistent", False, "too little is known"),
    ],
)
def test_where_no_definition_fits_nothing_is_suggested_and_the_reason_is_given(
    origins: int,
    logical: Logical | None,
    consistency: Consistency | None,
    conflict: bool | None,  # noqa: FBT001  (a column of the table)
    why: str,
) -> None:
    suggested = admiralty.suggest_number(origins, logical, consistency, conflict)
    assert suggested.number is None
    assert why in suggested.reason


@pytest.mark.parametrize("consistency", ["partly", "contradicted"])
def test_a_conflict_that_the_other_answer_shows_too_changes_nothing(
    consistency: Consistency,
) -> None:
    logical: Logical = "yes" if consistency == "partly" else "no"
    numbers = [
        admiralty.suggest_number(1, logical, consistency, conflict).number
        for conflict in (True, False, None)
    ]
    assert numbers == [3 if consistency == "partly" else 5] * 3


def test_every_letter_and_number_has_words() -> None:
    assert tuple(admiralty.LETTER_WORDS) == LETTERS == get_args(Letter)
    assert list(admiralty.NUMBER_WORDS) == [1, 2, 3, 4, 5, 6]


ON: tuple[Letter, int] = ("B", 2)
OFF: tuple[Letter, int] = ("B", 3)


@pytest.mark.parametrize(
    ("on", "off", "warns"),
    [(8, 2, True), (9, 0, False), (7, 3, False), (79, 21, False), (10, 0, True)],
)
def test_the_diagonal_warns_at_four_of_five_among_ten_or_more(
    on: int, off: int, *, warns: bool
) -> None:
    diagonal = admiralty.diagonal_of([ON] * on + [OFF] * off)
    assert (diagonal.on, diagonal.rated) == (on, on + off)
    assert diagonal.share == on / (on + off)
    assert diagonal.is_warning is warns
    assert diagonal.warning.startswith(f"{on} of {on + off} Admiralty pairs") is warns


def test_f_and_6_are_no_ranks() -> None:
    nothing: list[tuple[Letter, int]] = [("F", 6), ("F", 1), ("A", 6)]
    assert admiralty.diagonal_of(nothing * 5) == admiralty.Diagonal(0, 0)
    assert admiralty.diagonal_of(nothing).share is None
    same: list[tuple[Letter, int]] = [("A", 1), ("B", 2), ("C", 3), ("D", 4), ("E", 5)]
    assert admiralty.diagonal_of(same + nothing) == admiralty.Diagonal(5, 5)


def test_a_letter_is_given_with_what_was_suggested_in_the_label() -> None:
    given_ = Reliability("x", "amy", "tess", "C", "tolls", 5, 3)
    suggested = admiralty.suggest_letter(None, 5, 3)
    operation = rate_reliability(AMY, given_, (), suggested)
    assert operation.label == "rated Amy: reliability C on tolls, as suggested (tess)"
    assert [change.after for change in operation.changes] == [given_]


def test_a_letter_other_than_suggested_needs_a_reason() -> None:
    suggested = admiralty.suggest_letter(None, 5, 3)
    given_ = Reliability("x", "amy", "tess", "B")
    with pytest.raises(EditError, match="C was suggested"):
        rate_reliability(AMY, given_, (), suggested)
    with_reason = Reliability("x", "amy", "tess", "B", because="new editor")
    operation = rate_reliability(AMY, with_reason, (), suggested)
    assert operation.label == "rated Amy: reliability B, not C as suggested (tess)"


def test_a_needs_a_reason_whatever_was_suggested() -> None:
    with pytest.raises(EditError, match="A needs a reason"):
        rate_reliability(AMY, Reliability("x", "amy", "tess", "A"))
    reasoned = Reliability("x", "amy", "tess", "A", because="ten years without a fault")
    assert rate_reliability(AMY, reasoned).changes


@pytest.mark.parametrize("because", [None, "", " \n"])
@pytest.mark.parametrize("checked", [None, 0])
def test_e_about_a_person_needs_a_reason_or_checked_outcomes(
    because: str | None, checked: int | None
) -> None:
    bare = Reliability("x", "amy", "tess", "E", checked=checked, because=because)
    with pytest.raises(EditError, match="letter E for a person needs a reason"):
        rate_reliability(AMY, bare)
    for given_ in (evolve(bare, because="caught lying"), evolve(bare, checked=1, valid=0)):
        assert rate_reliability(AMY, given_).changes
    for kind in ("organisation", "document", "outlet", "unnamed", "vague"):
        assert rate_reliability(evolve(AMY, kind=kind), bare).changes


def test_a_new_letter_replaces_the_same_assessors_on_the_same_topic() -> None:
    known = [
        Reliability("other", "amy", "bob", "D", "tolls"),
        Reliability("elsewhere", "amy", "tess", "D", "buses"),
        Reliability("old", "amy", "tess", "D", "tolls"),
    ]
    [change] = rate_reliability(AMY, Reliability("new", "amy", "tess", "C", "tolls"), known).changes
    assert change.before == known[2]
    assert change.after == Reliability("old", "amy", "tess", "C", "tolls")
    assert rate_reliability(AMY, known[2], known).changes == ()


def test_a_letter_of_another_source_is_refused() -> None:
    with pytest.raises(EditError, match="not amy"):
        rate_reliability(AMY, Reliability("x", "bob", "tess", "C"))


def test_a_number_is_given_to_a_statement_by_its_label_once_for_each_assessor() -> None:
    here = small_map()
    suggested = admiralty.suggest_number(1, "yes", "consistent", conflict=False)
    first = rate_credibility(here, Credibility("x", "E1", "tess", 2), suggested)
    assert first.label == "rated E1: credibility 2, as suggested (tess)"
    here = here.apply(first)
    assert here.credibilities["x"].statement == "s-fell"
    again = rate_credibility(here, Credibility("y", "E1", "tess", 3))
    assert (again.label, set(here.apply(again).credibilities)) == (
        "rated E1: credibility 2 → 3 (tess)",
        {"x"},
    )
    assert (
        len(here.apply(rate_credibility(here, Credibility("y", "E1", "bob", 3))).credibilities) == 2
    )


def test_a_number_is_refused_where_it_has_no_place_or_no_reason() -> None:
    here = small_map()
    suggested = admiralty.suggest_number(1, "yes", "consistent", conflict=False)
    with pytest.raises(EditError, match="2 was suggested; give a reason for 5"):
        rate_credibility(here, Credibility("x", "E1", "tess", 5), suggested)
    with pytest.raises(EditError, match="there is no statement"):
        rate_credibility(here, Credibility("x", "E9", "tess", 5))
    with pytest.raises(EditError, match="is taken"):
        rate_credibility(here, Credibility("reports", "E1", "tess", 5))
    nothing = admiralty.suggest_number(1, "yes", "none", conflict=False)
    assert rate_credibility(here, Credibility("x", "E1", "tess", 5), nothing).changes
