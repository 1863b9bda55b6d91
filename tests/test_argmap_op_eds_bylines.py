"""Title, author, outlet, date and URL at the head of a plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.formats.registry import Extract
from argmap.op_eds.bylines import guess_missing_fields
from argmap.op_eds.documents import document_from_extract

BODY = "The toll pays for itself. Reports say that traffic fell by a fifth.\n"


def found(text: str) -> dict[str, str]:
    extract = guess_missing_fields(Extract(text))
    assert extract.text == text
    names = ("title", "author", "publisher", "published", "url")
    return {name: value for name in names if (value := getattr(extract, name)) is not None}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("By Rosa Ames\n2 March 2024", {"author": "Rosa Ames", "published": "2024-03-02"}),
        ("*by R. Ames*", {"author": "R. Ames"}),
        ("By Rosa Ames and J. de la Cruz", {"author": "Rosa Ames and J. de la Cruz"}),
        (
            "By Rosa Ames, The Harbour Post | Sept. 3rd, 2021",
            {"author": "Rosa Ames", "publisher": "The Harbour Post", "published": "2021-09-03"},
        ),
        ("Opinion | By Rosa Ames | 5 min read", {"author": "Rosa Ames"}),
        ("Published on 2024-03-02T10:00:00Z", {"published": "2024-03-02"}),
        ("March 2024\nhttps://post.example/a", {"published": "2024-03", "url": "https://post.example/a"}),
        ("By Monday the bridge had closed.", {}),
        ("By accident", {}),
        ("By Monday", {}),
        ("BYLINE: Rosa Ames", {"author": "Rosa Ames"}),
        ("Par Anne Bell, économiste", {"author": "Anne Bell"}),
        ("May 3, 2024 Friday", {"published": "2024-05-03"}),
        ("Rosa Ames, 2 March 2024", {"published": "2024-03-02"}),
        ("By Rosa Ames, staff writer", {"author": "Rosa Ames"}),
        ("By Rosa Ames in London", {"author": "Rosa Ames"}),
        ("Von Rosa Ames · 2. März 2024", {"author": "Rosa Ames", "published": "2024-03-02"}),
        ("Last updated 2 March 2024", {}),
        ("Skip to content", {}),
        ("2024-02-30", {}),
        ("1984", {}),
        ("May I say something", {}),
    ],
)  # fmt: skip
def test_the_lines_under_the_title_are_read(head: str, expected: dict[str, str]) -> None:
    assert (
        found(f"The toll stays\n\n{head}\n\n{BODY * 3}") == {"title": "The toll stays"} | expected
    )


def test_a_byline_without_a_title_is_neither_title_nor_author() -> None:
    assert found(f"By Grace Alone\n\n{BODY.strip() * 3}") == {}


def test_a_byline_above_the_title_gives_the_author() -> None:
    assert found(f"By Rosa Ames\n\nThe toll\n\n{BODY * 3}") == {
        "title": "The toll",
        "author": "Rosa Ames",
    }


def test_words_of_the_first_paragraph_are_no_byline() -> None:
    text = f"The toll\n\n{BODY.strip() * 3}\n\nBy Rosa Ames\n"
    assert "author" not in found(text)


def test_what_a_file_says_wins_over_guesses() -> None:
    extract = Extract("The toll\n\nBy Rosa Ames\n2 March 2024", author="R. Ames", language="en")
    guessed = guess_missing_fields(extract)
    assert (guessed.author, guessed.published, guessed.language) == ("R. Ames", "2024-03-02", "en")


def test_warnings_about_a_file_stay_with_its_text_and_out_of_the_document() -> None:
    extract = guess_missing_fields(
        Extract("The toll\n\nIt pays.", warnings=("Two letters are lost.",))
    )
    assert extract.warnings == ("Two letters are lost.",)
    assert document_from_extract(extract, "Untitled").title == "The toll"


HEADS = st.lists(
    st.sampled_from(["---", "by ", "By A", "|", "·", "title: x", "date: ", "2 May 2020", "13 X 2020",
                     "2024-99-99", "\t", ",", "https://", "*", "'", "\n", " ", "\0"]),
    max_size=30,
).map("".join)  # fmt: skip


@given(HEADS | st.text(max_size=200))
def test_whatever_is_guessed_can_be_stored(text: str) -> None:
    guessed = guess_missing_fields(Extract(text))
    if text.strip() and "\0" not in text:
        assert document_from_extract(guessed, "Untitled").title.strip()
