"""The direct items of a claim, and the corroboration that they suggest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.strategies.provenance_maps import said, source, sourced_map

import store
from argmap.analysis.provenance import count_origins, direct_items, live_map_of, provenance_of

if TYPE_CHECKING:
    from argmap.analysis.provenance import OriginCount
    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution, Source

CASES = Path(__file__).parents[2] / "shared" / "cases" / "judging"
PEOPLE = [source(f"s{n}") for n in (1, 2, 3, 4)]
SAID = [said(f"at{n}", f"e{n}", f"s{n}") for n in (1, 2, 3, 4)]


def count_of(m: ArgumentMap, claim: str = "c1") -> OriginCount:
    return count_origins(live_map_of(m))[claim]


def test_origins_behind_sub_claims_suggest_nothing_for_the_claim() -> None:
    steps = [(["c2"], "c1"), (["e1"], "c2"), (["e2"], "c2")]
    found = count_of(sourced_map(steps, PEOPLE, SAID))
    assert found.direct.level is None
    assert found.summary == "no items of its own; 2 origins behind its sub-claims"


def test_the_level_follows_from_direct_items_where_there_are_others() -> None:
    steps = [(["e1"], "c1"), (["c2"], "c1"), (["e2"], "c2"), (["e3"], "c2")]
    found = count_of(sourced_map(steps, PEOPLE, SAID))
    assert (found.direct.level, found.n_min) == (1, 3)
    assert found.summary == "1 item, 1 origin; 2 origins behind its sub-claims"


def test_evidence_for_a_claim_and_for_its_sub_claim_is_counted_in_both_places() -> None:
    steps = [(["e1"], "c1"), (["c2"], "c1"), (["e1"], "c2")]
    found = count_of(sourced_map(steps, PEOPLE, SAID))
    assert found.summary == "1 item, 1 origin; 1 origin behind its sub-claims"


def test_linked_evidence_is_one_item_with_one_origin_at_most() -> None:
    found = count_of(sourced_map([(["e1", "e2"], "c1")], PEOPLE, SAID))
    assert (found.direct.items, found.direct.level, found.n_min) == (1, 1, 2)


def test_linked_evidence_of_which_one_is_unknown_has_no_identified_origin() -> None:
    voices = [source("s1"), source("s2", "vague")]
    found = count_of(sourced_map([(["e1", "e2"], "c1")], voices, SAID[:2])).direct
    assert (found.n_min, found.n_max, found.level) == (0, 1, 0)


@pytest.mark.parametrize(
    ("voices", "attributions"),
    [
        ([source("s1", "vague"), source("s2", "vague")], SAID[:2]),
        ([source("s1", "vague")], SAID[:1]),
    ],
)
def test_linked_evidence_of_unknown_origin_alone_may_be_one_origin(
    voices: list[Source], attributions: list[Attribution]
) -> None:
    m = sourced_map([(["e1", "e2"], "c1")], voices, attributions)
    [item] = direct_items(live_map_of(m), "c1")
    assert (item.origins, item.has_unknown, item.is_identified) == ((), True, False)
    assert (count_of(m).direct.n_min, count_of(m).direct.n_max) == (0, 1)


@pytest.mark.parametrize(
    ("steps", "origins"),
    [
        ([["e1", "e2"], ["e3"]], 2),
        ([["e1", "e2"], ["e1"]], 1),  # what it shares with evidence alone confirms nothing
        ([["e1", "e2"], ["e1"], ["e2"]], 2),
        ([["e1", "e2"], ["e3", "e4"]], 2),
        ([["e1", "e2"], ["e2", "e3"]], 1),
    ],
)
def test_linked_evidence_adds_an_origin_only_where_it_shares_none(
    steps: list[list[str]], origins: int
) -> None:
    m = sourced_map([(premises, "c1") for premises in steps], PEOPLE, SAID)
    assert count_of(m).direct.n_min == origins


def test_linked_evidence_is_in_the_order_of_its_labels_and_counts_once() -> None:
    m = sourced_map([(["e2", "e1"], "c1"), (["e1", "e2"], "c1"), (["e3"], "c1")], PEOPLE, SAID)
    assert [item.evidence for item in direct_items(live_map_of(m), "c1")] == [("e1", "e2"), ("e3",)]


def test_an_assumption_among_the_premises_takes_no_origin_away() -> None:
    found = count_of(sourced_map([(["e1", "a1"], "c1")], PEOPLE, SAID)).direct
    assert (found.items, found.n_min, found.n_max) == (1, 1, 1)


def test_reports_of_two_issuers_have_the_access_of_their_issuers() -> None:
    reports = [
        source("s1", "document", derives_from=("s3",)),
        source("s2", "document", derives_from=("s4",)),
        *PEOPLE[2:],
    ]
    cited = [
        said("at1", "e1", "s1", access="measured"),
        said("at2", "e2", "s2", access="inspected"),
    ]
    found = count_of(sourced_map([(["e1"], "c1"), (["e2"], "c1")], reports, cited)).direct
    assert (found.n_min, found.level) == (2, 3)
    assert found.access_summary == ", with different kinds of access: measured, inspected"


def test_every_item_that_is_counted_is_listed() -> None:
    ring = [source("s1", derives_from=("s2",)), source("s2", derives_from=("s1",)), source("s3")]
    cited = [
        said("at1", "e1", "s1"),
        said("at2", "e2", class_="author_assertion"),
        said("at3", "e3", "s3"),
    ]
    m = sourced_map([([f"e{n}"], "c1") for n in (1, 2, 3)], ring, cited)
    found = provenance_of(live_map_of(m), "c1")
    assert found.count.summary == "3 items, 1 origin"
    assert found.without_origin == ("e2", "e1")
    assert [item for origin in found.origins for item in origin.items] == ["e3"]


def test_evidence_that_fell_is_no_item() -> None:
    m = sourced_map([(["e1"], "c1"), (["e2"], "c1")], PEOPLE, SAID)
    assert [i.evidence for i in direct_items(live_map_of(m, ["s1"]), "c1")] == [("e2",)]
    assert direct_items(live_map_of(m, ["c1"]), "c1") == ()


@pytest.mark.skipif(not CASES.exists(), reason="the small maps are not here")
@pytest.mark.parametrize(
    ("file", "document", "level"),
    [
        ("min", "m1", None),
        ("min", "m2", 1),
        ("min", "m4", 3),
        ("min", "m5", 0),
        ("min", "m6", 0),
        ("acc", "q", 3),
        ("acc", "q2d", 1),
    ],
)
def test_the_small_maps_suggest_what_they_should(
    tmp_path: Path, file: str, document: str, level: int | None
) -> None:
    with store.open_store(tmp_path / "x.db") as opened:
        lines = (CASES / f"{file}.jsonl").read_text("utf-8").splitlines()
        store.import_from(opened, map(json.loads, lines), assessor="amy")
        m = store.load_map(opened, document)
    assert m.main_claim is not None
    assert count_of(m, m.main_claim.id).direct.level == level
