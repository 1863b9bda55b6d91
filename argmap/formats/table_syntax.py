r"""The syntax of argmap's tables: columns, several values in a cell, and safe cells.

A table has one row for each statement. Its columns are the keys of a statement's record;
`source`, `class`, `cue` and others for its attributions; and one for each criterion of
the default rubric, with the answers of the row's `assessor` under the version in
`rubric_version`. Without a version, the newest applies.

`|` separates several values in a cell; `;` works too where values are ids or words. A
source that cites another comes before it, with `>` between them. A backslash before one
of these, before a space at either end, or before a backslash makes it a part of the value;
`\.` is an empty value. Columns of attributions are parallel: the second cue
belongs to the second class. An empty cell leaves a value as it is; it does not clear it.

`source` lists ids. With `source_kind` or `source_name` the row adds the sources too, named by
their ids if they have no name, so that a table needs nothing but its document;
without them the sources must exist already, because a typing error must not invent one.

Cells that a spreadsheet would run are made safe: an apostrophe precedes a cell that would
be a formula, and a sign, `⟦U+003D⟧`, replaces what would be one if the cell were split at
other separators. Reading reverses both, and the signs of hidden characters too.

A table cannot carry: documents with their texts; inferences with several premises;
labels, schemes and notes of inferences; the order of the map; ratings of sources and
documents, ratings under another rubric, and the reasons and times of all ratings; the
Admiralty pair; anything about sources except names and kinds; rubrics.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from argmap.errors import RubricError
from argmap.model.map import newest_rubric
from argmap.rubrics import shipped_rubrics
from argmap.text.display import sign, signed_lines, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.rubric import Rubric

TEXTS: Final = ("id", "document", "label", "text", "main_item", "note")
"""Columns that hold one text."""
NAMES: Final = ("id", "document", "label", "main_item")
"""The columns among them that hold a name, where white space at the ends is a mistake."""
WORDS: Final = ("kind", "nature")
"""Columns that hold one word of a vocabulary."""
FLAGS: Final = ("main", "stated")
"""Columns of true or false."""
QUOTES: Final = ("quote", "prefix")
"""Columns of words of the document, one for each passage."""
PLACES: Final = ("start", "end")
"""Columns of numbers, one for each passage."""
SOURCES: Final = ("source", "source_name", "source_kind")
"""Columns of chains of sources: ids, and the names and kinds of new sources."""
VOICES: Final = {
    "class": "class",
    "cue": "cue",
    "cue_start": "cue_start",
    "attribution_access": "access",
    "text_certainty": "text_certainty",
    "source_certainty": "source_certainty",
    "locator": "locator",
    "accessed": "accessed",
    "attribution_note": "note",
    "attribution_id": "id",
}
"""Columns of attributions, and the keys of their records."""
ASSESSOR: Final = "assessor"
VERSION: Final = "rubric_version"
"""The column of the default rubric's version for each assessor, so that answers keep theirs."""
_ORDER: Final = (
    "id", "document", "label", "kind", "main", "text", "quote", "prefix", "start", "end",
    "nature", "stated", "main_item", "supports", "supports_id", "opposes", "opposes_id", "tags",
    "note", "class", *SOURCES, *list(VOICES)[1:], ASSESSOR,
    VERSION,
)  # fmt: skip

BETWEEN_TEXTS: Final = "|"
BETWEEN_NAMES: Final = "|;"
ALONG_CHAINS: Final = ">"
"""The separators of the values in a cell."""

_IN_CHAINS: Final = BETWEEN_NAMES + ALONG_CHAINS
_NEVER: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""The first characters of formulas, wide and small forms too."""
_AROUND_NAMES = re.compile(r"\A[\s\ufeff]+|[\s\ufeff]+\Z")
_SKIPPED: Final = "[\\s'\"\u00ad\u200b-\u200f\u2060\ufeff]*"
"""Characters that may precede a formula without stopping a spreadsheet."""
_RISKY = re.compile(rf"{_SKIPPED}(?:[\t\n{_NEVER}]|\Z)")
_RISKY_INSIDE = re.compile(rf"([,;|\t\n]{_SKIPPED}+)([{_NEVER}])?")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*+)"')
"""The form in which some programs keep a spreadsheet from reading `007` as a number."""
_ESCAPED = re.compile(r"\\([\\|;> .])")
_NOTHING: Final = "\\."


@cache
def default_rubric() -> Rubric:
    """Return the rubric whose criteria are columns.

    Raises:
        RubricError: argmap does not ship the default rubric.
    """
    rubric = newest_rubric(shipped_rubrics())
    if rubric is None:
        message = "the default rubric is missing from argmap; install it again"
        raise RubricError(message)
    return rubric


@cache
def default_versions() -> frozenset[str]:
    """Return the shipped versions of the default rubric, which are those that tables can carry."""
    return frozenset(r.version for r in shipped_rubrics() if r.id == default_rubric().id)


@cache
def columns() -> tuple[str, ...]:
    """Return the names of all columns, in the order of exports."""
    return (*_ORDER, *default_rubric().criteria)


def escape_cell(text: str) -> str:
    """Return a cell that shows *text* and that no program runs; `text_from_cell` reverses it."""
    return _guard_formulas(signed_lines(text))


def escape_name_cell(text: str) -> str:
    """Return a cell that shows the name *text*; white space at its ends becomes signs."""
    shown = _AROUND_NAMES.sub(lambda match: "".join(map(sign, match[0])), signed_lines(text))
    return _guard_formulas(shown)


def text_from_cell(cell: str) -> str:
    """Return the text that *cell* represents; every line end becomes a line feed."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if text[:1] == "'" and _RISKY.match(text, 1):
        text = text[1:]
    elif text[:2] == '="' and (quoted := _TEXT_FORMULA.fullmatch(text)):
        text = quoted[1].replace('""', '"')
    return unsigned(text)


def name_from_cell(cell: str) -> str:
    """Return the name that *cell* represents, without surrounding white space."""
    if cell.isascii() and cell == cell.strip():  # nearly all: skip the search
        return text_from_cell(cell)
    return text_from_cell(_AROUND_NAMES.sub("", cell))


def join_values(values: Iterable[str | None], separators: str = BETWEEN_NAMES) -> str:
    """Return one text of several *values*, None for missing ones; `split_values` reverses it."""
    return _join_escaped([_escape_value(value, separators) for value in values], separators)


def split_values(text: str, separators: str = BETWEEN_NAMES) -> list[str | None]:
    """Return the values in *text*, None for missing ones; none if it is empty."""
    return [_unescape_value(piece) for piece in _split_raw(text, separators)]


def join_chains(chains: Iterable[Iterable[str | None]]) -> str:
    """Return one text of several chains; `split_chains` reverses it."""
    escaped = ((_escape_value(value, _IN_CHAINS) for value in chain) for chain in chains)
    return _join_escaped(
        [_join_escaped(list(chain), ALONG_CHAINS) for chain in escaped], BETWEEN_NAMES
    )


def split_chains(text: str) -> list[list[str | None]]:
    """Return the chains in *text*, None for a missing link; some chains may be empty."""
    pieces = (_split_raw(piece, ALONG_CHAINS) for piece in _split_raw(text, BETWEEN_NAMES))
    return [[_unescape_value(value) for value in chain] for chain in pieces]


def _guard_formulas(shown: str) -> str:
    """Return *shown* so that no spreadsheet runs it."""
    guarded = f"'{shown}" if _RISKY.match(shown) else shown
    return _RISKY_INSIDE.sub(lambda m: m[1] + sign(m[2]) if m[2] else m[1], guarded)


def _join_escaped(items: list[str], separators: str) -> str:
    return f" {separators[0]} ".join(items) if any(items) else ""


def _split_raw(text: str, separators: str) -> list[str]:
    """Return the pieces of *text* between *separators*, as written."""
    if not text.strip(" "):
        return []
    special, piece = _separator_patterns(separators)
    return piece.findall(text) if special.search(text) else [text]


@cache
def _separator_patterns(separators: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a separator or backslash, and of one piece."""
    between = re.escape(separators)
    piece = rf"(?:\A|[{between}])((?:\\.|[^\\{between}]++|\\\Z)*+)"
    return re.compile(rf"[\\{between}]"), re.compile(piece, re.DOTALL)


def _escape_value(value: str | None, separators: str) -> str:
    if value is None:
        return ""
    if not value:
        return _NOTHING
    text = _separator_patterns(separators)[0].sub(r"\\\g<0>", value)
    if value[-1] == " " and len(value) > 1:
        text = f"{text[:-1]}\\ "
    return f"\\{text}" if value[0] == " " else text


def _unescape_value(piece: str) -> str | None:
    """Return the value that *piece* represents; None if it is blank."""
    if "\\" not in piece:
        return piece.strip(" ") or None
    text = piece.strip(" ")
    backslashes = len(text) - len(text.rstrip("\\"))
    if backslashes % 2 and piece.rstrip(" ") != piece:  # the last space is escaped
        text += " "
    return _ESCAPED.sub(lambda match: match[1].strip("."), text) if text else None
