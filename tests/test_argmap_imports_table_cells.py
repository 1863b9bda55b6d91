"""The cells of a row become a record, or faults that name their columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.tables import HEADER, contents, faults, only, read

from argmap.formats.table_syntax import columns


def test_every_key_of_a_statement_has_a_column() -> None:
    row = only(
        "id,text,quote,prefix,start,end,nature,label,note,tags,main,main_item,supports,opposes",
        "c1,So.,a | b, | x,1|5,2|6,Factual,C9,n,t; u,TRUE,e1,c2,c3|i4",
    )
    assert row == {
        "id": "c1", "text": "So.", "quote": ["a", "b"], "prefix": ["x", ""][::-1], "start": [1, 5],
        "end": [2, 6], "nature": "factual", "label": "C9", "note": "n", "tags": ["t", "u"],
        "main": True, "main_item": "e1", "supports": "c2", "opposes": ["c3", "i4"],
    }  # fmt: skip


def test_an_attribution_has_columns() -> None:
    row = only(
        "class,source,cue,cue_start,attribution_access,text_certainty,source_certainty,locator,"
        "accessed,attribution_note,attribution_id",
        "vague report,reports,Reports say; they do,26,told,certain,possible,p. 2,2023-08,n,a1",
    )
    assert row["attribution"] == {
        "class": "vague_report", "source": "reports", "cue": "Reports say; they do",
        "cue_start": 26, "access": "told", "text_certainty": "certain",
        "source_certainty": "possible", "locator": "p. 2", "accessed": "2023-08", "note": "n",
        "id": "a1",
    }  # fmt: skip


def test_several_attributions_and_chains_stand_side_by_side() -> None:
    row = only(
        "class,source,cue",
        "vague_report | author_assertion | named_person,reports > memo | | amy,| | says",
    )
    assert row["attribution"] == [
        {"class": "vague_report", "chain": ["reports", "memo"]},
        {"class": "author_assertion"},
        {"class": "named_person", "source": "amy", "cue": "says"},
    ]


def test_a_row_brings_a_source_by_its_name_or_kind_and_only_once() -> None:
    head = f"{HEADER},class,source,source_name,source_kind\n"
    row = "toll,claim,So.,named_person,argus > amy,The Argus > Amy,outlet > Person\n"
    found = contents(f"{head}c1,{row}c2,{row}c3,toll,claim,So.,vague_report,they,,vague\n")
    assert [content for content in found if content["type"] == "source"] == [
        {"type": "source", "id": "argus", "name": "The Argus", "kind": "outlet"},
        {"type": "source", "id": "amy", "name": "Amy", "kind": "person"},
        {"type": "source", "id": "they", "name": "they", "kind": "vague"},
    ]


def test_criteria_are_answered_by_levels_and_by_words() -> None:
    row = only("directness,fit,access,currency", "3,2.0,cannot judge,")
    assert row == {"ratings": {"directness": 3, "fit": 2, "access": "cannot_judge"}}


@pytest.mark.parametrize("level", ["3", "3.0", "3,0", "3,00", " 3 ", "+3"])
def test_a_level_is_read_as_a_spreadsheet_writes_it(level: str) -> None:
    assert only("directness", f'"{level}"') == {"ratings": {"directness": 3}}
    assert contents(f"document;kind;directness;start\ntoll;claim;{level};{level}|4,0\n") == [
        {"type": "statement", "document": "toll", "kind": "claim", "start": [3, 4],
         "ratings": {"directness": 3}}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("TRUE WAHR SANN SANT wahr Vrai VERO VERDADERO yes ja Oui sí si\u0301 1 1.0 1,0 -1 x X ✓ t DOĞRU ИСТИНА", True),
        ("FALSE FALSKT USANN FALSCH Faux FALSO no nein NON não 0 0.0 0,0 f YANLIŞ ЛОЖЬ ΨΕΥΔΉΣ ☐", False),
    ],
)  # fmt: skip
def test_true_and_false_are_read_in_the_language_of_the_spreadsheet(
    words: str, *, flag: bool
) -> None:
    assert {word: only("main", f'"{word}"') for word in words.split()} == {
        word: {"main": flag} for word in words.split()
    }


def test_each_assessor_has_an_answer_of_their_own() -> None:
    content = (
        "id,document,kind,text,assessor,directness,fit\nc1,toll,claim,So.,amy | bob,3 | 1,| 0\n"
    )
    _, *ratings = contents(content)
    assert [(r["assessor"], r["criterion"], r["answer"]) for r in ratings] == [
        ("amy", "directness", 3),
        ("bob", "directness", 1),
        ("bob", "fit", 0),
    ]
    assert {(r["statement"], r["rubric"]) for r in ratings} == {("c1", "evidence-attribution")}


def test_an_inference_with_an_id_of_its_own_is_a_record_of_its_own() -> None:
    content = "id,document,kind,text,supports,supports_id\nc1,toll,claim,So.,c2|c3,|i1\n"
    statement, inference = contents(content)
    assert statement["supports"] == "c2"
    assert inference == {
        "type": "inference", "id": "i1", "document": "toll", "premises": ["c1"],
        "conclusion": "c3", "stance": "supports",
    }  # fmt: skip


def test_an_empty_cell_says_nothing_and_an_apostrophe_an_empty_text() -> None:
    assert only("note,nature,tags,supports,directness", ", ,,,") == {}
    assert only("note", "'") == {"note": ""}


@pytest.mark.parametrize(
    ("header", "row", "path", "reason"),
    [
        ("id,text", "c1,It pays, it does.", "", "has 5 cells, but the header has 4"),
        ("id,,text", "c1,x,So.", "", "cell 4 is under a column without a name"),
        ("id,text", 'c1,"It pays', "", "a quoted cell is never closed"),
        ("id,text", 'c1,"It" pays', "", "has a quote inside a quoted cell"),
        ("main", "maybe", "main", "'maybe' is not true or false"),
        ("start", "1e3", "start", "'1e3' is not a whole number"),
        ("start", '"1,234"', "start", "'1,234' could mean thousands or decimals"),
        ("start", "1.000", "start", "'1.000' could mean thousands or decimals"),
        ("start", '"3,5"', "start", "'3,5' is not a whole number"),
        ("start", "9" * 5000, "start", "is not a whole number"),
        ("directness", "high", "directness", "'high' is not a level, nor one of not_rated"),
        ("directness", '"3,5"', "directness", "'3,5' is not a level"),
        ("directness", '"1,000"', "directness", "'1,000' could mean thousands or decimals"),
        ("directness", "1|2", "directness", "has 2 answers; name their assessors"),
        ("assessor,directness", "amy,1", "id", "is missing: a row with assessor needs an id"),
        ("id,assessor,directness", "c1,amy,1|2", "directness", "has 2 values, but assessor has 1"),
        ("class,cue", "vague_report,a | b", "cue", "has 2 values, but class has 1"),
        ("class,source", "vague_report,a | b", "source", "has 2 values, but class has 1"),
        ("class,source,source_name", "x,a > b,A", "source_name", "has another number of values"),
        ("supports,supports_id", "c2,i1|i2", "supports_id", "has 2 values, but supports has 1"),
        ("supports,supports_id", "c2,i1", "id", "is missing: a row with supports_id"),
        ("text", "a\0b", "text", "has the character U+0000"),
        ("class", "rumour", "attribution.class", "'rumour' is not one of"),
    ],
)
def test_a_wrong_row_is_reported_with_its_column(
    header: str, row: str, path: str, reason: str
) -> None:
    found = faults(header, row)
    assert len(found) == 1, found
    assert found[0][0] == path
    assert reason in found[0][1]


NAMES = st.sampled_from(columns())
WORDS = st.sampled_from([*"|;>\\'=, 1a-\"", "claim", "not_rated"])
CELLS = st.lists(WORDS, max_size=6).map("".join)


@given(st.dictionaries(NAMES, CELLS, min_size=2))
def test_any_cells_make_records_or_faults(cells: dict[str, str]) -> None:
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    for located in read(f"{','.join(cells)}\n{','.join(quoted)}\n"):
        assert bool(located.faults) == (located.record is None)
