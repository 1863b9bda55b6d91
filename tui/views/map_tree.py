"""The map as a tree whose rows can be folded and filtered."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from attrs import define, field

from argmap.analysis.outline import inferences_under, outline, roots_of
from argmap.model.map import place_order
from argmap.model.statement import Inference, Statement

from .row_moves import changes_order_alone, changes_shape, parent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from argmap.analysis.outline import Mark
    from argmap.model.map import ArgumentMap, Change, Operation


@define(eq=False)
class Node:
    """A row of the tree; a statement with several links has several rows."""

    statement: str
    """Id of the statement."""
    inference: str | None = None
    """Id of the inference to the row above; None for a root."""
    mark: Mark = ""
    parent: Node | None = field(default=None, repr=False)
    children: Sequence[Node] = field(default=(), repr=False)
    """A list once it has a child: empty lists would take as much memory as the rows without."""
    depth: int = 0
    size: int = 1
    """The number of rows in its subtree, visible or not, with the row itself."""

    @property
    def key(self) -> tuple[str | None, str]:
        """The ids of the link and the statement, which together identify the row."""
        return self.inference, self.statement

    def adopt(self, child: Node) -> None:
        """Add *child* as the last row under this one."""
        if isinstance(self.children, list):
            self.children.append(child)
        else:
            self.children = [child]

    @property
    def is_last(self) -> bool:
        """Return whether it is the last row under its parent."""
        return self.parent is None or self.parent.children[-1] is self


@define
class MapTree:
    """The rows of a map, of which `folded` and `shown` decide which are visible."""

    roots: list[Node] = field(factory=list)
    home: dict[str, Node] = field(factory=dict)
    """The row of each statement that has the subtree below it, by the statement's id."""
    visible: list[Node] = field(factory=list)
    folded: set[str] = field(factory=set)
    """Ids of statements whose rows are folded."""
    shown: set[str] | None = None
    """The ids that a filter keeps, with their ancestors; None without a filter."""
    _again: set[str] = field(factory=set)
    _circular: int = 0
    _folded_rows: dict[str, list[Node]] = field(factory=dict)
    """The rows that each fold has removed from `visible`, to unfold it without a walk."""

    def build(self, argument_map: ArgumentMap) -> None:
        """Rebuild all rows from *argument_map*; folds stay."""
        self.roots, self.home, self._again, self._circular = [], {}, set(), 0
        path: list[Node] = []
        for row in outline(argument_map, self.home):
            _close(path, row.depth)
            link = row.inference.id if row.inference else None
            parent = path[-1] if path else None
            node = Node(row.statement.id, link, row.mark, parent, depth=row.depth)
            path.append(node)
            if node.parent is None:
                self.roots.append(node)
                is_circular = row.statement.id in argument_map.inferences_from
                self._circular += is_circular and not row.statement.main
            else:
                node.parent.adopt(node)
            if node.mark:
                self._again.add(node.statement)
            else:
                self.home[node.statement] = node
        _close(path, 0)
        self.flatten()

    def flatten(self) -> None:
        """List the visible rows, from the top."""
        self._folded_rows.clear()
        self.visible = []
        for root in self.roots:
            self.visible.extend(self._seen(root))

    def update(self, argument_map: ArgumentMap, operation: Operation) -> bool:
        """Apply *operation* if it moves no row; return whether it was applied."""
        shapes = [c for c in operation.changes if changes_shape(c)]
        if self.shown is not None:  # with a filter, any edit can hide or show rows
            return False
        if not shapes:
            return True
        self._folded_rows.clear()
        if all(map(changes_order_alone, shapes)):
            return self._reorder(argument_map, shapes)
        added = [c.after for c in shapes if c.before is None]
        removed = [c.before for c in shapes if c.after is None]
        if len(added) == len(shapes):
            return self._add(argument_map, added)
        if len(removed) == len(shapes):
            return self._remove(removed)
        return False

    def toggle(self, node: Node, *, fold: bool | None = None) -> None:
        """Fold the rows under *node*, or unfold them, in the list of visible rows."""
        if not node.children or node.mark or self.shown is not None:
            return
        was = node.statement in self.folded
        now = not was if fold is None else fold
        if was == now:
            return
        place = self.index(node)
        if now:
            self.folded.add(node.statement)
            below = slice(place + 1, self._end(node))
            self._folded_rows[node.statement] = self.visible[below]
            del self.visible[below]
        else:
            self.folded.discard(node.statement)
            rows = self._folded_rows.pop(node.statement, None)
            self.visible[place + 1 : place + 1] = rows or islice(self._seen(node), 1, None)

    def fold_below(self, most: int) -> None:
        """Fold deep levels so that at most *most* rows are visible, if that is possible."""
        self.folded.clear()
        self.folded.update(node.statement for node in self.home.values() if node.children)
        level, seen = self.roots, len(self.roots)
        while level:
            homes = [node for node in level if not node.mark]
            level = [child for node in homes for child in node.children]
            seen += len(level)
            if seen > most:
                break
            self.folded.difference_update(node.statement for node in homes)
        self.flatten()

    def index(self, node: Node | None) -> int:
        """Return the number of *node*'s row, else of the folded row that hides it, else 0."""
        while node is not None:
            try:
                return self.visible.index(node)
            except ValueError:
                node = node.parent
        return 0

    def rows(self) -> Iterator[Node]:
        """Yield every row from the top, including hidden ones."""
        waiting = self.roots[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def lets_through(self, statement: str) -> bool:
        """Return whether the filter, if there is one, keeps *statement*, an id."""
        return self.shown is None or statement in self.shown

    def places_past(self, node: Node, siblings: Sequence[str], by: int) -> int:
        """Return how far *node* has to move to pass its next visible sibling.

        Args:
            node: A row.
            siblings: Ids that the row and its siblings are ordered by, in that order.
            by: 1 for down, -1 for up.

        Returns:
            A number of places with the sign of *by*; 0 where a filter keeps no sibling there.
        """
        if self.shown is None:
            return by
        rows = node.parent.children if node.parent else self.roots
        seen = {_place_id(row) for row in rows if self.lets_through(row.statement)}
        here = siblings.index(_place_id(node))
        further = siblings[here + 1 :] if by > 0 else siblings[:here][::-1]
        return next((by * n for n, id_ in enumerate(further, 1) if id_ in seen), 0)

    def nearest(self, node: Node, before: Sequence[Node]) -> int:
        """Return the number of the visible row nearest to *node* after a change.

        Args:
            node: A row as it was before the change; it may be hidden or removed now.
            before: The rows around it before the change, in order.

        Returns:
            The row of the same statement, else of the nearest ancestor, else of the nearest
            neighbour; 0 where none of them is visible.
        """
        numbers = {each.key: number for number, each in enumerate(self.visible)}
        above: Node | None = node
        while above is not None:
            home = self.home.get(above.statement)
            for key in (above.key, home.key if home else None):
                if key in numbers:
                    return numbers[key]
            above = above.parent
        here = next((n for n, each in enumerate(before) if each is node), 0)
        left = (
            (abs(place - here), numbers[each.key])
            for place, each in enumerate(before)
            if each.key in numbers
        )
        return min(left, default=(0, 0))[1]

    def reveal(self, statement: str) -> int:
        """Unfold the ancestors of *statement*, and return the number of its row."""
        node = self.home.get(statement)
        above = node.parent if node else None
        hidden = False
        while above is not None:
            hidden |= above.statement in self.folded
            self.folded.discard(above.statement)
            above = above.parent
        if hidden:
            self.flatten()
        return self.index(node)

    def filter(self, wanted: Callable[[str], bool] | None) -> None:
        """Show only statements whose ids are *wanted*, and their ancestors; None for all."""
        if wanted is None:
            self.shown = None
        else:
            self.shown = set()
            for id_, node in self.home.items():
                above: Node | None = node if wanted(id_) else None
                while above is not None and above.statement not in self.shown:
                    self.shown.add(above.statement)
                    above = above.parent
        self.flatten()

    def _seen(self, node: Node) -> Iterator[Node]:
        shown, folded = self.shown, self.folded
        # No recursion: a chain of a thousand links is legal.
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if shown is not None and node.statement not in shown:
                continue
            yield node
            if node.children and (shown is not None or node.statement not in folded):
                waiting.extend(reversed(node.children))

    def _end(self, node: Node) -> int:
        """Return the number of the first row after the visible subtree of *node*."""
        above: Node | None = node
        while above is not None:
            siblings = above.parent.children if above.parent else self.roots
            if siblings[-1] is not above:
                return self.index(siblings[siblings.index(above) + 1])
            above = above.parent
        return len(self.visible)

    def _add(self, argument_map: ArgumentMap, added: Iterable[object]) -> bool:
        """Add one new statement, as a root or as the last row under a known one."""
        statements = [e for e in added if isinstance(e, Statement)]
        inferences = [e for e in added if isinstance(e, Inference)]
        if len(statements) != 1 or len(inferences) > 1:
            return False
        new = statements[0]
        if not inferences:
            return self._add_root(argument_map, new)
        parent = self.home.get(inferences[0].conclusion)
        if parent is None or inferences[0].premises != (new.id,) or new.main:
            return False
        is_last = argument_map.inferences_to[inferences[0].conclusion][-1].id == inferences[0].id
        if not is_last:  # only the last place is known without sorting the siblings
            return False
        node = Node(new.id, inferences[0].id, "", parent, depth=parent.depth + 1)
        at = self.index(parent)
        is_seen = self.visible[at] is parent and parent.statement not in self.folded
        end = self._end(parent) if is_seen else 0
        parent.adopt(node)
        _resize(parent, 1)
        self.home[new.id] = node
        if is_seen:
            self.visible.insert(end, node)
        return True

    def _add_root(self, argument_map: ArgumentMap, new: Statement) -> bool:
        if new.main or new.id in argument_map.inferences_from:
            return False
        statements = argument_map.statements
        main = argument_map.main_claim
        first = 1 if main is not None and main.id in argument_map.inferences_from else 0
        place = bisect_left(
            self.roots,
            place_order(new),
            lo=first,
            hi=max(first, len(self.roots) - self._circular),
            key=lambda node: place_order(statements[node.statement]),
        )
        node = Node(new.id)
        at = self.index(self.roots[place]) if place < len(self.roots) else len(self.visible)
        self.roots.insert(place, node)
        self.home[new.id] = node
        self.visible.insert(at, node)
        return True

    def _reorder(self, argument_map: ArgumentMap, shapes: Iterable[Change]) -> bool:
        """Reorder siblings; return False if that could change other rows."""
        found = (parent_of(argument_map, change.entity) for change in shapes)
        above = {id_ for id_ in found if id_ is not None}
        if self._again or not above <= self.home.keys() | {""}:
            return False
        places: dict[str, int] = {}
        for id_ in filter(None, above):
            under = inferences_under(argument_map, id_)
            places |= {inference.id: place for place, inference in enumerate(under)}
        if "" in above:
            places |= {root.id: place for place, root in enumerate(roots_of(argument_map))}
        parents = [self.home[id_] for id_ in above if id_]
        moved = [parent.children for parent in parents] + [self.roots] * ("" in above)
        if any(_place_id(node) not in places for siblings in moved for node in siblings):
            return False  # a root with a link, but one that leads to no statement
        for parent in parents:
            parent.children = sorted(parent.children, key=lambda n: places[_place_id(n)])
        if "" in above:
            self.roots.sort(key=lambda node: places[_place_id(node)])
        self.flatten()
        return True

    def _remove(self, removed: Iterable[object]) -> bool:
        """Remove one statement that has one row and no rows under it."""
        gone = [e for e in removed if isinstance(e, Statement)]
        inferences = {e.id for e in removed if isinstance(e, Inference)}
        if any(len(e.premises) > 1 for e in removed if isinstance(e, Inference)):
            return False  # the other premises of the link may become roots
        node = self.home.get(gone[0].id) if len(gone) == 1 else None
        if node is None or node.children or node.statement in self._again:
            return False
        if inferences != ({node.inference} if node.inference else set()):
            return False
        at = self.index(node)
        if self.visible[at] is node:
            del self.visible[at]
        if node.parent is None:
            self.roots.remove(node)
        else:
            node.parent.children = [child for child in node.parent.children if child is not node]
        _resize(node.parent, -1)
        del self.home[node.statement]
        return True


def _close(path: list[Node], depth: int) -> None:
    """Leave the rows of *path* from *depth* on, whose subtrees are complete."""
    while len(path) > depth:
        node = path.pop()
        if node.parent is not None:
            node.parent.size += node.size


def _resize(node: Node | None, by: int) -> None:
    """Add *by* to the size of *node* and of all its ancestors."""
    while node is not None:
        node.size += by
        node = node.parent


def _place_id(node: Node) -> str:
    """Return the id that *node* is ordered by among its siblings."""
    return node.inference or node.statement
