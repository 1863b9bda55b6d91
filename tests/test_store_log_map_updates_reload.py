"""A map in memory is loaded again exactly when the log cannot be followed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.log_following import (
    Follower,
    changed,
    done,
    edited,
    land,
    only,
    turned,
    two_handles,
)
from support.strategies.maps import AT, Step, rating, small_map, steps

import store
from argmap import edit
from argmap.errors import EditError, MissingError, StoreError
from argmap.model.map import ArgumentMap, Change
from argmap.model.source import Source
from store.log import data_version, map_updates
from store.queries import list_documents, list_sources


def test_after_an_import_the_map_is_loaded_again(follower: Follower, there: store.Store) -> None:
    land(there.path, {"type": "document", "id": "tram", "title": "The tram", "text": "It runs."})
    assert follower.needs_load()
    later = Follower.of(follower.opened)
    store.undo(there)
    assert (later.needs_load(), follower.follow()) == (True, [])


def test_after_an_unfinished_operation_the_map_is_loaded_again(
    follower: Follower, there: store.Store
) -> None:
    changed(there, "s-stay", text="Theirs.")
    there.db.execute("UPDATE operation SET state = 'unfinished' WHERE seq = 3")
    assert follower.needs_load()


def test_after_very_many_operations_the_map_is_loaded_again(
    follower: Follower, there: store.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_updates, "MOST_FOLLOWED", 2)
    for words in ("One.", "Two."):
        changed(there, "s-stay", text=words)
    assert not follower.needs_load()
    changed(there, "s-stay", text="Three.")
    assert follower.needs_load()


def test_where_the_document_is_gone_the_map_cannot_be_followed(
    follower: Follower, there: store.Store
) -> None:
    done(there, edit.remove_document(follower.map))
    assert follower.needs_load()
    with pytest.raises(MissingError):
        Follower.of(follower.opened)


def test_a_rating_under_a_rubric_that_is_new_needs_a_load(
    follower: Follower, there: store.Store
) -> None:
    follower.map = evolve(follower.map, rubrics={})
    done(there, edit.rate(small_map(), [rating("x", "s-stay", "fit", 1)]))
    assert follower.needs_load()


def test_a_log_that_ends_before_the_place_is_another_one(follower: Follower) -> None:
    follower.place = evolve(follower.place, seq=99)
    assert follower.needs_load()


def test_a_map_that_is_not_of_its_place_refuses_what_follows(
    follower: Follower, there: store.Store
) -> None:
    changed(there, "s-stay", text="One.")
    follower.map = follower.map.apply(edit.remove_statement(follower.map, "s-stay"))
    with pytest.raises(EditError):
        follower.follow()


def test_the_data_version_changes_when_another_connection_writes(
    follower: Follower, there: store.Store
) -> None:
    before = data_version(follower.opened)
    follower.edit(edit.change_statement(follower.map, "s-stay", text="Mine."))
    assert data_version(follower.opened) == before
    changed(there, "s-fell", text="Theirs.")
    assert data_version(follower.opened) != before


def test_the_map_and_its_place_are_of_one_moment(
    handles: tuple[store.Store, store.Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = handles

    def interrupted(opened: store.Store, document: str) -> ArgumentMap:
        found = store.load_map(opened, document)
        changed(there, "s-stay", text="Meanwhile.")
        return found

    monkeypatch.setattr("store.log.map_updates.load_map", interrupted)
    follower = Follower.of(here)
    assert follower.map == small_map()
    assert follower.follow() == ["changed C2"]


def test_a_fault_while_reading_ends_the_transaction(follower: Follower) -> None:
    with pytest.raises(StoreError), follower.opened.reading():
        follower.opened.db.execute("SELECT nothing FROM nowhere")
    assert not follower.opened.db.conn.in_transaction
    assert follower.follow() == []


documents = st.sampled_from(["toll", "toll", "bus"])
turns = st.sampled_from(["undo", "redo"])
scopes = st.sampled_from([None, "toll", "bus"])
deeds = st.one_of(
    st.tuples(documents, steps), st.tuples(documents, steps), st.tuples(scopes, turns)
)
"""An edit of a document, or an undo or redo in a document or in all."""


@given(st.lists(st.tuples(deeds, st.booleans()), min_size=8, max_size=20))
def test_following_gives_what_a_load_gives_whatever_was_done(
    some: list[tuple[tuple[Any, Any], bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, two_handles(Path(folder, "a.db")) as both:
        here, there = both
        followers = [Follower.of(here), Follower.of(here, "bus")]
        for number, ((document, deed), looks) in enumerate(some):
            if isinstance(deed, Step):
                edited(there, document, deed, f"new-{number}")
            else:
                turned(there, document, deed)
            for follower in followers if looks else ():
                follower.follow()
                assert follower.is_current()
        for follower in followers:
            follower.follow()
            assert follower.is_current()


def test_sources_are_listed_by_name(there: store.Store) -> None:
    new = [Source("1", "zoo", "outlet"), Source("2", "Amy", "person"), Source("3", "bob", "person")]
    done(there, only(*(Change(None, source) for source in new)))
    assert [s.name for s in list_sources(there)] == ["Amy", "bob", "Reports", "zoo"]


def test_a_list_of_documents_tells_when_each_was_changed(there: store.Store) -> None:
    document = store.load_map(there, "toll").document
    later, latest = "2024-05-01T10:15:00Z", "2024-06-01T10:15:00Z"
    one = evolve(document, author="Amy")
    store.apply(there, only(Change(document, one)), later)
    store.apply(there, only(Change(one, evolve(one, author="Bob"))), latest)
    assert [(d.id, d.changed) for d in list_documents(there)] == [
        ("bus", AT),
        ("toll", latest),
    ]
    store.undo(there)
    assert [d.changed for d in list_documents(there)] == [AT, later]
    there.db.execute("DELETE FROM operation_document")
    assert [d.changed for d in list_documents(there)] == [None, None]
