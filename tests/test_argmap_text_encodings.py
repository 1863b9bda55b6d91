"""A text that is not UTF-8: the detected encoding, likelier ones, and the person's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.command_line import Terminal

from argmap.errors import InputError
from argmap.op_eds.documents import extract_from_bytes
from argmap.text.encodings import check_encoding, convert_to_utf8, likely_encoding

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {
    "windows-1251": "Мост окупает себя, говорят в городе. Но никто не считал машины.",
    "koi8-r": "Мост окупает себя, говорят в городе. Но никто не считал машины.",
    "windows-1250": "Most sam się spłaca, mówią w mieście; źródła są różne.",
    "mac_roman": "Le péage se paie lui-même, dit-on à la mairie. “Personne n’a compté.”",
    "shift_jis": "橋は自分で費用をまかなう、と町の人は言う。だれも数えていない。",
    "gb18030": "这座桥自己付得起，城里的人都是这样说的。可是没有人数过。",
    "windows-1253": "Η γέφυρα πληρώνεται μόνη της, λένε στην πόλη.",
    "windows-1254": "Köprü kendi parasını çıkarıyor, diyorlar şehirde. Kimse saymadı.",
    "windows-1256": "الجسر يدفع ثمنه بنفسه، كما يقولون في المدينة.",
    "iso8859-5": "Мост окупает себя, говорят в городе. Но никто не считал машины.",
    "iso8859-15": "Le péage coûte 3 € et se paie lui-même, dit-on.",
    "cp874": "สะพานจ่ายเองได้ ชาวเมืองพูดกัน",
    "euc_kr": "통행료는 스스로를 감당하지 못한다. 이십 년 동안 약속했다.",
    "cp949": "통행료는 스스로를 감당하지 못한다. 이십 년 동안 똠방각하는 약속했다.",
    "iso2022_jp": "橋は自分で費用をまかなう、と町の人は言う。",
}


@pytest.mark.parametrize("name", WORDS)
def test_a_likelier_encoding_is_named_and_reads_the_text(name: str) -> None:
    content = WORDS[name].encode(name)
    assert likely_encoding(content) == name
    assert extract_from_bytes(content, "a.txt", name).text == WORDS[name]
    try:
        [notice] = extract_from_bytes(content, "a.txt").warnings
    except InputError as error:
        notice = str(error)
    assert f"it looks like {name}" in notice
    assert f"--encoding {name}" in notice


@pytest.mark.parametrize(
    "words",
    ["The toll pays – that’s what they say of the café…", "Die Maut trägt sich für alle selbst.",
     "¿Quién contó los camiones? Nadie; así está la señal.", "Åsa går över ån på bron."],
)  # fmt: skip
def test_western_words_need_no_other_encoding(words: str) -> None:
    extract = extract_from_bytes(words.encode("cp1252"), "a.txt")
    assert extract.text == words
    assert extract.warnings == (
        "is not UTF-8 and was read as Windows-1252; if words look wrong, use argmap add --encoding NAME",
    )


def test_a_text_in_utf_8_needs_no_notice_and_one_in_utf_16_has_one() -> None:
    assert extract_from_bytes("\ufeffcafé".encode(), "a.txt").warnings == ()
    [notice] = extract_from_bytes("café".encode("utf-16"), "a.txt").warnings
    assert notice == "was read as UTF-16-LE with a byte-order mark"


DAMAGED = "The toll doesn’t pay – “never” in the café, and".encode() + b" %b nobody\xe2\x80"


@pytest.mark.parametrize("wrong", [b"\xe9", b"\x9d"])
def test_one_wrong_byte_costs_a_text_in_utf_8_no_other_letter(wrong: bytes) -> None:
    extract = extract_from_bytes(DAMAGED % wrong, "a.txt")
    assert extract.text == "The toll doesn’t pay – “never” in the café, and � nobody�"
    assert extract.warnings == (
        "byte 58 and 1 other cannot be read as UTF-8; � marks each place in the text",
    )
    page = b"<body>" + (b"<p>" + DAMAGED % wrong + b"</p>") * 9 + b"</body>"
    extract = extract_from_bytes(page, "a.html")
    assert "doesn’t pay – “never” in the café, and �" in extract.text
    assert "cannot be read as UTF-8" in extract.warnings[0]


def test_a_mark_that_promises_utf_8_is_no_hint_of_another_encoding() -> None:
    with pytest.raises(
        InputError, match=r"^a\.txt: byte 7 is not UTF-8, although its byte-order mark"
    ):
        extract_from_bytes(b"\xef\xbb\xbfcaf\xe9", "a.txt")


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_words_that_another_program_read_wrongly_have_a_notice(wrong: str) -> None:
    words = "It’s fine – in the café, they say."
    [notice] = extract_from_bytes(words.encode().decode(wrong).encode(), "a.txt").warnings
    assert notice.startswith("has 3 garbled characters such as 'â")
    assert extract_from_bytes("Ângela foi à praça; Ã, Â.".encode(), "a.txt").warnings == ()


def test_characters_that_were_lost_before_are_counted() -> None:
    [notice] = extract_from_bytes("The toll doesn�t pay.".encode(), "a.txt").warnings
    assert notice == "1 character went missing before it was saved; � marks each"


def page_of(words: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{f'<p>{words} {words}</p>' * 9}</body></html>"


@pytest.mark.parametrize("name", ["windows-1251", "cp1252", "iso2022_jp", "koi8-r"])
def test_a_page_that_is_not_utf_8_says_so_as_a_text_does(name: str) -> None:
    words = WORDS.get(name, "It’s fine – in the café, they say.")
    [notice] = extract_from_bytes(page_of(words).encode(name), "a.html").warnings
    assert "was read as Windows-1252; " in notice or "looks like iso2022_jp" in notice
    page = page_of(words, f"<meta charset={name}>").encode(name)
    extract = extract_from_bytes(page, "a.html")
    assert words in extract.text
    [notice] = extract.warnings
    assert notice.endswith(", as the page says")
    assert extract_from_bytes(page_of(words).encode(), "a.html").warnings == ()


@pytest.mark.parametrize("sign", ["\x1b", "\x0b", "\x0c", "&#27;", "&#xFFFF;", "&#x0b;", "\uffff"])
def test_a_sign_that_no_page_can_have_costs_none_of_its_words(sign: str) -> None:
    words = f"The toll pays for itself, and it did so&#160;in{sign}1999, they say in the city."
    extract = extract_from_bytes(page_of(words).encode(), "a.html")
    assert "did so in 1999, they say" in extract.text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_named_where_it_is_refused(name: str) -> None:
    content = "The toll pays.".encode(name)
    with pytest.raises(InputError, match=f"it looks like {name}: use argmap add --encoding {name}"):
        extract_from_bytes(content, "a.txt")
    assert extract_from_bytes(content, "a.txt", name).text == "The toll pays."


@pytest.mark.parametrize("name", ["klingon", "", "\0", "idna", "unicode_escape", "base64", "é"])
def test_a_name_of_no_encoding_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is not an encoding"):
        check_encoding(name)


def test_bytes_that_are_not_in_the_encoding_given_are_refused_with_their_place() -> None:
    with pytest.raises(InputError, match=r"^a\.txt: byte 4 is not ascii"):
        convert_to_utf8("café".encode(), "a.txt", "ascii")


@given(st.binary(max_size=80), st.sampled_from(["utf-7", "utf-16", "shift_jis", "cp1252", "hz"]))
def test_any_bytes_in_any_encoding_are_text_or_one_line(content: bytes, name: str) -> None:
    likely_encoding(content)
    try:
        text = extract_from_bytes(content, "a.txt", name).text
    except InputError as error:
        assert str(error).startswith("a.txt: ")
        assert "\n" not in str(error)
    else:
        text.encode()


def test_add_says_which_encoding_it_took_and_takes_the_one_given(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.write("a.txt", WORDS["windows-1251"].encode("windows-1251"))
    ran = terminal.run("add", "a.txt")
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == (
        "warning: a.txt: is not UTF-8 and was read as Windows-1252; it looks like windows-1251:"
        " use argmap add --encoding windows-1251"
    )
    terminal.write("b.html", f"<p>{WORDS['koi8-r'] * 5}</p>".encode("koi8-r"))
    for file, name in {"a.txt": "windows-1251", "b.html": "koi8-r"}.items():
        ran = terminal.run("add", file, "--encoding", name)
        assert ran.code == 0
        assert "was read as" not in ran.err
        text = terminal.run("show", ran.out.strip(), "--json").json["document"]["text"]
        assert text.startswith(WORDS[name])
    refused = terminal.run("add", "a.txt", "--encoding", "klingon")
    assert refused.code == 2
    assert refused.line.startswith("argmap: 'klingon' is not an encoding")
