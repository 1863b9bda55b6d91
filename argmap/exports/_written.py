"""What the sections of one Markdown file share: the map, and the numbers of its sources."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from argmap.findings import Case
from argmap.grading import by_assessor, grade
from argmap.markdown_form import NO_SOURCE, line, name
from argmap.model.map import label_order
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Attribution
from argmap.records.identity import MADE
from argmap.records.writing import json_text, record_from_entity
from argmap.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.grading import Grade
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Inference

T = TypeVar("T", Attribution, Reliability, Credibility)
_MOST_WORDS = 400
_PARAGRAPH = re.compile(r"\S[^\n]*")


@frozen
class Written:
    """A map on its way into a file."""

    map: ArgumentMap
    case: Case
    numbers: dict[str, str]
    """For each source's id its number in the file: S1, S2, in the order of the ids."""
    roots: dict[str, list[Inference]]
    """For each statement, the inferences to inferences that lead to it in the end."""
    rootless: list[Inference]
    """Inferences to inferences that lead to no statement but round in a circle."""
    named_in: dict[str, list[str]]
    """For each source the labels, as written, of the statements whose attributions name it."""
    starts: list[int]
    """Where the paragraphs of the text begin."""
    rubric: Rubric | None
    """The default one, in its newest version."""
    grades: dict[str, dict[str, Grade]]
    """For each claim that was rated under it, by id, the grade by each assessor."""
    is_summary: bool = False

    def paragraph(self, place: int) -> int:
        """Return the number of the paragraph, from 1, that holds *place* in the text."""
        return bisect_right(self.starts, place)

    def label(self, id_: str) -> str:
        """Return the label of a statement or inference, as it is written."""
        entity = self.map.statements.get(id_) or self.map.inferences[id_]
        return name(entity.label)

    def joined(self, inference: Inference) -> list[str]:
        """Return the ids of an inference's premises in the order of their labels."""
        return sorted(
            inference.premises, key=lambda id_: label_order(self.map.statements[id_].label)
        )

    def words(self, statement: str) -> str:
        """Return a statement's words on one line, with who says so: for reading only."""
        text = line(excerpt(self.map.statements[statement].text, _MOST_WORDS))
        voices = dict.fromkeys(
            line(self.map.sources[a.chain[-1]].name)
            for a in in_order(self.map.attributions_of.get(statement, ()))
            if a.chain
        )
        return f"{text} ({', '.join(voices)})" if voices else text

    def chain(self, attribution: Attribution) -> str:
        """Return the numbers of an attribution's sources, outermost first."""
        return " → ".join(self.numbers[id_] for id_ in attribution.chain) or NO_SOURCE


def in_order(found: Iterable[T]) -> list[T]:
    """Return judgements in an order that does not hang on ids made from content.

    Such ids change where the file is read into another database: the words of
    the statement they come from may have been edited since.
    """
    return sorted(found, key=_content)


def _content(each: Attribution | Reliability | Credibility) -> tuple[float, str]:
    record = record_from_entity(each)
    gone = {"statement", "id"} if each.id.startswith(MADE) else {"statement"}
    start = record.get("cue_start")
    return (
        float("inf") if start is None else start,
        json_text([item for item in record.items() if item[0] not in gone]),
    )


def written(argument_map: ArgumentMap, *, is_summary: bool = False) -> Written:
    """Return *argument_map* with what its sections need."""
    numbers = {id_: f"S{n}" for n, id_ in enumerate(sorted(argument_map.sources), 1)}
    roots, rootless = _roots(argument_map)
    starts = [match.start() for match in _PARAGRAPH.finditer(argument_map.document.text)]
    rubric = argument_map.applicable_rubric
    return Written(
        argument_map,
        Case.of(argument_map),
        numbers,
        roots,
        rootless,
        _named_in(argument_map),
        starts,
        rubric,
        _grades(argument_map, rubric) if rubric else {},
        is_summary,
    )


def _grades(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, dict[str, Grade]]:
    found = {}
    for claim in argument_map.ordered_statements:
        by = by_assessor(argument_map, claim, rubric) if claim.kind == "claim" else {}
        if by:
            found[claim.id] = {who: grade(by[who], claim.nature, rubric) for who in by}
    return found


def _named_in(argument_map: ArgumentMap) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for statement in argument_map.ordered_statements:
        for attribution in argument_map.attributions_of.get(statement.id, ()):
            for source in dict.fromkeys(attribution.chain):
                named.setdefault(source, []).append(name(statement.label))
    return {source: list(dict.fromkeys(labels)) for source, labels in named.items()}


def _roots(argument_map: ArgumentMap) -> tuple[dict[str, list[Inference]], list[Inference]]:
    """Find, for each inference to an inference, the statement that it bears on in the end."""
    ends: dict[str, str | None] = {}
    for inference in argument_map.inferences.values():
        trail: list[str] = []
        here = inference.id
        while here not in ends and here in argument_map.inferences:
            ends[here] = None  # until known: who comes by again goes round in a circle
            trail.append(here)
            here = argument_map.inferences[here].conclusion
        end = here if here in argument_map.statements else ends.get(here)
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
