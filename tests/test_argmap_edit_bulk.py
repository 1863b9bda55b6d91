"""An edit of several statements is one operation, which one undo reverts completely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    Picks,
    Step,
    edited,
    everything_of,
    inference,
    small_map,
    statement,
    steps,
    with_all,
)

from argmap.edit.bulk import (
    PlacedStatement,
    attribute_all,
    move_all,
    remove_all,
    shared_tags,
    tag_all,
)
from argmap.edit.verbs import remove_statement
from argmap.errors import EditError, ModelError
from argmap.model.invariants import map_faults
from argmap.model.source import Attribution, Source
from store import apply, load_map, open_store, undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from argmap.model.map import ArgumentMap, Operation

AT = "2026-03-02T10:15:00Z"
TAGS = [(), ("shipping",), ("shipping", "costs"), ("tolls",)]


def removed(m: ArgumentMap, picks: Picks) -> Operation:
    return remove_all(m, picks.some(sorted(m.statements)))


def tagged(m: ArgumentMap, picks: Picks) -> Operation:
    return tag_all(m, picks.some(sorted(m.statements)), picks.of(TAGS))


def moved(m: ArgumentMap, picks: Picks) -> Operation:
    rows = [
        PlacedStatement(id_, picks.of([None, *(i.id for i in m.inferences_from.get(id_, ()))]))
        for id_ in dict.fromkeys(picks.some(sorted(m.statements)))
    ]
    new_ids = [f"moved-{number}" for number in range(len(rows))]
    return move_all(m, rows, picks.of(sorted(m.statements)), new_ids)


def attributed(m: ArgumentMap, picks: Picks) -> Operation:
    new = Source("said-source", "The port", "organisation")
    said = {}
    for id_ in dict.fromkeys(picks.some(sorted(m.statements))):
        there = m.attributions_of.get(id_)
        own = evolve(there[0], chain=(new.id,)) if there else None
        said[id_] = own or Attribution(f"said-{id_}", id_, "named_organisation", (new.id,))
    return attribute_all(m, said, [new])


VERBS = {"remove": removed, "tag": tagged, "move": moved, "attribute": attributed}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_an_edit_of_several_leaves_a_sound_map_and_is_taken_back_whole(
    verb: Callable[[ArgumentMap, Picks], Operation],
) -> None:
    done = 0

    @given(st.lists(steps, max_size=12), st.tuples(*[st.integers(0, 255)] * 14))
    def check(before: list[Step], numbers: tuple[int, ...]) -> None:
        nonlocal done
        argument_map = edited(before)
        try:
            operation = verb(argument_map, Picks(list(numbers)))
        except (EditError, ModelError):
            return
        after = argument_map.apply(operation)
        assert list(map_faults(after)) == []
        assert after.apply(operation.inverse) == argument_map
        done += bool(operation.changes)

    check()
    assert done > 0


@given(st.lists(steps, max_size=12), st.lists(st.integers(0, 255), min_size=14, max_size=14))
def test_removing_several_at_once_leaves_the_map_as_removing_them_one_by_one(
    before: list[Step], numbers: list[int]
) -> None:
    argument_map = edited(before)
    if not argument_map.statements:
        return
    ids = Picks(numbers).some(sorted(argument_map.statements))
    one_by_one = argument_map
    for id_ in dict.fromkeys(ids):
        one_by_one = one_by_one.apply(remove_statement(one_by_one, id_))
    assert argument_map.apply(remove_all(argument_map, ids)) == one_by_one


def test_the_name_of_an_edit_says_how_many_and_which() -> None:
    whole = small_map()
    assert remove_all(whole, ["s-stay"]).label == "removed C2"
    assert remove_all(whole, ["s-toll", "E1"]).label == "removed 2 statements (C1, E1)"
    tags = tag_all(whole, ["s-toll", "s-fell"], ["costs"])
    assert tags.label == "changed tags of 2 statements (C1, E1): added costs"
    many = with_all(statement(f"s{n}", f"C{n}") for n in range(1, 11))
    listed = "C1, C2, C3, C4, C5, C6 and 4 more"
    assert remove_all(many, many.statements).label == f"removed 10 statements ({listed})"


def test_shared_tags_are_changed_and_others_stay() -> None:
    whole = with_all([
        statement("s1", "C1", tags=("tolls", "costs", "old")),
        statement("s2", "C2", tags=("old", "tolls")),
    ])  # fmt: skip
    assert shared_tags(whole, ["s1", "s2"]) == ("tolls", "old")
    operation = tag_all(whole, ["s1", "s2"], ["tolls", "new"])
    found = whole.apply(operation).statements
    assert found["s1"].tags == ("tolls", "costs", "new")
    assert found["s2"].tags == ("tolls", "new")
    assert operation.label.endswith(": added new, removed old")
    assert tag_all(whole, ["s1", "s2"], ["old", "tolls"]).changes == ()


def test_rows_move_with_their_stance_and_what_stands_for_itself_supports() -> None:
    listed = [statement("s1", "C1"), statement("s2", "C2"),
              *(statement(f"e{n}", f"E{n}", "evidence") for n in (1, 2, 3, 4))]  # fmt: skip
    links = [
        inference("i1", "I1", ["e1"], "s1"),
        inference("i2", "I2", ["e2"], "s1", "opposes"),
        inference("i3", "I3", ["e3", "e4"], "s1"),
    ]
    whole = with_all(listed, links)
    rows = [
        PlacedStatement("e1", "i1"),
        PlacedStatement("e2", "i2"),
        PlacedStatement("e3", "i3"),
        PlacedStatement("e4", "i3"),
        PlacedStatement("s1"),
    ]
    operation = move_all(whole, rows, "s2", list("abcde"))
    done = whole.apply(operation)
    there = [(i.label, i.premises, i.stance) for i in done.inferences_to["s2"]]
    assert there == [
        ("I1", ("e1",), "supports"), ("I2", ("e2",), "opposes"),
        ("I3", ("e3", "e4"), "supports"), ("I4", ("s1",), "supports"),
    ]  # fmt: skip
    assert operation.label == "moved 5 statements (E1, E2, E3, E4, C1) under C2"
    assert move_all(done, [PlacedStatement("e1", "i1")], "s2", ["x"]).changes == ()


def test_nothing_moves_under_itself_or_on_both_sides() -> None:
    listed = [statement("s1", "C1"), statement("s2", "C2"), statement("e1", "E1", "evidence")]
    links = [inference("i1", "I1", ["e1"], "s1"), inference("i2", "I2", ["e1"], "s2", "opposes")]
    whole = with_all(listed, links)
    with pytest.raises(EditError, match="C1 cannot be moved under itself; nothing was moved"):
        move_all(whole, [PlacedStatement("s1"), PlacedStatement("e1", "i2")], "s1", ["a", "b"])
    with pytest.raises(EditError, match="E1 would both support and oppose C2; nothing was moved"):
        move_all(whole, [PlacedStatement("e1", "i1")], "s2", ["a"])


def test_an_attribution_that_is_there_is_replaced_and_others_are_added() -> None:
    whole = small_map()
    port = Source("port", "The port", "organisation")
    old = whole.attributions["at-1"]
    said = {
        "s-fell": evolve(old, class_="named_organisation", chain=("port",)),
        "s-stay": Attribution("at-2", "s-stay", "named_organisation", ("port",)),
    }
    operation = attribute_all(whole, said, [port])
    done = whole.apply(operation)
    assert [a.chain for a in done.attributions.values()] == [("port",), ("port",)]
    assert operation.label == "2 statements (E1, C2) attributed to The port"
    again = attribute_all(done, {"s-fell": said["s-fell"]})
    assert again.changes == ()


def test_invalid_bulk_edits_are_refused() -> None:
    whole = small_map()
    unknown = Attribution("at-2", "s-stay", "named_person", ("nobody",))
    with pytest.raises(EditError, match="there is no source 'nobody'"):
        attribute_all(whole, {"s-stay": unknown})
    misplaced = Attribution("at-2", "s-stay", "named_person", ("reports",), "They say", 3)
    with pytest.raises(ModelError):
        attribute_all(whole, {"s-stay": misplaced})
    for refused in (remove_all, shared_tags):
        with pytest.raises(EditError, match="name at least one"):
            refused(whole, [])
        with pytest.raises(EditError, match="there is no statement 'C9'"):
            refused(whole, ["C1", "C9"])


def test_a_thousand_of_ten_thousand_are_removed_and_undone_on_disk(tmp_path: Path) -> None:
    count = 10_000
    listed = [statement(f"s{n}", f"C{n}") for n in range(count)]
    links = [inference(f"i{n}", f"I{n}", [f"s{n}"], f"s{n // 7}") for n in range(1, count)]
    whole = with_all(listed, links)
    with open_store(tmp_path / "argmap.db") as store:
        apply(store, everything_of(whole), AT)
        before = load_map(store, "toll")
        operation = remove_all(before, [f"s{n}" for n in range(0, count, 10)])
        apply(store, operation, AT)
        after = load_map(store, "toll")
        assert len(after.statements) == count - 1000
        undo(store)
        assert load_map(store, "toll").statements == before.statements
