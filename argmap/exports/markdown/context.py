"""The context of one Markdown file: the map, its source numbers, grades and findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from argmap.analysis.findings import Case, findings_in
from argmap.analysis.grading import by_assessor, grade_of_answers, weights_of
from argmap.analysis.provenance import provenance_of
from argmap.analysis.sensitivity import describe_lift, find_lift, flips_among, steps_of
from argmap.formats.markdown_syntax import NO_SOURCE, line, name
from argmap.model.map import label_order
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Attribution
from argmap.records.encode import json_text, record_from_entity
from argmap.records.ids import MADE
from argmap.text.display import excerpt

from .grade_words import grade_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.analysis.findings import Finding, Rule
    from argmap.analysis.grading import Grade
    from argmap.analysis.provenance import Provenance, SuspectedCopy
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Inference, Statement
    from argmap.model.vocabulary import Answer, Nature

T = TypeVar("T", Attribution, Reliability, Credibility)
_MOST_WORDS = 60
"""The most code points of a statement that are quoted where it is referred to."""

_PARAGRAPH = re.compile(r"\S[^\n]*")


@frozen
class Graded:
    """One assessor's answers about one claim, with their grade."""

    answers: dict[str, Answer]
    """The answers by criterion, including overridden criteria."""
    grade: Grade
    flips: tuple[tuple[str, int, str], ...]
    """Criteria whose step up or down (1 or -1) changes the grade, with the new grade."""
    lift: str | None
    """Advice on how to raise the grade, in words."""


@frozen
class MapContext:
    """A map with everything that its Markdown sections need."""

    map: ArgumentMap
    case: Case
    numbers: dict[str, str]
    """The number of each source in the file, by id: S1, S2, in the order of the ids."""
    roots: dict[str, list[Inference]]
    """For each statement, the inferences to inferences that lead to it in the end."""
    rootless: list[Inference]
    """Inferences to inferences that lead to no statement but form a circle."""
    named_in: dict[str, list[str]]
    """For each source, the labels, as written, of the statements whose attributions name it."""
    starts: list[int]
    """The starts of the text's paragraphs."""
    rubric: Rubric | None
    """The version of the default rubric that grades the claims."""
    graded: dict[str, dict[str, Graded]]
    """Each assessor's graded answers about each claim under `rubric`, by claim id and assessor."""
    findings: list[tuple[Rule, Finding]]
    """All findings of the map, rule by rule."""
    is_summary: bool = False
    _provenance: dict[str, Provenance] = field(factory=dict, repr=False)

    @cached_property
    def claims(self) -> list[Statement]:
        """The claims in the order of their labels: those with grades, then the others.

        The main claim is the first of its group.
        """
        return sorted(self.case.claims, key=lambda c: (c.id not in self.graded, not c.main))

    @cached_property
    def copies(self) -> dict[str, SuspectedCopy]:
        """The evidence that may be copied from other evidence, by the id of the later item."""
        return {copy.later: copy for copy in self.case.copies}

    @cached_property
    def assessors(self) -> list[str]:
        """The assessors of claims under the rubric, by name."""
        return sorted({assessor for by in self.graded.values() for assessor in by})

    def provenance(self, claim: str) -> Provenance:
        """Return the provenance of the claim with the id *claim*."""
        if claim not in self._provenance:
            self._provenance[claim] = provenance_of(self.case.live_map, claim)
        return self._provenance[claim]

    def graded_rows(self) -> Iterator[tuple[Statement, str, Graded]]:
        """Yield each claim and assessor with the answers, in the order of `claims`."""
        for claim in self.claims:
            by = self.graded.get(claim.id, {})
            yield from ((claim, assessor, by[assessor]) for assessor in sorted(by))

    def paragraph(self, place: int) -> int:
        """Return the number, from 1, of the paragraph that contains *place* in the text."""
        return bisect_right(self.starts, place)

    def label(self, id_: str) -> str:
        """Return the label of a statement or inference, as written."""
        entity = self.map.statements.get(id_) or self.map.inferences[id_]
        return name(entity.label)

    def joined(self, inference: Inference) -> list[str]:
        """Return the ids of an inference's premises in the order of their labels."""
        return sorted(
            inference.premises, key=lambda id_: label_order(self.map.statements[id_].label)
        )

    def words(self, statement: str) -> str:
        """Return the beginning of a statement, with its sources; its section has the whole text."""
        text = line(excerpt(self.map.statements[statement].text, _MOST_WORDS))
        voices = dict.fromkeys(
            line(self.map.sources[a.chain[-1]].name)
            for a in sort_stably(self.map.attributions_of.get(statement, ()))
            if a.chain
        )
        return f"{text} ({', '.join(voices)})" if voices else text

    def chain(self, attribution: Attribution) -> str:
        """Return the numbers of an attribution's sources, outermost first."""
        return " → ".join(self.numbers[id_] for id_ in attribution.chain) or NO_SOURCE


def sort_stably(found: Iterable[T]) -> list[T]:
    """Sort attributions or ratings in an order that does not depend on ids made from content.

    Such ids change when the file is imported into another database, because the words of
    their statement may have been edited since.
    """
    return sorted(found, key=_stable_key)


def _stable_key(each: Attribution | Reliability | Credibility) -> tuple[float, str]:
    record = record_from_entity(each)
    unstable = {"statement", "id"} if each.id.startswith(MADE) else {"statement"}
    start = record.get("cue_start")
    return (
        float("inf") if start is None else start,
        json_text([item for item in record.items() if item[0] not in unstable]),
    )


def build_context(argument_map: ArgumentMap, *, is_summary: bool = False) -> MapContext:
    """Return *argument_map* with everything that its sections need."""
    numbers = {id_: f"S{n}" for n, id_ in enumerate(sorted(argument_map.sources), 1)}
    roots, rootless = _find_roots(argument_map)
    starts = [match.start() for match in _PARAGRAPH.finditer(argument_map.document.text)]
    rubric = argument_map.applicable_rubric
    case = Case.from_map(argument_map)
    return MapContext(
        argument_map,
        case,
        numbers,
        roots,
        rootless,
        _find_citations(argument_map),
        starts,
        rubric,
        _grade_claims(argument_map, rubric) if rubric else {},
        list(findings_in(case)),
        is_summary,
    )


def _grade_claims(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, dict[str, Graded]]:
    found = {}
    for claim in argument_map.ordered_statements:
        by = by_assessor(argument_map, claim, rubric) if claim.kind == "claim" else {}
        if by:
            found[claim.id] = {
                assessor: grade_ratings(ratings, claim.nature, rubric)
                for assessor, ratings in by.items()
            }
    return found


def grade_ratings(ratings: Iterable[Rating], nature: Nature | None, rubric: Rubric) -> Graded:
    """Return the answers and the grade of one assessor's *ratings* of one claim."""
    answers = {rating.criterion: rating.answer for rating in ratings}
    now = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    # Keep only the written steps: the grades after all steps take much more memory.
    steps = steps_of(answers, nature, rubric) if now.range else ()
    lift = find_lift(answers, nature, rubric, steps)
    return Graded(
        answers,
        now,
        tuple(
            (flip.criterion, int(flip.change), grade_words(flip.after, rubric))
            for flip in flips_among(steps, now, rubric)
        ),
        None if lift is None else describe_lift(lift, now, rubric),
    )


def _find_citations(argument_map: ArgumentMap) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for statement in argument_map.ordered_statements:
        for attribution in argument_map.attributions_of.get(statement.id, ()):
            for source in dict.fromkeys(attribution.chain):
                named.setdefault(source, []).append(name(statement.label))
    return {source: list(dict.fromkeys(labels)) for source, labels in named.items()}


def _find_roots(argument_map: ArgumentMap) -> tuple[dict[str, list[Inference]], list[Inference]]:
    """Find, for each inference to an inference, the statement that it leads to in the end."""
    ends: dict[str, str | None] = {}
    for inference in argument_map.inferences.values():
        trail: list[str] = []
        current = inference.id
        while current not in ends and current in argument_map.inferences:
            ends[current] = None  # until known: an inference met again is in a circle
            trail.append(current)
            current = argument_map.inferences[current].conclusion
        end = current if current in argument_map.statements else ends.get(current)
        ends |= dict.fromkeys(trail, end)
    roots: dict[str, list[Inference]] = {}
    rootless = []
    for inference in argument_map.ordered_inferences:
        end = ends[inference.id]
        if inference.conclusion in argument_map.statements:
            continue
        if end is None:
            rootless.append(inference)
        else:
            roots.setdefault(end, []).append(inference)
    return roots, rootless
