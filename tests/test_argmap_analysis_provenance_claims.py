"""Provenance of the evidence for one claim: origins, circles, shared ancestors, dead ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.provenance_maps import (
    AUTHOR,
    CLAIMS,
    EVIDENCE,
    Behind,
    as_tried,
    behind,
    classes_in,
    counts_by_trying,
    ends_of,
    is_known,
    items_of,
    maps,
    removals,
    said,
    source,
    sourced_map,
)

from argmap.analysis.graphs import reachability
from argmap.analysis.provenance import Provenance, is_listable, live_map_of, provenance_of
from argmap.analysis.provenance.circles import circles_behind
from argmap.analysis.provenance.extent import MOST_LISTED

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution, Source

TO_C1 = [([e], "c1") for e in EVIDENCE[:3]]


def found_for(
    sources: list[Source], attributions: list[Attribution], items: int = 3, claim: str = "c1"
) -> Provenance:
    """Return the provenance of a claim that the first *items* support."""
    m = sourced_map([*TO_C1[:items], (["c1"], "c2")], sources, attributions)
    return provenance_of(live_map_of(m), claim)


def test_three_items_of_one_release_have_one_origin() -> None:
    outlets = [source(f"s{n}", "outlet", derives_from=("s4",)) for n in (1, 2, 3)]
    cited = [said(f"at{n}", f"e{n}", f"s{n}") for n in (1, 2, 3)]
    found = found_for([*outlets, source("s4", "document")], cited)
    assert found.count.summary == "3 items, 1 origin"
    assert [origin.sources for origin in found.origins] == [("s4",)]
    assert (found.count.direct.level, found.count.direct.access_summary) == (1, "")
    assert list(found.false_confirmations()) == [("e1", "e2"), ("e1", "e3"), ("e2", "e3")]


def test_sources_that_share_an_origin_count_as_one() -> None:
    sources = [source("s1", same_origin=("s2",)), source("s2"), source("s3")]
    found = found_for(sources, [said(f"at{n}", f"e{n}", f"s{n}") for n in (1, 2, 3)])
    assert [origin.sources for origin in found.origins] == [("s1", "s2"), ("s3",)]
    assert list(found.false_confirmations()) == [("e1", "e2")]


def test_two_identified_and_two_unknown_make_two_origins_or_up_to_four() -> None:
    sources = [source("s1"), source("s2"), source("s3", "vague")]
    cited = [said("at1", "e1", "s1"), said("at2", "e1", "s2"), said("at3", "e2", "s3")]
    found = found_for(sources, cited)
    assert (found.count.n_min, found.count.n_max) == (2, 4)
    assert found.count.summary == "3 items, 2 origins and 2 unidentified"
    assert [(o.sources, o.items) for o in found.origins if not o.is_identified] == [
        (("s3",), ("e2",)),
        ((), ("e3",)),
    ]
    assert [(end.item, end.source) for end in found.dead_ends] == [("e2", "s3"), ("e3", None)]


@pytest.mark.parametrize(
    ("kind", "description", "identified"),
    [
        ("person", None, True),
        ("organisation", None, True),
        ("document", None, True),
        ("outlet", None, True),
        ("unnamed", "close to the talks", True),
        ("unnamed", None, False),
        ("vague", "close to the talks", False),
    ],
)
def test_a_source_is_identified_by_its_kind_or_its_description(
    kind: str, description: str | None, *, identified: bool
) -> None:
    voice = source("s1", kind, description=description)
    found = found_for([voice], [said("at1", "e1", "s1")], items=1)
    assert [origin.is_identified for origin in found.origins] == [identified]


@pytest.mark.parametrize("class_", ["evidential_hedge", "author_assertion"])
@pytest.mark.parametrize("chain", [(), ("s1",)])
def test_a_hedge_or_an_assertion_gives_an_item_and_no_origin(
    class_: str, chain: tuple[str, ...]
) -> None:
    found = found_for([source("s1")], [said("at1", "e1", *chain, class_=class_)], items=1)
    assert (found.count.summary, found.count.n_max) == ("1 item, no identified origin", 0)


def test_what_the_author_observed_is_one_origin_for_all_items() -> None:
    seen = [said(f"at{n}", f"e{n}", class_="firsthand_author") for n in (1, 2, 3)]
    found = found_for([], seen)
    assert [(o.sources, o.items) for o in found.origins] == [((), ("e1", "e2", "e3"))]
    assert [(s.sources, s.items) for s in found.shared] == [((), ("e1", "e2", "e3"))]


def test_a_chain_leads_on_for_its_own_item_only() -> None:
    cited = [said("at1", "e1", "s1", "s2"), said("at2", "e2", "s1")]
    found = found_for([source("s1"), source("s2")], cited, items=2)
    assert [(o.sources, o.items) for o in found.origins] == [(("s1",), ("e2",)), (("s2",), ("e1",))]


def test_a_closed_circle_is_no_origin_and_its_items_do_not_stand() -> None:
    ring = [source("s1", derives_from=("s2",)), source("s2", derives_from=("s1",))]
    found = found_for([*ring, source("s3")], [said("at1", "e1", "s1"), said("at2", "e2", "s3")], 2)
    assert (found.items, found.circular_items) == (("e2",), ("e1",))
    assert found.count.summary == "2 items, 1 origin"
    assert [(c.sources, c.items, c.is_closed) for c in found.circles] == [
        (("s1", "s2"), ("e1",), True)
    ]


def test_a_circle_with_a_way_out_leads_to_an_origin() -> None:
    ring = [source("s1", derives_from=("s2", "s3")), source("s2", derives_from=("s1",))]
    found = found_for([*ring, source("s3")], [said("at1", "e1", "s1")], items=1)
    assert found.count.n_min == 1
    assert [(c.sources, c.is_closed) for c in found.circles] == [(("s1", "s2"), False)]


def test_a_circle_that_chains_close_is_a_circle_for_its_item() -> None:
    sources = [source("s1"), source("s2", derives_from=("s1",))]
    found = found_for(sources, [said("at1", "e1", "s1", "s2"), said("at2", "e2", "s1")], items=2)
    assert (found.items, found.circular_items) == (("e2",), ("e1",))
    assert [(c.sources, c.items, c.is_closed) for c in found.circles] == [
        (("s1", "s2"), ("e1",), True)
    ]


def test_items_reach_a_claim_through_other_statements_and_not_through_steps() -> None:
    m = sourced_map([(["e1"], "e2"), (["e2", "a1"], "c2"), (["c2"], "c1"), (["e3"], "i3")])
    assert provenance_of(live_map_of(m), "c1").items == ("e1", "e2")


def test_sources_that_are_no_ends_only_pass_on() -> None:
    outlets = [source(f"s{n}", "outlet", derives_from=("s4",)) for n in (1, 2)]
    cited = [said(f"at{n}", f"e{n}", f"s{n}") for n in (1, 2, 3)]
    found = found_for([*outlets, source("s3", "vague"), source("s4", "document")], cited)
    assert (found.sources, found.intermediaries) == (4, 2)
    seen = found_for([], [said("at1", "e1", class_="firsthand_author")], items=1)
    assert (seen.sources, seen.intermediaries) == (1, 0)


def test_items_that_depend_on_one_origin_make_fewer_origins_in_effect() -> None:
    sources = [source("s1"), source("s2")]
    cited = [said("at1", "e1", "s1"), said("at2", "e2", "s1"), said("at3", "e3", "s2")]
    assert found_for(sources, cited).effective_origins == Fraction(9, 5)
    both = [said("at1", "e1", "s1"), said("at2", "e1", "s2")]
    assert found_for(sources, both, items=1).effective_origins == 2
    assert found_for([], [said("at1", "e1", class_="author_assertion")], 1).effective_origins == 0


def test_a_chain_out_of_a_circle_opens_it_for_its_own_item_alone() -> None:
    ring = [source("s1", derives_from=("s2",)), source("s2", derives_from=("s1",)), source("s3")]
    found = found_for(ring, [said("at1", "e1", "s1", "s3"), said("at2", "e2", "s2")], items=2)
    assert [(c.items, c.is_closed) for c in found.circles] == [(("e1",), False), (("e2",), True)]


def test_a_claim_is_listed_only_if_its_provenance_is_small() -> None:
    for length, is_told in ((MOST_LISTED - 5, True), (MOST_LISTED, False)):
        line = [source(f"s{n}", derives_from=(f"s{n + 1}",)) for n in range(length)]
        m = sourced_map(TO_C1[:1], [*line, source(f"s{length}")], [said("at1", "e1", "s0")])
        assert is_listable(live_map_of(m), "c1") == is_told
    many = sourced_map(TO_C1[:1], opposes=[(["e2"], "c1")] * MOST_LISTED)
    assert not is_listable(live_map_of(many), "c1")


def test_evidence_against_a_claim_is_no_item_for_it() -> None:
    m = sourced_map([(["e1"], "c1")], opposes=[(["e2"], "c1")])
    assert provenance_of(live_map_of(m), "c1").items == ("e1",)


@pytest.mark.parametrize(
    ("text", "own", "steps"),
    [
        ("certain", "possible", [2]),
        ("probable", "possible", [1]),
        ("certain", "certain", []),
        ("possible", "certain", []),
        ("certain", None, []),
    ],
)
def test_certainty_grew_where_the_text_is_surer_than_its_source(
    text: str, own: str | None, steps: list[int]
) -> None:
    told = said("at1", "e1", "s1", text_certainty=text, source_certainty=own)
    found = found_for([source("s1")], [told], items=1)
    assert [growth.steps for growth in found.growth] == steps


def test_an_origin_that_was_told_by_an_unnamed_source_is_a_dead_end() -> None:
    found = found_for([source("s1")], [said("at1", "e1", "s1", access="told")], items=1)
    assert found.count.n_min == 1
    assert [(end.item, end.source) for end in found.dead_ends] == [("e1", "s1")]


@pytest.mark.parametrize(
    ("accesses", "level"),
    [
        (["measured"], 1),
        (["measured", "measured"], 2),
        (["measured", "told"], 2),
        (["measured", "unknown"], 2),
        (["measured", None], 2),
        (["measured", "inspected"], 3),
        (["measured", "measured", "measured"], 3),
        (["measured", "measured", "inspected"], 4),
    ],
)
def test_more_origins_and_different_access_suggest_a_higher_level(
    accesses: list[str | None], level: int
) -> None:
    cited = [said(f"at{n}", f"e{n}", f"s{n}", access=a) for n, a in enumerate(accesses, 1)]
    sources = [source(f"s{n}") for n in (1, 2, 3)]
    found = found_for(sources, cited, items=len(accesses))
    assert found.count.direct.level == level


def test_two_kinds_of_access_of_one_origin_do_not_make_two_origins_differ() -> None:
    cited = [
        said("at1", "e1", "s1", access="measured"),
        said("at2", "e2", "s1", access="inspected"),
        said("at3", "e3", "s2"),
    ]
    assert found_for([source("s1"), source("s2")], cited).count.direct.level == 2


def test_how_a_voice_knows_holds_for_the_origin_behind_it() -> None:
    sources = [source("s1", derives_from=("s3",)), source("s2"), source("s3")]
    cited = [
        said("at1", "e1", "s1", access="inspected"),
        said("at2", "e2", "s2", access="measured"),
    ]
    found = found_for(sources, cited, items=2)
    assert (found.count.n_min, found.count.direct.level) == (2, 3)


def test_the_reason_for_a_level_names_what_was_counted() -> None:
    cited = [
        said("at1", "e1", "s1", access="measured"),
        said("at2", "e2", "s2", access="took_part"),
    ]
    found = found_for([source("s1"), source("s2")], cited).count
    assert found.summary + found.direct.access_summary == (
        "3 items, 2 origins and 1 unidentified, with different kinds of access: took part, measured"
    )


def ancestors_of(m: ArgumentMap, item: str, removed: set[str]) -> list[Any]:
    """Return the ancestors of *item*, each origin as the set of sources that share it."""
    graph = behind(m, item)
    return [n for n in graph.reach(item, removed) if n == AUTHOR or n in m.sources]


def share(m: ArgumentMap, first: str, second: str, removed: set[str]) -> bool:
    """Return whether two items have an ancestor in common, or origins that are one."""
    if set(ancestors_of(m, first, removed)) & set(ancestors_of(m, second, removed)):
        return True
    ends = [{e for e in ends_of(m, i, removed) if is_known(m, e)} for i in (first, second)]
    return any(one & ends[0] and one & ends[1] for one in classes_in(m, ends[0] | ends[1]))


def circles_in(graph: Behind, removed: set[str]) -> set[tuple[tuple[str, ...], bool]]:
    """Return the circles that the item leads to: their sources, and whether none leads out."""
    reach = {node: graph.reach(node, removed) for node in graph.reach(graph.item, removed)}
    found = set()
    for node, after in reach.items():
        if node in after:
            circle = {other for other in after if node in reach[other]}
            found.add((tuple(sorted(circle)), after == circle))
    return found


@given(maps(), removals)
def test_circles_are_the_same_in_stretches_of_any_length(m: ArgumentMap, removed: set[str]) -> None:
    there = live_map_of(m, removed)
    items = [*there.items, *there.circular]
    whole = circles_behind(there, items)
    with pytest.MonkeyPatch.context() as patch:
        for stretch in (1, 2):
            patch.setattr(reachability, "STRETCH", stretch)
            assert circles_behind(there, items) == whole


@given(maps(), removals, st.sampled_from(CLAIMS))
def test_the_provenance_of_a_claim_equals_a_brute_force_search(
    m: ArgumentMap, removed: set[str], claim: str
) -> None:
    found = provenance_of(live_map_of(m, removed), claim)
    assert as_tried(found.count) == counts_by_trying(m, claim, removed)
    assert set(found.items) == items_of(m, claim, removed)
    every = (*found.items, *found.circular_items)
    assert sorted(found.false_confirmations()) == [
        pair for pair in combinations(sorted(every), 2) if share(m, *pair, removed)
    ]
    circles = {item: circles_in(behind(m, item), removed) for item in every}
    assert {(c.sources, c.is_closed): set(c.items) for c in found.circles} == {
        circle: {item for item in every if circle in circles[item]}
        for circle in set().union(*circles.values())
    }


def test_a_pair_that_shares_several_ancestors_is_listed_once() -> None:
    sources = [source("s1"), source("s2")]
    cited = [said("at1", "e1", "s1"), said("at2", "e2", "s1"), said("at3", "e2", "s2")]
    found = found_for(sources, [*cited, said("at4", "e1", "s2"), said("at5", "e3", "s2")])
    assert len(found.shared) == 2
    assert sorted(found.false_confirmations()) == [("e1", "e2"), ("e1", "e3"), ("e2", "e3")]
