"""Text from outside: decoded, given a title, and shown without being obeyed."""

from __future__ import annotations

import re
import sys
from typing import Final

from argmap.errors import InputError

HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: a terminal obeys them
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
)
"""A character class of what is shown as a sign: what would act instead of being read."""

LONGEST_TITLE: Final = 120
"""Code points of a line that may serve as a title."""

_BEGINNING: Final = 4096
"""Code points in which a title is looked for."""

_SIGN = re.compile(r"⟦U\+([0-9A-F]{4,6})⟧")
_HIDDEN = re.compile(f"[{HIDDEN}]")
_HIDDEN_IN_LINES = re.compile(f"(?![\n\t])[{HIDDEN}]")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def sign(character: str) -> str:
    """Return the visible sign of *character*, such as ⟦U+202E⟧."""
    return f"⟦U+{ord(character):04X}⟧"


def visible(text: str) -> str:
    """Return *text* on one line, each hidden character as its sign."""
    return _HIDDEN.sub(lambda match: sign(match[0]), text)


def visible_lines(text: str) -> str:
    """Return *text* with its line ends and tabs, other hidden characters as signs."""
    return _HIDDEN_IN_LINES.sub(lambda match: sign(match[0]), text)


def signed(text: str) -> str:
    """Return *text* with signs that `unsigned` turns back: `⟦` itself is one too."""
    return _HIDDEN.sub(lambda match: sign(match[0]), text.replace("⟦", sign("⟦")))


def signed_lines(text: str) -> str:
    """Return *text* as `signed` does, with its line ends and tabs."""
    return _HIDDEN_IN_LINES.sub(lambda match: sign(match[0]), text.replace("⟦", sign("⟦")))


def unsigned(text: str) -> str:
    """Return *text* with each sign turned into its character again."""
    return _SIGN.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if not 0 < code <= sys.maxunicode or "\ud800" <= chr(code) <= "\udfff":
        return match[0]
    return chr(code)


def text_from_bytes(content: bytes, where: str) -> str:
    r"""Return the text of a file: by its byte-order mark, else UTF-8, else Windows-1252.

    Line ends become `\n` and a byte-order mark goes; nothing else changes.

    Raises:
        InputError: it is empty, binary, or in no encoding that is known.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text, skipped = _decoded(content[len(mark) :], encoding, where, len(mark)), len(mark)
            break
    else:
        encoding, skipped = "utf-8", 0
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            text = _decoded_windows(content, error, where)
    if "\0" in text:
        place = skipped + len(text[: text.index("\0")].encode(encoding)) + 1
        message = f"{where}: byte {place} is 0, as in binary files; give a text file"
        raise InputError(message)
    if not text.strip():
        message = f"{where}: there is no text in it"
        raise InputError(message)
    return normal_lines(text)


def normal_lines(text: str) -> str:
    r"""Return *text* with `\n` as its only line end and without a byte-order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def title_of(text: str) -> str | None:
    """Return the first heading of *text*, else its first short line; None where all are long."""
    heading = _HEADING.search(text[:_BEGINNING])
    if heading:
        return heading[1].strip()[:LONGEST_TITLE]
    lines = (line.strip() for line in text[:_BEGINNING].split("\n"))
    return next((line for line in lines if 0 < len(line) <= LONGEST_TITLE), None)


def excerpt(text: str, length: int) -> str:
    """Return *text* on one line, cut at a word to at most *length* code points."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"


def counted(number: int, noun: str) -> str:
    """Return *number* with *noun*, such as `1 document`, `2,000 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _decoded(content: bytes, encoding: str, where: str, offset: int) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = offset + error.start + 1
        message = f"{where}: byte {place} is not {encoding.upper()}, as its first bytes promise"
        raise InputError(message) from error


def _decoded_windows(content: bytes, error: UnicodeDecodeError, where: str) -> str:
    if b"\0" in content:
        message = f"{where}: byte {content.find(0) + 1} is 0, as in binary files; give a text file"
        raise InputError(message)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as second:
        message = (
            f"{where}: byte {error.start + 1} is not UTF-8 and byte {second.start + 1}"
            " is not Windows-1252; save it as UTF-8"
        )
        raise InputError(message) from second
