"""A title without its section, outlet and author, and an author or section above a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.formats.registry import Extract
from argmap.op_eds.bylines import guess_missing_fields
from argmap.op_eds.documents import document_from_text, extract_from_bytes
from argmap.op_eds.person_names import is_person_name
from argmap.op_eds.title_parts import bare_title
from argmap.op_eds.titles import find_title

BODY = (
    "The toll pays for itself. Reports say that traffic fell by a fifth, and nobody has seen a"
    " lorry on the old road since the summer before last.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "Opinion | Why the toll stays", "Opinion: Why the toll stays",
        "EDITORIAL: Why the toll stays", "Why the toll stays - The Harbour Post",
        "Why the toll stays – Harbour Post", "Why the toll stays | The Harbour Post",
        "Why the toll stays | Rosa Ames | Opinion | The Guardian", "Why the toll stays - CNN",
        "Why the toll stays » The Spectator", "Why the toll stays (opinion)",
        "Perspective | Why the toll stays - The Washington Post", "Fwd: Re: Why the toll stays",
    ],
)  # fmt: skip
def test_a_title_loses_what_a_site_adds(words: str) -> None:
    assert bare_title(words) == "Why the toll stays"
    assert find_title(f"{words}\n\n{BODY}") == "Why the toll stays"
    page = f"<html><head><title>{words}</title></head><body>{f'<p>{BODY}</p>' * 3}</body></html>"
    assert extract_from_bytes(page.encode(), "a.html").title == "Why the toll stays"


@pytest.mark.parametrize(
    "title",
    [
        "Tolls - The Good, the Bad and the Ugly", "The one thing we lack – Time", "Opinion",
        "Bridges | a view from the harbour", "Editorial - a dying art", "Comment: is it free?",
        "Why I read The New York Times", "Tolls | Good Riddance", "Re: the toll", "Money | Time",
        "Roads — a reply to Mr Brown", "The Harbour Post", "| |", "Letter: the toll",
    ],
)  # fmt: skip
def test_words_that_may_be_the_titles_own_stay(title: str) -> None:
    assert bare_title(title) == title


@given(
    st.lists(st.sampled_from(["Opinion", "The Harbour Post", " | ", " - ", ": ", "(", ")", "x"]))
)
def test_a_title_never_loses_all_its_words(parts: list[str]) -> None:
    words = "".join(parts)
    bare = bare_title(words)
    assert bare in words
    assert any(map(str.isalnum, bare)) == any(map(str.isalnum, words))


@pytest.mark.parametrize(
    "name",
    [
        "JANE AMES", "Jane Ames", "Jane B. Ames", "Jane van Ames", "DR. ROSA AMES",
        "Jane Ames and Peter Brown", "JANE AMES & PETER BROWN", "Jean-Luc Ames", "Jane O’Brien",
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Why the toll stays", "WHY THE TOLL STAYS", "The Toll Trap"])
def test_a_name_above_a_title_is_no_title(name: str, title: str) -> None:
    assert is_person_name(name)
    assert find_title(f"{name}\n\n{title}\n\n{BODY}") == title
    assert find_title(f"Opinion\n{name}\n@handle\n{title}\n\n{BODY}") == title
    assert find_title(f"{title}\n\n{name}\n\n{BODY}") == title


@pytest.mark.parametrize(
    "title",
    [
        "TOLL TROUBLE", "Killing Time", "Grace Alone", "DONALD TRUMP LIED", "Mark My Words",
        "Moral Clarity", "Donald Trump’s Toll", "Jane Ames resigns", "The Toll", "Hope and Fear",
    ],
)  # fmt: skip
def test_a_short_title_is_no_name(title: str) -> None:
    assert not is_person_name(title)
    assert find_title(f"{title}\n\nWhy the board has to go\n\n{BODY}") == title


@pytest.mark.parametrize("section", ["Transport", "ROADS", "Local government", "US politics"])
def test_the_label_of_a_section_below_its_heading_is_no_title(section: str) -> None:
    title = "Why the toll has to stay"
    for head in (
        f"Opinion\n{section}",
        f"Opinion\n\n{section}\n",
        f"Opinion | {section}",
        f"Opinion\n{section}\nJANE AMES",
    ):
        assert find_title(f"{head}\n{title}\n\n{BODY}") == title
    assert find_title(f"{section}\n\n{title}\n\n{BODY}") == section, "it may be the title"
    assert find_title(f"Opinion\n\nEnough!\n\n{title}\n\n{BODY}") == "Enough!"


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("By JANE AMES  MARCH 4, 2024", "JANE AMES", "2024-03-04"),
        ("By Jane Ames March 4, 2024", "Jane Ames", "2024-03-04"),
        ("By Jane Ames, 4 March 2024", "Jane Ames", "2024-03-04"),
        ("Published 5:02 AM EST Mar. 4, 2024", None, "2024-03-04"),
        ("March 4, 2024, 5:00 a.m. ET", None, "2024-03-04"),
    ],
)
def test_an_author_and_a_date_on_one_line_are_parted(
    line: str, author: str | None, published: str
) -> None:
    extract = guess_missing_fields(Extract(f"Why the toll stays\n\n{line}\n\n{BODY * 3}"))
    assert (extract.title, extract.author, extract.published) == (
        "Why the toll stays", author, published,
    )  # fmt: skip


@pytest.mark.parametrize(
    "line", ["Skip to site index", "https://post.example/toll 1/3", "Dear Sir or Madam,", "@rosa"]
)
def test_lines_that_sites_mails_and_printers_put_first_are_no_titles(line: str) -> None:
    assert find_title(f"{line}\n\nWhy the toll stays\n\n{BODY}") == "Why the toll stays"


def test_an_id_made_of_a_long_title_ends_at_a_word() -> None:
    title = "The toll that the board promised would pay for itself does not"
    assert (
        document_from_text(f"{title}\n\n{BODY}").id[:-7]
        == "the-toll-that-the-board-promised-would-pay-for"
    )
    assert len(document_from_text(f"{'x' * 90}\n\n{BODY}").id) == 48 + 7


def test_a_title_that_only_its_site_makes_too_long_is_one() -> None:
    title = f"Why the toll {'that the board promised ' * 4}has to go"
    head = f"Opinion | {title} - The Harbour Post"
    assert len(title) < 120 < len(head)
    extract = guess_missing_fields(Extract(f"{head}\n\nBy Jane Ames\n\n{BODY}"))
    assert (extract.title, extract.author) == (title, "Jane Ames")
