"""All rules of findings, and the findings of a map in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import attribution, contrary, dates, evidence, items, structure, wording
from .copying import NO_OTHER_DOCUMENTS
from .finding import SEVERITIES, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import ArgumentMap

    from .copying import OtherDocuments
    from .finding import Finding, Rule

RULES: Final[tuple[Rule, ...]] = (
    *evidence.RULES,
    *contrary.RULES,
    *items.RULES,
    *attribution.RULES,
    *dates.RULES,
    *structure.RULES,
    *wording.RULES,
)
"""Every rule, in the order in which findings of one severity are listed."""


def findings(
    argument_map: ArgumentMap, others: OtherDocuments = NO_OTHER_DOCUMENTS
) -> Iterator[tuple[Rule, Finding]]:
    """Yield the findings on *argument_map* with their rules, the most serious first.

    Findings of one severity are in the order of `RULES`, and then of their labels.

    Args:
        argument_map: The map.
        others: Facts about the other documents of its database, as
            `store.queries.find_copies_elsewhere` returns them.
    """
    yield from findings_in(Case.from_map(argument_map, others))


def findings_in(case: Case) -> Iterator[tuple[Rule, Finding]]:
    """Yield the findings on the map of *case*, as `findings` does."""
    found = [(rule, finding) for rule in RULES for finding in rule.find(case)]
    yield from sorted(found, key=lambda pair: -SEVERITIES.index(pair[0].severity_of(pair[1])))
