"""Text from outside: decoded, and shown without being obeyed."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.text.decoding import detect_encoding, normal_lines, text_from_bytes
from argmap.text.display import (
    excerpt,
    rounded,
    signed,
    signed_lines,
    unsigned,
    visible,
    visible_lines,
)

WORDS = "Café 𝒳 — “quoted”"
BIDI = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))]
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
hostile = st.text(
    st.one_of(st.sampled_from([*BIDI, *CONTROLS, "⟦", "⟧", "U", "+"]), st.characters())
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_goes(mark: bytes, encoding: str) -> None:
    assert text_from_bytes(mark + WORDS.encode(encoding), "a.txt") == WORDS


def test_what_is_no_utf_8_is_windows_1252() -> None:
    assert text_from_bytes(b"caf\xe9 \x93so\x94 \x80", "a.txt") == "café “so” €"


@given(storable.filter(str.strip))
def test_utf_8_is_read_as_it_is_but_for_line_ends_and_a_mark(text: str) -> None:
    assert text_from_bytes(text.encode(), "a.txt") == normal_lines(text)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_one_line_that_names_the_file(content: bytes) -> None:
    try:
        text = text_from_bytes(content, "a.txt")
    except InputError as error:
        assert str(error).startswith("a.txt: ")
        assert "\n" not in str(error)
    else:
        assert text.strip()
        assert "\0" not in text
        assert "\r" not in text


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b"ab\xe9\x81", ["byte 3 is not UTF-8", "byte 4 is not Windows-1252"]),
        (b"\xef\xbb\xbfab\xe9", ["byte 6 is not UTF-8"]),
        (b"\xff\xfea\x00\x00\xd8", ["byte 5 is not UTF-16-LE"]),
        (b"\xfe\xff\x00a\x00", ["byte 5 is not UTF-16-BE"]),
        (b"ab\x00c", ["byte 3 is 0"]),
        (b"\xef\xbb\xbfab\x00c", ["byte 6 is 0"]),
        (b"\xe9b\x00c", ["byte 3 is 0"]),
        (b"\xff\xfea\x00\x00\x00", ["byte 5 is 0"]),
        (b"\xfe\xff\x00a\x00\x00", ["byte 5 is 0"]),
        (b"", ["no text"]),
        (b" \n\t\n", ["no text"]),
        (b"\xef\xbb\xbf", ["no text"]),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, places: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        text_from_bytes(content, "a.txt")
    assert [place for place in places if place not in str(caught.value)] == []


@pytest.mark.parametrize("size", [4, 5, 6, 7, 100])
@pytest.mark.parametrize(
    "content",
    [
        "naïve – 中文 👩".encode(),
        "naïve – 中文 👩".encode("utf-16"),
        "naïve – so".encode("cp1252"),
        b"ab\xe9defghi\x81",
        b"ab\xe9defghi\0",
        b"abcdefg\xf0\x9f\x91",
        b"\xff\xfea\0b\0c\0\0\xd8d\0",
        b"",
    ],
)
def test_the_encoding_is_the_same_in_whatever_pieces_a_file_comes(
    content: bytes, size: int
) -> None:
    pieces = [content[n : n + size] for n in range(0, len(content), size)]
    found = []
    for chunks in (pieces, [content]):
        try:
            found.append(detect_encoding(chunks, "a.txt").title)
        except InputError as error:
            found.append(str(error))
    assert found[0] == found[1]


def test_the_beginning_of_a_file_may_end_inside_a_character() -> None:
    assert detect_encoding(["Café".encode()[:-1]], "a", is_whole=False).title == "UTF-8"
    assert detect_encoding(["Café".encode()[:-1]], "a").title == "Windows-1252"


def test_every_line_end_becomes_a_newline_and_nothing_else_changes() -> None:
    assert normal_lines("\ufeffa\r\nb\rc\n\r\nd\u2028e\x0bf") == "a\nb\nc\n\nd\u2028e\x0bf"


@given(storable)
@example("\ufeff\ufeffIt pays.")
def test_normal_lines_have_no_more_to_change(text: str) -> None:
    once = normal_lines(text)
    assert normal_lines(once) == once


@given(hostile)
def test_nothing_shown_is_a_control_or_a_bidirectional_control(text: str) -> None:
    shown = visible(text)
    assert [c for c in shown if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in BIDI] == []
    assert [c for c in visible_lines(text) if c in BIDI or c in set(CONTROLS) - {"\n", "\t"}] == []


@pytest.mark.parametrize("mark", [chr(c) for c in range(0x200C, 0x2010)])
def test_the_marks_that_honest_text_needs_stay(mark: str) -> None:
    assert visible(f"a{mark}b") == visible_lines(f"a{mark}b") == signed(f"a{mark}b") == f"a{mark}b"


def test_a_hidden_character_is_shown_as_its_number() -> None:
    assert visible("a\u202eb\x1b\n") == "a⟦U+202E⟧b⟦U+001B⟧⟦U+000A⟧"
    assert visible_lines("a\u202eb\n\t") == "a⟦U+202E⟧b\n\t"
    assert signed("⟦U+202E⟧") == "⟦U+27E6⟧U+202E⟧"


@given(hostile.filter(lambda text: "\0" not in text))
def test_signed_text_can_be_read_back(text: str) -> None:
    assert unsigned(signed(text)) == text


@given(hostile.filter(lambda text: "\0" not in text))
def test_text_that_is_signed_line_by_line_keeps_its_lines_and_can_be_read_back(text: str) -> None:
    lines = signed_lines(text)
    assert unsigned(lines) == text
    assert lines.count("\n") == text.count("\n")
    assert visible_lines(lines) == lines


@pytest.mark.parametrize("text", ["⟦U+0000⟧", "⟦U+D800⟧", "⟦U+DFFF⟧", "⟦U+110000⟧", "⟦U+12⟧"])
def test_a_sign_of_no_character_stays_as_it_is(text: str) -> None:
    assert unsigned(text) == text


@given(storable, st.integers(2, 40))
def test_an_excerpt_is_one_line_that_fits(text: str, length: int) -> None:
    short = excerpt(text, length)
    assert len(short) <= length
    assert short == " ".join(short.split())
    assert short.endswith("…") or short == " ".join(text.split())


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("The toll pays for itself", 15) == "The toll pays…"


@pytest.mark.parametrize(
    ("number", "whole"), [("5/2", 3), ("7/2", 4), ("99/40", 2), ("0", 0), ("165/2", 83)]
)
def test_halves_are_rounded_up(number: str, whole: int) -> None:
    assert rounded(Fraction(number)) == whole
