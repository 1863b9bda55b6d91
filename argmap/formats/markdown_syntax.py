"""The syntax of argmap's Markdown: text is escaped for writing and unescaped for reading.

Characters that Markdown would interpret get a backslash; characters that it cannot keep
(control characters, spaces at the ends of a line) become a sign, `⟦U+0020⟧`.
So does every space after a space, because formatters write one for several. Only the
words of the op-ed keep their double spaces, so that its phrases can be searched: the
front matter lists the places of these.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

from argmap.text.decoding import LOST
from argmap.text.display import sign, signed, unsigned

VERSION: Final = "1"
"""The version of the syntax that this program writes and reads."""

KIND_TITLES: Final = {"claim": "Claims", "evidence": "Evidence", "assumption": "Assumptions"}
INFERENCES: Final = "Inferences"
DOCUMENT: Final = "Document ratings"
SOURCES: Final = "Sources"
RUBRICS: Final = "Rubrics"
HEAT: Final = "Ratings by criterion"
FLIPS: Final = "Fragile grades"
COVERAGE: Final = "Coverage"
PROVENANCE: Final = "Provenance"
ADMIRALTY: Final = "Admiralty ratings"
FINDINGS: Final = "Findings"
AGREEMENT: Final = "Agreement"
TEXT: Final = "Text"
"""Titles of the parts of a file."""

COMPUTED: Final = (COVERAGE, FINDINGS, HEAT, FLIPS, PROVENANCE, ADMIRALTY, AGREEMENT)
"""Titles of the parts that are computed from the others; reading skips them."""

FOR: Final = "For"
ASSUMES: Final = "Assumes"
AGAINST: Final = "Against"
REASONING: Final = "About the inferences"
ATTRIBUTED: Final = "Attributed to"
ORIGINS: Final = "Origins"
RATED: Final = "Rated"
GRADED: Final = "Grade"
RELIABILITY: Final = "Reliability"
CREDIBILITY: Final = "Credibility"
"""Titles of the groups in a section."""

BY_BLANK_LINES: Final = "blank line"
BY_LINES: Final = "line"
"""The separator of the paragraphs of a document's text: the two values of `paragraphs`."""

SUMMARY: Final = "the text and the ratings are left out"
"""The value of `summary` in the front matter of a summary."""

NO_SOURCE: Final = "no source"
STANCE_WORDS: Final = ("supports", "opposes")

_EMPTY: Final = "⟦⟧"
_ACTIVE = re.compile(
    r"[\\`\[\]<>~$|^@#{]|(?<! )\*|\*(?! )|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|&(?=#?\w+;)|%(?=%)|=(?==)|:(?=//)|(?<=www)\."
)
"""Characters that are interpreted inside a line; the last two would turn a URL into a link."""
_OPENING = re.compile(
    r"([-+=:*])|(\d{1,9})(?=[.)])|([A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?: |$))"
    r"|(\()(?=(?:\w+|\\[@#]\w*)\)(?: |$))"
)
"""The beginnings of lists, headings and definitions, the last two in pandoc."""
_MAIL = re.compile(r"(?<=[A-Za-z0-9.+_-])@(?=[A-Za-z0-9._-]*\.)")
"""The @ of an e-mail address, which GitHub turns into a link even if it is escaped."""
_UNREADABLE = re.compile("[\ufffe\uffff]")
"""Characters that YAML forbids."""
_WRITTEN = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>"
)
"""An escaped character, a character reference, and a URL that is a link.

argmap writes only the first; formatters write the others, for no-break spaces and URLs.
"""
_AFTER_SPACE = re.compile("(?<= ) ")
_IDEOGRAPH: Final = "[\u2e80-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]"
_WITHIN_IDEOGRAPHS = re.compile(rf"(?<={_IDEOGRAPH})\n(?={_IDEOGRAPH})")
"""A line end that a formatter inserted where the text has no space."""
_PLAIN_NAME = re.compile(r"[^\W_][\w.-]*(?<!_)")
_TOKEN = re.compile(r"`([^`]*)`|([^\s`]+)")


def line(text: str) -> str:
    """Escape *text* for one line of Markdown: a heading, a cell."""
    return _escape(_sign_double_spaces(_sign_outer_spaces(_sign_hidden(text)))) if text else _EMPTY


def prose(text: str, indent: str = "", *, is_op_ed: bool = False) -> str:
    """Escape *text* for a paragraph; its line ends become hard breaks.

    A line end at either end of the text, where a hard break means nothing, becomes a sign.

    Args:
        text: Any text.
        indent: The beginning of every line except the first.
        is_op_ed: True for words of the op-ed, whose double spaces are kept.
    """
    core = text.strip("\n")
    before = len(text) - len(text.lstrip("\n")) if core else len(text)
    after = len(text) - before - len(core)
    safe = [_sign_outer_spaces(_sign_hidden(part)) for part in core.split("\n")]
    lines = [_escape(part if is_op_ed else _sign_double_spaces(part)) for part in safe]
    joined = f"\\\n{indent}".join(lines)
    return (sign("\n") * before + joined + sign("\n") * after) or _EMPTY


def code(text: str) -> str:
    """Return *text* as a code span that keeps it exactly."""
    safe = re.sub("[`|*]", lambda match: sign(match[0]), signed(text))
    return f"`{_sign_double_spaces(_sign_outer_spaces(safe)) or _EMPTY}`"


def name(text: str) -> str:
    """Return an id or label as it is if it is a plain word, else as a code span."""
    is_plain = _PLAIN_NAME.fullmatch(text) and text not in STANCE_WORDS and "__" not in text
    return text if is_plain and "_" not in text else code(text)


def quoted(text: str) -> str:
    """Return *text* as a double-quoted scalar of YAML."""
    safe = _UNREADABLE.sub(lambda match: sign(match[0]), signed(text))
    escaped = _sign_double_spaces(safe).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def json_block(text: str) -> str:
    """Return the JSON *text*, which is not indented, with signs in its strings."""
    return _sign_double_spaces(signed(text))


def from_line(source: str, *, breaks_at_spaces: bool = False) -> str:
    """Return the text that `line` or `prose` wrote as *source*, perhaps wrapped since.

    Args:
        source: The text as it is in the file.
        breaks_at_spaces: True if every soft break is a space. Otherwise one between two
            ideographs is dropped: lines of Chinese and Japanese are broken anywhere.
    """
    if source == _EMPTY:
        return ""
    if len(source) > 1 and source[0] == source[-1] == "`":
        return from_code(source[1:-1])
    if "\n" in source:
        source = _unwrap(source, breaks_at_spaces=breaks_at_spaces)
    return unsigned(_WRITTEN.sub(_decode_match, source))


def _unwrap(source: str, *, breaks_at_spaces: bool) -> str:
    """Return *source* with its hard breaks as line ends and without soft breaks."""
    *lines, last = (each.lstrip(" \t") for each in source.split("\n"))
    parts = []
    for each in lines:
        slashes = len(each) - len(each.rstrip("\\"))
        if slashes % 2 == 1:
            parts += [each[:-1], "\0"]
        else:
            parts += [each.rstrip(" \t"), "\0" if each.endswith("  ") else "\n"]
    wrapped = "".join([*parts, last])
    if not breaks_at_spaces:
        wrapped = _WITHIN_IDEOGRAPHS.sub("", wrapped)
    return wrapped.replace("\n", " ").replace("\0", "\n")


def _decode_match(match: re.Match[str]) -> str:
    """Return the text of an escape, a reference or a link; unknown references stay as they are."""
    escaped, reference, address = match.groups()
    if reference is None:
        return str(escaped or address)
    if not reference.startswith("#"):
        return html5.get(f"{reference};", match[0])
    number = int(f"0{reference[1:]}", 0) if reference[1] in "xX" else int(reference[1:])
    is_known = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004  (Unicode's)
    return chr(number) if is_known else LOST


def from_code(source: str) -> str:
    """Return the text of a code span."""
    return "" if source == _EMPTY else unsigned(source)


def names_in(source: str) -> list[str]:
    """Return the names and words in *source*; a code span is one name."""
    return [_decode_name(match) for match in _TOKEN.finditer(source)]


def _decode_name(match: re.Match[str]) -> str:
    return from_code(match[1]) if match[1] is not None else match[2]


def _escape(text: str) -> str:
    safe = _ACTIVE.sub(r"\\\g<0>", text)
    match = _OPENING.match(safe)
    if match is None:
        return safe
    if match[1] or match[4]:
        return "\\" + safe
    return f"{match[0]}\\{safe[match.end() :]}"


def _sign_hidden(text: str) -> str:
    return _MAIL.sub(sign("@"), signed(text))


def _sign_double_spaces(text: str) -> str:
    """Return *text* with a sign for every space after a space."""
    return _AFTER_SPACE.sub(sign(" "), text) if "  " in text else text


def _sign_outer_spaces(text: str) -> str:
    """Return *text* with signs for the white space at its ends."""
    core = text.strip()
    if not core:
        return "".join(map(sign, text))
    start = text.index(core)
    before, after = text[:start], text[start + len(core) :]
    return "".join(map(sign, before)) + core + "".join(map(sign, after))
