"""The form of tables: several values in a cell, and cells that no spreadsheet runs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import MANY

from argmap.formats import table_syntax
from argmap.text.display import HIDDEN

FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
AWKWARD = st.text(
    st.sampled_from([*FORMULA, *"a|;>\\ .,'\"\t\n\r⟦U+003D⟧\u202e\u200b\ufeff\u00a0"])
)
BETWEEN = st.sampled_from([table_syntax.BETWEEN_TEXTS, table_syntax.BETWEEN_NAMES])


@given(
    st.one_of(AWKWARD, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
)
def test_a_cell_means_the_text_that_it_was_made_of(text: str) -> None:
    assert table_syntax.text_from_cell(table_syntax.escape_cell(text)) == text


@MANY
@given(AWKWARD)
def test_a_cell_means_the_name_that_it_was_made_of_whatever_white_space_is_put_around_it(
    name: str,
) -> None:
    assert (
        table_syntax.name_from_cell(f"\u00a0\ufeff {table_syntax.escape_name_cell(name)}\t ")
        == name
    )


@MANY
@given(AWKWARD)
def test_no_cell_begins_as_a_formula_whatever_stands_before_it(text: str) -> None:
    cell = table_syntax.escape_cell(text)
    assert cell[:1] not in {*FORMULA, "\t", "\n", "\r", ""}
    for part in re.split("[,;|\t\n]", cell)[1:]:
        assert part.lstrip("\ufeff\u200b \u00a0'\"\t\n")[:1] not in set(FORMULA)


@MANY
@given(AWKWARD)
def test_no_cell_has_a_hidden_character_but_tabs_and_line_feeds(text: str) -> None:
    assert re.findall(f"(?![\n\t])[{HIDDEN}]", table_syntax.escape_cell(text)) == []


@pytest.mark.parametrize(
    "text",
    ["'Tis the season", "'quoted' words", "It's 5 - 3", "a@b.org", "well-known", "1 + 1", "'", '"so"'],
)  # fmt: skip
def test_the_words_of_other_people_stay_as_they_are(text: str) -> None:
    assert table_syntax.text_from_cell(text) == (text if text != "'" else "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [('="007"', "007"), ('="He said ""no"""', 'He said "no"'), ('="a"&"b"', '="a"&"b"'),
     ("'=\"007\"", '="007"'), ('=""', "")],
)  # fmt: skip
def test_a_formula_that_is_a_text_means_the_text(cell: str, text: str) -> None:
    assert table_syntax.text_from_cell(cell) == text


@pytest.mark.parametrize("text", ["The toll pays.", "5", "007", "a, b; c", "'Tis", 'He said "no"'])
def test_ordinary_text_is_written_as_it_is(text: str) -> None:
    assert table_syntax.escape_cell(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+5 %", "'+5 %"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        (' "=1', "' \"=1"),
        ("'=1", "''=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;⟦U+003D⟧1"),
        ("a\n-b", "a\n⟦U+002D⟧b"),
        ("\rx", "⟦U+000D⟧x"),
        ("", "'"),
        (" ", "' "),
    ],
)
def test_what_would_run_is_made_text(text: str, cell: str) -> None:
    assert table_syntax.escape_cell(text) == cell


def test_line_ends_of_a_spreadsheet_become_line_feeds() -> None:
    assert table_syntax.text_from_cell("a\r\nb\rc\n") == "a\nb\nc\n"


def test_a_long_cell_of_white_space_is_made_inert_without_going_over_it_again_and_again() -> None:
    assert len(table_syntax.escape_cell("x" + "\n" * 300_000 + "=")) == 300_009


@MANY
@given(st.lists(st.none() | AWKWARD, max_size=4), BETWEEN)
def test_values_in_a_cell_come_back_the_same(values: list[str | None], between: str) -> None:
    found = table_syntax.split_values(
        table_syntax.text_from_cell(
            table_syntax.escape_cell(table_syntax.join_values(values, between))
        ),
        between,
    )
    assert found == (values if any(value is not None for value in values) else [])


@MANY
@given(st.lists(st.lists(AWKWARD, max_size=3), max_size=3))
def test_chains_in_a_cell_come_back_the_same(chains: list[list[str]]) -> None:
    found = table_syntax.split_chains(table_syntax.join_chains(chains))
    assert found == (chains if any(chains) else [])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("   ", []),
        ("c1", ["c1"]),
        (" c1 ", ["c1"]),
        ("c1|c2", ["c1", "c2"]),
        ("c1; c2", ["c1", "c2"]),
        ("c1 | | c2", ["c1", None, "c2"]),
        (r"a\|b", ["a|b"]),
        (r"C:\temp", [r"C:\temp"]),
        ("ends \\", ["ends \\"]),
        (r"\ a\ ", [" a "]),
        (r"\.", [""]),
    ],
)
def test_values_stand_between_bars_or_semicolons(text: str, values: list[str | None]) -> None:
    assert table_syntax.split_values(text) == values


def test_a_semicolon_parts_no_quotes() -> None:
    assert table_syntax.split_values("It works; it pays", table_syntax.BETWEEN_TEXTS) == [
        "It works; it pays"
    ]


def test_no_criterion_has_the_name_of_another_column() -> None:
    assert len(set(table_syntax.columns())) == len(table_syntax.columns())
