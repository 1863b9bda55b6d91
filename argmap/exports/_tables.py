"""Tables as an export format: a row for each statement, and what of a map has no place in it."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

from attrs import define, field

from argmap import tables
from argmap.formats import Bundle, ExportFormat
from argmap.model.words import STANCES
from argmap.records.identity import attribution_id, inference_id
from argmap.records.writing import record_from_entity
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.source import Attribution
    from argmap.model.statement import Inference, Statement

_PLAIN = frozenset({"cue", "locator", "attribution_note"})
"""Columns of attributions that hold text, where a semicolon parts nothing."""


def table_format(name: str, title: str, delimiter: str) -> ExportFormat:
    """Return the format of tables called *name*, with *delimiter* between the cells."""
    return ExportFormat(
        name,
        title,
        f".{name}",
        write=partial(_write, delimiter),
        holds_many=True,
        leaves_out=_leaves_out,
    )


def _write(delimiter: str, bundle: Bundle) -> Iterator[str]:
    line = partial(_line, delimiter)
    yield line(tables.columns())
    for argument_map in bundle.maps:
        carried = _carried(argument_map)
        for statement in argument_map.ordered_statements:
            cells = _cells(argument_map, statement, carried)
            yield line([cells.get(name, "") for name in tables.columns()])


def _line(delimiter: str, cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cells(
    argument_map: ArgumentMap, statement: Statement, carried: frozenset[str]
) -> dict[str, str]:
    """Return the cells of a statement's row that say something."""
    record = record_from_entity(statement)
    plain = (*tables.TEXTS, *tables.WORDS)
    found: dict[str, str] = {name: str(record[name]) for name in plain if name in record}
    found |= {name: str(record[name]).lower() for name in tables.FLAGS if name in record}
    found["quote"] = tables.joined((p.words for p in statement.passages), tables.BETWEEN_TEXTS)
    found["tags"] = tables.joined(statement.tags)
    steps = [i for i in argument_map.inferences_from.get(statement.id, ()) if i.id in carried]
    for stance in STANCES:
        own = sorted((i for i in steps if i.stance == stance), key=lambda i: (i.conclusion, i.id))
        found[stance] = tables.joined(i.conclusion for i in own)
        found[f"{stance}_id"] = tables.joined(None if _is_made(i) else i.id for i in own)
    said = argument_map.attributions_of.get(statement.id, [])
    found |= _said_by(argument_map, sorted(said, key=lambda a: a.id))
    found |= _rated(argument_map.ratings_of.get(statement.id, ()))
    numbers = {
        "start": tables.joined(str(p.start) for p in statement.passages),
        "end": tables.joined(str(p.end) for p in statement.passages),
    }
    return numbers | {
        name: tables.inert_name(text) if name in tables.NAMES else tables.inert(text)
        for name, text in found.items()
        if text or name in record
    }


def _said_by(argument_map: ArgumentMap, attributions: list[Attribution]) -> dict[str, str]:
    """Return the cells of a statement's attributions."""
    if not attributions:
        return {}
    found = {}
    for name, key in tables.VOICES.items():
        values = [getattr(a, "class_" if key == "class" else key) for a in attributions]
        if key == "id":
            values = [None if _is_made_attribution(a) else a.id for a in attributions]
        if not any(value is not None for value in values):
            continue
        between = tables.BETWEEN_TEXTS if name in _PLAIN else tables.BETWEEN_NAMES
        found[name] = tables.joined(
            (None if value is None else str(value) for value in values), between
        )
    chains = [[argument_map.sources[id_] for id_ in a.chain] for a in attributions]
    for name, key in {"source": "id", "source_name": "name", "source_kind": "kind"}.items():
        found[name] = tables.joined_chains([[getattr(s, key) for s in chain] for chain in chains])
    return found


def _rated(ratings: Iterable[Rating]) -> dict[str, str]:
    """Return the cells of a statement's ratings: the assessors, and the answers of each."""
    by: dict[tuple[str, str], dict[str, Rating]] = {}
    for rating in filter(_is_default, ratings):
        by.setdefault((rating.assessor, rating.version), {})[rating.criterion] = rating
    if not by:
        return {}
    found = {
        tables.ASSESSOR: tables.joined((who for who, _ in sorted(by)), tables.BETWEEN_TEXTS),
        tables.VERSION: tables.joined((version for _, version in sorted(by))),
    }
    for criterion in tables.default_rubric().criteria:
        answers = (by[key].get(criterion) for key in sorted(by))
        found[criterion] = tables.joined(None if r is None else str(r.answer) for r in answers)
    return found


def _carried(argument_map: ArgumentMap) -> frozenset[str]:
    """Return the ids of the inferences that rows can hold: one premise, and so on to the end.

    An inference that argues with one that no row holds would lead nowhere.
    """
    there = {i.id for i in argument_map.inferences.values() if len(i.premises) == 1}
    gone = [id_ for id_ in argument_map.inferences if id_ not in there]
    for id_ in gone:
        targeting = [i.id for i in argument_map.inferences_to.get(id_, ()) if i.id in there]
        there.difference_update(targeting)
        gone += targeting
    return frozenset(there)


def _is_made(inference: Inference) -> bool:
    made = inference_id(inference.premises, inference.conclusion, inference.stance)
    return inference.id == made


def _is_made_attribution(a: Attribution) -> bool:
    return a.id == attribution_id(a.statement, a.class_, a.chain, a.cue, a.cue_start)


def _is_default(rating: Rating) -> bool:
    return (
        rating.rubric == tables.default_rubric().id
        and rating.version in tables.default_versions()
        and rating.criterion in tables.default_rubric().criteria
    )


def _leaves_out(bundle: Bundle) -> Iterator[str]:
    """Yield how many of what a table of *bundle* does not have."""
    left = _Left()
    for argument_map in bundle.maps:
        left.see(argument_map)
    left.see_whole(bundle)
    yield from (counted(len(ids), what) for what, ids in left.found.items() if ids)


@define
class _Left:
    """Gathers what is left out, by what it is called: ids, each once."""

    found: dict[str, set[str]] = field(factory=dict)
    _cited: set[str] = field(factory=set)

    def add(self, what: str, ids: Iterable[str]) -> None:
        self.found.setdefault(what, set()).update(ids)

    def see(self, argument_map: ArgumentMap) -> None:
        """Add what is left out of one map."""
        carried = _carried(argument_map)
        inferences = argument_map.inferences.values()
        kept = [i for i in inferences if i.id in carried]
        self.add("document text", [argument_map.document.id])
        self.add("linked inference", (i.id for i in inferences if i.id not in carried))
        self.add("label", carried)
        self.add("scheme", (i.id for i in kept if i.scheme is not None))
        self.add("inference note", (i.id for i in kept if i.note is not None))
        self.add("order", (s.id for s in argument_map.statements.values() if s.order is not None))
        self.add("order", (i.id for i in kept if i.order is not None))
        ratings = argument_map.ratings.values()
        rows = [r for r in ratings if r.statement is not None and _is_default(r)]
        self.add("rating", argument_map.ratings.keys() - {r.id for r in rows})
        self.add("reason", (r.id for r in rows if r.because is not None))
        self.add("time", (r.id for r in rows if r.at is not None))
        self.add("Admiralty judgement", argument_map.credibilities)
        self._cited.update(id_ for a in argument_map.attributions.values() for id_ in a.chain)

    def see_whole(self, bundle: Bundle) -> None:
        """Add what is left out of what belongs to no single map."""
        self.add("rating", bundle.ratings)
        self.add("Admiralty judgement", bundle.reliabilities)
        self.add("uncited source", bundle.sources.keys() - self._cited)
