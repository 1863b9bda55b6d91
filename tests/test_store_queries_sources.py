"""Sources over the whole database: statements, letters and merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.desk import ATTRIBUTION, CREDIBILITY, DOCUMENT, EVIDENCE, OTHER, Content, Desk
from support.oracles.log_following import done, only
from support.strategies.maps import AT

import store
from argmap import edit
from argmap.errors import BusyError, ConflictError, EditError, MissingError
from argmap.model.map import Change
from argmap.model.source import Attribution, Source
from store.log import merge_sources, source_merge
from store.queries import (
    admiralty_pairs,
    earlier_letters,
    list_attributed,
    list_cited,
    source_named,
    source_named_in_full,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LATE: Content = {"type": "statement", "id": "b1", "document": "bus", "kind": "claim",
                 "text": "It is late."}  # fmt: skip


def voice(id_: str, name: str, **values: Any) -> Content:  # noqa: ANN401  (what a record holds)
    return {"type": "source", "id": id_, "name": name, "kind": "organisation"} | values


VOICES = (
    voice("un", "UN Team", interest="its mandate"),
    voice("twin", "the U.N. team", derives_from=["paper"]),
    voice("paper", "Paper", same_origin=["twin"]),
)
SAID = (
    {"type": "attribution", "statement": "e1", "class": "named_organisation",
     "chain": ["paper", "twin"], "cue": "Reports say"},
    {"type": "attribution", "statement": "b1", "class": "unnamed_role", "chain": ["twin"]},
    {"type": "attribution", "statement": "b1", "class": "unnamed_role", "chain": ["un"]},
)  # fmt: skip
JUDGED = (
    {"type": "reliability", "source": "un", "letter": "B", "topic": "tolls", "assessor": "amy"},
    {"type": "reliability", "source": "twin", "letter": "C", "topic": "tolls", "assessor": "amy"},
    {"type": "reliability", "id": "l9", "source": "twin", "letter": "D", "assessor": "bob",
     "at": "2024-03-02T10:15:00Z"},
)  # fmt: skip
EVERYBODY = (DOCUMENT, OTHER, EVIDENCE, LATE, *VOICES, *SAID, *JUDGED)


@pytest.fixture
def opened(desk: Desk) -> Iterator[store.Store]:
    """An open database in which two documents cite three sources."""
    desk.landed(*EVERYBODY)
    with store.open_store(desk.path) as found:
        yield found
        assert [c for c in store.examine(found) if not c.is_warning] == []


def names(opened: store.Store) -> list[str]:
    return [listed.source.id for listed in list_cited(opened)]


def test_each_source_is_listed_by_name_with_what_it_said_and_how_it_was_judged(
    opened: store.Store,
) -> None:
    paper, twin, un = list_cited(opened)
    assert [each.source.id for each in (paper, twin, un)] == ["paper", "twin", "un"]
    assert (twin.documents, twin.statements) == (("bus", "toll"), ("b1", "e1"))
    assert twin.classes == ("named_organisation", "unnamed_role")
    assert [each.letter for each in twin.reliability] == ["C", "D"]
    assert (paper.documents, paper.statements, paper.classes) == (("toll",), ("e1",), ())
    assert (un.statements, [each.letter for each in un.reliability]) == (("b1",), ["B"])
    assert list_cited(opened, "twin") == [twin]
    assert list_cited(opened, "nobody") == []


def test_what_a_source_said_tells_what_it_only_passed_on(opened: store.Store) -> None:
    assert [(s.document, s.label, s.is_innermost) for s in list_attributed(opened, "twin")] == [
        ("bus", "C1", True),
        ("toll", "E1", True),
    ]
    [passed_on] = list_attributed(opened, "paper")
    assert (passed_on.cue, passed_on.is_innermost) == ("Reports say", False)
    assert (passed_on.title, passed_on.text) == ("The toll", "Traffic fell by a fifth.")
    assert passed_on.class_ == "named_organisation"


def test_a_source_that_stands_in_a_chain_twice_says_it_once(opened: store.Store) -> None:
    circle = Attribution("x", "e1", "named_organisation", ("paper", "un", "paper"))
    store.apply(opened, only(Change(None, circle)), AT)
    found = [(s.cue, s.is_innermost) for s in list_attributed(opened, "paper")]
    assert found == [("Reports say", False), (None, True)]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("un", "un"),
        ("UN Team", "un"),
        ("tw", "twin"),
        ("the u.n", "twin"),
        ("UN TEAM", "un"),
        ("PAPER", "paper"),
    ],
)
def test_a_source_is_named_by_its_id_its_name_or_a_beginning(
    opened: store.Store, name: str, id_: str
) -> None:
    assert source_named(opened, name) == id_


@pytest.mark.parametrize("name", ["tw", "un team", "", "\ud800", "nobody"])
def test_what_is_to_be_merged_is_named_in_full(opened: store.Store, name: str) -> None:
    with pytest.raises(MissingError, match="no source"):
        source_named_in_full(opened, name)


def test_a_name_that_two_sources_have_is_not_one_of_them(opened: store.Store) -> None:
    done(opened, only(Change(None, Source("x", "Paper", "outlet"))))
    for find in (source_named, source_named_in_full):
        with pytest.raises(MissingError, match="could be paper, x; give more"):
            find(opened, "Paper")
    with pytest.raises(MissingError, match="no source"):
        source_named(opened, "nobody")


def test_merging_moves_all_that_cites_the_first_and_is_undone_and_redone_as_one(
    desk: Desk, opened: store.Store
) -> None:
    before = desk.export()
    merger = merge_sources(opened, "twin", "un", AT)
    after = desk.export()
    assert b'"twin"' not in after
    assert names(opened) == ["paper", "un"]
    _, un = list_cited(opened)
    assert (un.documents, un.statements) == (("bus", "toll"), ("b1", "e1"))
    assert (un.source.derives_from, un.source.interest) == (("paper",), "its mandate")
    assert [(each.letter, each.assessor) for each in un.reliability] == [("B", "amy"), ("D", "bob")]
    assert merger.remarks == (
        "1 attribution would repeat another; the repetition is dropped",
        "both have a reliability letter by amy on tolls; that of UN Team stays",
    )
    for document in ("toll", "bus"):
        assert store.history(opened, document)[0].label == merger.operation.label
    for _ in range(2):
        assert store.undo(opened).label == merger.operation.label
        assert desk.export() == before
        store.redo(opened)
        assert desk.export() == after


def test_merging_what_is_not_there_or_the_same_changes_nothing(
    desk: Desk, opened: store.Store
) -> None:
    before = desk.export()
    for gone, into in (("nobody", "un"), ("un", "nobody")):
        with pytest.raises(MissingError, match="no source 'nobody'"):
            merge_sources(opened, gone, into, AT)
    with pytest.raises(EditError, match="into itself"):
        merge_sources(opened, "un", "un", AT)
    assert (desk.export(), len(store.history(opened))) == (before, 1)


def test_an_import_of_what_was_merged_is_not_undone_before_the_merge(desk: Desk) -> None:
    desk.landed(DOCUMENT, OTHER, EVIDENCE, *VOICES, SAID[0])
    with store.open_store(desk.path) as opened:
        merge_sources(opened, "twin", "un", AT)
        with pytest.raises(ConflictError, match="depends on it"):
            store.undo(opened, "bus")
        assert names(opened) == ["paper", "un"]
        store.undo(opened)
        store.undo(opened, "bus")
        assert names(opened) == []


def test_a_merge_is_not_undone_while_a_later_edit_of_what_it_moved_stands(
    opened: store.Store,
) -> None:
    merge_sources(opened, "twin", "un", AT)
    argument_map = store.load_map(opened, "toll")
    [moved] = argument_map.attributions_of["e1"]
    store.apply(opened, edit.remove_attribution(argument_map, moved.id), AT)
    with pytest.raises(ConflictError, match="depends on it"):
        store.undo(opened, "bus")
    assert names(opened) == ["paper", "un"]


def test_a_merge_is_not_done_again_where_another_document_has_come_to_cite_the_first(
    desk: Desk, opened: store.Store
) -> None:
    merge_sources(opened, "twin", "un", AT)
    store.undo(opened)
    desk.landed({"type": "document", "id": "tram", "title": "The tram", "text": "It runs."})
    desk.landed({"type": "statement", "id": "m1", "document": "tram", "kind": "claim",
                 "text": "It runs.", "attribution": {"class": "named_organisation",
                                                     "source": "twin"}})  # fmt: skip
    before = desk.export()
    with pytest.raises(ConflictError, match="still refer"):
        store.redo(opened, "toll")
    assert desk.export() == before


def test_nothing_is_written_between_reading_what_cites_a_source_and_merging_it(
    desk: Desk, opened: store.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = sources.load_source_pair
    refused = []

    def tried(found: store.Store, gone: str, into: str) -> Any:  # noqa: ANN401  (as the original)
        with store.open_store(desk.path, wait=0) as other, pytest.raises(BusyError) as caught:
            store.add_text(other, "Another text.")
        refused.append(caught.value)
        return load(found, gone, into)

    monkeypatch.setattr(source_merge, "load_source_pair", tried)
    merge_sources(opened, "twin", "un", AT)
    assert len(refused) == 1
    assert names(opened) == ["paper", "un"]


def test_earlier_letters_are_those_that_were_changed(desk: Desk, opened: store.Store) -> None:
    assert earlier_letters(opened, "un") == []
    for letter in ("C", "D"):
        desk.landed(JUDGED[0] | {"letter": letter})
    assert [r.letter for r in earlier_letters(opened, "un")] == ["C", "B"]
    store.undo(opened)
    assert [r.letter for r in earlier_letters(opened, "un")] == ["B"]
    assert earlier_letters(opened, "paper") == []


def test_a_pair_is_the_number_of_an_item_and_the_newest_letter_by_the_same_assessor(
    desk: Desk, opened: store.Store
) -> None:
    assert admiralty_pairs(opened) == []
    number = CREDIBILITY | {"assessor": "amy", "number": 3}
    desk.landed(number, number | {"id": "n2", "assessor": "zoe"}, JUDGED[0] | {"source": "paper"})
    assert admiralty_pairs(opened) == [("C", 3)]
    later = {"type": "reliability", "id": "l2", "source": "twin", "letter": "E", "topic": "buses",
             "assessor": "amy", "at": "2025-01-01T00:00:00Z", "because": "b"}  # fmt: skip
    desk.landed(later, later | {"id": "l3", "at": "2024-01-01T00:00:00Z", "letter": "A"})
    assert admiralty_pairs(opened) == [("E", 3)]
    desk.landed(
        JUDGED[0] | {"id": "l4", "source": "twin", "letter": None, "checked": 1, "at": later["at"]}
    )
    assert admiralty_pairs(opened) == [("E", 3)]
    desk.landed(number | {"number": None, "logical": "yes"})
    assert admiralty_pairs(opened) == []


def test_merging_keeps_what_a_shorthand_made_a_shorthand(desk: Desk) -> None:
    said = EVIDENCE | {"attribution": {"class": "vague_report", "source": "twin"}}
    desk.landed(DOCUMENT, said, *VOICES)
    with store.open_store(desk.path) as opened:
        merge_sources(opened, "twin", "un", AT)
    desk.landed(EVIDENCE | {"attribution": None})
    assert desk.exported("attribution") == []


def test_what_a_person_gave_an_id_is_merged_under_it(desk: Desk, opened: store.Store) -> None:
    desk.landed(ATTRIBUTION | {"chain": ["twin"]})
    merge_sources(opened, "twin", "un", AT)
    assert desk.record("at1")["chain"] == ["un"]
