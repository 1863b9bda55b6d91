r"""The form of argmap's tables: their columns, several values in a cell, and inert cells.

A table has one row for each statement. Its columns are the keys of a statement's record;
`source`, `class`, `cue` and the like for its attributions; and one for each criterion of
the default rubric, whose answers are those of the row's `assessor`, given under the version
in `rubric_version`; without one they are under the newest.

Several values in a cell stand between `|`; `;` will do where values are ids or words. A
source that cites another stands before it, with `>` between them. A backslash before one
of these, before a space at either end, or before a backslash makes it a part of the value;
`\.` is a value without characters. Columns of attributions are parallel: the second cue is
that of the second class. An empty cell says nothing, which is not the same as clearing.

`source` holds ids. `source_kind` or `source_name` beside one makes the row bring that source
too, called by its id where it has no name, so that a table needs nothing but its document;
without them the source has to be there, because nobody should be invented by a slip of a pen.

What a spreadsheet would run is made inert: an apostrophe stands before a cell that would
be a formula, and a sign, `⟦U+003D⟧`, for what would be one if the cell were cut at other
separators. Both are undone on reading, and so are the signs of hidden characters.

What a table cannot carry: documents with their texts; inferences with several premises;
labels, schemes and notes of inferences; the order of the map; ratings of sources and
documents, those under another rubric, and the reasons and times of all; the Admiralty pair;
of sources more than names and kinds; rubrics.
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
"""Columns of one text."""
NAMES: Final = ("id", "document", "label", "main_item")
"""Those of them that hold a name, where white space at the ends is a slip."""
WORDS: Final = ("kind", "nature")
"""Columns of one word of a vocabulary."""
FLAGS: Final = ("main", "stated")
"""Columns of true or false."""
QUOTES: Final = ("quote", "prefix")
"""Columns of words of the document, one for each passage."""
PLACES: Final = ("start", "end")
"""Columns of numbers, one for each passage."""
SOURCES: Final = ("source", "source_name", "source_kind")
"""Columns of chains of sources: ids, and what brings a source that is not there yet."""
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
"""The column of the default rubric's version for each assessor: answers keep theirs."""
_ORDER: Final = (
    "id", "document", "label", "kind", "main", "text", "quote", "prefix", "start", "end",
    "nature", "stated", "main_item", "supports", "supports_id", "opposes", "opposes_id", "tags",
    "note", "class", *SOURCES, *list(VOICES)[1:], ASSESSOR,
    VERSION,
)  # fmt: skip

BETWEEN_TEXTS: Final = "|"
BETWEEN_NAMES: Final = "|;"
ALONG_CHAINS: Final = ">"
"""What parts the values in a cell."""

_IN_CHAINS: Final = BETWEEN_NAMES + ALONG_CHAINS
_NEVER: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""What begins a formula, wide and small forms too."""
_AROUND_NAMES = re.compile(r"\A[\s\ufeff]+|[\s\ufeff]+\Z")
_SKIPPED: Final = "[\\s'\"\u00ad\u200b-\u200f\u2060\ufeff]*"
"""What may stand before it without stopping a spreadsheet."""
_RISKY = re.compile(rf"{_SKIPPED}(?:[\t\n{_NEVER}]|\Z)")
_RISKY_INSIDE = re.compile(rf"([,;|\t\n]{_SKIPPED}+)([{_NEVER}])?")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*+)"')
"""How some programs keep a spreadsheet from taking `007` for a number."""
_ESCAPED = re.compile(r"\\([\\|;> .])")
_NOTHING: Final = "\\."


@cache
def default_rubric() -> Rubric:
    """Return the rubric whose criteria are columns.

    Raises:
        RubricError: argmap does not ship it.
    """
    rubric = newest_rubric(shipped_rubrics())
    if rubric is None:
        message = "the default rubric is missing from argmap; install it again"
        raise RubricError(message)
    return rubric


@cache
def default_versions() -> frozenset[str]:
    """Return the versions of the default rubric that argmap ships, and tables therefore carry."""
    return frozenset(r.version for r in shipped_rubrics() if r.id == default_rubric().id)


@cache
def columns() -> tuple[str, ...]:
    """Return the names of all columns, in the order of exports."""
    return (*_ORDER, *default_rubric().criteria)


def escape_cell(text: str) -> str:
    """Return a cell that shows *text* and that nothing runs; `text_from_cell` undoes it."""
    return _guarded(signed_lines(text))


def escape_name_cell(text: str) -> str:
    """Return a cell that shows the name *text*; white space at its ends becomes signs."""
    shown = _AROUND_NAMES.sub(lambda match: "".join(map(sign, match[0])), signed_lines(text))
    return _guarded(shown)


def text_from_cell(cell: str) -> str:
    """Return the text that *cell* stands for; every line end becomes a line feed."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if text[:1] == "'" and _RISKY.match(text, 1):
        text = text[1:]
    elif text[:2] == '="' and (quoted := _TEXT_FORMULA.fullmatch(text)):
        text = quoted[1].replace('""', '"')
    return unsigned(text)


def name_from_cell(cell: str) -> str:
    """Return the name that *cell* stands for, without white space that is around it."""
    if cell.isascii() and cell == cell.strip():  # nearly all are
        return text_from_cell(cell)
    return text_from_cell(_AROUND_NAMES.sub("", cell))


def join_values(values: Iterable[str | None], separators: str = BETWEEN_NAMES) -> str:
    """Return one text of several *values*, None for those left out; `split_values` undoes it."""
    return _joined([_escaped(value, separators) for value in values], separators)


def split_values(text: str, separators: str = BETWEEN_NAMES) -> list[str | None]:
    """Return the values in *text*, None for those left out; nothing where it is empty."""
    return [_unescaped(piece) for piece in _pieces(text, separators)]


def join_chains(chains: Iterable[Iterable[str | None]]) -> str:
    """Return one text of several chains; `split_chains` undoes it."""
    escaped = ((_escaped(value, _IN_CHAINS) for value in chain) for chain in chains)
    return _joined([_joined(list(chain), ALONG_CHAINS) for chain in escaped], BETWEEN_NAMES)


def split_chains(text: str) -> list[list[str | None]]:
    """Return the chains in *text*, None for what is left out of one; some may be empty."""
    pieces = (_pieces(piece, ALONG_CHAINS) for piece in _pieces(text, BETWEEN_NAMES))
    return [[_unescaped(value) for value in chain] for chain in pieces]


def _guarded(shown: str) -> str:
    """Return *shown* so that no spreadsheet runs it."""
    guarded = f"'{shown}" if _RISKY.match(shown) else shown
    return _RISKY_INSIDE.sub(lambda m: m[1] + sign(m[2]) if m[2] else m[1], guarded)


def _joined(items: list[str], separators: str) -> str:
    return f" {separators[0]} ".join(items) if any(items) else ""


def _pieces(text: str, separators: str) -> list[str]:
    """Return what stands between *separators*, as it is written."""
    if not text.strip(" "):
        return []
    special, piece = _patterns(separators)
    return piece.findall(text) if special.search(text) else [text]


@cache
def _patterns(separators: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a separator or backslash, and what finds each piece."""
    between = re.escape(separators)
    piece = rf"(?:\A|[{between}])((?:\\.|[^\\{between}]++|\\\Z)*+)"
    return re.compile(rf"[\\{between}]"), re.compile(piece, re.DOTALL)


def _escaped(value: str | None, separators: str) -> str:
    if value is None:
        return ""
    if not value:
        return _NOTHING
    text = _patterns(separators)[0].sub(r"\\\g<0>", value)
    if value[-1] == " " and len(value) > 1:
        text = f"{text[:-1]}\\ "
    return f"\\{text}" if value[0] == " " else text


def _unescaped(piece: str) -> str | None:
    """Return the value that *piece* stands for, None for none."""
    if "\\" not in piece:
        return piece.strip(" ") or None
    text = piece.strip(" ")
    backslashes = len(text) - len(text.rstrip("\\"))
    if backslashes % 2 and piece.rstrip(" ") != piece:  # the last space is escaped
        text += " "
    return _ESCAPED.sub(lambda match: match[1].strip("."), text) if text else None
