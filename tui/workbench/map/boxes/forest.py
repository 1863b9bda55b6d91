"""A forest of boxes, packed into rows as closely as possible.

Each box is centred on its children.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen
class Box:
    """The content of a box, and its parent."""

    key: str
    """The key of the box, unique among all boxes."""
    parent: str | None
    """The key of the box to its left; None for a root."""
    sign: str
    """The sign of the statement, one cell wide."""
    label: str
    text: str
    """The text of the statement, safe to draw."""
    role: str
    """The style of its border; lines from an `opposes` box are dashed."""
    linked: bool
    """True for a linked premise; linked premises are neighbours with the same group."""
    group: str
    """The id of the inference that links it to its parent."""
    look: str = ""
    """An additional style of its text; empty for none."""


@define(eq=False)
class BoxNode:
    """A box with its position in the forest."""

    box: Box
    parent: BoxNode | None
    depth: int
    lines: list[str]
    y: int = 0  # relative to the parent while the forest is packed, then from the top
    children: list[BoxNode] = field(factory=list)

    @property
    def height(self) -> int:
        """Rows of the box with its border."""
        return len(self.lines) + 2

    @property
    def middle(self) -> int:
        """The row in which lines meet the box."""
        return self.y + (self.height - 1) // 2

    @property
    def bottom(self) -> int:
        """The first row below the box."""
        return self.y + self.height


@define
class _Contour:
    """The top row and the row below the bottom of a packed subtree, per level.

    The deepest level comes first.
    """

    tops: list[int] = field(factory=list)
    lows: list[int] = field(factory=list)
    shift: int = 0  # added to its rows when it joins a larger part: moving it costs nothing
    root: int = 0  # the first row of its root node


def top_of(node: BoxNode) -> int:
    """Return the first row of *node*; the nodes of a column are sorted by it."""
    return node.y


def pack(nodes: Sequence[BoxNode]) -> None:
    """Give every node its row; parents come before their children in *nodes*.

    Source: Reingold and Tilford 1981, Tidier drawings of trees, turned on its side. The shorter of
    two contours is merged into the longer one, so that the total work is linear.
    """
    done: dict[str, _Contour] = {}
    # Children come first in reverse order, so that a deep map needs no recursion.
    for node in reversed(nodes):
        contour = _stack(node.children, [done.pop(child.box.key) for child in node.children], 0)
        if node.children:
            middle = (node.children[0].middle + node.children[-1].middle) // 2
            node.y = middle - (node.height - 1) // 2
        for child in node.children:
            child.y -= node.y
        contour.root = node.y - contour.shift
        contour.tops.append(contour.root)
        contour.lows.append(contour.root + node.height)
        done[node.box.key] = contour
    roots = [node for node in nodes if node.parent is None]
    _stack(roots, [done[root.box.key] for root in roots], 1)
    for node in nodes:
        node.y += node.parent.y if node.parent else 0
    top = min((node.y for node in nodes), default=0)
    for node in nodes:
        node.y -= top


def _stack(nodes: Sequence[BoxNode], contours: Sequence[_Contour], apart: int) -> _Contour:
    """Stack *nodes* as closely as possible, and return their common contour.

    Args:
        nodes: Siblings.
        contours: Their contours in the same order; they are changed.
        apart: Blank rows between siblings. Their descendants are one row apart.
    """
    whole = contours[0] if contours else _Contour()
    for number, (node, part) in enumerate(zip(nodes, contours, strict=True)):
        if number:
            whole = _joined(whole, part, apart)
        else:
            part.shift = 0
        node.y = part.root + part.shift
    return whole


def _joined(upper: _Contour, lower: _Contour, apart: int) -> _Contour:
    """Place *lower* below *upper*, and return the contour of both."""
    levels = range(-min(len(upper.tops), len(lower.tops)), 0)
    lower.shift = upper.shift + max(
        upper.lows[level] - lower.tops[level] + (apart if level == -1 else 1) for level in levels
    )
    between = lower.shift - upper.shift
    if len(upper.tops) >= len(lower.tops):
        for level in levels:
            upper.lows[level] = lower.lows[level] + between
        return upper
    for level in levels:
        lower.tops[level] = upper.tops[level] - between
    return lower
