"""Groups read as a dictionary of lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model.groups import Groups

words = st.lists(st.text("abc", max_size=3), unique=True)


@given(words)
def test_groups_read_as_a_dictionary_of_lists(items: list[str]) -> None:
    plain: dict[str, list[str]] = {}
    for item in items:
        for key in set(item):
            plain.setdefault(key, []).append(item)
    made = Groups.of(items, set)
    assert made == plain
    assert (len(made), list(made)) == (len(plain), list(plain))
    for key in "abc":
        assert (key in made) == (key in plain)
        assert made.get(key) == plain.get(key)
        assert made.get(key, ()) == plain.get(key, ())


def test_a_missing_group_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Groups.of(["a"], set)["b"]


def test_a_group_of_one_keeps_no_list() -> None:
    groups = Groups.of(["a", "ab"], set)
    assert groups["b"] == groups["b"]
    assert groups["b"] is not groups["b"]
    assert groups["a"] is groups["a"]
