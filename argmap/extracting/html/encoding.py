"""Decode web pages, and remove characters that a browser does not show."""

from __future__ import annotations

import codecs
import re
from typing import Final

from argmap.text.decoding import Encoding, normal_lines
from argmap.text.encodings import (
    decode_damaged_utf8,
    decode_text,
    encoding_notice,
    is_utf_8,
    likely_encoding,
)

MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte-order marks of the encodings of pages."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSETS = re.compile(
    r"iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|shift_jis|euc_(?:jp|kr)|iso2022_jp|gb\w+|big5\w*"
)
_HEAD: Final = 4096
"""Bytes at the beginning of a page that declare its encoding."""

_LONGEST_PROGRAM: Final = 1_000_000
_PROGRAM = re.compile(r"<(script|style)\b[^>]{0,2000}>", re.IGNORECASE)
_ENDS: Final = {
    "script": re.compile("</script", re.IGNORECASE), "style": re.compile("</style", re.IGNORECASE),
}  # fmt: skip

_CONTROL: Final = (
    r"(?:[\0-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[14-9]|2\d|3[01]|127)(?!\d)"
    r"|x0*(?:[0-8bef]|1[\da-f]|7f|fff[ef])(?![\da-f]));?)+"
)
"""Invisible characters that XML forbids, literal or as references."""
_CONTROLS = re.compile(_CONTROL, re.IGNORECASE)
_BESIDE_A_FIGURE = re.compile(rf"(?<=\d){_CONTROL}|{_CONTROL}(?=\d)", re.IGNORECASE)
_FORM_FEED = re.compile(r"\f|&#(?:0*12(?!\d)|x0*c(?![\da-f]));?", re.IGNORECASE)


def decode_page(content: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the page in *content*, and notices about its encoding.

    The byte-order mark decides, then UTF-8 if the page is valid UTF-8, then the declared encoding;
    a page with a false declaration is decoded like a text file. UTF-8 comes before the declaration,
    because text is never valid UTF-8 by chance, and pages often declare a wrong encoding.

    Raises:
        InputError: the page is binary, or in an unknown encoding.
    """
    page, notices = _read(content, where)
    return _without_controls(normal_lines(page)), notices


def without_long_programs(page: str) -> str:
    """Return *page* without the scripts and styles that are too long for the parser.

    The parser stops at one with more than ten million characters and loses the text after it.
    """
    if len(page) <= _LONGEST_PROGRAM:
        return page
    pieces, end = [], 0
    for match in _PROGRAM.finditer(page):
        if match.start() < end:
            continue
        after = _ENDS[match[1].lower()].search(page, match.end())
        close = after.start() if after else len(page)
        if close - match.end() > _LONGEST_PROGRAM:
            pieces.append(page[end : match.end()])
            end = close
    return "".join((*pieces, page[end:]))


def _read(content: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    if not content.startswith(MARKS):
        if is_utf_8(content):
            return content.decode(), ()
        read = decode_damaged_utf8(content) or _as_it_says(content)
        if read is not None:
            return read
    return decode_text(content, where)


def _as_it_says(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    said = _CHARSET.search(content[:_HEAD])
    try:
        charset = codecs.lookup(said[1].decode()).name if said else ""
        # Browsers read pages that declare Latin-1 as Windows-1252.
        charset = "cp1252" if charset == "iso8859-1" else charset
        if not _CHARSETS.fullmatch(charset):
            return None
        page = content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return None
    # Programs declare this encoding by default; any other was chosen, and so is likely true.
    if charset == "cp1252" and likely_encoding(content) is not None:
        return page, tuple(encoding_notice(content, Encoding(charset)))
    return page, (f"was read as {charset}, as the page says",)


def _without_controls(page: str) -> str:
    """Return *page* without control characters; next to a figure they become a space."""
    if _CONTROLS.search(page):
        page = _CONTROLS.sub("", _BESIDE_A_FIGURE.sub(" ", page))
    return _FORM_FEED.sub(" ", page)
