"""After a merge, everything that cited the duplicate cites the kept source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve
from support.strategies.maps import RUBRIC

from argmap.edit.merge_sources import SourceMerge, SourcePair, merge_sources
from argmap.errors import EditError
from argmap.model.map import Change, Entity
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.records.ids import rating_id, reliability_id

UN = Source("un", "UN Team", "organisation")
TWIN = Source("twin", "the U.N. team", "organisation")


def said(id_: str, *chain: str, statement: str = "s", **values: str) -> Attribution:
    return Attribution(id_, statement, "named_organisation", chain, **values)  # type: ignore[arg-type]  # the model checks


def merged(citing: SourcePair) -> dict[str, Entity | None]:
    """Return the final state of each entity."""
    return {c.entity.id: c.after for c in merge_sources(citing).operation.changes}


def chain_after(*chain: str) -> tuple[str, ...]:
    after = merged(SourcePair(TWIN, UN, [said("a", *chain)]))["a"]
    assert isinstance(after, Attribution)
    return after.chain


def into_after(gone: Source, into: Source) -> tuple[Source, SourceMerge]:
    merger = merge_sources(SourcePair(gone, into))
    after = {c.entity.id: c.after for c in merger.operation.changes}
    found = after.get("un", into)
    assert isinstance(found, Source)
    return found, merger


def test_the_first_is_gone_and_the_second_stays_as_it_is() -> None:
    merger = merge_sources(SourcePair(TWIN, UN))
    assert merger.operation.changes == (Change(TWIN, None),)
    assert merger.operation.label == "merged source the U.N. team into UN Team"
    assert merger.remarks == ()


def test_a_source_is_not_merged_into_itself() -> None:
    with pytest.raises(EditError, match="into itself"):
        merge_sources(SourcePair(UN, UN))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("twin",), ("un",)),
        (("paper", "twin"), ("paper", "un")),
        (("twin", "un"), ("un",)),
        (("un", "twin"), ("un",)),
        (("un", "twin", "un"), ("un",)),
        (("twin", "twin"), ("un",)),
        (("paper", "twin", "un", "amy"), ("paper", "un", "amy")),
        (("twin", "paper", "un"), ("un", "paper", "un")),
        (("un", "un", "paper", "twin"), ("un", "un", "paper", "un")),
        (("paper", "paper", "twin"), ("paper", "paper", "un")),
    ],
)
def test_a_chain_names_the_second_once_where_the_merge_would_name_it_twice_in_a_row(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    assert chain_after(*before) == after


def test_chains_that_are_shortened_are_counted() -> None:
    both = [said("a", "twin", "un"), said("b", "un", "twin", cue="says")]
    merger = merge_sources(SourcePair(TWIN, UN, both))
    assert merger.remarks == (
        "2 chains would name UN Team twice in a row; the repetition is dropped",
    )


def test_what_the_second_does_not_say_of_itself_is_taken_over() -> None:
    gone = evolve(TWIN, url="u", description="d", interest="i", derives_from=("x",))
    into = evolve(UN, interest="its own", same_origin=("y",))
    after, merger = into_after(gone, into)
    assert (after.url, after.description, after.interest) == ("u", "d", "its own")
    assert (after.name, after.derives_from, after.same_origin) == (UN.name, ("x",), ("y",))
    assert merger.remarks == ("UN Team keeps its interest; that of the U.N. team is dropped",)


def test_an_interest_that_both_say_alike_is_not_worth_a_remark() -> None:
    _, merger = into_after(evolve(TWIN, interest="i"), evolve(UN, interest="i"))
    assert merger.remarks == ()


def test_another_kind_is_reported() -> None:
    after, merger = into_after(evolve(TWIN, kind="vague"), UN)
    assert after.kind == "organisation"
    assert merger.remarks == ("UN Team keeps its kind, organisation; the U.N. team was vague",)


@pytest.mark.parametrize("key", ["derives_from", "same_origin"])
@pytest.mark.parametrize("from_gone", [True, False])
def test_a_link_to_itself_that_the_merge_would_make_is_left_out_and_told(
    key: str, *, from_gone: bool
) -> None:
    gone = evolve(TWIN, **{key: ("un", "x")}) if from_gone else TWIN  # type: ignore[arg-type]  # as above
    into = UN if from_gone else evolve(UN, **{key: ("twin", "x")})  # type: ignore[arg-type]  # as above
    after, merger = into_after(gone, into)
    assert getattr(after, key) == ("x",)
    [remark] = merger.remarks
    assert "itself; that link is dropped" in remark


@pytest.mark.parametrize(
    ("gone", "into"), [(("twin",), ()), ((), ("un",)), (("twin",), ("twin",)), (("un",), ("un",))]
)
def test_a_link_to_itself_that_an_older_version_stored_goes_too(
    gone: tuple[str, ...], into: tuple[str, ...]
) -> None:
    after, merger = into_after(evolve(TWIN, derives_from=gone), evolve(UN, derives_from=into))
    assert after.derives_from == ()
    assert merger.remarks == ("UN Team would derive from itself; that link is dropped",)


def test_what_derives_from_the_first_derives_from_the_second_once() -> None:
    paper = Source("paper", "Paper", "outlet", derives_from=("twin", "un"), same_origin=("twin",))
    after = merged(SourcePair(TWIN, UN, sources=[paper]))["paper"]
    assert after == evolve(paper, derives_from=("un",), same_origin=("un",))


def test_judgements_of_the_first_become_those_of_the_second_with_ids_made_anew() -> None:
    key = (RUBRIC.id, RUBRIC.version, "fit", "amy")
    made = Rating(rating_id("twin", *key), *key, 2, source="twin")
    own = Rating("r-1", *key[:3], "bob", 2, source="twin")
    letter = Reliability(reliability_id("twin", "tolls", "amy"), "twin", "amy", "C", "tolls")
    after = merged(SourcePair(TWIN, UN, ratings=[made, own], reliabilities=[letter]))
    assert after == {
        made.id: None,
        rating_id("un", *key): evolve(made, source="un", id=rating_id("un", *key)),
        "r-1": evolve(own, source="un"),
        letter.id: None,
        reliability_id("un", "tolls", "amy"): evolve(
            letter, source="un", id=reliability_id("un", "tolls", "amy")
        ),
        "twin": None,
    }


def test_where_one_assessor_rated_both_the_answer_for_the_second_stays() -> None:
    key = (RUBRIC.id, RUBRIC.version, "fit")
    mine = Rating("r-1", *key, "amy", 1, source="un")
    theirs = Rating("r-2", *key, "amy", 4, source="twin")
    bobs = Rating("r-3", *key, "bob", 4, source="twin")
    merger = merge_sources(SourcePair(TWIN, UN, ratings=[mine, theirs, bobs]))
    assert merger.operation.changes[:-1] == (
        Change(theirs, None),
        Change(bobs, evolve(bobs, source="un")),
    )
    assert merger.remarks == ("both have a rating by amy on fit; that of UN Team stays",)


def test_of_letters_that_are_one_record_the_second_s_stays_and_others_are_kept() -> None:
    mine = Reliability("~1", "un", "amy", "B", "tolls")
    letters = [
        mine,
        Reliability("~2", "twin", "amy", "C", "tolls"),
        Reliability("~3", "twin", "amy", "C", "buses"),
        Reliability("own", "twin", "amy", "C", "tolls"),
    ]
    merger = merge_sources(SourcePair(TWIN, UN, reliabilities=letters))
    after = {c.entity.id: c.after for c in merger.operation.changes}
    assert after == {
        "~2": None,
        "~3": evolve(letters[2], source="un"),
        "own": evolve(letters[3], source="un"),
        "twin": None,
    }
    assert merger.remarks == (
        "both have a reliability letter by amy on tolls; that of UN Team stays",
    )


def test_an_attribution_that_comes_to_say_what_another_says_is_one_with_it() -> None:
    there = said("~1", "un", cue="says", note="kept")
    same = said("~2", "twin", cue="says", note="gone", locator="p. 4")
    merger = merge_sources(SourcePair(TWIN, UN, [there, same]))
    assert merger.operation.changes == (
        Change(there, evolve(there, locator="p. 4")),
        Change(same, None),
        Change(TWIN, None),
    )
    assert merger.remarks == ("1 attribution would repeat another; the repetition is dropped",)


def test_of_three_that_come_to_say_the_same_one_is_left_with_all_details() -> None:
    some = [
        said("~1", "twin"), said("~2", "twin", "un", locator="p. 4"), said("~3", "un", "twin", note="n"),
    ]  # fmt: skip
    after = merged(SourcePair(TWIN, UN, some))
    assert after["~1"] == said("~1", "un", locator="p. 4", note="n")
    assert (after["~2"], after["~3"]) == (None, None)


@pytest.mark.parametrize(
    "other",
    [
        said("own", "un"),
        said("~1", "un", cue="says"),
        said("~1", "un", statement="t"),
        said("~1", "paper", "un"),
    ],
    ids=["an id of its own", "another cue", "another statement", "another chain"],
)
def test_attributions_that_stay_different_records_stay_two(other: Attribution) -> None:
    after = merged(SourcePair(TWIN, UN, [other, said("~2", "twin")]))
    assert after == {"~2": said("~2", "un"), "twin": None}


def test_an_attribution_with_an_id_of_its_own_stays_whatever_others_say() -> None:
    after = merged(SourcePair(TWIN, UN, [said("~1", "un"), said("own", "twin")]))
    assert after == {"own": said("own", "un"), "twin": None}


def test_every_entity_is_changed_once() -> None:
    some = [said("~1", "un"), said("~2", "twin"), said("~3", "twin", "twin"), said("b", "twin")]
    ids = [c.entity.id for c in merge_sources(SourcePair(TWIN, UN, some)).operation.changes]
    assert len(ids) == len(set(ids))


def chain_of(*ids: str) -> list[Source]:
    """Return sources that each derive from the next; `un` and `twin` among them."""
    known = {"un": UN, "twin": TWIN}
    return [
        evolve(known.get(id_, Source(id_, id_.upper(), "outlet")), derives_from=(next_,))
        for id_, next_ in pairwise(ids)
    ]


def remarks_on(*sources: Source) -> list[str]:
    by_id = {"un": UN, "twin": TWIN} | {source.id: source for source in sources}
    gone, into = by_id.pop("twin"), by_id.pop("un")
    return list(merge_sources(SourcePair(gone, into, upstream=list(by_id.values()))).remarks)


@pytest.mark.parametrize("ends", [("twin", "un"), ("un", "twin")])
def test_a_merge_that_closes_a_circle_names_it(ends: tuple[str, str]) -> None:
    first, last = ends
    [remark] = remarks_on(*chain_of(first, "post", "echo", last))
    assert remark == (
        "this closes a circle of derivation: UN Team derives from POST,"
        " POST derives from ECHO, ECHO derives from UN Team"
    )


def test_a_long_circle_is_named_in_part() -> None:
    [remark] = remarks_on(*chain_of("un", *"abcdefg", "twin"))
    assert remark == (
        "this closes a circle of derivation: UN Team derives from A,"
        " and so on through 6 more sources, G derives from UN Team"
    )


def test_of_two_ways_that_close_a_circle_the_shorter_is_named() -> None:
    twin = evolve(TWIN, derives_from=("a", "un", "x"))
    [remark, left_out] = remarks_on(twin, *chain_of("a", "b", "un"), *chain_of("x", "un"))
    assert remark.endswith("UN Team derives from X, X derives from UN Team")
    assert left_out.endswith("that link is dropped")


@pytest.mark.parametrize(
    "sources",
    [
        chain_of("twin", "post", "echo"),
        [*chain_of("twin", "post"), *chain_of("un", "post"), *chain_of("post", "echo", "post")],
        chain_of("un", "post", "un"),
    ],
    ids=["no way back", "a circle behind both", "a circle that was there"],
)
def test_a_merge_that_closes_no_circle_says_nothing_of_one(sources: list[Source]) -> None:
    assert remarks_on(*sources) == []
