"""Edits made with one key can be undone, and impossible ones are refused with a reason."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    TEXT,
    Picks,
    Step,
    edited,
    inference,
    small_map,
    statement,
    steps,
    with_all,
)

from argmap.edit import compound
from argmap.errors import EditError, ModelError
from argmap.model.document import Passage, passage_at
from argmap.model.invariants import map_faults
from argmap.model.map import Change, Operation
from argmap.model.source import Attribution, Source
from argmap.model.vocabulary import KINDS, STANCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap

PAYS = passage_at(TEXT, 0, 25)
FELL = passage_at(TEXT, 38, 61)


def marked(m: ArgumentMap, picks: Picks) -> Operation:
    start = picks.of(range(len(TEXT)))
    passage = passage_at(TEXT, start, picks.of(range(start, len(TEXT))) + 1)
    towards = picks.of([None, *sorted(m.statements), *m.by_label])
    return compound.mark(
        m, ("mark", "mark-link"), picks.of(KINDS), [passage], towards, picks.of(STANCES)
    )


def more_words(m: ArgumentMap, picks: Picks) -> Operation:
    start = picks.of(range(len(TEXT) - 9))
    return compound.add_passage(
        m, picks.of(sorted(m.statements)), passage_at(TEXT, start, start + 9)
    )


def moved(m: ArgumentMap, picks: Picks) -> Operation:
    return compound.move_to(m, picks.of(sorted(m.inferences)), picks.of(sorted(m.statements)))


def turned(m: ArgumentMap, picks: Picks) -> Operation:
    return compound.reverse_stance(m, picks.of(sorted(m.inferences)))


def joined(m: ArgumentMap, picks: Picks) -> Operation:
    alike = [
        (one.id, other.label)
        for one, other in permutations(m.ordered_inferences, 2)
        if (one.conclusion, one.stance) == (other.conclusion, other.stance)
    ]
    return compound.link_premises(m, *picks.of(alike))


def parted(m: ArgumentMap, picks: Picks) -> Operation:
    linked = [i for i in m.ordered_inferences if len(i.premises) > 1]
    step = picks.of(linked)
    return compound.unlink_premise(m, "part", step.id, picks.of(step.premises))


def said(m: ArgumentMap, picks: Picks) -> Operation:
    new = Source("who", "A voice", "unnamed")
    chain = (picks.of(["who", *sorted(m.sources)]),)
    given_ = Attribution(
        "says", picks.of(sorted(m.statements)), "unnamed_role", chain, "Reports", 26
    )
    instead = picks.of([None, *sorted(m.attributions)])
    return compound.set_attribution(m, given_, [new] if chain == ("who",) else [], instead)


VERBS: list[Callable[[ArgumentMap, Picks], Operation]] = [
    marked, more_words, moved, turned, joined, parted, said,
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_a_verb_makes_is_sound_named_and_can_be_taken_back(
    verb: Callable[[ArgumentMap, Picks], Operation],
) -> None:
    @given(
        st.sampled_from([four_for_one(), joined_and_not()]),
        st.lists(steps, max_size=15),
        st.lists(st.integers(0, 255), min_size=8, max_size=8),
    )
    def holds(first: ArgumentMap, some: list[Step], numbers: list[int]) -> None:
        argument_map = edited(some, first)
        try:
            operation = verb(argument_map, Picks(numbers))
        except (EditError, ModelError):
            return
        done = argument_map.apply(operation)
        assert list(map_faults(done)) == []
        assert done.apply(operation.inverse) == argument_map
        assert operation.label.strip()
        labels.add(operation.label)

    labels: set[str] = set()
    holds()
    assert len(labels) > 1


def four_for_one() -> ArgumentMap:
    """Return a map in which three pieces of evidence support one claim and one opposes it."""
    numbers = (1, 2, 3, 4)
    evidence = [statement(f"e{n}", f"E{n}", "evidence") for n in numbers]
    links = [
        inference(f"i{n}", f"I{n}", [f"e{n}"], "s1", "opposes" if n == 4 else "supports")
        for n in numbers
    ]
    return with_all([statement("s1", "C1"), *evidence], links)


def joined_and_not() -> ArgumentMap:
    """Return that map with two of the three linked."""
    whole = four_for_one()
    return whole.apply(compound.link_premises(whole, "i1", "i2"))


def test_a_mark_without_a_target_stands_for_itself() -> None:
    operation = compound.mark(small_map(), ("new", "new-link"), "claim", [PAYS])
    done = small_map().apply(operation)
    assert operation.label == "marked claim C3"
    assert done.statements["new"].text == done.statements["new"].passages[0].words == PAYS.words
    assert done.inferences == small_map().inferences


@pytest.mark.parametrize(
    ("stance", "verb"), [("supports", ", supporting"), ("opposes", ", opposing")]
)
def test_a_mark_towards_a_statement_supports_or_opposes_it(stance: str, verb: str) -> None:
    for target in ("s-toll", "C1"):
        operation = compound.mark(
            small_map(), ("new", "new-link"), "evidence", [PAYS], target, stance, "It pays."  # type: ignore[arg-type]  # one of the two
        )  # fmt: skip
        done = small_map().apply(operation)
        assert operation.label == f"marked E2{verb} C1"
        assert done.statements["new"].text == "It pays."
        step = done.inferences["new-link"]
        assert (step.premises, step.conclusion, step.stance) == (("new",), "s-toll", stance)


def test_a_mark_of_words_that_the_text_does_not_have_is_refused() -> None:
    with pytest.raises(EditError, match="the text at 0 does not read"):
        compound.mark(small_map(), ("new", "link"), "claim", [Passage(0, 3, "Tha")])


def test_a_passage_is_added_after_those_that_are_there_and_only_once() -> None:
    done = small_map().apply(compound.add_passage(small_map(), "E1", PAYS))
    assert done.statements["s-fell"].passages == (FELL, PAYS)
    with pytest.raises(EditError, match="E1 has this passage already"):
        compound.add_passage(done, "s-fell", PAYS)


def test_a_step_moves_to_another_statement_and_says_so() -> None:
    operation = compound.move_to(small_map(), "I1", "C2")
    assert operation.label == "moved E1 and A1 from C1 to C2"
    assert small_map().apply(operation).inferences["i-fell"].conclusion == "s-stay"


def test_a_step_does_not_move_to_its_own_premise() -> None:
    with pytest.raises(ModelError, match="one of its own premises"):
        compound.move_to(small_map(), "i-fell", "s-fell")


def test_turning_twice_is_where_one_began() -> None:
    first = compound.reverse_stance(small_map(), "I1")
    assert first.label == "E1 and A1 oppose C1 instead of supporting it"
    turned_ = small_map().apply(first)
    assert turned_.inferences["i-fell"].stance == "opposes"
    second = compound.reverse_stance(turned_, "I1")
    assert second.label == "E1 and A1 support C1 instead of opposing it"
    assert turned_.apply(second) == small_map()


def test_a_step_is_not_turned_where_its_like_would_say_the_contrary() -> None:
    whole = four_for_one()
    again = evolve(whole.inferences["i1"], id="i5", label="I5")
    whole = evolve(whole, inferences={**whole.inferences, "i5": again})
    with pytest.raises(EditError, match="I5 supports it with the same premises"):
        compound.reverse_stance(whole, "i1")


def test_joined_premises_are_named_in_the_order_of_their_labels() -> None:
    whole = four_for_one()
    first = whole.statements["e1"]
    named = whole.apply(Operation("renamed", (Change(first, evolve(first, label="E10")),)))
    operation = compound.link_premises(named, "i1", "i2")
    assert operation.label == "linked E2 and E10 as premises of C1"


def test_joined_premises_are_one_step_and_parted_ones_two_again() -> None:
    operation = compound.link_premises(four_for_one(), "i1", "I2")
    assert operation.label == "linked E1 and E2 as premises of C1"
    done = four_for_one().apply(operation)
    assert [(i.id, i.premises) for i in done.inferences_to["s1"]] == [
        ("i1", ("e1", "e2")), ("i3", ("e3",)), ("i4", ("e4",)),
    ]  # fmt: skip
    apart = compound.unlink_premise(done, "new", "i1", "e2")
    assert apart.label == "unlinked E2 from its linked premises"
    found = {(i.premises, i.stance) for i in done.apply(apart).inferences_to["s1"]}
    before = {(i.premises, i.stance) for i in four_for_one().inferences_to["s1"]}
    assert found == before


def test_what_is_parted_speaks_as_it_did_for_what_it_did() -> None:
    linked = inference("i9", "I9", ["e1", "e2"], "s1", "opposes")
    whole = evolve(four_for_one(), inferences={"i9": linked})
    done = whole.apply(compound.unlink_premise(whole, "new", "i9", "e1"))
    assert {(i.premises, i.stance) for i in done.inferences_to["s1"]} == {
        (("e1",), "opposes"), (("e2",), "opposes"),
    }  # fmt: skip


def test_a_premise_is_parted_by_its_label_too() -> None:
    done = joined_and_not()
    by_label = compound.unlink_premise(done, "new", "I1", "E2")
    assert by_label == compound.unlink_premise(done, "new", "i1", "e2")


def test_what_attacks_a_step_that_is_joined_away_goes_with_it_and_comes_back() -> None:
    whole = four_for_one()
    undercut = inference("i5", "I5", ["e4"], "i2", "opposes")
    whole = evolve(whole, inferences={**whole.inferences, "i5": undercut})
    operation = compound.link_premises(whole, "i1", "i2")
    done = whole.apply(operation)
    assert "i5" not in done.inferences
    assert done.apply(operation.inverse) == whole


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("i1", "i1", "I1 links these premises already"),
        ("i1", "i4", "only premises that both support"),
        ("i1", "nothing", "there is no inference 'nothing'"),
    ],
)
def test_premises_that_cannot_be_linked_are_refused(first: str, second: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        compound.link_premises(four_for_one(), first, second)


@pytest.mark.parametrize("premise", ["e1", "e2", "E3"])
def test_premises_that_are_not_linked_cannot_be_unlinked(premise: str) -> None:
    with pytest.raises(EditError, match="has no linked premises here"):
        compound.unlink_premise(four_for_one(), "new", "i1", premise)


def test_who_says_so_is_said_by_name_and_can_be_said_again_otherwise() -> None:
    whole = small_map()
    amy = Source("amy", "Amy", "person")
    again = Attribution("at-2", "E1", "named_person", ("reports", "amy"))
    operation = compound.set_attribution(whole, again, [amy], "at-1")
    done = whole.apply(operation)
    assert operation.label == "E1 attributed to Amy instead of Reports"
    assert [a.id for a in done.attributions_of["s-fell"]] == ["at-2"]
    assert done.apply(operation.inverse) == whole


def test_an_attribution_that_keeps_its_id_is_changed_and_not_made_anew() -> None:
    whole = small_map()
    old = whole.attributions["at-1"]
    amy = Source("amy", "Amy", "person")
    again = evolve(old, class_="named_person", chain=("amy",))
    operation = compound.set_attribution(whole, again, [amy], "at-1")
    assert operation.changes == (Change(None, amy), Change(old, again))
    assert whole.apply(operation).apply(operation.inverse) == whole
    assert compound.set_attribution(whole, old, (), "at-1").changes == ()


def test_who_says_so_can_be_nobody() -> None:
    operation = compound.set_attribution(small_map(), Attribution("at-2", "C1", "author_assertion"))
    assert operation.label == "C1 attributed to the author"


def test_a_cue_that_is_not_there_is_refused() -> None:
    wrong = Attribution("at-2", "C1", "vague_report", ("reports",), "Reports say", 3)
    with pytest.raises(ModelError, match="cue"):
        compound.set_attribution(small_map(), wrong)
