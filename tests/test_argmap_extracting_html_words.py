"""Web pages: the words, marks and numbers of an article are those that a browser shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.op_ed_files import PARAGRAPHS, page

from argmap.extracting.html.format import FORMAT

pytest.importorskip("trafilatura", exc_type=ImportError)

FIRST, LAST = (
    "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:2]),
    f"<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>",
)


def read(inside: str) -> str:
    """Return the text of *inside* between the paragraphs of an article."""
    text = FORMAT.read(page(FIRST + inside + LAST).encode(), "a.html").text
    before, after = "\n\n".join(PARAGRAPHS[:2]) + "\n\n", "\n\n" + "\n\n".join(PARAGRAPHS[2:])
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : -len(after)]


@pytest.mark.parametrize(
    "tag",
    [
        "a",
        "em",
        "strong",
        "span",
        "sup",
        "abbr",
        "code",
        "time",
        "mark",
        "small",
        "font",
        "ins",
        "u",
        "label",
        "x-word",
        "kbd",
        "cite",
        "b",
        "i",
        "sub",
    ],
)
def test_an_inline_element_stays_in_its_sentence(tag: str) -> None:
    words = f"<p>The <{tag} class='x'>toll</{tag}>, as <{tag}>th</{tag}>ey say, is fair.</p>"
    assert read(words) == "The toll, as they say, is fair."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("He said <q>it <q>works</q> well</q>.", "He said “it ‘works’ well”."),
        ("He said “<q>it works</q>”.", "He said “it works”."),
        ("He said <q>«it works»</q>.", "He said «it works»."),
        ("<q>One</q> and <q>two</q>", "“One” and “two”"),
    ],
)
def test_a_quotation_has_its_marks_once(html: str, text: str) -> None:
    assert read(f"<p>{html}</p>") == text


def test_a_quotation_of_paragraphs_begins_and_ends_with_a_mark() -> None:
    assert read("<blockquote><q><p>One of them.</p><p>Two.</p></q></blockquote>") == (
        "“One of them.\n\nTwo.”"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>An address<br>over <br/>\n two lines.</p>", "An address\nover\ntwo lines."),
        ("<p>One.<br><br>Two.<br>&nbsp;<br/>Three.</p>", "One.\n\nTwo.\n\nThree."),
        ("One.<br>One more.<p>Two.</p>Three.", "One.\nOne more.\n\nTwo.\n\nThree."),
        ("<p>One.<p>Two.\n<p>Three.", "One.\n\nTwo.\n\nThree."),
        ("<pre>one\n  two\n\nthree</pre>", "one\n  two\n\nthree"),
        ("<div style='white-space:pre-line'>one\ntwo</div>", "one\ntwo"),
        ("<p>A <span style='display:block'>block</span> here.</p>", "A\n\nblock\n\nhere."),
        ("<hr><h2>Why?</h2><p>No.</p>", "Why?\n\nNo."),
    ],
)
def test_lines_and_paragraphs_end_where_a_browser_ends_them(html: str, text: str) -> None:
    assert read(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>2</sup>, 10<sup>-3</sup>, 5<sup>n</sup>", "10², 10⁻³, 5ⁿ"),
        ("in 2019<sup>5</sup>, 2020<sup><a href='#n'>12</a></sup>", "in 2019⁵, 2020¹²"),
        ("in 2019<a href='#note7'>7</a>, 2020<sup>[3]</sup>", "in 2019⁷, 2020[3]"),
        ("in 2019<span style='vertical-align: super'>7</span>", "in 2019⁷"),
        ("the 1<sup>st</sup> of M<sup>c</sup>Donald", "the 1st of McDonald"),
        ("CO<sub>2</sub>, log<sub>10</sub>100, 1<sup>1</sup>/<sub>2</sub>", "CO2, log₁₀100, 1¹/₂"),
        ("<del>100</del><ins>200</ins>, 1<s>0</s>5, colo<del>u</del>r", "100 200, 1 0 5, colour"),
        ("<b>1</b>,500 and <i>2</i>.5 and 3<b>0</b>", "1,500 and 2.5 and 30"),
        ("<math><msup><mn>10</mn><mn>2</mn></msup></math>", "10²"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
        ("<ruby>東<rt>1</rt>京<rp>[</rp><rt>2</rt><rp>]</rp></ruby>", "東(1)京[2]"),
    ],
)
def test_no_figures_are_joined_and_none_are_parted(html: str, text: str) -> None:
    assert read(f"<p>It is {html}.</p>") == f"It is {text}."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("12\x0034, a\x01b, 5&#1;6, c&#x1F;d", "12 34, ab, 5 6, cd"),
        ("12\f34, a&#12;b, 5&#x0C;6", "12 34, a b, 5 6"),
        ("\ufffe&#xFFFF;&#127;x&#1024;", "xЀ"),
        ("a <img class=emoji alt='&#3;😀'>", "a 😀"),
    ],
)
def test_control_characters_are_left_out_and_join_no_figures(html: str, text: str) -> None:
    assert read(f"<p>It is {html}.</p>") == f"It is {text}."


def test_places_for_a_break_are_no_part_of_a_word() -> None:
    html = "<p>super<wbr>cali&shy;fragi&#8203;listic&nbsp;&amp; caf&eacute; <img class=emoji alt=😀>.</p>"
    assert read(html) == "supercalifragilistic & café 😀."


def test_a_table_of_data_has_a_line_for_each_row_and_no_bars() -> None:
    rows = "<tr><th>Year</th><th>Cars</th></tr><tr><td>2019</td><td><p>1</p> 2</td></tr>"
    assert read(f"<table><caption>Cars</caption>{rows}</table>") == "Cars\nYear\tCars\n2019\t1; 2"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("<tr><td>a<td><td>1<tr><td><td>2<td>", "a\t\t1\n\t2"),
        ("<thead><tr><th><th>2019<tbody><tr><th>Cars<td>5", "\t2019\nCars\t5"),
        ("<tr><th colspan=2>Both<th>One<tr><td>1<td>2<td>3", "Both\t\tOne\n1\t2\t3"),
        ("<tr><td rowspan=2>a<td>1<tr><td>2<tr><td>b<td>3", "a\t1\n\t2\nb\t3"),
        ("<tr><td>5<br>6<td>a<tr><td>b<td>7<br>c", "5; 6\ta\nb\t7 c"),
    ],
)
def test_each_cell_of_a_table_stays_in_its_column(rows: str, text: str) -> None:
    assert read(f"<table>{rows}</table>") == text


@pytest.mark.parametrize("cell", ["<p>2</p><p>3</p>", "<div>2</div><div>3</div>"])
def test_a_row_with_paragraphs_in_a_cell_is_read_as_paragraphs(cell: str) -> None:
    rows = f"<tr><td>a<td>1<tr><td>b<td>{cell}<tr><td>c<td>4"
    assert read(f"<table>{rows}</table>") == "a\t1\n\nb\n\n2\n\n3\n\nc\t4"


def test_a_table_of_data_in_a_table_of_layout_stays_one() -> None:
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert read(f"<table><tr><td>One.<td>{inner}</table>") == "One.\n\n1\t2\n3\t4"


def test_a_table_of_sentences_arranges_a_page() -> None:
    cells = [f"Sentence {number} of the page is long enough to be one." for number in range(4)]
    table = "<table><tr><td>{}<td>{}<tr><td>{}<td>{}</table>".format(*cells)
    assert read(table).split("\n\n") == cells


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div style='display:flex'><span>12</span><span>34</span></div>", "12\n\n34"),
        ("<p style='display: inline-grid'><b>12</b>34</p>", "12\n\n34"),
        ("<i style='display:table-cell'>12</i><i style='display:table-cell'>34</i>", "12\n\n34"),
        ("<ul><li style='display:inline'>12</li><li style='display:inline'>34", "• 12\n\n• 34"),
        ("<p><i style='display:inline-block'>12</i><i style='float:right'>34</i></p>", "12 34"),
        ("<p>12<img src='a.png'>34<svg><text>5</text></svg>67<input value=8>9</p>", "12 34 67 9"),
        ("<p>12<i style='margin-left:1em'>34</i></p>", "12 34"),
        ("<p>It is <button>12</button> of 34.</p>", "It is 12 of 34."),
        ("<p>In <i style='display:inline-block'>1</i><i style='float:left'>2</i></p>", "In 12"),
    ],
)
def test_figures_that_styles_part_are_not_joined(html: str, text: str) -> None:
    assert read(html) == text


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>",
        "<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>",
        "<table role=presentation><tr><td>One.<td><tr><td>Two.<td></table>",
        "<table><tr><td><table><tr><td>One.</table><tr><td>Two.<td></table>",
    ],
)
def test_a_table_of_layout_is_its_paragraphs(table: str) -> None:
    assert read(table) == "One.\n\nTwo."


def test_items_of_lists_have_the_marks_that_a_browser_draws() -> None:
    html = (
        "<ul><li>One</li><li><p>Two</p><p>more</p></li></ul>"
        "<ol start=3><li>c</li><li value=9>i</li><li>j<ul><li>k</li></ul></li></ol>"
        "<ol reversed><li>y</li><li>x</li></ol><dl><dt>Toll</dt><dd>A fee.</dd></dl>"
    )
    assert read(html).split("\n\n") == [
        "• One", "• Two", "more", "3. c", "9. i", "10. j", "• k", "2. y", "1. x", "Toll", "A fee.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<ol type=a><li>x<li>x</ol>", ["a.", "b."]),
        ("<ol type=I start=4><li>x<li type=1>x</ol>", ["IV.", "5."]),
        ("<ol style='list-style: inside upper-alpha'><li>x</ol>", ["A."]),
        ("<ol start=0 type=a><li>x</ol>", ["0."]),
        ("<ol style='list-style-type:disc'><li>x</ol>", ["•"]),
        ("<ul type=square><li>x</ul>", ["•"]),
        ("<ul style='list-style:none'><li>x</ul>", []),
    ],
)
def test_a_list_is_numbered_as_it_says(html: str, marks: list[str]) -> None:
    words = [line.split() for line in read(html.replace("x", "It is so.")).split("\n\n")]
    assert [mark for line in words for mark in line[:-3]] == marks


_WORD = st.text("abcxyzäé0123456789.,“”’", min_size=1, max_size=8)
_TAG = st.sampled_from(["b", "em", "a", "span", "x-y", "mark", "time"])


@given(st.lists(st.tuples(_TAG, _WORD, st.sampled_from(["", " "])), min_size=1, max_size=8))
def test_elements_inside_a_line_change_no_character(pieces: list[tuple[str, str, str]]) -> None:
    html = "".join(f"<{tag}>{word}</{tag}>{space}" for tag, word, space in pieces)
    words = "".join(word + space for _, word, space in pieces)
    said = "So it is, and the town says of it: "
    assert read(f"<p>{said * 2}{html}.</p>") == f"{said * 2}{words}."
