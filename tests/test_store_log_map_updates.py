"""A map in memory follows the operations of other processes."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.oracles.log_following import BUS, Follower, changed, done, only
from support.strategies.maps import AT, RUBRIC, rating, statement

import store
from argmap import edit
from argmap.model.map import Change
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from store.log import load_update
from store.log.map_updates import MapUpdate


def test_an_edit_by_another_process_arrives_as_it_was_made(
    follower: Follower, there: store.Store
) -> None:
    changed(there, "s-stay", text="Theirs.")
    done(there, edit.remove_statement(store.load_map(there, "toll"), "s-adapt"))
    assert follower.follow() == ["changed C2", "removed A1"]
    assert follower.map == store.load_map(there, "toll")
    assert follower.map.statements["s-stay"].text == "Theirs."


def test_where_nothing_was_done_there_is_nothing_to_do(follower: Follower) -> None:
    assert load_update(follower.opened, follower.place, follower.map) == MapUpdate(
        follower.place, []
    )


def test_undo_and_redo_arrive_as_such(follower: Follower, there: store.Store) -> None:
    changed(there, "s-stay", text="One.")
    changed(there, "s-stay", text="Two.")
    seen = []
    for turn in (None, store.undo, store.undo, store.redo, store.redo):
        if turn:
            turn(there)
        follower.follow()
        assert follower.is_current()
        seen.append(follower.map.statements["s-stay"].text)
    assert seen == ["Two.", "One.", "Words of C2.", "One.", "Two."]


def test_several_that_were_undone_are_taken_back_from_the_newest(
    follower: Follower, there: store.Store
) -> None:
    for words in ("One.", "Two.", "Three."):
        changed(there, "s-stay", text=words)
    follower.follow()
    for turn in (store.undo, store.undo, store.undo, store.redo):
        turn(there)
    assert follower.follow() == ["changed C2", "changed C2"]
    assert follower.is_current()


def test_what_was_undone_before_a_new_edit_is_taken_back_first(
    follower: Follower, there: store.Store
) -> None:
    changed(there, "s-stay", text="One.")
    follower.follow()
    store.undo(there)
    changed(there, "s-stay", text="Two.")
    assert follower.follow() == ["changed C2", "changed C2"]
    assert follower.map == store.load_map(there, "toll")


def test_what_came_and_went_meanwhile_is_not_seen(follower: Follower, there: store.Store) -> None:
    changed(there, "s-stay", text="One.")
    store.undo(there)
    assert follower.follow() == []
    store.redo(there)
    assert follower.follow() == ["changed C2"]


def test_edits_of_ones_own_are_not_done_again(follower: Follower, there: store.Store) -> None:
    follower.edit(edit.change_statement(follower.map, "s-stay", text="Mine."))
    changed(there, "s-fell", text="Theirs.")
    follower.edit(edit.change_statement(follower.map, "s-toll", text="Mine too."))
    assert follower.follow() == ["changed E1"]
    assert follower.map == store.load_map(there, "toll")
    assert follower.follow() == []


@pytest.mark.parametrize("theirs_first", [False, True])
def test_an_edit_of_ones_own_is_taken_back_when_anybody_undoes_it(
    follower: Follower, there: store.Store, *, theirs_first: bool
) -> None:
    if theirs_first:
        changed(there, "s-fell", text="Theirs.")
    follower.edit(edit.change_statement(follower.map, "s-stay", text="Mine."))
    store.undo(there)
    assert follower.follow() == ["changed C2", "changed E1"][: 1 + theirs_first]
    store.redo(follower.opened)
    assert follower.follow() == ["changed C2"]
    assert follower.is_current()
    assert follower.map.statements["s-stay"].text == "Mine."


def test_an_edit_that_is_not_logged_yet_stays(follower: Follower, there: store.Store) -> None:
    mine = edit.change_statement(follower.map, "s-stay", text="Mine.")
    follower.map = follower.map.apply(mine)
    changed(there, "s-fell", text="Theirs.")
    assert follower.follow() == ["changed E1"]
    follower.place = follower.place.with_own(store.apply(follower.opened, mine, AT))
    assert follower.follow() == []
    assert follower.map == store.load_map(there, "toll")


def test_an_edit_of_another_document_is_not_of_this_one(
    follower: Follower, there: store.Store
) -> None:
    new = edit.add_statement(BUS, "b1", "claim", "It is late.")
    rated = edit.rate(BUS.apply(new), [rating("x", "b1", "fit", 1)])
    done(there, new, rated, edit.add_source(BUS, Source("amy", "Amy", "person")))
    assert follower.follow() == []
    assert follower.is_current()


def test_only_the_part_that_is_of_the_document_is_done(
    follower: Follower, there: store.Store
) -> None:
    late = evolve(statement("b1", "C1"), document="bus")
    told = Attribution("b2", "b1", "author_assertion")
    mine = Attribution("t2", "t1", "author_assertion")
    both = (late, told, Credibility("b3", "b1", "amy", 2), statement("t1", "C7"), mine)
    done(there, only(*(Change(None, e) for e in both)))
    assert follower.follow() == ["did it"]
    assert (follower.map.statements.keys() & {"b1", "t1"}, "b2" in follower.map.attributions) == (
        {"t1"},
        False,
    )
    assert follower.is_current()


@pytest.mark.parametrize(
    "entity",
    [
        Credibility("x", "s-fell", "amy", 2),
        Reliability("x", "reports", "amy", "C"),
        Rating("x", RUBRIC.id, RUBRIC.version, "fit", "amy", 1, source="reports"),
        Rating("x", RUBRIC.id, RUBRIC.version, "fit", "amy", 1, document="toll"),
    ],
    ids=["credibility", "reliability", "rated source", "rated document"],
)
def test_every_judgement_of_the_document_and_its_sources_arrives(
    follower: Follower, there: store.Store, entity: Credibility | Reliability | Rating
) -> None:
    done(there, only(Change(None, entity)))
    assert follower.follow() == ["did it"]
    assert follower.map == store.load_map(there, "toll")
    store.undo(there)
    follower.follow()
    assert follower.map == store.load_map(there, "toll")


def test_a_change_of_the_document_itself_arrives(follower: Follower, there: store.Store) -> None:
    document = follower.map.document
    done(there, only(Change(document, evolve(document, author="Amy"))))
    follower.follow()
    assert follower.map == store.load_map(there, "toll")


def test_a_source_that_the_database_had_comes_when_it_is_cited(
    follower: Follower, there: store.Store
) -> None:
    root = Source("root", "Root", "outlet")
    amy = Source("amy", "Amy", "person", derives_from=("root",))
    trusted = Reliability("x", "root", "tess", "B")
    done(there, only(*(Change(None, e) for e in (root, amy, trusted))))
    assert follower.follow() == []
    here = evolve(store.load_map(there, "toll"), sources={"amy": amy})
    done(there, edit.attribute(here, Attribution("t2", "s-stay", "named_person", ("amy",))))
    assert follower.follow() == ["cited more sources", "C2 attributed to Amy"]
    assert follower.map == store.load_map(there, "toll")


def test_a_source_comes_with_a_new_link_to_it_from_one_that_is_cited(
    follower: Follower, there: store.Store
) -> None:
    reports = follower.map.sources["reports"]
    done(there, only(Change(None, Source("amy", "Amy", "person"))))
    done(there, only(Change(reports, evolve(reports, derives_from=("amy",)))))
    follower.follow()
    assert follower.map == store.load_map(there, "toll")
    done(there, only(Change(None, Source("bob", "Bob", "person", same_origin=("amy",)))))
    follower.follow()
    assert follower.map == store.load_map(there, "toll")
    assert follower.map.sources.keys() == {"reports", "amy", "bob"}


def test_a_source_that_nobody_cites_any_more_stays_and_is_kept_up_to_date(
    follower: Follower, there: store.Store
) -> None:
    reports = follower.map.sources["reports"]
    done(there, edit.remove_attribution(follower.map, "at-1"))
    done(there, only(Change(reports, evolve(reports, name="Old reports"))))
    follower.follow()
    assert follower.map.sources["reports"].name == "Old reports"
    assert follower.is_current()
