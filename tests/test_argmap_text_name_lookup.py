"""A document or source is found by its id, its title, or the beginning of either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import MissingError
from argmap.text.name_lookup import find_id

ROWS = [
    ("argus", "The Argus"), ("argus-2", "The Argus Weekly"), ("cafe", "Café Europa"),
    ("Ames", "R. Ames"), ("ames", "S. Ames"), ("un", "argus"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("argus", "argus"), ("the argus", "argus"), ("The Argus W", "argus-2"), ("ARGUS-", "argus-2"),
        ("cafe\u0301 e", "cafe"), ("CAFÉ", "cafe"), ("Ames", "Ames"), ("ames", "ames"),
        ("r. a", "Ames"), ("Argus Weekly", None), ("", None), ("nobody", None),
    ],
)  # fmt: skip
def test_the_first_way_in_which_a_name_fits_counts(name: str, id_: str | None) -> None:
    assert find_id(ROWS, name) == id_


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("the", "'the' could be argus (The Argus), argus-2 (The Argus Weekly); give more of the name, or the id"),
        ("AMES", "'AMES' could be Ames (R. Ames), ames (S. Ames); give"),
    ],
)  # fmt: skip
def test_a_name_that_fits_several_lists_them(name: str, listed: str) -> None:
    with pytest.raises(MissingError) as caught:
        find_id(ROWS, name)
    assert listed in str(caught.value)


def test_very_many_are_counted() -> None:
    rows = [(f"s{n}", "Ames") for n in range(2000)]
    with pytest.raises(MissingError, match="could be s0, s1, s2, s3, s4 and 1,995 more; give"):
        find_id(rows, "Ames")


def test_in_full_neither_a_beginning_nor_other_case_is_enough() -> None:
    assert find_id(ROWS, "The Argus", in_full=True) == "argus"
    assert find_id(ROWS, "the argus", in_full=True) is None
    assert find_id(ROWS, "ca", in_full=True) is None


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), unique_by=lambda row: row[0]))
def test_every_id_means_itself(rows: list[tuple[str, str]]) -> None:
    assert [find_id(rows, id_) for id_, _ in rows] == [id_ for id_, _ in rows]
