"""Web pages: the whole article is read in order, with any elements."""

from __future__ import annotations

import pytest
from support.strategies.op_ed_files import PARAGRAPHS, page

from argmap.extracting.html.format import FORMAT

pytest.importorskip("trafilatura", exc_type=ImportError)

FIRST, LAST = (
    "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:2]),
    f"<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>",
)
REFRAIN = "We say it again: the toll is right, as we said in the spring and in the summer."


def text_of(body: str) -> str:
    """Return the text of a page with *body* in its article."""
    return FORMAT.read(page(body).encode(), "a.html").text


@pytest.mark.parametrize(
    ("opening", "between", "closing"),
    [
        ("<div>", "</div><div>", "</div>"),
        ("<div class=row><div>", "</div></div><div class=row><div>", "</div></div>"),
        ("<section><p>", "</p></section><section><p>", "</p></section>"),
        ("", "<br><br>", ""),
        ("<font>", "<br>\n<br>\n<br>", "</font>"),
        ("", "<hr>", ""),
        ("<p>", "<p>", ""),
        ("<table><tr><td>", "</td></tr><tr><td>", "</td></tr></table>"),
        ("<table><tr><td><p>", "</p><p>", "</p></td></tr></table>"),
        ("<form><center><p>", "</p><p>", "</p></center></form>"),
        ("<x-text><p>", "</p><p>", "</p></x-text>"),
    ],
)
def test_an_article_is_read_whatever_elements_it_is_in(
    opening: str, between: str, closing: str
) -> None:
    texts = [*PARAGRAPHS, "No.", *reversed(PARAGRAPHS), "So it is."]
    body = opening + between.join(texts) + closing
    assert text_of(body).split("\n\n") == texts


def test_a_refrain_is_read_as_often_as_the_page_has_it() -> None:
    one = f"<p>{REFRAIN}</p>"
    assert text_of(FIRST + one + one + LAST + one).count(REFRAIN) == 3


@pytest.mark.parametrize(
    "inside",
    [
        "<h2>Who pays for it?</h2>",
        "<p>No.</p>",
        "<aside class='x-1'><p>The poor take the bus, says the baker.</p></aside>",
        "<aside aria-hidden='true'>“The poor take the bus”</aside>",
        "<figure><img src='a.jpg'><figcaption>The bridge in 2019</figcaption></figure>",
        "<div class='social-embed'><blockquote><p>The toll is fair!</p></blockquote></div>",
        "<blockquote>It is fair.</blockquote>",
        "<p><a href='/x'>The whole of this sentence links to a page that has more to say of it.</a></p>",
        "<ul><li><a href='/x'>A linked item of a list</a></li><li>and one that is not.</li></ul>",
        "<details><summary>How much?</summary><p>Two pounds.</p></details>",
    ],
)
def test_what_is_between_the_paragraphs_is_part_of_the_article(inside: str) -> None:
    text = text_of(FIRST + inside + LAST)
    between = text.removeprefix("\n\n".join(PARAGRAPHS[:2])).removesuffix(
        "\n\n".join(PARAGRAPHS[2:])
    )
    assert len(between.strip()) > 2


def test_who_is_quoted_in_a_block_is_read_with_it() -> None:
    quotation = (
        "<blockquote><p>It is fair, and it works.</p><footer>— Rosa Ames</footer></blockquote>"
    )
    assert "It is fair, and it works.\n\n— Rosa Ames\n\n" in text_of(FIRST + quotation + LAST)


@pytest.mark.parametrize(
    "inside",
    [
        "<nav><a href='/'>Home</a> <a href='/x'>More of it</a></nav>",
        "<div class='newsletter-box'><p>Get our letter every day. It is free.</p></div>",
        "<div class='relatedStories'><p>Read also what they said of it.</p></div>",
        "<aside><p>Read also <a href='/x'>what they said</a> of it.</p></aside>",
        "<div>Advertisement</div>",
        "<p>Advertisement</p>",
        "<form><p>Your address, please.</p></form>",
        "<div><button>Share</button></div>",
        "<p><span class='sr-only'>(opens in a new window)</span></p>",
    ],
)
def test_what_interrupts_an_article_is_no_part_of_it(inside: str) -> None:
    assert text_of(FIRST + inside + LAST) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "inside",
    [
        "<p><a href='/x'>MAYOR RESIGNS OVER TOLL, PAPER SAYS</a></p>",
        "<p>Related: <a href='/x'>Mayor resigns over the toll.</a></p>",
        "<p><b>READ MORE</b>: <a href='/x'>Mayor resigns over the toll.</a></p>",
        "<p>Chat with us in Facebook Messenger. Find out what is happening as it unfolds.</p>",
        "<p>CLICK HERE TO GET THE HARBOUR NEWS APP</p>",
        "<p>(Image credit: Ann Lee)</p>",
        "<p>Ann Lee/Getty Images</p>",
        "<aside><h5>Read more</h5><a href='/x'>Mayor resigns</a></aside>",
        "<ul><li>Do you have an opinion on the issues raised in this article? Write to us.</li></ul>",
    ],
)
def test_pointers_and_credits_are_no_part_of_an_article(inside: str) -> None:
    assert text_of(FIRST + inside + LAST) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "label", ["Rosa Ames·Follow5 min read·Mar 5, 2024", "--Share", "5 min read"]
)
def test_labels_before_the_first_words_are_no_part_of_an_article(label: str) -> None:
    text = text_of(f"<h1>Toll</h1><p>{label}</p>{FIRST}{LAST}")
    assert text.removeprefix("Toll\n\n") == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "end",
    [
        "<p>Read more:</p><p><a href='/x'>Mayor resigns over the toll</a></p>",
        "<p>You may also be interested in:</p><p><a href='/x'>Mayor resigns over the toll</a></p>",
        "<h3>Related stories</h3><ul><li><a href='/x'>Mayor resigns over the toll</a></li></ul>",
        "<p>Comments</p><p>comments</p>",
        "<p>© 2024 The Harbour Post. All rights reserved.</p>",
    ],
)
def test_an_article_ends_before_lists_of_others_and_notices(end: str) -> None:
    assert text_of(FIRST + LAST + end) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The bridge, as it was in 2019, seen from the quay. Photograph: Ann Lee/Reuters</p><p>So.</p>",
        "<h3>Picture-in-Picture</h3><p>The bridge is in the picture of the harbour as it was.</p>",
        "<h3>Related work</h3><p>Much was written of tolls before this one was built.</p>",
        "<p>Related: the fare of the bus fell by a fifth in the spring, the town says.</p>",
        "<p>THE TOLL IS RIGHT, AND THE COUNCIL KNOWS IT.</p>",
    ],
)
def test_words_of_the_article_that_look_like_pointers_are_read(inside: str) -> None:
    text = text_of(FIRST + LAST + inside)
    assert text.startswith("\n\n".join(PARAGRAPHS))
    assert len(text) > len("\n\n".join(PARAGRAPHS)) + 40


def test_later_parts_of_an_article_are_read_with_the_first() -> None:
    part = (
        "<div class='chunk'><div class='article-body text'>{}</div></div><div class='ad'>Ad</div>"
    )
    texts = [f"{p} {number}." for number in range(3) for p in PARAGRAPHS]
    parts = [texts[:4], texts[4:8], texts[8:]]
    body = "".join(part.format("".join(f"<p>{p}</p>" for p in each)) for each in parts)
    assert text_of(body).split("\n\n") == texts


def test_a_standfirst_is_read_before_the_article() -> None:
    head = "<header><h1>The toll stays</h1><h2>It pays for itself, and the town is better for it.</h2></header>"
    assert text_of(head + FIRST + LAST).split("\n\n")[-5].startswith("It pays for itself")


def test_thousands_of_elements_in_a_line_are_read() -> None:
    assert text_of(f"{FIRST}<p>{'<b>w</b> ' * 20_000}</p>{LAST}").count("w ") > 19_000
