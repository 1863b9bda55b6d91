"""Rows that are short, torn, or inside a quote: no part of them is silently lost or cut."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.tables import HEADER, contents, read, refusal

WIDE = f"{HEADER},note,label"


def told(content: str) -> list[tuple[int, str]]:
    """Return the line of each record with its fault."""
    return [(each.line, "".join(fault.reason for fault in each.faults)) for each in read(content)]


def lines(content: str) -> dict[int, bool]:
    """Return, for the line of each record, whether it is good."""
    return {line: not reason for line, reason in told(content)}


def test_the_last_cells_of_a_row_may_be_left_out() -> None:
    found = contents(f"{WIDE}\nc1,toll,claim,So.\nc2,toll,claim,So.,n\nc3,toll,claim,So.,,,,\n")
    assert [(each["id"], each.get("note")) for each in found] == [
        ("c1", None), ("c2", "n"), ("c3", None),
    ]  # fmt: skip


def test_a_row_with_words_beyond_the_header_is_a_fault() -> None:
    [(_, reason)] = told(f"{HEADER}\nc1,toll,claim,It pays, it does.,,\n")
    assert reason.startswith("has 5 cells, but the header has 4; put quotes around")


@pytest.mark.parametrize("line", ["# a comment", "c1;toll;claim;So.", "Total"])
def test_a_line_that_is_a_single_cell_is_a_fault(line: str) -> None:
    [(_, reason)] = told(f"{HEADER}\n{line}\n")
    assert reason.startswith("has 1 cell, but the header has 4")


@pytest.mark.parametrize(
    "cell", ["It pays.\nit does", 'It pays\nso "he" said\nso', "a\r\nb\r\nc\r\nd"],
)  # fmt: skip
def test_a_cell_with_line_ends_that_is_not_in_quotes_is_a_fault_on_each_of_its_lines(
    cell: str,
) -> None:
    found = told(f"{WIDE}\nc0,toll,claim,So.\nc1,toll,claim,{cell},n,C9\nc2,toll,claim,So.,n\n")
    last = 3 + len(cell.splitlines())
    assert [line for line, reason in found if not reason] == [2, last]
    assert [line for line, reason in found if reason] == list(range(3, last))
    assert found[1][1] == (
        "ends after 4 cells and continues on the next line; put quotes around cells with line ends"
    )
    assert found[2][1] == "continues the row of line 3"


def test_short_rows_one_after_another_are_not_torn() -> None:
    rows = "c1,toll,claim,So.\nc2,toll,claim\nc3,toll,claim,So.\nTotal,3\n\nx,y,z\nc4,toll,claim\n"
    found = lines(f"{WIDE}\n{rows}")
    assert [line for line, good in found.items() if good] == [2, 3, 4, 5, 8]


def test_a_row_of_the_same_document_with_a_misspelt_kind_tears_no_other() -> None:
    wide = f"{WIDE},tags,nature"
    found = lines(f"{wide}\nc1,toll,claim,So.,n\nc2,toll,clam,So.\nc3,toll,claim,So.\n")
    assert found == {2: True, 3: False, 4: True}


def test_row_numbers_in_a_first_column_without_a_name_are_left_out() -> None:
    found = contents(f',{HEADER}\n0,c1,toll,claim,So.\n"1",c2,toll,claim,So.\n')
    assert [each["id"] for each in found] == ["c1", "c2"]
    for row in ("x,c1,toll,claim,So.", "1.5,c1,toll,claim,So."):
        assert told(f",{HEADER}\n{row}\n") == [(2, "cell 1 is under a column without a name")]
    assert told("id,,document\nc1,1,toll\n") == [(2, "cell 2 is under a column without a name")]


OPEN = 'c1,toll,claim,"It pays.'
ROW = "c2,toll,claim,So."


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        (f"{OPEN}\n{ROW}\n\n{ROW}\n", {2: 5, 3: 0, 5: 0}),
        (f'{OPEN}\n{ROW}\nc3,toll,claim,"Other"\n{ROW}\n', {2: 4, 3: 0, 4: 0}),
        (f'{OPEN}\n{ROW}\nc3,toll,claim,Other"\n{ROW}\n', {2: 4, 3: 0, 4: 0}),
        (f'{OPEN}\n{ROW}\nc3,toll,claim,"",\n{ROW}\n', {2: 5, 3: 0, 4: 0, 5: 0}),
        (f"{OPEN}\nmore words,\n{ROW}\nand so\n", {2: 5, 4: 0}),
        (f"{OPEN}\nc2,toll,clam,So.\n", {2: 3, 3: 0}),
    ],
)  # fmt: skip
def test_rows_inside_a_quote_are_counted_each(rows: str, bad: dict[int, int]) -> None:
    found = told(f"{HEADER}\n{rows}")
    first, *others = ((line, reason) for line, reason in found if reason)
    count = len(bad) - 1
    noun = "row" if count == 1 else "rows"
    reason = "a quoted cell is never closed in this row; it contains"
    assert first == (2, f"{reason} {count} {noun}, to line {bad[2]}")
    inside = [line for line, last in bad.items() if not last]
    assert others == [(n, "is inside the quoted cell that opens in line 2") for n in inside]
    assert all(line > bad[2] for line, reason in found if not reason)


def test_lines_inside_a_quote_that_are_no_rows_are_counted_in_its_fault() -> None:
    [(line, reason)] = told(f"{HEADER}\n{OPEN}\nmany, many, more, words, here\nand so\n")
    assert (line, reason) == (
        2, "a quoted cell is never closed; it contains 3 lines, to the end of the table",
    )  # fmt: skip


def test_what_is_rejected_has_every_byte_that_was_inside_the_quote() -> None:
    rows = f"{OPEN}\r\nmore words,\r\n{ROW}\r\nand so\r\n"
    kept = b"\r\n".join(each.raw for each in read(f"{HEADER}\r\n{rows}"))
    assert kept + b"\r\n" == rows.encode()


def test_a_cell_may_quote_lines_with_commas_and_parts_of_tables() -> None:
    cell = "He wrote:\n" + HEADER + "\none, two, three, four\n,,claim,x\nc1,toll,rumour,x"
    out = io.StringIO()
    csv.writer(out).writerow(["c1", "toll", "claim", cell])
    assert contents(f"{HEADER}\n{out.getvalue()}")[0]["text"] == cell


def test_rejected_rows_of_a_table_with_an_odd_delimiter_can_be_read_again() -> None:
    [bad] = read("sep=^\nid^document^kind^text\nc1^toll^claim^So.^more\n")
    again = bad.head + b"\n" + bad.raw.replace(b"^more", b"") + b"\n"
    assert contents(again)[0]["text"] == "So."


def test_a_header_inside_an_open_quote_is_refused() -> None:
    assert "line 1: a quoted cell is never closed" in refusal(f'id,document,"kind\n{ROW}')


CELLS = st.text(st.sampled_from([*',;"\n\r x=\ufeff']), max_size=8)
TABLES = st.lists(st.lists(CELLS, max_size=7), max_size=8)


@given(TABLES)
def test_every_line_that_is_not_blank_is_in_a_record(rows: list[list[str]]) -> None:
    content = "\n".join(",".join(row) for row in rows)
    raw = b"".join(each.raw for each in read(f"{HEADER}\n{content}\n"))
    words: Any = content.replace(",", "").replace("\ufeff", "")
    assert sum(raw.count(c) for c in b"x=") >= sum(words.count(c) for c in "x=") - words.count(
        "sep="
    )
