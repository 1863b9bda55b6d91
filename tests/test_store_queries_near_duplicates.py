"""A nearly identical document is found among many, in any script."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import AT
from support.strategies.op_ed_files import PARAGRAPHS

import store
from argmap.edit.verbs import add_document
from argmap.model.document import Document
from store.queries.near_duplicates import nearest_text

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.fixture(scope="module")
def shelf() -> store.Store:
    """The op-ed among two hundred others made of the same few words."""
    rng = random.Random(7)  # noqa: S311  (any will do)
    words = sorted(set(TEXT.split()))
    memory = store.open_memory()
    store.apply(memory, add_document(Document("toll", "The toll", TEXT)), AT)
    for number in range(200):
        text = " ".join(rng.choices(words, k=120))
        store.apply(memory, add_document(Document(f"d{number}", "Another", text)), AT)
    return memory


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"Why it pays\n\n{TEXT}",
        TEXT.upper().replace("“", '"'),
        TEXT.replace("\n\n", " ").replace("fifth", "quarter"),
    ],
)
def test_a_text_that_is_nearly_the_same_is_found(shelf: store.Store, text: str) -> None:
    near = nearest_text(shelf, text)
    assert near is not None
    assert (near.document, near.title) == ("toll", "The toll")
    assert near.likeness > 0.7


@pytest.mark.parametrize("text", ["Another text about schools.", PARAGRAPHS[0], "…", "OR AND NOT"])
def test_a_text_that_is_not_is_not_found(shelf: store.Store, text: str) -> None:
    assert nearest_text(shelf, text) is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_nothing_in_a_text_is_an_operator(text: str) -> None:
    with store.open_memory() as memory:
        assert nearest_text(memory, text) is None


def test_the_likest_of_several_is_given() -> None:
    with store.open_memory() as memory:
        for id_, text in (("a", TEXT[:300]), ("b", TEXT), ("c", f"{TEXT} And so on.")):
            store.apply(memory, add_document(Document(id_, id_, text)), AT)
        near = nearest_text(memory, f"Words first. {TEXT}")
    assert near is not None
    assert near.document == "b"
