"""A map in memory has each id once, however many entities name it."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import AT, Step, edited, everything_of, statement, steps, with_all

import store


@given(st.lists(steps, max_size=20))
def test_entities_name_statements_by_the_strings_that_those_have_as_ids(some: list[Step]) -> None:
    with store.open_memory() as opened:
        store.apply(opened, everything_of(edited(some)), AT)
        found = store.load_map(opened, edited(some).document.id)
    own = {id(key) for key in found.statements}
    assert own == {id(s.id) for s in found.statements.values()}
    for inference in found.inferences.values():
        assert own.issuperset(map(id, inference.premises))
        assert inference.conclusion not in found.statements or id(inference.conclusion) in own
    assert own.issuperset(id(each.statement) for each in found.attributions.values())
    assert own.issuperset(id(r.statement) for r in found.ratings.values() if r.statement)


def test_claims_with_one_main_item_name_it_by_one_string() -> None:
    item = statement("item", "E1", "evidence")
    claims = [evolve(statement(f"c{n}", f"C{n}"), main_item="item") for n in range(1, 4)]
    argument_map = with_all([item, *claims])
    with store.open_memory() as opened:
        store.apply(opened, everything_of(argument_map), AT)
        found = store.load_map(opened, argument_map.document.id)
    assert len({id(found.statements[claim.id].main_item) for claim in claims}) == 1
