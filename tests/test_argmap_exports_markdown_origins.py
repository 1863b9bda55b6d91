"""The origins of evidence in the Markdown, each remark on a map with content for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from support.strategies.maps import TEXT, rating
from support.strategies.provenance_maps import said, source, sourced_map

from argmap.exports.markdown.computed.origins import origins_group
from argmap.exports.markdown.context import build_context
from argmap.model.document import passage_at

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap

SHARED = [source(f"s{n}", "outlet", derives_from=("s4",)) for n in (1, 2)]
RELEASE = source("s4", "document")
TWICE = [said("at1", "e1", "s1"), said("at2", "e2", "s2")]
STEPS = [(["e1"], "c1"), (["e2"], "c1")]


def told(m: ArgumentMap, claim: str = "c1") -> str:
    return "\n".join(origins_group(build_context(m), claim))


def test_items_of_one_release_are_said_not_to_confirm_each_other() -> None:
    words = told(sourced_map(STEPS, [*SHARED, RELEASE], TWICE))
    assert words.startswith(
        "**Origins**: 2 items, 1 origin; 2 of 3 sources only pass on the content."
    )
    assert "(S3): E1, E2 share this origin and do not confirm each other" in words


def test_circles_ends_that_were_told_and_unknown_ends_are_named() -> None:
    ring = [source("s1", derives_from=("s2",)), source("s2", derives_from=("s1",))]
    voices = [*ring, source("s3"), source("s4", "vague")]
    cited = [
        said("at1", "e1", "s1"),
        said("at2", "e2", "s3", access="told"),
        said("at3", "e3", "s4"),
    ]
    words = told(sourced_map([*STEPS, (["e3"], "c1")], voices, cited))
    assert "cite each other in a circle, and E1 depends on it" in words
    assert "E2 goes back to" in words
    assert "who heard it from others" in words
    assert "- no identified origin, " in words


def test_contrary_evidence_that_the_text_leaves_out_is_named() -> None:
    m = sourced_map(STEPS, [*SHARED, RELEASE], TWICE, opposes=[(["e3"], "c1")])
    assert "not in the text: E3, of 1 contrary item" in told(m)
    quoted = evolve(m.statements["e3"], passages=(passage_at(TEXT, 0, 5),))
    assert "leaves out" not in told(evolve(m, statements={**m.statements, "e3": quoted}))


def test_a_rating_of_corroboration_that_origins_do_not_bear_out_is_named() -> None:
    m = sourced_map(STEPS, [*SHARED, RELEASE], TWICE)
    for level, is_told in ((3, True), (1, False)):
        given = {"r": rating("r", "c1", "corroboration", level)}
        words = told(evolve(m, ratings=given))
        assert ("amy rated corroboration 3; the origins suggest 1" in words) == is_told


def test_a_claim_that_nothing_speaks_for_has_no_origins() -> None:
    assert told(sourced_map(STEPS), "c2") == ""
