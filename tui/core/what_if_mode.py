"""What-if mode: the map without some statements or sources. Nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import define, field
from rich.cells import cell_len

from argmap.model.statement import Statement
from argmap.text.display import counted, visible
from tui.look.cells import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.analysis.what_if import ClaimOutcome, WhatIf
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from tui.views.map_tree import Node
    from tui.views.row_looks import Looks

Fate = Literal["", "removed", "fallen", "unlinked"]
"""The fate of a row: taken away, fallen, or with a fallen link; else empty."""

SIGNS: Final = {"removed": "⊗", "fallen": "†", "unlinked": "╳"}
"""The sign of each fate, drawn in place of the row's usual sign."""

_MOST_NAMES: Final = 4
_LONGEST: Final = 28


@define(eq=False)
class WhatIfMode:
    """The statements and sources taken away from one map, and the result.

    An edit makes another map, and therefore ends the mode.
    """

    removed: dict[str, Statement | Source] = field(factory=dict)
    """Statements and sources by id, in the order in which they were taken away."""
    result: WhatIf | None = None
    rubric: Rubric | None = None
    """The rubric under which claims are graded before and after."""
    _outcomes: dict[str, ClaimOutcome] = field(factory=dict)
    _dead: frozenset[str] = frozenset()

    def enter(
        self,
        argument_map: ArgumentMap,
        removed: dict[str, Statement | Source],
        result: WhatIf,
        rubric: Rubric,
    ) -> None:
        """Enter the mode: *removed* are taken away from *argument_map*, with *result*."""
        self.removed, self.result, self.rubric = removed, result, rubric
        self._dead = frozenset(argument_map.by_label[label].id for label in result.dead)
        self._outcomes = {
            outcome.claim.id: outcome
            for outcome in result.claims
            if outcome.is_touched and outcome.claim.id not in self._dead
        }

    def clear(self) -> None:
        """Leave the mode."""
        self.removed, self.result, self.rubric = {}, None, None
        self._outcomes, self._dead = {}, frozenset()

    @property
    def is_on(self) -> bool:
        """Return whether anything is taken away."""
        return bool(self.removed)

    def outcome(self, claim: str) -> ClaimOutcome | None:
        """Return the outcome for the claim *claim*, an id; None if nothing changes."""
        return self._outcomes.get(claim)

    def has_fallen(self, statement: str) -> bool:
        """Return whether the statement with the id *statement* is taken away or falls."""
        return statement in self.removed or statement in self._dead

    def fate(self, node: Node) -> Fate:
        """Return the fate of a row; empty if nothing happens to it."""
        if node.statement in self.removed:
            return "removed"
        if node.statement in self._dead:
            return "fallen"
        return "unlinked" if node.inference in self._dead else ""

    def looks(self, node: Node, looks: Looks) -> Looks:
        """Return *looks* with the sign of the row's fate."""
        fate = self.fate(node)
        return looks._replace(sign=SIGNS[fate]) if fate else looks

    @property
    def title(self) -> str:
        """The names of everything taken away, such as "without UN report"."""
        names = [entity.label if isinstance(entity, Statement) else entity.name
                 for entity in self.removed.values()]  # fmt: skip
        return f"without {join_names(names)}"

    @property
    def count(self) -> str:
        """The number of items taken away, where there is no room for names."""
        are_statements = {isinstance(entity, Statement) for entity in self.removed.values()}
        is_mixed = len(are_statements) > 1
        word = "item" if is_mixed else "statement" if True in are_statements else "source"
        return f"without {counted(len(self.removed), word)}"

    @property
    def falls(self) -> str:
        """The number of items and links that fall, in words."""
        if self.result is None or not self.result.fallen:
            return "nothing else falls"
        items, links = len(self.result.items), self.result.links
        parts = [f"{counted(items, 'item')} †"] if items else []
        parts += [f"{counted(links, 'link')} ╳"] if links else []
        return f"{' and '.join(parts)} {'falls' if items + links == 1 else 'fall'}"

    @property
    def unsupported(self) -> list[str]:
        """Labels of the remaining claims that have lost all of their support."""
        return [
            outcome.claim.label
            for outcome in self._outcomes.values()
            if outcome.before.items and not outcome.is_supported
        ]

    @property
    def summary(self) -> str:
        """The falls, and the claims that have no support left."""
        return self.falls + (
            f", ∅ no support left for {join_names(self.unsupported)}" if self.unsupported else ""
        )

    @property
    def short_summary(self) -> str:
        """The summary without names."""
        return self.falls + (
            f", {counted(len(self.unsupported), 'claim')} ∅" if self.unsupported else ""
        )


def join_names(names: Sequence[str]) -> str:
    """Join the first of *names*, safe to draw, and count the others."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    shown = map(visible, names[:_MOST_NAMES])
    return ", ".join(cut(name, min(_LONGEST, cell_len(name))) for name in shown) + more
