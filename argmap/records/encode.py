"""Turn entities into records and back, and records into lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import fields

from argmap.model.document import Document, Passage
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric

_CLASSES: Final = (
    Document,
    Source,
    Statement,
    Inference,
    Attribution,
    Rating,
    Reliability,
    Credibility,
)
ENTITY_TYPES: Final[dict[str, type[Any]]] = {cls.type: cls for cls in _CLASSES}
"""The class of each type of entity, by its name on the wire."""

_FIELDS: Final = {cls: tuple(f.name for f in fields(cls)) for cls in ENTITY_TYPES.values()}
_LISTS: Final = frozenset({"tags", "premises", "chain", "derives_from", "same_origin"})
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
Content = dict[str, Any]
"""The keys and values of one record."""


def record_from_entity(entity: Entity) -> Content:
    """Return *entity* as a record: its type, its id, and every key that has a value."""
    record: Content = {"type": entity.type}
    for name in _FIELDS[type(entity)]:
        value = getattr(entity, name)
        if value is None or (value is False and name == "main") or value == ():
            continue
        if name == "passages":
            record |= _passage_keys(value)
        else:
            record["class" if name == "class_" else name] = list(value) if name in _LISTS else value
    return record


def entity_from_record(record: Content) -> Entity:
    """Return the entity of a complete *record*, as `record_from_entity` makes it.

    Raises:
        ModelError: the record breaks a rule of the model.
    """
    values: Content = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    kind = ENTITY_TYPES[values.pop("type")]
    if kind is Statement:
        values["passages"] = _passages(values)
    if "class" in values:
        values["class_"] = values.pop("class")
    entity: Entity = kind(**values)
    return entity


def record_from_rubric(rubric: Rubric) -> Content:
    """Return *rubric* as a record, with its keys in a fixed order."""
    return {"type": "rubric", **_rubric_content(rubric)}


def json_text(value: object) -> str:
    """Return *value* as compact JSON; control and bidirectional characters are escaped."""
    return escape_hidden(msgspec.json.encode(value).decode())


def escape_hidden(text: str) -> str:
    """Return the JSON *text* with control and bidirectional characters escaped."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _passage_keys(passages: tuple[Passage, ...]) -> Content:
    if len(passages) == 1:
        only = passages[0]
        return {"quote": only.words, "start": only.start, "end": only.end}
    return {
        "quote": [p.words for p in passages],
        "start": [p.start for p in passages],
        "end": [p.end for p in passages],
    }


def _passages(values: Content) -> tuple[Passage, ...]:
    quote, start, end = (values.pop(key, ()) for key in ("quote", "start", "end"))
    if isinstance(quote, str):
        return (Passage(start, end, quote),)
    return tuple(Passage(*place) for place in zip(start, end, quote, strict=True))


def _rubric_content(rubric: Rubric) -> Content:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "applies_to": list(rubric.applies_to),
        "instructions": list(rubric.instructions),
        "bands": list(rubric.bands),
        "cuts": list(rubric.cuts),
        "minimum_coverage": rubric.minimum_coverage,
        "states": dict(rubric.states),
        "implies": [_filled_fields(rule) for rule in rubric.implies],
        "blocks": [
            _filled_fields(block) | {"criteria": [_filled_fields(c) for c in block.criteria]}
            | ({"caps": [_filled_fields(cap) for cap in block.caps]} if block.caps else {})
            for block in rubric.blocks
        ],
        "combination": _filled_fields(rubric.combination)
        | {"limits": [_filled_fields(limit) for limit in rubric.combination.limits]},
    }  # fmt: skip


def _filled_fields(part: Any) -> Content:  # noqa: ANN401  (any attrs value of a rubric)
    """Return the fields of *part* that have a value."""
    found = {f.name: getattr(part, f.name) for f in fields(type(part))}
    return {
        k: list(v) if isinstance(v, tuple) else v for k, v in found.items() if v not in (None, ())
    }
