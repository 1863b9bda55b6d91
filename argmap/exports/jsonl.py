"""JSON Lines: every record, in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats.registry import ExportFormat
from argmap.records.encode import json_text, record_from_entity, record_from_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.formats.bundle import Bundle
    from argmap.formats.map_streams import MapStream
    from argmap.model.document import Document
    from argmap.model.map import Entity

_AT_ONCE: Final = 2**16
"""Code points of a text that are written in one piece."""


def _write(bundle: Bundle) -> Iterator[str]:
    for rubric in sorted(bundle.rubrics, key=lambda r: (r.id, r.version)):
        yield json_text(record_from_rubric(rubric)) + "\n"
    yield from _lines(bundle.sources.values())
    yield from _lines(bundle.reliabilities.values())
    yield from _lines(bundle.ratings.values())
    for stream in bundle.streams:
        yield from _document_line(stream.document)
        yield from _lines(_entities(stream))


def _document_line(document: Document) -> Iterator[str]:
    """Yield the line of *document* in pieces, since each form of a long text takes memory."""
    items = list(record_from_entity(document).items())
    place = next(number for number, (key, _) in enumerate(items) if key == "text")
    yield json_text(dict(items[:place]))[:-1] + ',"text":"'
    for start in range(0, len(document.text), _AT_ONCE):
        yield json_text(document.text[start : start + _AT_ONCE])[1:-1]
    rest = json_text(dict(items[place + 1 :]))[1:]
    yield ('"' if rest == "}" else '",') + rest + "\n"


def _entities(stream: MapStream) -> Iterator[Entity]:
    yield from stream.statements()
    yield from stream.inferences()
    yield from stream.attributions()
    yield from stream.ratings()
    yield from stream.credibilities()


def _lines(entities: Iterable[Entity]) -> Iterator[str]:
    return (json_text(record_from_entity(entity)) + "\n" for entity in entities)


FORMAT: Final = ExportFormat("jsonl", "JSON Lines", ".jsonl", _write, holds_many=True)
