"""Findings about how a map is linked: contraries, circles, main items, claims as evidence."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import TEXT, edited, inference, statement, steps, steps_of, with_all

from argmap.analysis.findings import findings
from argmap.analysis.findings.links import steps_forward, supported_by
from argmap.model.document import passage_at
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from support.strategies.maps import Step

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement
    from argmap.model.vocabulary import AttributionClass

C1 = statement("c1", "C1", main=True)
C2, C3, C4 = (statement(f"c{n}", f"C{n}") for n in (2, 3, 4))
E1, E2, E3 = (statement(f"e{n}", f"E{n}", "evidence") for n in (1, 2, 3))


def step(number: int, premises: str, conclusion: str, stance: str = "supports") -> Inference:
    return inference(f"i{number}", f"I{number}", premises.split(), conclusion, stance)  # type: ignore[arg-type]  # the model checks it


def mapped(*parts: Statement | Inference) -> ArgumentMap:
    statements = [part for part in parts if part.type == "statement"]
    inferences = [part for part in parts if part.type == "inference"]
    return with_all(statements, inferences)  # type: ignore[arg-type]  # told apart by their types


def found(rule: str, *parts: Statement | Inference) -> list[tuple[str, ...]]:
    """Return the labels of the findings of *rule* on a map of *parts*."""
    return [each.labels for by, each in findings(mapped(*parts)) if by.id == rule]


def message(rule: str, *parts: Statement | Inference) -> str:
    """Return the message of the only finding of *rule* on a map of *parts*."""
    (only,) = [each.message for by, each in findings(mapped(*parts)) if by.id == rule]
    return only


FOR = step(1, "e1", "c1")
AGAINST = step(2, "e2", "c1", "opposes")
COUNTER = (C1, C2, E1, E2, FOR, step(2, "e2", "c2"), step(3, "c2", "c1", "opposes"))
REBUTTED = (C1, E1, E2, FOR, step(2, "e2", "e1", "opposes"))
UNDERCUT = (C1, C2, E1, FOR, step(2, "c2", "i1", "opposes"))


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        ((C1, E2, AGAINST), ("E2", "C1")),
        (COUNTER, ("C2", "C1")),
        (REBUTTED, ("E2", "E1")),
        (UNDERCUT, ("C2", "E1", "C1")),
        ((C1, C2, E1, E2, FOR, step(2, "e2", "i1"), step(3, "c2", "i2", "opposes")), ("C2", "E2")),
    ],
    ids=["evidence", "counter-claim", "evidence against evidence", "undercut", "deeper undercut"],
)
def test_a_contrary_that_nothing_answers(
    parts: tuple[Statement | Inference, ...], labels: tuple[str, ...]
) -> None:
    assert found("unanswered-contrary", *parts) == [labels]


@pytest.mark.parametrize("target", ["c2", "e2", "i2", "i3"])
def test_an_answer_opposes_the_contrary_or_what_it_rests_on(target: str) -> None:
    answer = (C3, step(4, "c3", target, "opposes"))
    assert found("unanswered-contrary", *COUNTER, *answer) == []
    support = (C3, step(4, "c3", target))
    assert found("unanswered-contrary", *COUNTER, *support) == [("C2", "C1")]


def test_an_answer_to_a_contrary_is_not_asked_for_an_answer() -> None:
    answer = (E3, step(3, "e3", "e2", "opposes"))
    assert found("unanswered-contrary", C1, E2, AGAINST, *answer) == []
    attack = (C2, E1, step(4, "e1", "c2"), step(5, "c2", "e3", "opposes"))
    assert found("unanswered-contrary", C1, E2, AGAINST, *answer, *attack) == [("C2", "E3")]


def test_what_the_main_claim_s_evidence_opposes_is_the_other_side() -> None:
    opposed = (C1, C2, E1, FOR, step(2, "e1", "c2", "opposes"))
    assert found("unanswered-contrary", *opposed) == []
    apart = (C1, C2, E1, E2, FOR, step(2, "e2", "c2", "opposes"))
    assert found("unanswered-contrary", *apart) == [("E2", "C2")]


def test_a_counter_claim_without_evidence_is_no_contrary_evidence() -> None:
    bare = (C1, C2, step(1, "c2", "c1", "opposes"))
    assert found("unanswered-contrary", *bare) == []


def test_evidence_for_the_link_of_a_counter_claim_is_its_evidence() -> None:
    linked = (C1, C2, E1, step(1, "c2", "c1", "opposes"), step(2, "e1", "i1"))
    assert found("unanswered-contrary", *linked) == [("C2", "C1")]


def test_a_contrary_does_not_answer_itself() -> None:
    rests_on_it = (C1, C2, E1, FOR, step(2, "c1", "c2"), step(3, "c2", "c1", "opposes"))
    assert found("unanswered-contrary", *rests_on_it) == [("C2", "C1")]


def test_an_undercut_names_the_link() -> None:
    problem = message("unanswered-contrary", *UNDERCUT)
    assert problem.startswith("C2 undercuts the link from E1 to C1 and nothing on the map answers")


def test_sides_are_found_where_there_is_no_root() -> None:
    ring = (C2, C3, E1, step(1, "c2", "c3"), step(2, "c3", "c2"), step(3, "e1", "c2", "opposes"))
    assert found("unanswered-contrary", *ring) == [("E1", "C2")]


def test_statements_that_support_each_other_in_a_circle() -> None:
    both = (C1, C2, step(1, "c1", "c2"))
    assert found("circular-reasoning", *both, step(2, "c2", "c1")) == [("C1", "C2")]
    assert found("circular-reasoning", *both, step(2, "c2", "c1", "opposes")) == []


def test_a_circle_through_an_inference() -> None:
    through = (C1, E1, FOR, step(2, "c1", "i1"))
    assert found("circular-reasoning", *through) == [("C1",)]
    problem = message("circular-reasoning", *through)
    assert problem.startswith("C1 supports itself in a circle, through the link from E1 to C1:")
    undercut = step(2, "c1", "i1", "opposes")
    assert found("circular-reasoning", C1, E1, FOR, undercut) == []
    longer = (C1, C2, E1, FOR, step(2, "c1", "c2"), step(3, "c2", "i1"))
    assert found("circular-reasoning", *longer) == [("C1", "C2")]


SAME, OTHER = passage_at(TEXT, 0, 25), passage_at(TEXT, 4, 25)
CLAIM = statement("c1", "C1", passages=(SAME,))


@pytest.mark.parametrize(
    ("passages", "is_found"),
    [((SAME,), True), ((OTHER,), False), ((SAME, OTHER), False), ((), False)],
)
def test_a_claim_and_its_evidence_on_exactly_the_same_passage(
    passages: tuple[object, ...], *, is_found: bool
) -> None:
    item = statement("e1", "E1", "evidence", passages=passages)
    assert found("claim-as-evidence", CLAIM, item, FOR) == [("C1", "E1")] * is_found
    assert found("claim-as-evidence", CLAIM, item, step(1, "e1", "c1", "opposes")) == []
    indirect = (CLAIM, C2, item, step(1, "e1", "c2"), step(2, "c2", "c1"))
    assert found("claim-as-evidence", *indirect) == [("C1", "E1")] * is_found


def test_a_main_item_that_does_not_support_its_claim() -> None:
    leaning = statement("c1", "C1", main=True, main_item="e1")
    assert found("main-item-elsewhere", leaning, E1) == [("C1", "E1")]
    assert found("main-item-elsewhere", leaning, E1, step(1, "e1", "c1", "opposes")) != []
    below = (leaning, C2, E1, step(1, "e1", "c2"), step(2, "c2", "c1"))
    assert found("main-item-elsewhere", *below) == [("C1", "E1")]
    linked = (leaning, E1, E2, step(1, "e1 e2", "c1"))
    assert found("main-item-elsewhere", *linked) == []


@pytest.mark.parametrize(
    ("interests", "same_origin", "class_", "is_found"),
    [
        (("owns it", "wants it"), (), "named_person", True),
        (("owns it", None), (), "named_person", False),
        (("owns it", None), ("s1",), "named_person", True),
        (("owns it", None), (), "firsthand_author", False),
        (("owns it", None), (), "author_assertion", True),
        ((None, None), (), "author_assertion", False),
    ],
)
def test_a_claim_whose_identified_origins_all_have_an_interest(
    interests: tuple[str | None, str | None],
    same_origin: tuple[str, ...],
    class_: AttributionClass,
    *,
    is_found: bool,
) -> None:
    one, other = (Source(f"s{n}", f"S{n}", "person", interest=i) for n, i in enumerate(interests))
    one = evolve(one, id="s1")
    other = evolve(other, id="s2", same_origin=same_origin)
    chain = ("s2",) if class_ == "named_person" else ()
    said = (
        Attribution("a1", "e1", "named_person", ("s1",)),
        Attribution("a2", "e2", class_, chain),
    )
    whole = evolve(
        mapped(C1, E1, E2, FOR, step(2, "e2", "c1")),
        sources={"s1": one, "s2": other},
        attributions={a.id: a for a in said},
    )
    labels = ("C1", "E1", "E2") if chain else ("C1", "E1")
    listed = [each.labels for by, each in findings(whole) if by.id == "interested-origin"]
    assert listed == [labels] * is_found


@given(st.lists(steps, max_size=12))
def test_support_is_found_as_by_walking_from_each_statement(edits: list[Step]) -> None:
    whole = edited(edits)
    pairs = list(product(whole.statements, whole.statements))
    expected = []
    for conclusion, premise in pairs:
        behind: set[str] = set()
        waiting = [premise]
        while waiting:
            after = set(steps_forward(whole, waiting.pop())) - behind
            behind |= after
            waiting += after
        expected += [(conclusion, premise)] if conclusion in behind else []
    assert sorted(supported_by(whole, pairs)) == sorted(expected)


def own_side(whole: ArgumentMap) -> set[str]:
    """Return the text's own side, found by repeating the definition until nothing changes."""

    def closed(sides: set[tuple[str, bool]]) -> set[tuple[str, bool]]:
        while True:
            more = {
                (part, own is (link.stance == "supports"))
                for link in whole.inferences.values()
                for id_, own in sides
                if id_ == link.conclusion
                for part in (link.id, *link.premises)
            }
            if more <= sides:
                return sides
            sides = sides | more

    used = {p for link in whole.inferences.values() for p in link.premises}
    case_made = closed({(whole.main_claim.id, True)} if whole.main_claim else set())
    opposed = {
        link.conclusion
        for link in whole.inferences.values()
        if link.stance == "opposes" and any((p, True) in case_made for p in link.premises)
    }
    roots = {(id_, id_ not in opposed) for id_ in whole.statements if id_ not in used}
    main = {(whole.main_claim.id, True)} if whole.main_claim else set()
    sides = closed(main | {root for root in roots if (root[0], True) not in main})
    for each in whole.ordered_statements:
        if each.id not in {id_ for id_, _ in sides}:
            sides = closed(sides | {(each.id, True)})
    return {id_ for id_, own in sides if own}


def behind(whole: ArgumentMap, starts: Iterable[str]) -> set[str]:
    """Return *starts*, ids of statements and inferences, and all that supports them."""
    found = set(starts)
    while True:
        more = {
            part
            for other in whole.inferences.values()
            if other.stance == "supports" and other.conclusion in found
            for part in (other.id, *other.premises)
        }
        if more <= found:
            return found
        found = found | more


@given(st.lists(steps_of("add", "link", "relink", "main", "unlink"), max_size=25))
def test_contraries_are_those_that_the_definition_names(edits: list[Step]) -> None:
    whole = edited(edits)
    held, kinds = own_side(whole), {s.id: s.kind for s in whole.statements.values()}
    opposing = [link for link in whole.ordered_inferences if link.stance == "opposes"]
    expected = 0
    for link in opposing:
        side = behind(whole, (link.id, *link.premises))
        backed = any(kinds.get(part) == "evidence" for part in side)
        counts = link.conclusion in whole.inferences or backed
        answered = any(other.id != link.id and other.conclusion in side for other in opposing)
        expected += link.conclusion in held and counts and not answered
    problem = [each for by, each in findings(whole) if by.id == "unanswered-contrary"]
    assert len(problem) == expected
