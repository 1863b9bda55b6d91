"""JSON Lines: every record, in one fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats import Bundle, ExportFormat
from argmap.records.writing import json_text, record_from_entity, record_from_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import ArgumentMap, Entity


def _write(bundle: Bundle) -> Iterator[str]:
    for rubric in sorted(bundle.rubrics, key=lambda r: (r.id, r.version)):
        yield json_text(record_from_rubric(rubric)) + "\n"
    yield from _lines(_by_id(bundle.sources.values()))
    yield from _lines(_by_id(bundle.reliabilities.values()))
    yield from _lines(_by_id(bundle.ratings.values()))
    for argument_map in bundle.maps:
        yield from _lines(_entities(argument_map))


def _entities(argument_map: ArgumentMap) -> Iterator[Entity]:
    yield argument_map.document
    yield from argument_map.ordered_statements
    yield from argument_map.ordered_inferences
    order = [argument_map.document.id, *(s.id for s in argument_map.ordered_statements)]
    for id_ in order:
        yield from argument_map.attributions_of.get(id_, ())
    for id_ in order:
        yield from _by_id(argument_map.ratings_of.get(id_, ()))
    for id_ in order:
        yield from argument_map.credibilities_of.get(id_, ())


def _by_id(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.id)


def _lines(entities: Iterable[Entity]) -> Iterator[str]:
    return (json_text(record_from_entity(entity)) + "\n" for entity in entities)


FORMAT: Final = ExportFormat("jsonl", "JSON Lines", ".jsonl", _write, holds_many=True)
