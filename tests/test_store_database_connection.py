"""Misuse of a store raises argmap's own errors, with a clear message."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import store
from argmap import ArgmapError, edit
from argmap.errors import InputError, ModelError, StoreError
from argmap.rubrics import shipped_rubrics
from store import database, doctor, ingest, log, merge, queries, rows, rules
from store.database.sqlite_errors import as_store_error
from store.log import load_map_and_place
from store.queries import load_document

if TYPE_CHECKING:
    from collections.abc import Iterator

HALF = "half \ud800 a character"
LEFT_OUT = {
    # About rubrics of files, some of which need no database.
    "offer_rubrics", "offer_rubric_file", "locate_rubric",
    # Steps of what is tried here, for callers that have checked what they give.
    "apply_rebased", "entities", "stored_entity", "load_source_pair", "nearest_text", "save_document",
    "delete_document", "with_free_labels",
}  # fmt: skip
OFFERED = {
    name: getattr(room, name)
    for room in (database, doctor, ingest, log, merge, queries, rows, rules)
    for name in dir(room)
}
TAKE_A_STORE = [
    name
    for name, offered in sorted(OFFERED.items())
    if inspect.isfunction(offered)
    and next(iter(inspect.signature(offered).parameters), "") == "store"
    and name not in LEFT_OUT
]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[store.Store]:
    """A store with one document."""
    with store.open_store(tmp_path / "argmap.db") as found:
        store.add_text(found, "The toll\n\nThe toll pays for itself.")
        yield found


def arguments(opened: store.Store, name: str) -> dict[str, Any]:
    """Return the arguments of the function *name*, apart from the store."""
    (id_,) = store.document_ids(opened)
    argument_map, place = load_map_and_place(opened, id_)
    known: dict[str, Any] = {
        "text": "Another.", "operation": edit.add_statement(argument_map, "s1", "claim", "It pays."),
        "target": opened.path.with_name("copy.db"), "document": id_, "statement": "s1",
        "name": id_, "sha256": "0" * 64, "source": "s", "place": place,
        "argument_map": argument_map, "records": [], "assessor": "amy", "documents": [id_],
        "gone": "a", "into": "b", "at": "2024-03-02T10:15:00Z", "query": "toll",
        "rubric": shipped_rubrics()[0],
    }  # fmt: skip
    wanted = list(inspect.signature(OFFERED[name]).parameters.values())[1:]
    return {
        p.name: known[p.name] for p in wanted if p.default is p.empty and p.kind != p.VAR_KEYWORD
    }


def called(name: str, opened: store.Store, given: dict[str, Any]) -> None:
    """Call a function and consume everything that it yields."""
    found = OFFERED[name](opened, **given)
    if inspect.isgenerator(found):
        list(found)


def test_many_functions_take_a_store() -> None:
    assert {"import_from", "load_map", "apply", "undo", "examine", "search"} <= set(TAKE_A_STORE)


@pytest.mark.parametrize("name", TAKE_A_STORE)
def test_one_that_is_closed_is_refused(opened: store.Store, name: str) -> None:
    given = arguments(opened, name)
    opened.close()
    with pytest.raises(StoreError, match="is closed; open it again"):
        called(name, opened, given)


@pytest.mark.parametrize("name", TAKE_A_STORE)
def test_one_of_another_thread_is_refused(opened: store.Store, name: str) -> None:
    given = arguments(opened, name)
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(called, name, opened, given)
        with pytest.raises(StoreError, match="opened in another thread"):
            future.result()
    assert len(store.history(opened)) == 1


def test_it_is_closed_in_its_own_thread_and_twice_does_no_harm(opened: store.Store) -> None:
    with ThreadPoolExecutor(1) as thread, pytest.raises(StoreError, match="another thread"):
        thread.submit(opened.close).result()
    assert store.document_ids(opened)
    opened.close()
    opened.close()


@pytest.mark.parametrize("name", TAKE_A_STORE)
def test_half_a_character_is_refused_or_found_nowhere(opened: store.Store, name: str) -> None:
    given = arguments(opened, name)
    texts = [key for key, value in given.items() if isinstance(value, str)]
    before = store.history(opened)
    for key in texts:
        wrong = given | {key: HALF}
        try:
            called(name, opened, wrong)
        except ArgmapError as error:
            assert "Error" not in str(error)
        else:
            assert name == "search", key
    assert store.history(opened) == before


@pytest.mark.parametrize("value", [date(2024, 3, 2), datetime(2024, 3, 2, tzinfo=UTC), 2024, HALF])
@pytest.mark.parametrize("key", ["title", "author", "publisher", "published", "url", "language"])
def test_what_is_known_of_a_text_is_text(opened: store.Store, key: str, value: Any) -> None:  # noqa: ANN401
    with pytest.raises(ModelError, match=f"{key}: "):
        store.add_text(opened, "Another text.", **{key: value})
    assert len(store.document_ids(opened)) == 1


@pytest.mark.parametrize("value", [None, b"bytes", 7, HALF])
def test_a_text_is_text(opened: store.Store, value: Any) -> None:  # noqa: ANN401
    with pytest.raises(ModelError, match="text: "):
        store.add_text(opened, value)


@pytest.mark.parametrize("value", [None, "", " ", 7, b"amy", HALF])
@pytest.mark.parametrize("key", ["assessor", "name"])
def test_an_import_needs_an_assessor_and_a_name(opened: store.Store, key: str, value: Any) -> None:  # noqa: ANN401
    given = {"assessor": "amy", "name": "records"} | {key: value}
    record = {"type": "document", "id": "d", "title": "Title", "text": "Words."}
    with pytest.raises(ModelError, match=f"{key}: "):
        store.import_from(opened, [record], **given)
    assert len(store.document_ids(opened)) == 1


def test_dates_in_records_become_texts_as_before(opened: store.Store) -> None:
    record = {"type": "document", "id": "d", "title": "Title", "text": "Words.",
              "published": date(2024, 3, 2)}  # fmt: skip
    assert store.import_from(opened, [record], assessor="amy").rejected == []
    assert load_document(opened, "d").published == "2024-03-02"


def test_records_are_something_to_go_through(opened: store.Store) -> None:
    nothing: Any = None
    with pytest.raises(InputError, match="give a list or a generator"):
        store.import_from(opened, nothing, assessor="amy")


@pytest.mark.parametrize(
    ("name", "value"),
    [("search", None), ("document_named", 7), ("source_named", None), ("undo", [7]),
     ("load_map", date(2024, 3, 2)), ("copy_to", Path(HALF))],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(opened: store.Store, name: str, value: Any) -> None:  # noqa: ANN401
    with pytest.raises(ArgmapError):
        OFFERED[name](opened, value)


def test_rows_of_a_store_that_was_closed_meanwhile_are_refused(opened: store.Store) -> None:
    found = store.examine(opened)
    opened.close()
    with pytest.raises(StoreError), as_store_error(opened.path):
        list(found)
