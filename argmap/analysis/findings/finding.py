"""What a finding is, and a rule that makes findings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, get_args

from attrs import field, frozen

from argmap.analysis.grading import is_gradable
from argmap.analysis.provenance import count_origins, live_map_of
from argmap.model.map import newest_rubric
from argmap.rubrics import shipped_rubrics

from .copying import NO_OTHER_DOCUMENTS, copies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from argmap.analysis.provenance import LiveMap, OriginCount, SuspectedCopy
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

    from .copying import OtherDocuments

Severity = Literal["info", "warning", "error"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""From the least to the most serious."""


@frozen
class Case:
    """A map that is looked at, with what several rules need of it."""

    map: ArgumentMap
    live_map: LiveMap
    origins: Mapping[str, OriginCount]
    """By the id of the claim."""
    copies: tuple[SuspectedCopy, ...]
    """Evidence that may be a copy of other evidence, of which the map does not say so."""
    others: OtherDocuments
    """What the other documents of the database add."""

    @classmethod
    def from_map(
        cls, argument_map: ArgumentMap, others: OtherDocuments = NO_OTHER_DOCUMENTS
    ) -> Case:
        """Look at *argument_map*, and at what *elsewhere* says of other documents.

        Without it, as for an export, all findings follow from the map alone.
        """
        there = live_map_of(argument_map)
        copies = tuple(copies_in(there, others))
        return cls(argument_map, there, count_origins(there), copies, others)

    @property
    def statements(self) -> list[Statement]:
        """The statements, in the order of their labels."""
        return self.map.ordered_statements

    @property
    def claims(self) -> list[Statement]:
        """The claims, in the order of their labels."""
        return [s for s in self.statements if s.kind == "claim"]

    @cached_property
    def gradable_claims(self) -> list[Statement]:
        """The claims that evidence can be graded for, in the order of labels."""
        rubric = newest_rubric(shipped_rubrics())
        natures = {claim.nature for claim in self.claims}
        gradable = {n for n in natures if rubric is None or is_gradable(n, rubric)}
        return [claim for claim in self.claims if claim.nature in gradable]

    def labels(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of statements and inferences with these ids."""
        return tuple(self.label(id_) for id_ in ids)

    def label(self, id_: str) -> str:
        """Return the label of the statement or inference with the id *id_*."""
        statement = self.map.statements.get(id_)
        return statement.label if statement else self.map.inferences[id_].label


@frozen
class Finding:
    """Something that the map itself shows."""

    labels: tuple[str, ...]
    """Of the statements that it is about; none where it is about the whole map."""
    problem: str
    """What is found, a sentence without a full stop."""
    severity: Severity | None = None
    """Where it is other than that of its rule."""
    advice: str = ""
    """What to do about it, in the imperative, where this finding says so itself."""

    @property
    def message(self) -> str:
        """What is found, and what to do about it if it says so, in one line."""
        return f"{self.problem}: {self.advice}" if self.advice else self.problem


@frozen
class Rule:
    """One thing to look for."""

    id: str
    severity: Severity
    """Of its findings, unless one says otherwise."""
    title: str
    """What it finds, in a few words."""
    find: Callable[[Case], Iterator[Finding]] = field(repr=False)
    advice: str = ""
    """What to do about those of its findings that do not say so themselves."""

    @property
    def kind(self) -> str:
        """What its findings are called where they are counted, such as `circular reasoning`."""
        return self.id.replace("-", " ")

    def advice_on(self, finding: Finding) -> str:
        """Return what to do about one of its findings; none of them is without advice."""
        return finding.advice or self.advice

    def severity_of(self, finding: Finding) -> Severity:
        """Return how serious one of its findings is."""
        return finding.severity or self.severity
