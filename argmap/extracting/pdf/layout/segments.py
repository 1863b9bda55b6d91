"""Join letters into pieces of lines, with the spaces that a reader sees."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

from attrs import define, field

from .bidirectional import in_reading_order
from .gaps import APART, SPREAD, within_lines
from .lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .glyphs import Glyph

# All as parts of the letters' size.
_SAME_LINE: Final = 0.22
_SPACE: Final = 0.12
_SPACE_OF_FIGURES: Final = 0.35
"""Gap that separates two figures, even in letter-spaced text."""
_NO_SPACE: Final = 0.03
_REACH: Final = 0.4
"""The largest gap between a word and its raised letter."""

_OTHER_SIZE: Final = 1.5
_SMALL: Final = 0.82
_LONGEST_RAISED: Final = 12
_LONGEST_MARK: Final = 3
_FEWEST_ROOMS: Final = 4
_RAISED: Final = (0.1, 0.75)
_LOWERED: Final = (-0.5, -0.05)

_RAISED_FIGURES: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWERS: Final = ("10", "m", "km", "cm", "mm")
"""Words whose raised figure is a power; after others it is the mark of a note."""


@define
class Piece:
    """Letters next to each other on one line."""

    glyphs: list[Glyph]
    y: float
    size: float
    raised: dict[int, int] = field(factory=dict)
    """The letters above (1) or below (-1) the line, by their ids."""

    @property
    def x0(self) -> float:
        """The left end of the piece."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """The right end of the piece."""
        return max(glyph.x1 for glyph in self.glyphs)

    def words(self) -> str:
        """Return the text of the piece."""
        return _words(self)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the pieces of lines of *glyphs* in one direction, in no particular order."""
    from .initials import with_initials

    order = {id(glyph): number for number, glyph in enumerate(glyphs)}
    rows = _baselines(glyphs)
    inner = within_lines(glyphs, rows)
    pieces = [piece for row in rows for piece in _pieces(row, inner)]
    return with_initials([_line(piece, order) for piece in _with_raised(pieces)])


def _line(piece: Piece, order: dict[int, int]) -> TextLine:
    seen = [glyph for glyph in piece.glyphs if not glyph.text.isspace()]
    fonts = Counter(glyph.font for glyph in seen)
    main = frozenset(font for font, count in fonts.items() if 3 * count > len(seen))
    first = min(order[id(glyph)] for glyph in seen)
    return TextLine(
        piece.words(), seen[0].x0, piece.y, piece.size, end=piece.x1, order=first, fonts=main
    )


def _baselines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return *glyphs* by the height of their line, from the top of the page."""
    rows: list[list[Glyph]] = []
    top = size = 0.0
    for glyph in sorted((g for g in glyphs if g.text), key=lambda glyph: -glyph.y):
        if rows and top - glyph.y <= _SAME_LINE * min(size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            top, size = glyph.y, glyph.size
    return rows


def _pieces(row: list[Glyph], inner: set[int]) -> list[Piece]:
    """Return the pieces of one line, split at wide gaps and changes of size.

    The wide gaps before the letters *inner* do not split it.
    """
    groups: list[list[Glyph]] = []
    last: Glyph | None = None
    end = 0.0
    for glyph in sorted(row, key=lambda each: each.x0):
        if glyph.text.isspace():
            if groups:
                groups[-1].append(glyph)
            continue
        size = min(last.size, glyph.size) if last else glyph.size
        is_wide = last is None or glyph.x0 - end > APART * size
        is_apart = is_wide and id(glyph) not in inner
        if is_apart or (last and max(last.size, glyph.size) > _OTHER_SIZE * size):
            groups.append([])
        groups[-1].append(glyph)
        end = glyph.x1 if is_apart else max(end, glyph.x1)
        last = glyph
    return [
        Piece(
            group,
            median_low([glyph.y for glyph in group]),
            median_low([glyph.size for glyph in group if not glyph.text.isspace()]),
        )
        for group in groups
    ]


def _with_raised(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with raised and lowered letters in their lines."""
    rows: dict[int, list[Piece]] = defaultdict(list)
    step = max((piece.size for piece in pieces), default=1.0)
    for piece in pieces:
        rows[round(piece.y / step)].append(piece)
    kept = []
    for piece in pieces:
        row = round(piece.y / step)
        near = [other for at in (row - 1, row, row + 1) for other in rows[at]]
        owner, side = _owner(piece, near)
        if owner is None:
            kept.append(piece)
            continue
        owner.raised |= {id(glyph): side for glyph in piece.glyphs}
        owner.glyphs = sorted(owner.glyphs + piece.glyphs, key=lambda glyph: glyph.x0)
    return kept


def _owner(piece: Piece, others: Iterable[Piece]) -> tuple[Piece | None, int]:
    """Return the piece that *piece* belongs to, and 1 if *piece* is raised, -1 if lowered."""
    length = sum(not glyph.text.isspace() for glyph in piece.glyphs)
    if length > _LONGEST_RAISED:
        return None, 0
    for other in others:
        if other is piece or piece.size > 1.02 * other.size:
            continue
        if piece.size > _SMALL * other.size and (
            length > _LONGEST_MARK or len(other.glyphs) <= 2 * length
        ):
            continue
        rise = (piece.y - other.y) / other.size
        side = 1 if _RAISED[0] <= rise <= _RAISED[1] else -1
        if side < 0 and not _LOWERED[0] <= rise <= _LOWERED[1]:
            continue
        reach = _REACH * other.size
        is_near = other.x0 - reach <= piece.x1 and piece.x0 <= other.x1 + reach
        middle = (piece.x0 + piece.x1) / 2
        if is_near and not any(
            glyph.x0 < middle < glyph.x1 for glyph in other.glyphs if not glyph.text.isspace()
        ):
            return other, side
    return None, 0


def _words(piece: Piece) -> str:
    tokens: list[str] = []
    last: Glyph | None = None
    space: int | None = None
    wide = _usual_room(piece)
    for glyph in piece.glyphs:
        if glyph.text.isspace():
            space = glyph.run if last is None or glyph.run == last.run else space or -1
            continue
        text = glyph.text
        side = piece.raised.get(id(glyph), 0)
        if last is not None:
            room = (glyph.x0 - last.x1) / min(glyph.size, last.size)
            sides = piece.raised.get(id(last), 0), side
            if _is_power(tokens, text, last, sides):
                text = text.translate(_RAISED_FIGURES)
            elif _is_space(last, glyph, room, wide, sides, space=space):
                tokens.append(" ")
        tokens.append(text)
        last, space = glyph, None
    return "".join(in_reading_order(tokens))


def _is_space(
    last: Glyph,
    glyph: Glyph,
    room: float,
    wide: float,
    sides: tuple[int, int],
    *,
    space: int | None,
) -> bool:
    """Return whether a reader sees a space between two letters."""
    if unicodedata.combining(glyph.text[0]):
        return False
    if space is not None:
        # Programs fill cells with spaces and draw the next words over them: they are invisible.
        is_of_both = space == last.run == glyph.run
        return is_of_both or room > _NO_SPACE or last.x1 <= last.x0
    before, after = last.text[-1], glyph.text[0]
    if sides[0] != sides[1]:
        # The mark of a note must not look like a part of the figure or word before it.
        if before.isdigit() and after.isdigit():
            return True
        if (sides[1] == 1 and after.isdigit()) or (sides[0] == 1 and before.isdigit()):
            return before.isalnum() and after.isalnum()
    if before.isdigit() and after.isdigit():
        return room > min(wide, _SPACE_OF_FIGURES)
    return room > wide


def _is_power(tokens: Sequence[str], text: str, last: Glyph, sides: tuple[int, int]) -> bool:
    if sides[1] != 1 or not text.isascii() or text.translate(_RAISED_FIGURES) == text:
        return False
    if sides[0] == 1:
        return last.text.isascii() and tokens[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
    return "".join(tokens[-8:]).rsplit(" ", 1)[-1].lstrip("(×") in _POWERS


def _usual_room(piece: Piece) -> float:
    """Return the smallest gap that is a space; it is larger in letter-spaced text."""
    seen = [glyph for glyph in piece.glyphs if not glyph.text.isspace()]
    rooms = [
        (after.x0 - before.x1) / before.size
        for before, after in pairwise(seen)
        if before.text.isalpha() and after.text.isalpha()
    ]
    if len(rooms) < _FEWEST_ROOMS:
        return _SPACE
    usual = sorted(rooms)[len(rooms) // 5]  # in normal text the letters touch
    return max(_SPACE, 1.6 * usual + 0.08) if usual > SPREAD else _SPACE
