"""What falls if something falls: a map before and after some of it is taken away.

Nothing is changed and nothing is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from argmap.errors import MissingError
from argmap.grading import Grade, assessor_shown, by_assessor, grade
from argmap.model.map import label_order
from argmap.model.rating import Rating
from argmap.model.statement import Statement
from argmap.provenance import OriginCount, count_origins, living
from argmap.provenance.corroboration import CRITERION as CORROBORATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source

DIRECTNESS: Final = "directness"
"""The criterion that is 0 where nothing is offered for a claim."""


@frozen
class ClaimOutcome:
    """What becomes of one claim."""

    claim: Statement
    assessor: str | None
    """Whose answers the grades are of; None where nobody rated it."""
    before: OriginCount
    after: OriginCount
    grade_before: Grade
    grade_after: Grade

    @property
    def is_supported(self) -> bool:
        """True while one item for it stands."""
        return self.after.items > 0

    @property
    def is_touched(self) -> bool:
        """True where it has lost an item or an origin."""
        return self.before != self.after


@frozen
class WhatIf:
    """What falls with what was taken away."""

    removed: tuple[Statement | Source, ...]
    dead: tuple[str, ...]
    """Labels of the statements and inferences that stood before, in their order."""
    claims: tuple[ClaimOutcome, ...]
    """Every claim, in the order of labels."""


def what_if(
    argument_map: ArgumentMap,
    removed: Iterable[Statement | Source],
    rubric: Rubric,
    assessor: str | None = None,
    *,
    at_work: str | None = None,
) -> WhatIf:
    """Return what becomes of a map without the statements and sources *removed*.

    The grades are of *assessor* alone; without one, for each claim those that
    `assessor_shown` names, *at_work* before all others.

    Where a claim loses an item or an origin, `corroboration` becomes the lower of
    what was rated and what is now suggested; where it loses its last item,
    `directness` becomes 0. The grade of any other claim stays as it is.
    """
    removed = tuple(removed)
    whole = living(argument_map)
    rest = living(argument_map, [each.id for each in removed])
    before, after = count_origins(whole), count_origins(rest)
    claims = [s for s in argument_map.ordered_statements if s.kind == "claim"]
    outcomes = []
    for claim in claims:
        groups = by_assessor(argument_map, claim, rubric)
        who = assessor or assessor_shown(groups, at_work)
        counts = before[claim.id], after[claim.id]
        outcomes.append(_outcome(claim, *counts, who, groups.get(who or "", []), rubric))
    return WhatIf(removed, _labels(argument_map, rest.dead - whole.dead), tuple(outcomes))


def removable_with(argument_map: ArgumentMap, name: str) -> Statement | Source:
    """Return the statement with the label or id *name*, else the source with the id or name.

    Raises:
        MissingError: there is none, or several sources have that name.
    """
    statement = argument_map.by_label.get(name) or argument_map.statements.get(name)
    if isinstance(statement, Statement):
        return statement
    if name in argument_map.sources:
        return argument_map.sources[name]
    named = [source for source in argument_map.sources.values() if source.name == name]
    if len(named) == 1:
        return named[0]
    here = argument_map.document.id
    message = f"there is no statement and no source {name!r} in {here}; argmap show names them"
    if named:
        ids = ", ".join(sorted(source.id for source in named))
        message = f"{len(named)} sources in {here} are called {name!r}; name one by its id: {ids}"
    raise MissingError(message)


def _outcome(
    claim: Statement,
    before: OriginCount,
    after: OriginCount,
    who: str | None,
    ratings: list[Rating],
    rubric: Rubric,
) -> ClaimOutcome:
    left = ratings
    if before != after:
        left = [_lowered(rating, after.direct.level) for rating in ratings]
    if before.items and not after.items:
        left = _without_directness(left, claim, rubric)
    return ClaimOutcome(
        claim,
        who if ratings else None,
        before,
        after,
        grade(ratings, claim.nature, rubric),
        grade(left, claim.nature, rubric),
    )


def _lowered(rating: Rating, level: int | None) -> Rating:
    """Return *rating* with at most *level*, if there is one, and it is of corroboration."""
    if rating.criterion == CORROBORATION and isinstance(rating.answer, int) and level is not None:
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
