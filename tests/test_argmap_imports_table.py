"""Reading tables: any dialect and encoding, the line of each row, the names of columns."""

from __future__ import annotations

import csv
import io
import random
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.tables import HEADER, PLAIN, contents, only, read, refusal

from argmap.errors import InputError
from argmap.formats.registry import import_formats, mapped_formats, recognised_format
from argmap.imports.csv import FORMAT as CSV
from argmap.imports.tsv import FORMAT as TSV
from argmap.records.decode import LONGEST_LINE

if TYPE_CHECKING:
    from argmap.formats.registry import ImportFormat

SAME = {"type": "statement", "id": "c1", "document": "toll", "kind": "claim", "text": "It pays."}


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "|"),
        PLAIN.replace(",", ", "),
        "\ufeff" + PLAIN,
        PLAIN + "\n\n,,,\n , ,,\n\n",
        "\n,,,\n" + PLAIN,
        "sep=;\n" + PLAIN.replace(",", ";"),
        '"sep=^"\r\n' + PLAIN.replace(",", "^"),
        "sep=;\n\ufeff" + PLAIN.replace(",", ";"),
        "\ufeffsep=;\r\n\ufeff" + PLAIN.replace(",", ";"),
        '\ufeff\r\n\ufeff"sep=^"\r\n\r\n\ufeff' + PLAIN.replace(",", "^"),
        "sep=;;;;\n" + PLAIN.replace(",", ";"),
        '\ufeff\ufeff"id","document","kind","text"\nc1,toll,claim,It pays.\n',
        ("sep=\t\n" + PLAIN.replace(",", "\t")).encode("utf-16"),
        f"{PLAIN}\ufeff{HEADER}\n",
        f"sep=,\n{PLAIN}sep=,\n\ufeff{HEADER}\n",
        "id,document,kind,text,note,label\nc1,toll,claim,It pays.\n",
        "id,document,kind,text\n\u00a0c1\u00a0, toll\u00a0,claim\u00a0,It pays.\n",
        "id,document,kind,text,,\nc1,toll,claim,It pays.,,\n",
        "id,document,,kind,text\nc1,toll,,claim,It pays.\n",
        "id,document,kind,text\nc1,toll,claim,It pays.,,,\n",
        '"id","document","kind","text"\n"c1","toll","claim","It pays."',
        ' ID ,Document,KIND," text"\nc1,toll,claim,It pays.\n',
        "id,document,kind,text\nc1,toll, Claim,It pays.\n",
        f"{PLAIN}{HEADER}\n",
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-32"),
    ],
)
def test_what_a_spreadsheet_adds_is_taken_in_stride(content: str | bytes) -> None:
    assert contents(content) == [SAME]


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (PLAIN.encode(), "UTF-8", "comma"),
        (b"\xef\xbb\xbf" + PLAIN.replace(",", ";").encode(), "UTF-8 with a byte-order mark", "semicolon"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "UTF-16-LE with a byte-order mark", "tab"),
        (PLAIN.replace("pays", "paie à").replace(",", "|").encode("cp1252"), "Windows-1252", "bar"),
        ((PLAIN + "c2,toll,claim,Far down.\n" * 50_000 + "c3,toll,claim,é\n").encode("cp1252"), "Windows-1252", "comma"),
    ],
)  # fmt: skip
def test_encoding_and_delimiter_are_detected_and_reported(
    content: bytes, encoding: str, delimiter: str
) -> None:
    assert CSV.describe is not None
    told = CSV.describe(io.BytesIO(content), "a.csv")
    assert told == {"encoding": encoding, "delimiter": delimiter}


def test_a_header_settles_the_delimiter_though_other_signs_are_more_common() -> None:
    row = 'c1;toll;claim;"a, b, c | d, e | f, g"'
    assert contents(f"id;document;kind;text\n{row}\n")[0]["text"] == "a, b, c | d, e | f, g"


def test_windows_1252_is_read_as_such() -> None:
    assert contents(PLAIN.replace("pays", "–").encode("cp1252"))[0]["text"] == "It –."


def test_leading_zeros_and_spaces_in_text_stay() -> None:
    row = only("id,label,text", "007,01, It pays. ")
    assert row == {"id": "007", "label": "01", "text": " It pays. "}


def test_quoted_line_ends_belong_to_the_cell_and_a_row_has_the_line_where_it_begins() -> None:
    content = (
        f'{HEADER}\r\nc1,toll,claim,"It\r\npays,\n""again"""\r\n\r\nc2,toll,claim,So.\r\nc3,x\r\n'
    )
    first, second, third = read(content)
    assert (first.line, second.line, third.line) == (2, 6, 7)
    assert msgspec.to_builtins(first.record)["text"] == 'It\npays,\n"again"'
    assert first.raw == b'c1,toll,claim,"It\r\npays,\n""again"""'
    assert (third.raw, third.head) == (b"c3,x", HEADER.encode())


def test_rows_after_a_wrong_one_are_read() -> None:
    found = read(f'{HEADER}\nc1;toll\nc2,toll,claim,"a"b\nc3,toll,claim,So.\n')
    assert [(located.line, bool(located.faults)) for located in found] == [
        (2, True),
        (3, True),
        (4, False),
    ]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_row_over_16_mib_is_a_fault_and_the_next_row_is_read(*, quoted: bool) -> None:
    long = "a" * (LONGEST_LINE + 1)
    cell = f'"{long}"' if quoted else long
    first, second = read(f"{HEADER}\nc1,toll,claim,{cell}\nc2,toll,claim,So.\n")
    assert [fault.reason for fault in first.faults] == ["the row is longer than 16 MiB"]
    assert first.raw == f"c1,toll,claim,{cell}".encode()
    assert (second.line, second.faults) == (3, ())


def test_a_cell_of_a_million_characters_is_read() -> None:
    assert len(only("text", "a" * 10**6)["text"]) == 10**6


@pytest.mark.parametrize("limit", [1000, sys.maxsize])
def test_a_quote_that_is_never_closed_costs_16_mib_and_no_more(limit: int) -> None:
    before = csv.field_size_limit(limit)  # which others in the same process may have changed
    rows = f"c2,toll,claim,{'So. ' * 2500}\n" * 2000
    try:
        first, *others = read(f'{HEADER}\nc1,toll,claim,"So.\n{rows}')
    finally:
        csv.field_size_limit(before)
    inside = [located for located in others if located.faults]
    assert "a quoted cell is never closed" in first.faults[0].reason
    assert sum(len(located.raw) + 1 for located in [first, *inside]) <= LONGEST_LINE + 20_000
    assert not any(located.faults for located in others[len(inside) :])
    assert len(others) == 2000


def test_only_a_header_is_no_record() -> None:
    assert read(HEADER) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty; the first row of a table must name its columns"),
        (b"\n\n,,\n", "is empty"),
        (b"c1,toll,claim,So.\n", "its first row has no known column: 'c1', 'toll', 'claim', 'So.'"),
        (b"id,kind,colour\n", "unknown column: 'colour'; known columns are id, document, label"),
        (b"id,kind,colour\n", "with --map THEIRS=OURS"),
        (b"id,a,b,c,d,e,f,g\n", "'a', 'b', 'c', 'd', 'e' and 2 more"),
        (b"id,kind,Kind\n", "two columns are 'kind'"),
        (b'id,"kind\n', "line 1: a quoted cell"),
        (PLAIN.encode("utf-16")[2:], "bytes of 0"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is 0, as in binary files"),
        (b"id,kind\n\xff\x81", "is not Windows-1252; save it as UTF-8"),
        (b"\xff\xfei\0d\0\n", "is not UTF-16-LE"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


THEIRS = "Claim text,Type,Op-ed,Colour\nIt pays.,claim,toll,red\n"


def mapped(name: str = "csv", **columns: str) -> ImportFormat:
    return mapped_formats({k.replace("_", " "): v for k, v in columns.items()})[name]


def test_columns_of_other_people_are_mapped_or_left_out() -> None:
    format_ = mapped(Claim_text="text", Type="kind", **{"Op-ed": "document"}, Colour="")
    assert recognised_format(THEIRS.encode(), "a.csv", {"csv": format_}) is format_
    assert contents(THEIRS, format_) == [{k: v for k, v in SAME.items() if k != "id"}]


@pytest.mark.parametrize(
    ("given_columns", "reason"),
    [
        ({"Type": "kind"}, "unknown columns: 'Claim text', 'Op-ed', 'Colour'"),
        ({"Sort": "kind"}, "has no column 'Sort' to map; its columns are 'Claim text', 'Type'"),
        ({"Type": "kind", "Colour": "kind"}, "unknown column"),
        (
            {"Claim text": "text", "Op-ed": "document", "Type": "kind", "Colour": "kind"},
            "two columns are 'kind'",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(given_columns: dict[str, str], reason: str) -> None:
    assert reason in refusal(THEIRS, mapped_formats(given_columns)["csv"])


def test_a_mapping_to_no_column_of_ours_is_refused() -> None:
    with pytest.raises(
        InputError, match="'Type' cannot be 'sort', which is not a column; columns are id, document"
    ):
        mapped_formats({"Type": "sort"})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PLAIN.encode(), "csv"),
        (PLAIN.replace(",", ";").encode(), "csv"),
        (PLAIN.replace(",", "\t").encode(), "tsv"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "tsv"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "csv"),
        ((PLAIN + "é" * 4000).encode()[:4096], "csv"),
        (b'{"type": "source"}', "jsonl"),
        (b"", "jsonl"),
        (b"---\nargmap: '1'\n---\n", "markdown"),
    ],
)
def test_a_table_is_recognised_by_its_header(content: bytes, name: str) -> None:
    assert recognised_format(content, "a") is import_formats()[name]


def test_a_table_without_our_columns_is_recognised_by_its_name() -> None:
    head = b"Claim text,Type\n"
    assert recognised_format(head, "Theirs.CSV") is import_formats()["csv"]
    assert recognised_format(head, "theirs.tsv") is import_formats()["tsv"]
    assert recognised_format(b'{"type": "source"}', "a.csv") is import_formats()["jsonl"]
    with pytest.raises(InputError, match="not in a format"):
        recognised_format(head, "a.txt")


@pytest.mark.parametrize(
    ("text", "name"), [('{"type": "source"}', "a.jsonl"), ("---\nargmap: 1", "a")]
)
def test_what_is_no_table_is_refused_in_utf_16_with_what_to_do(text: str, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}: is UTF-16, as .*; save it as UTF-8"):
        recognised_format(text.encode("utf-16"), name)


@pytest.mark.parametrize("text", ["It pays, they say, again.\n", "text\n", "a,b\n1,2\n"])
def test_other_text_is_no_table(text: str) -> None:
    with pytest.raises(InputError, match="not in a format"):
        recognised_format(text.encode(), "a")


def test_tabs_are_read_in_tsv_alone_though_commas_are_more_common() -> None:
    content = "id\tdocument\tkind\ttext\nc1\ttoll\tclaim\ta, b, c, d, e\n"
    assert contents(content, TSV)[0]["text"] == "a, b, c, d, e"
    assert "no known column" in refusal(PLAIN, TSV)


def test_2_000_random_files_are_read_or_refused() -> None:
    draw = random.Random(5)  # noqa: S311  (no secret)
    pieces = [b",", b";", b"\t", b'"', b"\n", b"\r", b"\0", b"|", b"=", b"'", b"id", b"kind", b"text",
              b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"\x81", b"c1", b"claim", b"sep=", b"\\", b"\xf0"]  # fmt: skip
    for _ in range(2000):
        body = b"".join(draw.choices(pieces, k=draw.randrange(40)))
        head = draw.choice([b"", b"id,kind,text\n", b"id;document;kind;start\n", b"\xff\xfe"])
        for format_ in (CSV, TSV):
            format_.recognises((head + body)[:4096])
            try:
                found = read(head + body, format_)
            except InputError as error:
                assert "\n" not in str(error)
            else:
                assert all(bool(each.faults) == (each.record is None) for each in found)


@given(st.binary(max_size=80))
def test_any_bytes_below_a_header_are_read_or_refused(body: bytes) -> None:
    try:
        found = read(b"id,kind,text\n" + body)
    except InputError:
        return
    assert all(each.line > 1 for each in found)
