"""Origins counted for every claim at once: against trying everything, and what always holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import astuple
from hypothesis import given, settings
from provenance_maps import CLAIMS, counts_by_trying, dead_in, maps, removals

from argmap.provenance import count_origins, living

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap

MANY = settings(max_examples=300, deadline=None)


@MANY
@given(maps(), removals)
def test_what_stands_is_what_trying_everything_finds(m: ArgumentMap, removed: set[str]) -> None:
    assert living(m, removed).dead == dead_in(m, removed)


@MANY
@given(maps(), removals)
def test_origins_are_those_that_trying_everything_finds(m: ArgumentMap, removed: set[str]) -> None:
    found = count_origins(living(m, removed))
    assert {claim: astuple(count) for claim, count in found.items()} == {
        claim: counts_by_trying(m, claim, removed) for claim in CLAIMS
    }
