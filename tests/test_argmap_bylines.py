"""What the head of a plain text says of title, author, outlet, date and address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.adding import document_from_extract
from argmap.bylines import extract_from_text, with_guesses
from argmap.formats import Extract

BODY = "The toll pays for itself. Reports say that traffic fell by a fifth.\n"


def found(text: str) -> dict[str, str]:
    extract = extract_from_text(text)
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
        ("2024-02-30", {}),
        ("1984", {}),
        ("May I say something", {}),
    ],
)  # fmt: skip
def test_the_lines_under_the_title_are_read(head: str, expected: dict[str, str]) -> None:
    assert (
        found(f"The toll stays\n\n{head}\n\n{BODY * 3}") == {"title": "The toll stays"} | expected
    )


def test_front_matter_is_read_and_wins_over_what_follows() -> None:
    text = (
        '---\ntitle: "Keep it"\nauthors: ["A. Bell"]\nsource: Post\ndate: 2024\n'
        f"permalink: https://a.example\ntags: x\n---\n# Heading\nBy Rosa Ames\n\n{BODY}"
    )
    assert found(text) == {
        "title": "Keep it", "author": "A. Bell", "publisher": "Post", "published": "2024",
        "url": "https://a.example",
    }  # fmt: skip


def test_a_title_is_looked_for_after_front_matter_without_one() -> None:
    assert found(f"---\nauthor: A. Bell\n---\n\n# Heading\n\n{BODY}")["title"] == "Heading"


def test_a_title_that_begins_like_a_byline_is_a_title() -> None:
    assert found(f"By Grace Alone\n\n{BODY * 3}") == {"title": "By Grace Alone"}


def test_words_of_the_first_paragraph_are_no_byline() -> None:
    text = f"The toll\n\n{BODY.strip() * 3}\n\nBy Rosa Ames\n"
    assert "author" not in found(text)


def test_what_a_file_says_wins_over_guesses() -> None:
    extract = Extract("The toll\n\nBy Rosa Ames\n2 March 2024", author="R. Ames", language="en")
    guessed = with_guesses(extract)
    assert (guessed.author, guessed.published, guessed.language) == ("R. Ames", "2024-03-02", "en")


def test_warnings_about_a_file_stay_with_its_text_and_out_of_the_document() -> None:
    extract = with_guesses(Extract("The toll\n\nIt pays.", warnings=("Two letters are lost.",)))
    assert extract.warnings == ("Two letters are lost.",)
    assert document_from_extract(extract, "Untitled").title == "The toll"


HEADS = st.lists(
    st.sampled_from(["---", "by ", "By A", "|", "·", "title: x", "date: ", "2 May 2020", "13 X 2020",
                     "2024-99-99", "\t", ",", "https://", "*", "'", "\n", " ", "\0"]),
    max_size=30,
).map("".join)  # fmt: skip


@given(HEADS | st.text(max_size=200))
def test_whatever_is_guessed_can_be_stored(text: str) -> None:
    guessed = extract_from_text(text)
    if text.strip() and "\0" not in text:
        assert document_from_extract(guessed, "Untitled").title.strip()
