"""Origins of all claims counted in one pass, against brute force and invariants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from support.strategies.maps import inference, statement, with_all
from support.strategies.provenance_maps import (
    CLAIMS,
    as_tried,
    counts_by_trying,
    dead_in,
    maps,
    removals,
    said,
    source,
    sourced_map,
)

from argmap.analysis.graphs import reachability
from argmap.analysis.provenance import count_origins, live_map_of

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap


@given(maps(), removals)
def test_the_live_map_is_the_one_that_brute_force_finds(m: ArgumentMap, removed: set[str]) -> None:
    assert live_map_of(m, removed).dead == dead_in(m, removed)


@given(maps(), removals)
def test_origins_are_those_that_trying_everything_finds(m: ArgumentMap, removed: set[str]) -> None:
    found = count_origins(live_map_of(m, removed))
    with pytest.MonkeyPatch.context() as patch:
        for stretch in (1, 2, 3):
            patch.setattr(reachability, "STRETCH", stretch)
            assert count_origins(live_map_of(m, removed)) == found
    assert {claim: as_tried(count) for claim, count in found.items()} == {
        claim: counts_by_trying(m, claim, removed) for claim in CLAIMS
    }


def test_depth_is_unlimited() -> None:
    depth = 20_000
    sources = [source(f"s{n}", derives_from=(f"s{n + 1}",)) for n in range(depth)]
    claims = [statement(f"c{n}", f"C{n}") for n in range(depth)]
    steps = [inference(f"i{n}", f"I{n}", [f"c{n + 1}"], f"c{n}") for n in range(depth - 1)]
    item = statement("e1", "E1", "evidence")
    last = inference("i", "I", ["e1"], f"c{depth - 1}")
    cited = said("at1", "e1", *(f"s{n}" for n in range(depth)))
    m = with_all(
        [*claims, item],
        [*steps, last],
        sources={s.id: s for s in (*sources, source(f"s{depth}"))},
        attributions={cited.id: cited},
    )
    assert count_origins(live_map_of(m))["c0"].n_min == 1
    assert count_origins(live_map_of(m, [f"s{depth}"]))["c0"].n_min == 0


@pytest.mark.parametrize("stretch", [1, 2, 3, 8192])
def test_a_voice_that_others_end_at_is_no_end_for_an_item_that_leads_on_from_it(
    monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(reachability, "STRETCH", stretch)
    one_owner = [source("s1", same_origin=("s2",)), source("s2"), source("s4")]
    chained = [
        said("at1", "e1", "s1", "s3"),
        said("at2", "e2", "s1"),
        said("at3", "e3", "s2"),
    ]
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c2"), (["e3"], "c3")],
        [*one_owner, source("s3", derives_from=("s1", "s4"))],
        chained,
    )
    assert [c.n_min for c in count_origins(live_map_of(m)).values()] == [1, 1, 1]
    steps = {"i4": inference("i4", "I4", ["c2"], "c3"), "i5": inference("i5", "I5", ["c3"], "c1")}
    both = evolve(m, inferences={**m.inferences, **steps})
    assert [c.n_min for c in count_origins(live_map_of(both)).values()] == [2, 1, 1]


def test_a_voice_behind_one_that_fell_leads_on_where_another_way_comes_by() -> None:
    m = sourced_map(
        [(["e1"], "c1")],
        [source("s1"), source("s2"), source("s3"), source("s4", derives_from=("s2",))],
        [said("at1", "e1", "s1", "s2", "s3"), said("at2", "e1", "s4")],
    )
    whole, rest = (count_origins(live_map_of(m, removed))["c1"] for removed in ((), ("s1",)))
    assert (whole.n_min, rest.n_min) == (1, 1)
    assert live_map_of(m, ("s1", "s3")).dead == {"e1", "i1"}


def test_access_counts_only_for_origins_that_still_stand_behind_an_item() -> None:
    sources = [
        source("s1"),
        source("s2"),
        source("s3", "vague"),
        source("s4", derives_from=("s1",)),
    ]
    m = sourced_map(
        [([item], "c1") for item in ("e1", "e2", "e3", "e4")],
        sources,
        [
            said("at1", "e1", "s1", access="measured"),
            said("at2", "e2", "s4", "s2", access="inspected"),
            said("at3", "e3", "s3", access="judged"),
            said("at4", "e2", "s2"),
        ],
    )
    assert count_origins(live_map_of(m))["c1"].direct.level == 3
    assert count_origins(live_map_of(m, ["s4"]))["c1"].direct.level == 2
    told_by_nobody = {k: a for k, a in m.attributions.items() if k != "at2"}
    assert (
        count_origins(live_map_of(evolve(m, attributions=told_by_nobody)))["c1"].direct.level == 2
    )


def test_a_hedge_has_no_access_whatever_it_says() -> None:
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1")],
        [source("s1"), source("s2")],
        [
            said("at1", "e1", "s1", access="measured"),
            said("at2", "e2", "s2"),
            said("at3", "e2", "s2", class_="evidential_hedge", access="inspected"),
        ],
    )
    assert count_origins(live_map_of(m))["c1"].direct.level == 2


def test_how_a_report_knows_holds_for_the_issuer_that_it_derives_from() -> None:
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1")],
        [source("s1"), source("s2", derives_from=("s3",)), source("s3")],
        [
            said("at1", "e1", "s1", access="measured"),
            said("at2", "e2", "s2", access="inspected"),
        ],
    )
    assert count_origins(live_map_of(m))["c1"].direct.level == 3


def test_an_origin_of_several_sources_counts_once_for_all_claims_that_lead_to_it() -> None:
    owners = [source("s1", same_origin=("s2",)), source("s2", same_origin=("s3",)), source("s3")]
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1"), (["e3"], "c2"), (["c2"], "c1")],
        owners,
        [said("at1", "e1", "s1"), said("at2", "e2", "s2"), said("at3", "e3", "s3")],
    )
    assert [c.n_min for c in count_origins(live_map_of(m)).values()] == [1, 1, 0]


def test_two_kinds_of_access_of_one_origin_do_not_make_it_two() -> None:
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1")],
        [source("s1"), source("s2")],
        [
            said("at1", "e1", "s1", access="measured"),
            said("at2", "e1", "s1", access="inspected"),
            said("at3", "e2", "s2"),
        ],
    )
    assert count_origins(live_map_of(m))["c1"].direct.level == 2
