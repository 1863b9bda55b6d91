"""Quick queries give the same answers as the whole map and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    AT,
    Step,
    edited,
    everything_of,
    rating,
    small_map,
    statement,
    steps,
    with_all,
    with_cited_sources,
)

import store
from argmap import edit
from argmap.edit.admiralty import rate_credibility
from argmap.edit.compound import mark
from argmap.errors import InputError, MissingError
from argmap.model.document import Document
from argmap.model.rating import Credibility
from argmap.model.source import Attribution
from store import queries
from store.ingest import add_example
from store.ingest.worked_example import EXAMPLE
from store.queries import count_statements, list_documents, load_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argmap.model.map import Operation

OTHER = with_all([statement("other", "C1")])
"""A map that shares no id with the example."""


@pytest.fixture
def opened() -> Iterator[store.Store]:
    """An open database with the small map, in one operation."""
    with store.open_memory() as found:
        store.apply(found, everything_of(small_map()), AT)
        yield found


def do(opened: store.Store, operation: Operation, at: str = AT) -> None:
    store.apply(opened, operation, at)


def list_statement_edits(opened: store.Store, id_: str, most: int = 20) -> list[str]:
    return [label for _, label in queries.list_statement_edits(opened, id_, most)]


@given(st.lists(steps, max_size=15))
def test_a_glance_sees_what_the_whole_map_has(some: list[Step]) -> None:
    whole = with_cited_sources(edited(some))
    with store.open_memory() as opened:
        store.apply(opened, everything_of(whole), AT)
        assert load_document(opened, "toll") == whole.document
        assert count_statements(opened, "toll") == len(whole.statements)


def test_a_document_that_is_not_there_is_missing_and_has_no_statements(
    opened: store.Store,
) -> None:
    with pytest.raises(MissingError, match="there is no document 'bus'"):
        load_document(opened, "bus")
    assert count_statements(opened, "bus") == 0


def test_statements_of_other_documents_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    add_example(path, AT)
    with store.open_store(path) as opened:
        before = count_statements(opened, EXAMPLE)
        store.apply(opened, everything_of(OTHER), AT)
        assert count_statements(opened, EXAMPLE) == before > 1
        assert count_statements(opened, "toll") == 1


def test_operations_are_listed_newest_first_with_their_times(opened: store.Store) -> None:
    do(opened, edit.change_statement(small_map(), "s-stay", text="Other."), "2024-03-03T10:15:00Z")
    assert queries.list_statement_edits(opened, "s-stay") == [
        ("2024-03-03T10:15:00Z", "changed C2: text “Words of C2.” → “Other.”"),
        (AT, "added everything"),
    ]


def test_what_is_said_of_a_statement_is_done_to_it(opened: store.Store) -> None:
    whole = small_map()
    said = Attribution("new-said", "s-stay", "author_assertion")
    for operation in (
        edit.attribute(whole, said),
        edit.link(whole, "new-link", ["s-stay", "s-adapt"], "s-toll", "opposes"),
        edit.rate(whole, [rating("new-rating", "s-stay", "directness", 2)]),
        rate_credibility(whole, Credibility("new-number", "s-stay", "amy", 2)),
    ):
        do(opened, operation)
    assert list_statement_edits(opened, "s-stay") == [
        "rated C2: credibility 2 (amy)", "rated C2: directness 2 (amy)", "C2 and A1 oppose C1",
        "C2 attributed to the author", "added everything",
    ]  # fmt: skip
    assert list_statement_edits(opened, "s-adapt") == ["C2 and A1 oppose C1", "added everything"]
    assert list_statement_edits(opened, "s-fell") == ["added everything"]


def test_an_operation_that_changes_several_things_of_a_statement_is_told_once(
    opened: store.Store,
) -> None:
    passages = [small_map().statements["s-fell"].passages[0]]
    do(opened, mark(small_map(), ("new", "new-link"), "evidence", passages, "s-toll"))
    assert list_statement_edits(opened, "new") == ["marked E2, supporting C1"]


def test_undone_operations_are_not_listed_until_they_are_redone(opened: store.Store) -> None:
    do(opened, edit.change_statement(small_map(), "s-stay", text="Other."))
    store.undo(opened)
    assert list_statement_edits(opened, "s-stay") == ["added everything"]
    store.redo(opened)
    assert list_statement_edits(opened, "s-stay") == [
        "changed C2: text “Words of C2.” → “Other.”",
        "added everything",
    ]


def test_only_the_newest_of_many_operations_are_listed(opened: store.Store) -> None:
    whole = small_map()
    for number in range(30):
        operation = edit.change_statement(whole, "s-stay", note=f"Note {number}.")
        whole = whole.apply(operation)
        do(opened, operation, f"2024-03-02T10:15:{number:02}Z")
    assert len(queries.list_statement_edits(opened, "s-stay")) == 20
    newest = queries.list_statement_edits(opened, "s-stay", 3)
    assert [at[-3:-1] for at, _ in newest] == ["29", "28", "27"]


def test_a_document_is_newly_added_until_something_else_is_done_to_it(
    opened: store.Store,
) -> None:
    assert queries.is_newly_added(opened, "toll")
    do(opened, edit.change_statement(small_map(), "s-stay", text="Other."))
    assert not queries.is_newly_added(opened, "toll")
    store.undo(opened)
    assert queries.is_newly_added(opened, "toll")
    store.undo(opened)
    assert not queries.is_newly_added(opened, "toll")


def test_nothing_was_done_to_what_is_not_there(opened: store.Store) -> None:
    assert queries.list_statement_edits(opened, "gone") == []


def test_the_example_is_added_once_and_its_import_is_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    assert add_example(path, AT) == add_example(path, AT) == EXAMPLE
    with store.open_store(path) as opened:
        assert [d.id for d in list_documents(opened)] == [EXAMPLE]
        whole = store.load_map(opened, EXAMPLE)
        assert whole.main_claim is not None
        assert queries.is_newly_added(opened, EXAMPLE)
        for id_ in whole.statements:
            assert len(queries.list_statement_edits(opened, id_)) == 1
        assert [found for found in store.examine(opened) if not found.is_warning] == []


def test_an_example_whose_ids_are_taken_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    add_example(path, AT)
    with store.open_store(path) as opened:
        whole = store.load_map(opened, EXAMPLE)
        store.apply(opened, edit.remove_document(whole), AT)
        store.apply(opened, edit.add_document(Document(EXAMPLE, "Mine", "Words.")), AT)
    with pytest.raises(InputError, match="the worked example: "):
        add_example(path, AT)
    with store.open_store(path) as opened:
        assert load_document(opened, EXAMPLE).title == "Mine"
