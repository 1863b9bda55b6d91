"""Findings, and the rules that find them."""

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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmap.analysis.provenance import LiveMap, OriginCount, SuspectedCopy
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

    from .copying import OtherDocuments

Severity = Literal["info", "warning", "error"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""Severities, from the least to the most serious."""


@frozen
class Case:
    """A map with the facts that several rules need."""

    map: ArgumentMap
    live_map: LiveMap
    origins: Mapping[str, OriginCount]
    """The count of origins of each claim, by the claim's id."""
    copies: tuple[SuspectedCopy, ...]
    """Suspected copies among the evidence of the map."""
    others: OtherDocuments
    """Facts about the other documents of the database."""

    @classmethod
    def from_map(
        cls, argument_map: ArgumentMap, others: OtherDocuments = NO_OTHER_DOCUMENTS
    ) -> Case:
        """Gather the facts that rules need from *argument_map* and from *others*.

        Without *others*, as for an export, all findings follow from the map alone.
        """
        live_map = live_map_of(argument_map)
        copies = tuple(copies_in(live_map, others))
        return cls(argument_map, live_map, count_origins(live_map), copies, others)

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements, in the order of their labels."""
        return self.map.ordered_statements

    @property
    def claims(self) -> list[Statement]:
        """The claims, in the order of their labels."""
        return [s for s in self.statements if s.kind == "claim"]

    @cached_property
    def gradable_claims(self) -> list[Statement]:
        """The claims that can have a grade, in the order of labels."""
        rubric = newest_rubric(shipped_rubrics())
        natures = {claim.nature for claim in self.claims}
        gradable = {n for n in natures if rubric is None or is_gradable(n, rubric)}
        return [claim for claim in self.claims if claim.nature in gradable]

    def labels(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of the statements and inferences with these ids."""
        return tuple(self.label(id_) for id_ in ids)

    def label(self, id_: str) -> str:
        """Return the label of the statement or inference with the id *id_*."""
        statement = self.map.statements.get(id_)
        return statement.label if statement else self.map.inferences[id_].label


@frozen
class Finding:
    """A weakness that the map itself shows."""

    labels: tuple[str, ...]
    """Labels of the statements concerned; empty for a finding about the whole map."""
    problem: str
    """The weakness, as a sentence without a full stop."""
    severity: Severity | None = None
    """Overrides the severity of the rule."""
    advice: str = ""
    """Advice in the imperative that overrides that of the rule."""

    @property
    def message(self) -> str:
        """The weakness with the finding's own advice, in one line."""
        return f"{self.problem}: {self.advice}" if self.advice else self.problem


@frozen
class Rule:
    """A rule that finds one kind of weakness."""

    id: str
    severity: Severity
    """The severity of its findings, unless a finding overrides it."""
    title: str
    """The kind of weakness, in a few words."""
    find: Callable[[Case], Iterator[Finding]] = field(repr=False)
    advice: str = ""
    """Advice for the findings that have none of their own."""

    @property
    def kind(self) -> str:
        """The name of its findings where they are counted, such as `circular reasoning`."""
        return self.id.replace("-", " ")

    def advice_on(self, finding: Finding) -> str:
        """Return the advice on *finding*: its own, or that of the rule."""
        return finding.advice or self.advice

    def severity_of(self, finding: Finding) -> Severity:
        """Return the severity of *finding*: its own, or that of the rule."""
        return finding.severity or self.severity
