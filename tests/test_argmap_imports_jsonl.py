"""JSON Lines: how lines are split and numbered, and the record of each line."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.formats.registry import import_formats, recognised_format
from argmap.imports.jsonl import FORMAT
from argmap.records.decode import LONGEST_LINE

if TYPE_CHECKING:
    from argmap.formats.registry import Located

ONE = b'{"type": "source", "id": "a", "name": "A", "kind": "person"}'
TWO = b'{"type": "source", "id": "b", "name": "B", "kind": "person"}'


def read(content: bytes) -> list[Located]:
    return list(FORMAT.read(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (b"", []),
        (b"\n", []),
        (ONE, [1]),
        (ONE + b"\n", [1]),
        (ONE + b"\n" + TWO, [1, 2]),
        (ONE + b"\r\n" + TWO + b"\r\n", [1, 2]),
        (b"\n\n" + ONE + b"\n \t \n\r\n" + TWO, [3, 6]),
        (b"\xef\xbb\xbf" + ONE, [1]),
        (b"\xef\xbb\xbf\n" + ONE, [2]),
        (b"  " + ONE + b"  ", [1]),
    ],
)
def test_blank_lines_are_skipped_but_counted(content: bytes, numbers: list[int]) -> None:
    found = read(content)
    assert [located.line for located in found] == numbers
    assert all(located.record is not None for located in found)


@pytest.mark.parametrize("end", ["\r", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_nothing_but_a_line_feed_ends_a_line(end: str) -> None:
    (located,) = read(ONE + end.encode() + TWO)
    assert (located.line, located.record) == (1, None)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x7f"])
def test_a_line_separator_inside_a_string_is_part_of_it(character: str) -> None:
    record = {"type": "source", "id": "a", "name": f"A{character}B", "kind": "person"}
    first, second = read(json.dumps(record, ensure_ascii=False).encode() + b"\n" + TWO)
    assert getattr(first.record, "name", None) == f"A{character}B"
    assert second.line == 2


def test_a_byte_order_mark_is_no_part_of_the_first_line_only() -> None:
    first, second = read(b"\xef\xbb\xbf" + ONE + b"\n\xef\xbb\xbf" + TWO)
    assert first.record is not None
    assert [fault.kind for fault in second.faults] == ["form"]


def test_a_line_that_is_too_long_is_one_fault_and_the_next_line_is_read() -> None:
    for excess in (1, 2, 3, LONGEST_LINE + 5):
        long = b'"' + b"a" * (LONGEST_LINE - 1 + excess)
        first, second = read(long + b"\n" + ONE)
        assert [fault.kind for fault in first.faults] == ["form"]
        assert (second.line, second.record is None) == (2, False)


def test_a_carriage_return_does_not_make_a_line_too_long() -> None:
    head = b'{"type": "source", "id": "a", "kind": "person", "name": "'
    full = head + b"a" * (LONGEST_LINE - len(head) - 2) + b'"}'
    (located,) = read(full + b"\r\n")
    assert located.faults == ()


def test_the_raw_line_is_kept_as_it_stood() -> None:
    wrong = b' {"type": "nothing"}\r'
    one, two = read(ONE + b"\n" + wrong + b"\n")
    assert (one.raw, two.raw) == (ONE, wrong)


def test_the_raw_line_is_kept_whole_though_it_is_too_long() -> None:
    long = b'"' + b"a" * (LONGEST_LINE + 10) + b'"'
    (located,) = read(long + b"\n")
    assert located.raw == long


@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")), max_size=6))
def test_any_bytes_are_read_line_by_line_without_an_error(lines: list[bytes]) -> None:
    found = read(b"\n".join(lines))
    for located in found:
        assert located.raw == lines[located.line - 1]
        assert bool(located.faults) == (located.record is None)


@pytest.mark.parametrize("head", [ONE, b"\n\n " + ONE, b"\xef\xbb\xbf" + ONE])
def test_json_lines_are_recognised_by_their_content(head: bytes) -> None:
    assert recognised_format(head, "a.jsonl") is FORMAT


def test_json_lines_are_found_by_name() -> None:
    assert import_formats()["jsonl"] is FORMAT
