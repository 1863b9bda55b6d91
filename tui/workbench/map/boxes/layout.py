"""Boxes and lines from left to right; any part can be drawn by itself.

A box is centred on its children. An arrow head points at the conclusion, a dashed line opposes,
and a double upright is a bracket: it joins linked premises, and one line leads from it to the
conclusion.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen
from rich.cells import cell_len

from .forest import Box, BoxNode, pack, top_of
from .text_layout import collapse_blanks, shorten, slice_cells, wrap_in_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["GAP", "Box", "BoxLayout", "BoxPlace", "CellRun", "Direction"]

Direction = Literal["left", "right", "up", "down"]
CellRun = tuple[str, str, str | None]
"""A run of cells: its characters, style names, and the key of its box or None."""

GAP: Final = 6
"""Number of columns between a box and its children."""

_NARROWEST: Final = 12
_LIGHT: Final = "╭─╮│╰╯"
_HEAVY: Final = "┏━┓┃┗┛"
_TRUNK: Final = {
    "l": "─", "r": "─", "lr": "─", "ud": "│", "ld": "┐", "lu": "┘", "rd": "┌", "ru": "└",
    "lud": "┤", "rud": "├", "lrd": "┬", "lru": "┴", "lrud": "┼",
}  # fmt: skip
"""The line characters that join left, right, up and down."""
_BRACKET: Final = {
    "rd": "╓", "ru": "╙", "ud": "║", "rud": "╟", "lud": "╢", "lrud": "╫",
}  # fmt: skip


@frozen
class BoxPlace:
    """The position and size of a box, in cells from the top left of the drawing."""

    x: int
    y: int
    width: int
    height: int


@frozen
class _Joint:
    """The lines of one inference."""

    first: int
    """The row of its first premise; `last` is the row of its last one."""
    last: int
    opposes: bool

    @property
    def row(self) -> int:
        """The row of the line to the trunk."""
        return (self.first + self.last) // 2


@frozen
class _Fan:
    """The lines from a box to its children."""

    middle: int
    joints: list[_Joint]
    premises: list[BoxNode]
    opposes: bool
    """True if all its inferences oppose."""


class BoxLayout:
    """Boxes with their positions; no two of them overlap."""

    def __init__(
        self,
        boxes: Sequence[Box],
        box_width: int = 28,
        corner: Callable[[str, int], str] = lambda _key, _room: "",
    ) -> None:
        """Lay out *boxes*; a box whose parent is missing becomes a root.

        Args:
            boxes: The boxes, each after its parent.
            box_width: Cells of each box.
            corner: Returns the words at the right of the first row of a box, given its key and the
                free cells. It is called when that row is drawn.
        """
        self._corner = corner
        self._box_width = max(_NARROWEST, box_width)
        self._step = self._box_width + GAP
        self._nodes: dict[str, BoxNode] = {}
        for box in boxes:
            # An edit may have removed the parent before the rows below it were rebuilt.
            parent = None if box.parent is None else self._nodes.get(box.parent)
            lines = wrap_in_box(box.text, self._box_width - 4)
            node = BoxNode(box, parent, parent.depth + 1 if parent else 0, lines)
            self._nodes[box.key] = node
            if parent:
                parent.children.append(node)
        pack(list(self._nodes.values()))
        self._columns: list[list[BoxNode]] = []
        for node in self._nodes.values():
            if node.depth == len(self._columns):
                self._columns.append([])
            self._columns[node.depth].append(node)
        # In order of rows, so that drawing and clicks find a box by bisection in any map.
        for column in self._columns:
            column.sort(key=top_of)
        self._fans = [[_fan(n) for n in column if n.children] for column in self._columns]
        self.width = max(0, len(self._columns) * self._step - GAP)
        """Columns of the whole drawing."""
        self.height = max((node.bottom for node in self._nodes.values()), default=0)
        """Rows of the whole drawing."""

    def place_of(self, key: str) -> BoxPlace:
        """Return the position and size of the box *key*."""
        node = self._nodes[key]
        return BoxPlace(node.depth * self._step, node.y, self._box_width, node.height)

    def key_at(self, x: int, y: int) -> str | None:
        """Return the key of the box at column *x* of row *y*; None if there is none."""
        depth, column = divmod(x, self._step)
        node = self._at(depth, y) if column < self._box_width else None
        return node.box.key if node else None

    def neighbour(self, key: str, direction: Direction) -> str:
        """Return the key of the next box in *direction*; *key* itself if there is none.

        `left` is the parent, `right` the first child; `up` and `down` stay in the column.
        """
        node = self._nodes[key]
        if direction == "left":
            target = node.parent
        elif direction == "right":
            target = node.children[0] if node.children else None
        else:
            column = self._columns[node.depth]
            number = bisect_right(column, node.y, key=top_of) + (-2 if direction == "up" else 0)
            target = column[number] if 0 <= number < len(column) else None
        return (target or node).box.key

    def row(self, y: int, x: int, width: int, selected: str | None) -> list[CellRun]:
        """Return exactly *width* cells of row *y*, starting at column *x*.

        Args:
            y: The row; a row outside the drawing is blank.
            x: The first column; it may be outside the drawing too.
            width: The number of cells.
            selected: The key of the box with a heavy border; its style names end in `selected`.
        """
        runs: list[CellRun] = []
        reached, end = x, x + width
        for column, words, role, key in self._pieces(y, x, end, selected):
            first, last = max(column, x), min(column + cell_len(words), end)
            if first < last:
                if reached < first:
                    runs.append((" " * (first - reached), "", None))
                runs.append((slice_cells(words, first - column, last - column), role, key))
                reached = last
        if reached < end:
            runs.append((" " * (end - reached), "", None))
        return runs

    def _pieces(
        self, y: int, x: int, end: int, selected: str | None
    ) -> Iterator[tuple[int, str, str, str | None]]:
        """Yield column, words, styles and key of each piece of a row between two columns."""
        # Only columns in view are visited, so that a row costs the same in a map of any width.
        for depth in range(max(0, x // self._step), min(len(self._columns), end // self._step + 1)):
            column = depth * self._step
            node = self._at(depth, y)
            is_selected = node is not None and node.box.key == selected
            drawn = self._box_row(node, y, is_selected=is_selected) if node else []
            for words, role, key in drawn:
                yield column, words, role, key
                column += cell_len(words)
            column = depth * self._step + self._box_width
            for words, role in _fan_row(self._fans[depth], y):
                yield column, words, role, None
                column += len(words)

    def _box_row(self, node: BoxNode, y: int, *, is_selected: bool) -> list[CellRun]:
        """Return row *y* of a box."""
        box, line, width = node.box, y - node.y, self._box_width
        selection = " selected" if is_selected else ""
        a, b, c, upright, d, e = _HEAVY if is_selected else _LIGHT
        if line == 0:
            title = shorten(collapse_blanks(f"{box.sign} {box.label}"), width - 5)
            room = width - 6 - cell_len(title)
            # Grades change with every rating; asked for here, they need no new layout.
            corner = self._corner(box.key, room)
            end = f" {corner}" if corner else ""
            rule = b * (width - 4 - cell_len(title) - cell_len(end))
            return [(f"{a} {title} {rule}{end}{c}", box.role + selection, box.key)]
        if line == node.height - 1:
            return [(f"{d}{b * (width - 2)}{e}", box.role + selection, box.key)]
        words = node.lines[line - 1]
        border = (upright, box.role + selection, box.key)
        padding = " " * (width - 3 - cell_len(words))
        text = f"text{selection}", box.key
        if not box.look:
            return [border, (f" {words}{padding}", *text), border]
        looked = (words, f"text {box.look}{selection}", box.key)
        return [border, (" ", *text), looked, (padding, *text), border]

    def _at(self, depth: int, y: int) -> BoxNode | None:
        if not 0 <= depth < len(self._columns):
            return None
        number = bisect_right(self._columns[depth], y, key=top_of) - 1
        node = self._columns[depth][number] if number >= 0 else None
        return node if node and y < node.bottom else None


def _fan(node: BoxNode) -> _Fan:
    """Return the lines to *node*; an inference opposes if any of its premises does."""
    joints: list[_Joint] = []
    groups = groupby(
        node.children, lambda child: child.box.group if child.box.linked else id(child)
    )
    for _, members in groups:
        group = list(members)
        opposes = any(child.box.role == "opposes" for child in group)
        joints.append(_Joint(group[0].middle, group[-1].middle, opposes))
    return _Fan(node.middle, joints, node.children, all(joint.opposes for joint in joints))


def _fan_row(fans: Sequence[_Fan], y: int) -> list[tuple[str, str]]:
    """Return the `GAP` cells of lines to the right of a column in row *y*, if any."""
    number = bisect_right(fans, y, key=lambda fan: fan.joints[0].first) - 1
    fan = fans[number] if number >= 0 else None
    if fan is None or y > fan.joints[-1].last:
        return []
    joint = fan.joints[bisect_right(fan.joints, y, key=lambda joint: joint.first) - 1]
    line, role = ("╌", "opposes") if joint.opposes else ("─", "edge")
    if joint.first == joint.last:
        branch = (line if y == joint.row else " ") * 3
    else:
        number = bisect_right(fan.premises, y, key=lambda premise: premise.middle) - 1
        has_premise = fan.premises[number].middle == y
        bracket = _sides(y, joint.first, joint.last, left=y == joint.row, right=has_premise)
        branch = (line if y == joint.row else " ") + _BRACKET.get(bracket, " ")
        branch += line if has_premise and bracket else " "
    return [_trunk(fan, joint, y), (branch, role)]


def _trunk(fan: _Fan, joint: _Joint, y: int) -> tuple[str, str]:
    """Return the arrow head and the trunk in row *y*, three cells, and their style."""
    line, role = ("╌", "opposes") if fan.opposes else ("─", "edge")
    head = f"◀{line}" if y == fan.middle else "  "
    if len(fan.joints) == 1:  # a straight line needs no trunk
        return head + (line if y == fan.middle else " "), role
    ends = fan.joints[0].row, fan.joints[-1].row
    sides = _sides(y, *ends, left=y == fan.middle, right=y == joint.row)
    # Unicode has a dashed upright, but no dashed corners or branches.
    return head + ("╎" if fan.opposes and sides == "ud" else _TRUNK.get(sides, " ")), role


def _sides(y: int, first: int, last: int, *, left: bool, right: bool) -> str:
    """Return the sides on which row *y* of an upright line has a connection.

    The line runs from row *first* to *last*. The sides are letters of `lrud`; empty outside it.
    """
    if not first <= y <= last:
        return ""
    return "l" * left + "r" * right + "u" * (first < y) + "d" * (y < last)
