"""The rules for a whole map, beyond those of each entity."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from .faults import Fault
from .source import cue_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .map import ArgumentMap
    from .statement import Inference, Statement


def map_faults(argument_map: ArgumentMap) -> Iterator[Fault]:
    """Yield a fault for each rule that *argument_map* breaks; the path is the entity's id."""
    yield from _label_faults(argument_map)
    for statement in argument_map.statements.values():
        yield from _statement_faults(argument_map, statement)
    stances: dict[tuple[tuple[str, ...], str], str] = {}
    for inference in argument_map.inferences.values():
        yield from _inference_faults(argument_map, inference)
        key = (inference.premises, inference.conclusion)
        if stances.setdefault(key, inference.stance) != inference.stance:
            yield Fault(
                inference.id,
                "has the premises and conclusion of an inference with the opposite stance",
            )
    if sum(statement.main for statement in argument_map.statements.values()) > 1:
        yield Fault(argument_map.document.id, "has more than one main claim")
    yield from _attribution_faults(argument_map)
    yield from _rating_faults(argument_map)


def _label_faults(argument_map: ArgumentMap) -> Iterator[Fault]:
    seen: set[str] = set()
    labelled: Iterator[Statement | Inference] = chain(
        argument_map.statements.values(), argument_map.inferences.values()
    )
    for entity in labelled:
        if entity.label in seen:
            yield Fault(entity.id, f"its label {entity.label} is used twice")
        seen.add(entity.label)


def _statement_faults(argument_map: ArgumentMap, statement: Statement) -> Iterator[Fault]:
    text = argument_map.document.text
    if statement.document != argument_map.document.id:
        yield Fault(statement.id, f"belongs to another document, {statement.document}")
    for passage in statement.passages:
        if text[passage.start : passage.end] != passage.words:
            yield Fault(statement.id, f"its quote is not in the text at character {passage.start}")
    if statement.main_item is not None:
        item = argument_map.statements.get(statement.main_item)
        if item is None or item.kind != "evidence":
            yield Fault(
                statement.id,
                f"its main item {statement.main_item} is not evidence in this document",
            )


def _inference_faults(argument_map: ArgumentMap, inference: Inference) -> Iterator[Fault]:
    if inference.document != argument_map.document.id:
        yield Fault(inference.id, f"belongs to another document, {inference.document}")
    for premise in inference.premises:
        if premise not in argument_map.statements:
            yield Fault(inference.id, f"its premise {premise} is not a statement in this document")
    known = (argument_map.statements, argument_map.inferences)
    if not any(inference.conclusion in home for home in known):
        yield Fault(inference.id, f"its conclusion {inference.conclusion} is not in this document")


def _attribution_faults(argument_map: ArgumentMap) -> Iterator[Fault]:
    for attribution in argument_map.attributions.values():
        if attribution.statement not in argument_map.statements:
            yield Fault(
                attribution.id, f"its statement {attribution.statement} is not in this document"
            )
        for source in attribution.chain:
            if source not in argument_map.sources:
                yield Fault(attribution.id, f"its source {source} does not exist")
        for fault in cue_faults(attribution, argument_map.document.text):
            yield Fault(attribution.id, fault.reason)


def _rating_faults(argument_map: ArgumentMap) -> Iterator[Fault]:
    answered: set[tuple[str, ...]] = set()
    for rating in argument_map.ratings.values():
        key = (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)
        if key in answered:
            yield Fault(rating.id, f"{rating.assessor} answers {rating.criterion} twice")
        answered.add(key)
        rubric = argument_map.rubrics.get((rating.rubric, rating.version))
        if rubric is None:
            yield Fault(rating.id, f"its rubric {rating.rubric} {rating.version} is not known")
        elif fault := rubric.answer_fault(rating.criterion, rating.answer):
            yield Fault(rating.id, fault.reason)
        if rating.statement is None:
            continue
        statement = argument_map.statements.get(rating.statement)
        if statement is None:
            yield Fault(rating.id, f"its statement {rating.statement} is not in this document")
        elif rubric is not None and not rubric.applies(statement):
            yield Fault(rating.id, f"{rubric.id} does not apply to {statement.kind}")
    for credibility in argument_map.credibilities.values():
        if credibility.statement not in argument_map.statements:
            yield Fault(
                credibility.id, f"its statement {credibility.statement} is not in this document"
            )
