"""Web pages: title and authors are those of the article, never those of other elements."""

from __future__ import annotations

import json

import pytest
from support.strategies.op_ed_files import ARTICLE, page

from argmap.extracting.html.format import FORMAT

pytest.importorskip("trafilatura", exc_type=ImportError)

SITE = "<meta property='og:site_name' content='The Harbour Post'>"


def author_of(head: str = "", body: str = "") -> str | None:
    """Return the author of a page with *head*, and with *body* around its article."""
    return FORMAT.read(page(body + ARTICLE, head).encode(), "a.html").author


def data(**article: object) -> str:
    """Return the structured data of an article."""
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **article})}</script>"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (data(author={"name": "Rosa N. Ames"}), "Rosa N. Ames"),
        (
            data(author=[{"name": "Rosa Ames"}, {"name": "ROSA AMES"}, "Li Wei"]),
            "Rosa Ames; Li Wei",
        ),
        ("<meta name='author' content='By Rosa N. Ames'>", "Rosa N. Ames"),
        ("<meta property='article:author' content='https://post.example/rosa'>", None),
        ("<meta name='author' content='admin'>", None),
        ("<meta name='author' content='Rosa Ames, CNN Business'>", "Rosa Ames"),
        ("<meta name='author' content='Rosa Ames, MS, RDN'>", "Rosa Ames, MS, RDN"),
        (data(author=["Li Wei", "Li Wei, AP Sports Writer"]), "Li Wei"),
        ("<script type='application/ld+json'>{'not': JSON}</script>", None),
        ("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", None),
    ],
)
def test_authors_are_those_that_the_page_names(head: str, author: str | None) -> None:
    assert author_of(head) == author


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Rosa Ames", "Rosa Ames"),
        ("Anna van der Berg", "Anna van der Berg"),
        ("Username", None),
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe May", "Jane Doe"),
        ("Theresa May", "Theresa May"),
        ("Rosa Ames Follow", "Rosa Ames"),
        ("Rosa Ames · CBC News", "Rosa Ames"),
        ("Rosa Ames; CNN", "Rosa Ames"),
        ("Text: Rosa Ames", "Rosa Ames"),
        ("松村太郎", "松村太郎"),
        ("Lesedauer", None),
        ("Dec", None),
        ("Webnata", None),
        ("The Post News Desk", None),
        ("Our Foreign Staff", None),
        ("Authority control", None),
        ("Updated 3 May 2019 at noon", None),
    ],
)
def test_a_byline_that_reads_like_no_name_is_no_author(byline: str, author: str | None) -> None:
    assert author_of(body=f"<span class='author'>{byline}</span>") == author


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The toll stays | The Harbour Post</title>" + SITE, "The toll stays"),
        (
            "<meta property='og:title' content='The toll stays - Harbour Post'>" + SITE,
            "The toll stays - Harbour Post",
        ),
        (
            "<meta property='og:title' content='The toll stays – The Harbour Post'>" + SITE,
            "The toll stays",
        ),
        ("<title>Toll – why it stays</title>" + SITE, "Toll – why it stays"),
    ],
)
def test_a_title_is_without_the_name_of_the_site(head: str, title: str) -> None:
    body = f"<h1>{title}</h1>{ARTICLE}"
    assert FORMAT.read(page(body, head).encode(), "a.html").title == title


def test_the_author_is_no_part_of_the_title() -> None:
    head = "<meta property='og:title' content='The toll stays | Rosa Ames'>"
    assert (
        FORMAT.read(page(head=head + data(author="Rosa Ames")).encode(), "a.html").title
        == "The toll stays"
    )


def test_the_name_of_a_blog_is_no_title() -> None:
    head = "<title>Harbour notes: The toll stays</title>"
    body = f"<h1><a href='/'>Harbour notes</a></h1><h3>The toll stays</h3>{ARTICLE}"
    assert FORMAT.read(page(body, head).encode(), "a.html").title == "The toll stays"


def test_the_heading_of_the_site_is_no_title() -> None:
    head = "<title>Why the toll should stay as it is | Ames | Notes</title>"
    written = page(f"{ARTICLE}", head).replace("<nav>", "<h1>Hi, I am Rosa.</h1><nav>")
    assert FORMAT.read(written.encode(), "a.html").title == "Why the toll should stay as it is"
