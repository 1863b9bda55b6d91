"""A forest of boxes from left to right, of which any row can be drawn alone.

Each box stands beside the middle of those that lead to it. An arrow head points
at the conclusion; a dashed line opposes, a double line works only together with
the next double line of its trunk.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen
from rich.cells import cell_len, set_cell_size, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Run = tuple[str, str, str | None]
"""Some cells: what is drawn, the names of its styles, and the key of the box it is part of."""

WIDTH: Final = 30
"""Columns of a box."""

GAP: Final = 6
"""Columns between a box and those that lead to it."""

LINES: Final = 3
"""Lines of words in a box, at most."""

_JOINTS: Final = {
    "": " ", "l": "─", "r": "─", "lr": "─", "u": "│", "d": "│", "ud": "│",
    "ld": "┐", "lu": "┘", "rd": "┌", "ru": "└", "lud": "┤", "rud": "├",
    "lrd": "┬", "lru": "┴", "lrud": "┼",
}  # fmt: skip
"""What joins lines to the left, the right, upwards and downwards."""


@frozen
class Box:
    """What a box shows."""

    key: str
    parent: str | None
    """The key of the box that it leads to; None where it stands for itself."""
    sign: str
    label: str
    text: str
    """Safe to draw."""
    role: str
    """`claim`, `supports`, `opposes` or `assumption`."""
    is_linked: bool = False
    """True for one of several premises that work only together."""


@define
class Place:
    """Where a box is, in cells from the top left."""

    box: Box
    depth: int
    lines: tuple[str, ...]
    """Its words, wrapped."""
    y: int = 0
    children: list[Place] = field(factory=list, repr=False)
    parent: Place | None = field(default=None, repr=False)

    @property
    def x(self) -> int:
        """The first column."""
        return self.depth * (WIDTH + GAP)

    @property
    def width(self) -> int:
        """Columns."""
        return WIDTH

    @property
    def height(self) -> int:
        """Rows, the border among them."""
        return len(self.lines) + 2

    @property
    def middle(self) -> int:
        """The row in which lines meet it."""
        return self.y + self.height // 2


class BoxLayout:
    """Boxes in their places; no two of them overlap."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        """Lay out *boxes*, each after the one that it leads to."""
        self._places: dict[str, Place] = {}
        roots: list[Place] = []
        for box in boxes:
            above = self._places.get(box.parent) if box.parent is not None else None
            place = Place(box, above.depth + 1 if above else 0, _wrapped(box), parent=above)
            self._places[box.key] = place
            (above.children if above else roots).append(place)
        self.height = _stack(roots)
        """Rows of the whole drawing."""
        columns: dict[int, list[Place]] = {}
        for place in self._places.values():
            columns.setdefault(place.depth, []).append(place)
        self._columns = [sorted(columns[depth], key=_top) for depth in range(len(columns))]
        self.width = len(columns) * (WIDTH + GAP) - (GAP if columns else 0)
        """Columns of the whole drawing."""

    def place_of(self, key: str) -> Place:
        """Return where the box called *key* is."""
        return self._places[key]

    def key_at(self, x: int, y: int) -> str | None:
        """Return the box that the cell at column *x* of row *y* is part of."""
        depth, column = divmod(x, WIDTH + GAP)
        place = self._at(depth, y) if 0 <= depth < len(self._columns) and column < WIDTH else None
        return place.box.key if place else None

    def neighbour(self, key: str, direction: str) -> str:
        """Return the box `left`, `right`, `up` or `down` of *key*; itself where there is none."""
        place = self._places[key]
        if direction == "left":
            found = place.parent
        elif direction == "right":
            found = place.children[0] if place.children else None
        else:
            column = self._columns[place.depth]
            number = bisect_right(column, place.y, key=_top) - 1
            number += 1 if direction == "down" else -1
            found = column[number] if 0 <= number < len(column) else None
        return (found or place).box.key

    def row(self, y: int, x: int, width: int, chosen: str | None) -> list[Run]:
        """Return what is drawn in row *y* from column *x* on, exactly *width* cells.

        Args:
            y: The row.
            x: The first column.
            width: Cells.
            chosen: The key of the box with a heavy border, if there is one.
        """
        first = x // (WIDTH + GAP)
        runs: list[Run] = []
        for depth in range(first, (x + width) // (WIDTH + GAP) + 1):
            place = self._at(depth, y) if depth < len(self._columns) else None
            if place is None:
                runs.append((" " * WIDTH, "", None))
            else:
                runs += _drawn(place, y, is_chosen=place.box.key == chosen)
            runs += self._lines(depth, y)
        return list(_cropped(runs, x - first * (WIDTH + GAP), width))

    def _at(self, depth: int, y: int) -> Place | None:
        column = self._columns[depth]
        number = bisect_right(column, y, key=_top) - 1
        place = column[number] if number >= 0 else None
        return place if place and y < place.y + place.height else None

    def _lines(self, depth: int, y: int) -> list[Run]:
        """Return the lines in row *y* between the boxes of a column and those of the next."""
        nothing: list[Run] = [(" " * GAP, "", None)]
        if depth + 1 >= len(self._columns):
            return nothing
        column = self._columns[depth + 1]
        number = bisect_right(column, y, key=lambda place: place.middle)
        near = [p for p in column[max(0, number - 1) : number + 1] if p.parent is not None]
        above = next((p.parent for p in near if p.parent and _spans(p.parent, y)), None)
        if above is None:
            return nothing
        middles = [child.middle for child in above.children]
        place = bisect_right(middles, y) - 1
        child = above.children[place] if place >= 0 and middles[place] == y else None
        low, high = min(above.middle, middles[0]), max(above.middle, middles[-1])
        joint = _JOINTS[
            ("l" if y == above.middle else "")
            + ("r" if child else "")
            + ("u" if low < y else "")
            + ("d" if y < high else "")
        ]
        head = "◀─" if y == above.middle else "  "
        if child is None:
            return [(f"{head}{joint}", "edge", None), ("   ", "", None)]
        line, role = _line(child.box)
        return [(f"{head}{joint}", "edge", None), (line * 3, role, None)]


def _top(place: Place) -> int:
    return place.y


def _spans(above: Place, y: int) -> bool:
    middles = above.middle, above.children[0].middle, above.children[-1].middle
    return min(middles) <= y <= max(middles)


def _line(box: Box) -> tuple[str, str]:
    if box.is_linked:
        return "═", "opposes" if box.role == "opposes" else "edge"
    return ("╌", "opposes") if box.role == "opposes" else ("─", "edge")


def _stack(roots: list[Place]) -> int:
    """Give every place its row, children below each other; return the rows of all."""
    bottom = 0
    begun: dict[str, int] = {}
    waiting = list(reversed(roots))
    while waiting:
        place = waiting[-1]
        if place.box.key not in begun:
            begun[place.box.key] = bottom
            if place.children:
                waiting.extend(reversed(place.children))
                continue
        waiting.pop()
        start = begun[place.box.key]
        if place.children:
            middle = (place.children[0].middle + place.children[-1].middle) // 2
            place.y = max(start, middle - place.height // 2)
        else:
            place.y = start
        bottom = max(bottom, place.y + place.height)
    return bottom


def _wrapped(box: Box) -> tuple[str, ...]:
    """Return the words of a box in at most `LINES` lines, cut with a sign."""
    room = WIDTH - 4
    lines = [""]
    for word in f"{box.sign} {box.label} {box.text}".split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= room:
            lines[-1] = joined
        elif len(lines) <= LINES:
            lines.append(word)
    if len(lines) > LINES:
        lines = lines[:LINES]
        lines[-1] = set_cell_size(lines[-1], min(room - 1, cell_len(lines[-1]))) + "…"
    return tuple(set_cell_size(line, room) for line in lines)


def _drawn(place: Place, y: int, *, is_chosen: bool) -> list[Run]:
    """Return row *y* of a box."""
    key, role = place.box.key, place.box.role
    heavy = "┏━┓┃┗┛" if is_chosen else "╭─╮│╰╯"
    border = f"{role} selected" if is_chosen else role
    line = y - place.y
    if line in {0, place.height - 1}:
        left, right = (heavy[0], heavy[2]) if line == 0 else (heavy[4], heavy[5])
        return [(f"{left}{heavy[1] * (WIDTH - 2)}{right}", border, key)]
    words = place.lines[line - 1]
    inner = "text selected" if is_chosen else "text"
    sign = len(place.box.sign) if line == 1 else 0
    return [
        (f"{heavy[3]} {words[:sign]}", border, key),
        (words[sign:], inner, key),
        (f" {heavy[3]}", border, key),
    ]


def _cropped(runs: list[Run], start: int, width: int) -> Iterator[Run]:
    """Yield the cells of *runs* from *start* on, *width* of them; half characters are blanks."""
    place, end = 0, start + width
    for words, role, key in runs:
        size = cell_len(words)
        low, high = max(start, place), min(end, place + size)
        if low < high:
            yield _cells(words, low - place, high - place), role, key
        place += size
    if place < end:
        yield " " * (end - max(start, place)), "", None


def _cells(words: str, first: int, last: int) -> str:
    """Return the cells *first* to *last* of *words*."""
    if words.isascii() or len(words) == cell_len(words):
        return words[first:last]
    found, place = "", 0
    for begin, end, width in split_graphemes(words)[0]:
        if first <= place and place + width <= last:
            found += words[begin:end]
        elif place < last and place + width > first:
            found += " " * (min(last, place + width) - max(first, place))
        place += width
    return found
