"""Join lines into paragraphs by their spacing, indents, fonts and sizes."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from .bidirectional import is_right_to_left
from .hyphens import Vocabulary, join_lines
from .tables import CELL, CELL_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .lines import TextLine

_WIDER: Final = 1.3
"""Space between lines that ends a paragraph, as a multiple of the usual space."""

_INDENT: Final = 0.8
"""The smallest indent of a line, in heights of letters."""

_OTHER_SIZE: Final = 0.15
"""Relative difference in size between the letters of a heading and of the text."""

_FULL: Final = 0.75
"""The shortest line that continues elsewhere, as a fraction of the width."""

_SHORT: Final = 0.6
"""The longest heading, as a fraction of the width of its column."""

_HALF: Final = 0.5

_ENDS_SENTENCE = re.compile(r"[.!?…:。！？][\"'\u2019\u201d\u00bb)\]]*(?:\s?\d{1,2})?$")
_OPENING: Final = "\"'‘“„«‹¿¡ \u202f"
_BULLET = re.compile(r"[•▪‣◦●○■□▸►✓❖➢·∙⁃](?:\s|$)")
_DASH = re.compile(r"[-–—*o]\s")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_NOTE = re.compile(r"(\d{1,3})\s+[^\W\d_]")


@frozen
class _Block:
    """Lines below each other, as in a column."""

    lines: Sequence[TextLine]
    left: float
    right: float

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1e-9)

    def fill(self, line: TextLine) -> float:
        """Return the right end of *line*, as a fraction of the width of the block."""
        return (line.end - self.left) / self.width


@define
class _Group:
    """The lines of one paragraph."""

    lines: list[TextLine] = field(factory=list)


def paragraphs_of(blocks: Iterable[Sequence[TextLine]]) -> list[str]:
    """Return the paragraphs of *blocks* of lines, in their order.

    A block is text that is read from top to bottom, such as a column. A paragraph may continue in
    the next block. Words that line ends split are rejoined.
    """
    kept = [_block(lines) for lines in blocks if lines]
    if not kept:
        return []
    spaces = _Spaces.of_blocks(kept)
    hangs = _hangs(kept)
    groups: list[_Group] = []
    before: tuple[_Block, TextLine] | None = None
    for block in kept:
        for number, line in enumerate(block.lines):
            following = block.lines[number + 1] if number + 1 < len(block.lines) else None
            if before is None or (
                _begins_block(*before, line, following)
                if number == 0
                else _begins(groups[-1], block, line, following, spaces, hangs=hangs)
            ):
                groups.append(_Group())
            groups[-1].lines.append(line)
            before = block, line
    known = Vocabulary.of_lines(line.words for block in kept for line in block.lines)
    return [_words(group, known) for group in groups]


def _words(group: _Group, known: Vocabulary) -> str:
    if not group.lines[0].is_row:
        return join_lines([line.words for line in group.lines], known)
    rows = ([cell.split(CELL_LINE) for cell in line.words.split(CELL)] for line in group.lines)
    return "\n".join(CELL.join(join_lines(cell, known) for cell in row) for row in rows)


def _block(lines: Sequence[TextLine]) -> _Block:
    if is_right_to_left("".join(line.words for line in lines)):
        # Mirror right-to-left lines, so that they start on the left like all others.
        lines = [evolve(line, x=-line.end, end=-line.x) for line in lines]
    return _Block(lines, min(line.x for line in lines), max(line.end for line in lines))


@frozen
class _Spaces:
    """The usual space between lines, by the size of their letters."""

    by_height: dict[int, float]
    usual: float
    """The usual space for rare sizes, as a multiple of the size."""

    @classmethod
    def of_blocks(cls, blocks: Sequence[_Block]) -> _Spaces:
        spaces: dict[int, list[float]] = defaultdict(list)
        parts = []
        for block in blocks:
            for above, line in pairwise(block.lines):
                space = above.y - line.y
                if 0 < space < 4 * line.height and _is_like(above, line):
                    spaces[round(2 * line.height)].append(space)
                    parts.append(space / line.height)
        usual = median(parts) if parts else _WIDER
        # One pair of lines is no evidence: its space may be one between paragraphs.
        return cls({height: median(of) for height, of in spaces.items() if len(of) > 1}, usual)

    def after(self, line: TextLine) -> float:
        """Return the usual space above *line*."""
        return self.by_height.get(round(2 * line.height), self.usual * line.height)


def _is_like(above: TextLine, line: TextLine) -> bool:
    return abs(above.height - line.height) <= _OTHER_SIZE * max(above.height, line.height)


def _ends_sentence(line: TextLine) -> bool:
    return bool(_ENDS_SENTENCE.search(line.words.strip()))


def _indent(line: TextLine, from_: float) -> int:
    """Return 1 if *line* starts to the right of *from_*, -1 to the left, else 0."""
    room = _INDENT * line.height
    return (line.x > from_ + room) - (line.x < from_ - room)


def _hangs(blocks: Sequence[_Block]) -> bool:
    """Return whether indented lines continue a paragraph, as in bibliographies."""
    goes_on = begins = 0
    for block in blocks:
        for above, line in pairwise(block.lines):
            if _indent(line, above.x) > 0 and _is_like(above, line):
                if _ends_sentence(above):
                    begins += 1
                elif block.fill(above) >= _SHORT:
                    goes_on += 1
    return goes_on > begins


def _begins_block(
    block_above: _Block, above: TextLine, line: TextLine, following: TextLine | None
) -> bool:
    """Return whether a paragraph starts with the first *line* of a block."""
    if not _is_like(above, line) or _BULLET.match(line.words) or above.is_row or line.is_row:
        return True
    is_full = block_above.fill(above) >= _FULL
    if not _ends_sentence(above):
        return not is_full and block_above.fill(above) < _SHORT and not _goes_on(line)
    is_indented = following is not None and _indent(line, following.x) > 0
    return not is_full or is_indented


def _goes_on(line: TextLine) -> bool:
    """Return whether *line* starts like the middle of a sentence."""
    start = line.words.strip().lstrip(_OPENING)[:1]
    return start.islower() or not start.isalnum() or start.isdigit()


def _begins(
    group: _Group,
    block: _Block,
    line: TextLine,
    following: TextLine | None,
    spaces: _Spaces,
    *,
    hangs: bool,
) -> bool:
    """Return whether a paragraph starts with *line*, the next one below *group*."""
    above = group.lines[-1]
    if above.is_row or line.is_row:
        return not (above.is_row and line.is_row)
    if not _is_like(above, line) or above.y - line.y > _WIDER * spaces.after(line):
        return True
    if _is_item(group, line):
        return True
    if (
        above.fonts
        and line.fonts
        and not above.fonts & line.fonts
        and block.fill(above) < _FULL
        and not _goes_on(line)
    ):
        return True  # a heading in another font
    side = _indent(line, above.x)
    if side > 0:
        return _is_first(group, block, line, following, hangs=hangs)
    if side < 0:
        is_first_of_group = len(group.lines) == 1
        return not is_first_of_group and (
            _indent(group.lines[0], above.x) < 0 or _ends_sentence(above)
        )
    return _had_room(block, above, line)


def _is_item(group: _Group, line: TextLine) -> bool:
    """Return whether *line* starts a list item."""
    words, above, first = line.words.lstrip(), group.lines[-1], group.lines[0]
    if _BULLET.match(words):
        return True
    note, next_note = _NOTE.match(first.words.lstrip()), _NOTE.match(words)
    if note and next_note and int(next_note[1]) == int(note[1]) + 1:
        return _ends_sentence(above) and _indent(line, first.x) == 0
    ends = _ends_sentence(above) or above.words.rstrip().endswith(";")
    for pattern in (_DASH, _NUMBER):
        if pattern.match(words):
            is_next = bool(pattern.match(first.words.lstrip())) and _indent(line, first.x) == 0
            return is_next or ends
    return False


def _is_first(
    group: _Group, block: _Block, line: TextLine, following: TextLine | None, *, hangs: bool
) -> bool:
    """Return whether *line* has a first-line indent, not a hanging one."""
    above = group.lines[-1]
    if _BULLET.match(above.words.lstrip()) or (
        len(group.lines) == 1 and (_NUMBER.match(above.words) or _DASH.match(above.words))
    ):
        return False
    if not _ends_sentence(above):
        is_heading = block.fill(above) < _SHORT and not _goes_on(line)
        # An unfinished sentence above: the whole paragraph hangs.
        return is_heading and not hangs
    if not hangs:
        return True
    return following is not None and _indent(line, following.x) > 0


def _had_room(block: _Block, above: TextLine, line: TextLine) -> bool:
    """Return whether the first word of *line* would have fitted on the line *above*."""
    # A short line without a full stop: a heading, or part of a postal address.
    is_short = block.fill(above) < _HALF and above.words.rstrip()[-1:].isalnum()
    if _goes_on(line) or not (is_short or _ends_sentence(above)):
        return False
    first = len(line.words.split()[0]) + 1 if line.words.split() else 0
    letter = (above.end - above.x) / max(len(above.words), 1)
    return block.right - above.end > max(2 * first * letter, (1 - _FULL) * block.width)
