"""A sorted sequence in blocks reads as a sorted list, and its copies share blocks."""

from __future__ import annotations

from operator import neg

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import blocks
from argmap.model.blocks import Blocks

numbers = st.sets(st.integers(0, 40))


@given(numbers, st.lists(st.tuples(numbers, numbers), max_size=6), st.integers(2, 9))
def test_changed_blocks_read_as_a_list_that_was_sorted_again(
    first: set[int], steps: list[tuple[set[int], set[int]]], largest: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "LARGEST", largest)
        seen = [(Blocks.of(sorted(first, key=neg)), sorted(first, key=neg))]
        for gone, new in steps:
            before = set(seen[-1][1])
            removed, added = gone & before, new - (before - gone)
            changed = seen[-1][0].replaced(removed, added, neg)
            seen.append((changed, sorted(before - gone | new, key=neg)))
    for made, listed in seen:
        assert made == listed
        assert (list(made), len(made)) == (listed, len(listed))
        assert [made[place] for place in range(-len(listed), len(listed))] == listed + listed
        assert (made[:3], made[::-2], made[-2:]) == (listed[:3], listed[::-2], listed[-2:])
        assert all(0 < len(block) <= largest for block in made.blocks)


def test_blocks_are_the_same_as_blocks_with_other_limits() -> None:
    assert Blocks([[1], [2, 3]]) == Blocks([[1, 2], [3]]) != Blocks([[1, 2]])
    assert Blocks([[1]]) != "1"
    assert Blocks([[1]]) != 1
    assert repr(Blocks([[1], [2]])) == "Blocks.of([1, 2])"


def test_an_item_outside_has_an_index_error() -> None:
    with pytest.raises(IndexError):
        Blocks.of([1])[1]
    with pytest.raises(IndexError):
        Blocks.of([])[0]


def test_a_change_copies_one_block() -> None:
    before = Blocks.of(range(10_000))
    after = before.replaced([5000], [10_000], int)
    copied = [block for block in after.blocks if not any(block is b for b in before.blocks)]
    assert len(copied) == 2
