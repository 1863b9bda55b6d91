"""Running headers are removed from pages, and the other lines become paragraphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.extracting.pdf.layout.columns import blocks_of
from argmap.extracting.pdf.layout.lines import TextLine, without_running_lines
from argmap.extracting.pdf.layout.paragraphs import paragraphs_of

numbers = st.floats(-1000, 1000)
lines = st.builds(TextLine, st.text(min_size=1, max_size=9), numbers, numbers, st.floats(0, 99))


def at(*words: str, top: float = 700, x: float = 72, height: float = 11) -> list[TextLine]:
    """Return lines under each other."""
    return [TextLine(each, x, top - 14 * number, height) for number, each in enumerate(words)]


def words_of(pages: list[list[TextLine]]) -> list[list[str]]:
    return [[line.words for line in page] for page in pages]


def body(number: int) -> list[TextLine]:
    return at("one", "two", "three", "four", "five", "six", top=690 - number)


def test_what_most_pages_repeat_at_one_place_goes() -> None:
    pages = [[*at("The Post, page 1", top=760), *body(n), *at(f"{n}", top=30)] for n in range(5)]
    pages[0] = [*at("A headline", top=760), *pages[0][1:]]
    kept = words_of(without_running_lines(pages))
    inner = ["one", "two", "three", "four", "five", "six"]
    assert kept == [["A headline", *inner], inner, inner, inner, inner]


def test_a_headline_stays_where_later_headers_repeat_it() -> None:
    first = [*at("The toll", top=760, height=24), *body(0)]
    others = [[*at("The toll", top=760), *body(number)] for number in (1, 2)]
    assert words_of(without_running_lines([first, *others]))[0][0] == "The toll"
    assert words_of(without_running_lines([first, *others]))[1][0] == "one"


def test_what_stands_elsewhere_or_once_stays() -> None:
    one = at("said again", *"abcdef", "said again")
    assert words_of(without_running_lines([one])) == words_of([one])
    moved = [at("said again", *"abcdef", top=700), at("said again", *"ghijkl", top=650)]
    assert words_of(without_running_lines(moved)) == words_of(moved)


def test_words_at_the_same_height_are_one_line() -> None:
    page = [*at("Left.", "Below."), *at("Right of it.", x=300)]
    assert words_of(blocks_of(page)) == [["Left. Right of it.", "Below."]]


def test_a_full_line_at_the_end_of_a_page_goes_on() -> None:
    full = "A sentence as long as the column ends here."
    above = "A line that is nearly as long as"
    assert paragraphs_of([at(above, full), at("And more.")]) == [f"{above} {full} And more."]
    assert paragraphs_of([at(full, "Its end."), at("And more.")]) == [
        f"{full} Its end.", "And more.",
    ]  # fmt: skip


def test_soft_hyphens_go_wherever_they_are() -> None:
    assert paragraphs_of([at("The har\u00ad", "bour to\u00adll")]) == ["The harbour toll"]


def test_a_dash_at_the_end_of_a_line_is_no_hyphen() -> None:
    assert paragraphs_of([at("The toll -", "it pays –", "stays")]) == ["The toll - it pays – stays"]


def test_pages_without_lines_make_no_paragraphs() -> None:
    assert paragraphs_of([]) == []
    assert paragraphs_of([[], []]) == []


@given(st.lists(st.lists(lines, max_size=6), max_size=4))
def test_no_letter_is_lost_between_lines_and_paragraphs(pages: list[list[TextLine]]) -> None:
    def letters(texts: list[str]) -> list[str]:
        return sorted(c for c in "".join(texts) if not c.isspace() and c not in "-\u2010\u00ad")

    assert letters(paragraphs_of(pages)) == letters([w for page in words_of(pages) for w in page])
