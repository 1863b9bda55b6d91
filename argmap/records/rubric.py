"""Rubrics as TOML files and as records: read, checked, and identified by a hash."""

from __future__ import annotations

import hashlib
import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

from argmap.errors import Fault, ModelError, RubricError
from argmap.model.rubric import Block, Cap, Combination, Criterion, Implication, Limit, Rubric

from .decode import record_from_object
from .encode import json_text, record_from_rubric
from .schema import RubricRecord

if TYPE_CHECKING:
    from .schema import BlockPart, RubricPart


def rubric_from_toml(text: str, where: str) -> Rubric:
    """Return the rubric in *text*, the content of the file *where*.

    Raises:
        RubricError: it is not TOML, or breaks a rule; the message names the file and the
            place of every fault.
    """
    try:
        content = tomllib.loads(text)
    except RecursionError as error:
        message = f"{where}: is nested too deeply"
        raise RubricError(message) from error
    except ValueError as error:  # TOML's own, and Python's for thousands of digits
        message = f"{where}: is not TOML: {error}"
        raise RubricError(message) from error
    try:
        return _rubric_from_object(content)
    except ModelError as error:
        message = f"{where}: {error}"
        raise RubricError(message) from error


def _rubric_from_object(content: dict[str, Any]) -> Rubric:
    if content.get("type", "rubric") != "rubric":
        raise ModelError([Fault("type", f"{content['type']!r} is not 'rubric'")])
    record = record_from_object(content | {"type": "rubric"})
    if isinstance(record, list):
        raise ModelError(record)
    assert isinstance(record, RubricRecord)  # noqa: S101  (its type says so)
    return rubric_from_part(record)


def rubric_from_part(part: RubricPart) -> Rubric:
    """Return the rubric of a checked wire form.

    Raises:
        ModelError: it breaks a rule of rubrics.
    """
    return Rubric(
        id=part.id,
        version=part.version,
        title=part.title,
        blocks=tuple(_block(block) for block in part.blocks),
        bands=tuple(part.bands),
        cuts=tuple(part.cuts),
        combination=Combination(
            part.combination.base,
            tuple(Limit(limit.block, limit.raised_by) for limit in part.combination.limits),
        ),
        applies_to=tuple(part.applies_to),
        instructions=tuple(part.instructions),
        minimum_coverage=part.minimum_coverage,
        states=tuple(part.states.items()),
        implies=tuple(
            Implication(
                rule.criterion,
                rule.answer,
                tuple(rule.nature),
                tuple(rule.not_applicable),
                rule.not_applicable_block,
            )
            for rule in part.implies
        ),
    )


def rubric_from_json(content: str) -> Rubric:
    """Return the rubric of a record that `record_from_rubric` made."""
    return rubric_from_part(msgspec.json.decode(content, type=RubricRecord))


def rubric_hash(rubric: Rubric) -> str:
    """Return the SHA-256 of the content of *rubric*, in hexadecimal."""
    return hashlib.sha256(json_text(record_from_rubric(rubric)).encode()).hexdigest()


def _block(part: BlockPart) -> Block:
    return Block(
        part.id,
        part.title,
        tuple(
            Criterion(c.id, c.title, c.weight, tuple(c.levels), c.reference, c.not_applicable_when)
            for c in part.criteria
        ),
        tuple(Cap(cap.criterion, cap.at_most, cap.band) for cap in part.caps),
    )
