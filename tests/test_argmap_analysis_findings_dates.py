"""Findings about dates: sources dated after a copy of them."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import inference, statement, with_all

from argmap.analysis.findings import findings
from argmap.analysis.findings.dates import dates_in, find_date_range
from argmap.model.source import Attribution, Source


def days(words: str) -> list[tuple[str, str]]:
    """Return the first and the last day of each date in *words*."""
    return [(str(each.first), str(each.last)) for each in dates_in(words)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("The Echo, 5 March 2021", "2021-03-05", "2021-03-05"),
        ("The Echo of the 5th of March, 2021", "2021-03-05", "2021-03-05"),
        ("March 5, 2021", "2021-03-05", "2021-03-05"),
        ("(2021-03-05T10:00:00Z)", "2021-03-05", "2021-03-05"),
        ("https://echo.example/2021/03/05/wells", "2021-03-05", "2021-03-05"),
        ("Sept. 2020", "2020-09-01", "2020-09-30"),
        ("Memo 2020-02", "2020-02-01", "2020-02-29"),
        ("Charter of the Board, 1968", "1968-01-01", "1968-12-31"),
        ("Report from 2021.", "2021-01-01", "2021-12-31"),
        ("5-7 March 2021", "2021-03-01", "2021-03-31"),
    ],
)
def test_a_date_is_read(words: str, first: str, last: str) -> None:
    assert days(words) == [(first, last)]


@pytest.mark.parametrize(
    "words",
    [
        "2019-20",
        "2019–2021",
        "03/05/2021",
        "12021",
        "£2021",
        "3,1968",
        "1990s",
        "1799",
        "2200",
        "2021-02-30",
        "born 1950",
        "in office since March 2020",
        "net zero by 2050",
        "Agenda 2030",
        "Flight 1549",
        "Resolution 1973",
        "20210305",
    ],
)
def test_what_is_no_date_of_a_source_is_passed_over(words: str) -> None:
    assert days(words) == []


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_each_form(day: date) -> None:
    month = day.strftime("%B")
    for words in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day:02} {month[:3]} {day.year}",
    ):
        assert [(d.first, d.last) for d in dates_in(words)] == [(day, day)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("s", "Memo, 2020", "document", description="Leaked in 2021"), "2020"),
        (Source("s", "Memo", "document", description="Leaked in May 2021"), "May 2021"),
        (Source("s", "Memo", "document", url="https://x.example/2021/05/01"), "2021/05/01"),
        (Source("s", "Memo of 2020, amended 2021", "document", description="2022"), None),
        (Source("s", "Ann", "person", description="Minister in 2015"), None),
        (Source("s", "Ann", "person", description="Asked on 5 May 2015"), "5 May 2015"),
        (Source("s", "Memo", "document"), None),
    ],
)
def test_a_source_has_the_one_date_of_the_first_words_that_have_any(
    source: Source, words: str | None
) -> None:
    found = find_date_range(source)
    assert (found and found.words) == words


def conflicts(
    *sources: Source, chain: tuple[str, ...] = ("v",), published: str | None = None
) -> list[tuple[tuple[str, ...], str]]:
    """Return labels and messages for E1 from *chain*, in a text *published* on that date."""
    said = Attribution("a", "e", "named_document", chain)
    parts = [statement("c", "C1", main=True), statement("e", "E1", "evidence")]
    whole = with_all(
        parts,
        [inference("i", "I1", ["e"], "c")],
        sources={s.id: s for s in sources},
        attributions={"a": said},
    )
    whole = evolve(whole, document=evolve(whole.document, published=published))
    return [(f.labels, f.message) for rule, f in findings(whole) if rule.id == "date-conflict"]


POST = Source("u", "The Post, 5 March 2021", "outlet")


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        ("4 March 2021", True),
        ("February 2021", True),
        ("2020", True),
        ("5 March 2021", False),
        ("March 2021", False),
        ("2021", False),
        ("6 March 2021", False),
        ("undated", False),
    ],
)
def test_a_source_dated_before_what_it_derives_from(when: str, *, is_found: bool) -> None:
    echo = Source("v", f"The Echo, {when}", "outlet", derives_from=("u",))
    assert [labels for labels, _ in conflicts(POST, echo)] == [("E1",)] * is_found
    assert bool(conflicts(POST, evolve(echo, derives_from=()), chain=("v", "u"))) == is_found


def test_a_date_conflict_says_who_took_from_whom_and_where() -> None:
    echo = Source("v", "The Echo", "outlet", description="2 March 2021", derives_from=("u",))
    ((_, message),) = conflicts(POST, echo)
    assert message.startswith(
        "The Echo (2 March 2021) derives from The Post, 5 March 2021, which has a later date"
    )
    behind = Source("w", "The Times", "outlet", derives_from=("v",))
    assert conflicts(POST, echo, behind, chain=("w",)) == [(("E1",), message)]


@pytest.mark.parametrize(
    ("published", "is_found"),
    [("2021-03-04", True), ("2021-02", True), ("2021-03", False), ("2021", False), (None, False)],
)
def test_an_op_ed_published_before_what_it_cites(published: str | None, *, is_found: bool) -> None:
    found = conflicts(POST, chain=("u",), published=published)
    assert [labels for labels, _ in found] == [("E1",)] * is_found


def test_what_is_only_derived_from_is_not_cited_by_the_op_ed() -> None:
    radio = Source("v", "Radio", "outlet", derives_from=("u",))
    assert conflicts(POST, radio, published="2020") == []


def test_a_conflict_behind_several_statements_names_the_first_of_them() -> None:
    echo = Source("v", "The Echo", "outlet", description="2 March 2021", derives_from=("u",))
    behind = Source("w", "The Times", "outlet", derives_from=("v",))
    items = [statement(f"e{n}", f"E{n}", "evidence") for n in (1, 2)]
    whole = with_all(
        items,
        [],
        sources={source.id: source for source in (POST, echo, behind)},
        attributions={
            f"a{n}": Attribution(f"a{n}", f"e{n}", "named_document", ("w",)) for n in (1, 2)
        },
    )
    labels = [f.labels for rule, f in findings(whole) if rule.id == "date-conflict"]
    assert labels == [("E1",)]
