"""What-if analysis: a map before and after some statements and sources are removed.

The map itself is not changed, and the result is not stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from argmap.errors import MissingError
from argmap.model.map import label_order
from argmap.model.rating import Rating
from argmap.model.statement import Statement
from argmap.rubrics import shipped_rubrics
from argmap.text.name_lookup import find_id

from .grading import Grade, assessor_shown, by_assessor, grade
from .losses import answers_lost, is_main_item_lost, same_origin
from .provenance import OriginCount, count_origins, live_map_of
from .provenance.corroboration import CRITERION as CORROBORATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from argmap.model.statement import Inference

DIRECTNESS: Final = "directness"
"""The criterion that is 0 for a claim without items."""

_OF_MAIN_ITEM: Final = frozenset({DIRECTNESS, "fit", "currency"})
"""The criteria of the shipped rubrics that are rated about the main item."""

_ATTRIBUTION: Final = "attribution"
"""The block of the shipped rubrics that is rated about the main item."""

_CONTRARY: Final = "contrary"
"""The criterion whose highest level asks for an answer to contrary evidence."""

_MOST_UNANSWERED: Final = 3
"""The highest level of `contrary` after an answer fell."""


@frozen
class Loss:
    """The losses of one claim."""

    before: OriginCount
    """The items and origins of the claim on the map as it is."""
    after: OriginCount
    """The items and origins that remain."""
    main_item_died: bool
    """True if the main item no longer supports the claim."""
    dead_answers: tuple[str, ...]
    """Labels of fallen statements that answered live opposition to the claim."""

    @property
    def is_supported(self) -> bool:
        """True while the claim has a live item."""
        return self.after.items > 0

    @property
    def is_counted(self) -> bool:
        """True if the claim lost an item, an origin, or a level of suggested corroboration."""
        pairs = ((self.before, self.after), (self.before.direct, self.after.direct))
        return self.before.direct.level != self.after.direct.level or any(
            (a.items, a.n_min, a.n_max) != (b.items, b.n_min, b.n_max) for a, b in pairs
        )

    @property
    def is_touched(self) -> bool:
        """True if the claim lost an item, an origin, or an answer to contrary evidence."""
        return self.is_counted or self.main_item_died or bool(self.dead_answers)

    @property
    def losses(self) -> str:
        """The losses other than items and origins, as clauses; empty if there are none."""
        clauses = []
        if self.main_item_died and self.is_supported:
            clauses.append("its main item fell, so ratings about that item do not count")
        if self.dead_answers:
            clauses.append(f"answers to contrary evidence fell: {', '.join(self.dead_answers)}")
        return "; ".join(clauses)


@frozen
class ClaimOutcome(Loss):
    """The losses of one claim, with its grade before and after."""

    claim: Statement
    assessor: str | None
    """The assessor of both grades; None if the claim has no ratings."""
    grade_before: Grade
    grade_after: Grade

    @property
    def is_changed(self) -> bool:
        """True if the claim's count in words, its grade or its losses changed."""
        counts = (self.before.summary, self.after.summary)
        return counts[0] != counts[1] or self.grade_before != self.grade_after or bool(self.losses)


@frozen
class WhatIf:
    """The result of a what-if analysis."""

    removed: tuple[Statement | Source, ...]
    dead: tuple[str, ...]
    """Labels of the statements and inferences that fell, the removed ones too, in order."""
    claims: tuple[ClaimOutcome, ...]
    """Every claim, in the order of labels."""
    same_origin: tuple[str, ...] = ()
    """Ids of the live sources that share an origin with a removed one, sorted."""
    fallen: tuple[Statement | Inference, ...] = ()
    """The members of `dead` that were not removed themselves, in the same order."""

    @property
    def items(self) -> list[str]:
        """Labels of the statements that fell with the removed ones."""
        return [entity.label for entity in self.fallen if isinstance(entity, Statement)]

    @property
    def links(self) -> int:
        """Number of inferences that fell."""
        return len(self.fallen) - len(self.items)


def what_if(
    argument_map: ArgumentMap,
    removed: Iterable[Statement | Source],
    rubric: Rubric,
    assessor: str | None = None,
    *,
    preferred: str | None = None,
) -> WhatIf:
    """Return the changes to a map without the statements and sources *removed*.

    The grades are those of *assessor*. Without one, they are those of the assessor that
    `assessor_shown` returns for each claim, *preferred* before all others.

    Where a claim loses an item, an origin or a level of suggested corroboration,
    `corroboration` becomes the lower of its rating and the level suggested now, if any. Where
    it loses its last item, `directness` becomes 0. Under a rubric that argmap ships, two
    more rules apply: if the main item fell and another item is live, the ratings about the
    main item count as not rated; if an answer to contrary evidence fell, `contrary` becomes at
    most 3. The grade of any other claim does not change.

    Source: the rules are argmap's own; ratings of evidence that is gone say nothing about the
    evidence that is left.
    """
    removed = tuple(removed)
    whole = live_map_of(argument_map)
    remaining = live_map_of(argument_map, [each.id for each in removed])
    before, after = count_origins(whole), count_origins(remaining)
    outcomes = []
    for claim in argument_map.ordered_statements:
        if claim.kind != "claim":
            continue
        groups = by_assessor(argument_map, claim, rubric)
        who = assessor or assessor_shown(groups, preferred)
        counts = before[claim.id], after[claim.id]
        loss = Loss(
            *counts,
            is_main_item_lost(whole, remaining, claim, *counts),
            _labels(argument_map, answers_lost(whole, remaining, claim.id)),
        )
        outcomes.append(_outcome(claim, who, groups.get(who or "", []), loss, rubric))
    dead = _labels(argument_map, remaining.dead - whole.dead)
    fallen = (argument_map.by_label[label] for label in dead)
    not_removed = tuple(each for each in fallen if each.id not in remaining.removed)
    return WhatIf(removed, dead, tuple(outcomes), same_origin(remaining), not_removed)


def removable_with(argument_map: ArgumentMap, name: str) -> Statement | Source:
    """Find the statement with the label or id *name*, else the source called *name*.

    A source is found by its id, its name, or a unique beginning of one of them.

    Raises:
        MissingError: there is none, or several sources match.
    """
    statement = argument_map.by_label.get(name) or argument_map.statements.get(name)
    if isinstance(statement, Statement):
        return statement
    rows = [(source.id, source.name) for source in argument_map.sources.values()]
    found = find_id(sorted(rows), name)
    if found is None:
        document = argument_map.document.id
        message = f"no statement or source {name!r} in {document}; list them with argmap show"
        raise MissingError(message)
    return argument_map.sources[found]


def _outcome(
    claim: Statement, who: str | None, ratings: list[Rating], loss: Loss, rubric: Rubric
) -> ClaimOutcome:
    left = _left(ratings, loss, rubric)
    if not loss.is_supported and (loss.before.items or loss.main_item_died):
        left = _without_directness(left, claim, rubric)
    before = grade(ratings, claim.nature, rubric)
    after = before if left == ratings else grade(left, claim.nature, rubric)
    parts = (loss.before, loss.after, loss.main_item_died, loss.dead_answers)
    return ClaimOutcome(*parts, claim, who if ratings else None, before, after)


def _left(ratings: list[Rating], loss: Loss, rubric: Rubric) -> list[Rating]:
    """Return the *ratings* of a claim that are still valid after its loss."""
    left = ratings
    if loss.is_counted:
        left = [_lowered(r, CORROBORATION, loss.after.direct.level) for r in left]
    if rubric not in shipped_rubrics():
        return left
    if loss.main_item_died and loss.is_supported:
        dropped = _OF_MAIN_ITEM.union(
            c.id for block in rubric.blocks if block.id == _ATTRIBUTION for c in block.criteria
        )
        left = [r for r in left if r.criterion not in dropped]
    if loss.dead_answers:
        left = [_lowered(r, _CONTRARY, _MOST_UNANSWERED) for r in left]
    return left


def _lowered(rating: Rating, criterion: str, level: int | None) -> Rating:
    """Return *rating* with at most *level*, if it is about *criterion* and *level* is not None."""
    if rating.criterion == criterion and isinstance(rating.answer, int) and level is not None:
        return evolve(rating, answer=min(rating.answer, level))
    return rating


def _without_directness(
    ratings: Iterable[Rating], claim: Statement, rubric: Rubric
) -> list[Rating]:
    """Return *ratings* with 0 for directness, unless that cannot apply to *claim*."""
    kept = [r for r in ratings if r.criterion != DIRECTNESS or r.answer == "not_applicable"]
    if DIRECTNESS not in rubric.criteria or any(r.criterion == DIRECTNESS for r in kept):
        return kept
    nothing = Rating("~", rubric.id, rubric.version, DIRECTNESS, "argmap", 0, statement=claim.id)
    return [*kept, nothing]


def _labels(argument_map: ArgumentMap, ids: Collection[str]) -> tuple[str, ...]:
    entities = (argument_map.statements.get(id_) or argument_map.inferences[id_] for id_ in ids)
    return tuple(sorted((entity.label for entity in entities), key=label_order))
