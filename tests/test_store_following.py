"""Following the log: a map in memory becomes what another process made of the database."""

from __future__ import annotations

import io
import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import define, evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from map_strategies import (
    AT,
    RUBRIC,
    TEXT,
    Step,
    everything_of,
    rating,
    small_map,
    statement,
    steps,
    with_cited_sources,
)

import store
from argmap import edit
from argmap.errors import EditError, MissingError, StoreError
from argmap.imports.jsonl import FORMAT
from argmap.model.document import Document
from argmap.model.map import ArgumentMap, Change, Operation
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from store import following

if TYPE_CHECKING:
    from collections.abc import Iterator

BUS = ArgumentMap(Document("bus", "The bus", TEXT), rubrics=small_map().rubrics)


@define
class Follower:
    """A map in memory with its place in the log, on a connection of its own."""

    opened: store.Store
    map: ArgumentMap
    place: store.LogPlace

    @classmethod
    def of(cls, opened: store.Store, document: str = "toll") -> Follower:
        return cls(opened, *store.load_map_and_place(opened, document))

    def edit(self, operation: Operation) -> int:
        """Make an edit of one's own, first in memory."""
        self.map = self.map.apply(operation)
        seq = store.apply(self.opened, operation, AT)
        self.place = self.place.with_own(seq)
        return seq

    def follow(self) -> list[str]:
        """Take in what is new and return its labels."""
        followed = store.follow(self.opened, self.place, self.map)
        assert followed is not None
        for operation in followed.operations:
            self.map = self.map.apply(operation)
        self.place = followed.place
        return [operation.label for operation in followed.operations]

    def is_current(self) -> bool:
        """Tell whether the map is as a load has it, but for what nobody cites."""
        return cited(self.map) == store.load_map(self.opened, self.map.document.id)

    def needs_load(self) -> bool:
        return store.follow(self.opened, self.place, self.map) is None


def cited(argument_map: ArgumentMap) -> ArgumentMap:
    """Return *argument_map* without sources that a load would not bring, and what is said of them."""
    sources = with_cited_sources(argument_map).sources
    ratings = argument_map.ratings.values()
    return evolve(
        argument_map,
        sources=sources,
        reliabilities={k: r for k, r in argument_map.reliabilities.items() if r.source in sources},
        ratings={r.id: r for r in ratings if r.source is None or r.source in sources},
    )


@contextmanager
def two_handles(path: Path) -> Iterator[tuple[store.Store, store.Store]]:
    with store.open_store(path) as here, store.open_store(path) as there:
        for handle in (here, there):
            handle.db.execute("PRAGMA synchronous = off")
        store.apply(there, edit.add_document(BUS.document), AT)
        store.apply(there, everything_of(small_map()), AT)
        yield here, there


@pytest.fixture
def handles(tmp_path: Path) -> Iterator[tuple[store.Store, store.Store]]:
    """A database with the small map and an empty document, opened twice."""
    with two_handles(tmp_path / "argmap.db") as both:
        yield both


@pytest.fixture
def there(handles: tuple[store.Store, store.Store]) -> store.Store:
    return handles[1]


@pytest.fixture
def follower(handles: tuple[store.Store, store.Store]) -> Follower:
    return Follower.of(handles[0])


def done(there: store.Store, *operations: Operation) -> None:
    for operation in operations:
        store.apply(there, operation, AT)


def changed(there: store.Store, id_: str, document: str = "toll", **values: object) -> str:
    """Change a statement of the database, and return the label of that."""
    operation = edit.change_statement(store.load_map(there, document), id_, **values)
    done(there, operation)
    return operation.label


def only(*changes: Change) -> Operation:
    return Operation("did it", changes)


def land(path: Path, *records: dict[str, Any]) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    file = store.ImportFile("some.jsonl", FORMAT, io.BytesIO(lines))
    account = store.import_records(path, [file], store.ImportOptions("tess", AT))
    assert account.rejected == []


def test_an_edit_by_another_process_arrives_as_it_was_made(
    follower: Follower, there: store.Store
) -> None:
    changed(there, "s-stay", text="Theirs.")
    done(there, edit.remove_statement(store.load_map(there, "toll"), "s-adapt"))
    assert follower.follow() == ["changed C2", "removed A1"]
    assert follower.map == store.load_map(there, "toll")
    assert follower.map.statements["s-stay"].text == "Theirs."


def test_where_nothing_was_done_there_is_nothing_to_do(follower: Follower) -> None:
    assert store.follow(follower.opened, follower.place, follower.map) == store.Followed(
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
    assert follower.follow() == ["cited more sources", "attributed C2"]
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
    monkeypatch.setattr(following, "MOST_FOLLOWED", 2)
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
    before = store.data_version(follower.opened)
    follower.edit(edit.change_statement(follower.map, "s-stay", text="Mine."))
    assert store.data_version(follower.opened) == before
    changed(there, "s-fell", text="Theirs.")
    assert store.data_version(follower.opened) != before


def test_the_map_and_its_place_are_of_one_moment(
    handles: tuple[store.Store, store.Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = handles

    def interrupted(opened: store.Store, document: str) -> ArgumentMap:
        found = store.load_map(opened, document)
        changed(there, "s-stay", text="Meanwhile.")
        return found

    monkeypatch.setattr("store.following.load_map", interrupted)
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
"""An edit of a document, or a turn of what touches one, or of anything."""


def edited(there: store.Store, document: str, step: Step, fresh: str) -> None:
    """Edit a document of the database, which may cite every source that there is."""
    sources = {source.id: source for source in store.list_sources(there)}
    operation = step.operation(evolve(store.load_map(there, document), sources=sources), fresh)
    if operation is not None:
        store.apply(there, operation, AT)


def turned(there: store.Store, document: str | None, turn: str) -> None:
    """Undo or redo what can be, but for the two operations that the test began with."""
    standing = [o.seq for o in store.history(there, document) if o.state == "done"]
    try:
        if turn == "redo":
            store.redo(there, document)
        elif max(standing) > 2:
            store.undo(there, document)
    except StoreError:
        return


@given(st.lists(st.tuples(deeds, st.booleans()), min_size=8, max_size=20))
@settings(max_examples=150, deadline=None)
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
    assert [s.name for s in store.list_sources(there)] == ["Amy", "bob", "Reports", "zoo"]


def test_a_list_of_documents_tells_when_each_was_changed(there: store.Store) -> None:
    document = store.load_map(there, "toll").document
    later, latest = "2024-05-01T10:15:00Z", "2024-06-01T10:15:00Z"
    one = evolve(document, author="Amy")
    store.apply(there, only(Change(document, one)), later)
    store.apply(there, only(Change(one, evolve(one, author="Bob"))), latest)
    assert [(d.id, d.changed) for d in store.list_documents(there)] == [
        ("bus", AT),
        ("toll", latest),
    ]
    store.undo(there)
    assert [d.changed for d in store.list_documents(there)] == [AT, later]
    there.db.execute("DELETE FROM operation_document")
    assert [d.changed for d in store.list_documents(there)] == [None, None]
