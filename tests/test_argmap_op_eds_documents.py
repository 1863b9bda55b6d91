"""A text becomes a document that has the same id everywhere, with any title."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ModelError
from argmap.op_eds.documents import document_from_text

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"))
words = texts.filter(str.strip)

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{6}")


@given(words)
def test_any_text_becomes_a_document_with_a_plain_id(text: str) -> None:
    document = document_from_text(text)
    assert document.text == text
    assert document.title.strip()
    assert ID.fullmatch(document.id)
    assert len(document.id) <= 48 + 7


@given(words)
def test_the_same_text_gets_the_same_id_each_time(text: str) -> None:
    assert document_from_text(text) == document_from_text(text)


@given(words, words)
def test_other_words_under_one_title_get_another_id(one: str, other: str) -> None:
    ids = {document_from_text(text, title="The toll").id for text in (one, other)}
    assert len(ids) == (1 if one == other else 2)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Why the toll stays", "why-the-toll-stays"),
        ("  Café – “naïve”?  ", "cafe-naive"),
        ("ﬁne ² Å", "fine-2-a"),
        ("橋", "document"),
        ("!!!", "document"),
        ("a" * 60, "a" * 48),
        ("a" * 47 + " b", "a" * 47),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_an_id_is_the_title_in_letters_that_every_file_system_takes(title: str, slug: str) -> None:
    assert document_from_text("Text.", title=title).id == f"{slug}-f06dce"


def test_a_title_that_is_given_wins_over_the_one_in_the_text_and_that_over_none() -> None:
    text = "# The toll\n\nIt pays."
    assert document_from_text(text, "a-file", title="Mine").title == "Mine"
    assert document_from_text(text, "a-file", title=None).title == "The toll"
    assert document_from_text("word " * 60, "a-file").title == "a-file"
    assert document_from_text("word " * 60).title == f"{'word ' * 14}word…"
    assert document_from_text("!" * 60).title == "Untitled"


def test_what_is_known_of_a_text_is_kept_and_what_is_not_is_left_out() -> None:
    document = document_from_text("It pays.", author="A. Writer", language="en", url=None)
    assert (document.author, document.language, document.url) == ("A. Writer", "en", None)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ModelError, match="published"):
        document_from_text("It pays.", published="yesterday")
