"""Titles of texts without one: a heading, and none of the lines that a site puts above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.op_eds.titles import LONGEST_TITLE, find_first_sentence, find_title, is_title

BODY = (
    "The toll pays for itself. Reports say that traffic fell by a fifth, and nobody has seen a"
    " lorry on the old road since the summer before last.\n"
)
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))

NO_TITLES = [
    "Skip to content", "[Skip to content](#main)", "Advertisement", "Subscribe now", "Log in",
    "Share this", "Share on Facebook", "Email this article to a friend", "Opinion", "OPINION",
    "Opinion | Guest essay", "Home > Opinion > Columnists", "Editorial", "Cookie notice",
    "This article is more than 3 years old", "5 min read", "Listen to this article · 5:40 min",
    "© 2024 The Post. All rights reserved.", "Copyright 2024 Post", "Page 1 of 3", "1 comment",
    "Reprinted with permission of The Post", "Photo: Ann Bell/Getty", "Vol. 3, no. 2",
    "By Jo Bloggs", "BY JO BLOGGS", "Written by Jo Bloggs", "Guest essay by Jo Bloggs",
    "By Jo Bloggs and Ann de la Cruz", "By Jo Bloggs, The Harbour Post", "By Jo Bloggs in London",
    "Jo Bloggs, 3 May 2024", "Jo Bloggs is a columnist", "Von Jo Bloggs", "Par Jo Bloggs",
    "Por Ana Ruiz", "Gastbeitrag von Jo Bloggs", "3 May 2024", "03/05/2024", "LONDON, 3 May 2024",
    "Monday, 3 May 2024", "Fri 3 May 2024 10.00 BST", "May 3, 2024 at 10:15 AM ET",
    "Updated 3 May 2024, 10:12 a.m. ET", "Publié le 3 mai 2024", "2. März 2024",
    "https://post.example/toll", "jo@post.example", "![a bridge](bridge.png)",
    "SECTION: OPINION; Pg. 7", "LENGTH: 612 words", "BYLINE: Jo Bloggs", "May 3, 2024 Friday",
    "Home / Opinion / Roads", "We value your privacy", "The Harbour Post, 3 May 2024, p. 7",
    "5/3/24, 10:15 AM Who pays - The Harbour Post", "From: Jo <jo@post.example>",
    "Contributed by Jo Bloggs", "Par Anne Bell, économiste",
    "Anzeige", "Meinung", "Lesezeit: 5 Minuten", "Seite 1 von 3", "Zum Inhalt springen",
    "Publicité", "Aller au contenu principal", "Temps de lecture : 4 min", "Tous droits réservés",
    "Publicidad", "Saltar al contenido", "Suscríbete", "Opinión", "5 min de lectura",
    "We use cookies to improve your experience. By continuing you accept our privacy policy and the terms of use of this site.",
]  # fmt: skip


@pytest.mark.parametrize("line", NO_TITLES)
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_the_heading_below_the_lines_of_a_site_is_the_title(line: str, apart: str) -> None:
    title = "Why the toll stays"
    assert find_title(apart.join([line, title, BODY])) == title
    assert find_title(apart.join([line, line, f"## {title}", BODY])) == title
    assert find_title(apart.join([line, BODY])) is None


@pytest.mark.parametrize(
    "title",
    [
        "Share this planet", "Copyright is broken", "Support our troops", "Report on Iran",
        "Return to Kabul", "Reuters is wrong about tolls", "By the river", "Print the legend",
        "By any means necessary", "The view from the bridge", "9/11", "1984", "Home truths",
        "Why the mayor is the best director", "Comment is cheap", "Follow the money",
        "Cookies and power", "Who pays?", "“Enough!”", "Wait…", "Live and let die", "U.S. v. them",
    ],
)  # fmt: skip
def test_a_heading_that_begins_like_a_notice_is_a_title(title: str) -> None:
    assert find_title(f"{title}\n\n{BODY}") == title
    assert is_title(title)


@pytest.mark.parametrize("outlet", ["The Harbour Post", "nytimes.com", "Le Monde"])
def test_the_name_of_an_outlet_is_no_title_where_a_heading_follows(outlet: str) -> None:
    assert find_title(f"{outlet}\n\nWhy the toll stays\n\n{BODY}") == "Why the toll stays"
    assert find_title(f"{outlet}\n\n{BODY}") == outlet


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The toll #\n\nWords.", "The toll"),
        ("Words first.\n\n## The toll", "The toll"),
        (f"It pays. It stays.\n\n{BODY}\n## Costs\n", "It pays. It stays."),
        (f"{BODY}\n# The toll\n", "The toll"),
        (f"{BODY}\n## Costs\n", None),
        ("<!-- # A comment\nTo do -->\n\nThe toll stays\n", "The toll stays"),
        ("{{ page.title }}\n======\n\nThe toll stays\n", "The toll stays"),
        (
            "My town has long had\n[lorries](https://a.example) on its bridge.",
            "My town has long had lorries on its bridge.",
        ),
        ("Dear Sir,\n\nThe toll stays\n", "The toll stays"),
        ("Why? Nobody has counted the lorries! Who will?\n\nThe toll stays\n", "The toll stays"),
        (
            "Who pays? Nobody who has a say in it...\n\nThe toll stays\n",
            "Who pays? Nobody who has a say in it...",
        ),
        ("Who pays? Nobody who has a say in it.\n\nThe toll stays\n", "The toll stays"),
        ("桥自己付。没有人数过\n\n桥\n", "桥"),
        ("\n\n  The toll pays.  \nMore.", "The toll pays."),
        ("#no heading\nmore", "#no heading"),
        ("x" * 121 + "\nshort", None),
        ("x" * 121, None),
        ("x" * 5000 + "\n# Far away", None),
        ("# " + "y" * 200, "y" * 120),
        ("Plain line\n\n# The **toll**", "The **toll**"),
        ("**The toll stays**\n\nIt pays.", "The toll stays"),
        ("# [The toll](https://a.example) {#toll}\n\nIt pays.", "The toll"),
        ("The toll\n========\n\nIt pays.", "The toll"),
        ("Title: The toll\n\nIt pays.", "The toll"),
        ("The Daily Grind\nHEADLINE: The toll\nIt pays.", "The toll"),
        (
            "It pays for itself, because the\nlorries go.\n\n## Costs\n",
            "It pays for itself, because the lorries go.",
        ),
        (f"The toll stays\n\n{BODY}\n## Costs\n\n{BODY}", "The toll stays"),
        (f"{BODY}\nCosts\n\n{BODY}", None),
        ("```\n# a comment\n```\n\n# The toll\n", "The toll"),
        ("> A quotation\n\nThe toll stays\n", "The toll stays"),
        ("", None),
        ("---\n***\n", None),
    ],
)
def test_a_title_is_the_first_line_that_reads_like_a_heading(text: str, title: str | None) -> None:
    assert find_title(text) == title


@pytest.mark.parametrize(
    "told", ["Skip to content", "Microsoft Word - toll.doc", "toll_final_v3", "index.html", "Opinion",
             "untitled", "By Jo Bloggs", "3 May 2024", "https://a.example", "Document1", "", "—"],
)  # fmt: skip
def test_what_a_file_calls_its_title_may_be_none(told: str) -> None:
    assert not is_title(told)


@given(storable)
def test_a_title_is_one_short_line_with_words(text: str) -> None:
    title = find_title(text)
    if title is not None:
        assert title == title.strip()
        assert 0 < len(title) <= LONGEST_TITLE
        assert "\n" not in title


def test_the_first_words_are_those_after_a_notice() -> None:
    words = find_first_sentence(f"Advertisement\n\n{BODY}")
    assert words is not None
    assert words.startswith("The toll pays for itself. Reports say")
    assert len(words) <= 80
    assert find_first_sentence("\n---\n") is None
    assert find_first_sentence(f"The toll pays\n===\n\n{BODY}") == "The toll pays"
