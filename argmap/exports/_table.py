"""Tables as an export format: a row for each statement, and counts of the parts left out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from argmap.formats import table_syntax
from argmap.formats.registry import ExportFormat
from argmap.model.vocabulary import STANCES
from argmap.records.encode import record_from_entity
from argmap.records.ids import attribution_id, inference_id
from argmap.text.display import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argmap.formats.bundle import Bundle
    from argmap.formats.map_streams import RatingSort, StatementRow
    from argmap.model.rating import Rating
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Inference

_PLAIN = frozenset({"cue", "locator", "attribution_note"})
"""Columns of attributions that hold text, where a semicolon separates nothing."""


_LEFT_OUT = (
    "document text", "linked inference", "label", "scheme", "inference note", "order", "rating",
    "reason", "time", "Admiralty rating", "uncited source",
)  # fmt: skip
"""The parts of a map that a table cannot hold, in the order of the report."""


def table_format(name: str, title: str, delimiter: str) -> ExportFormat:
    """Return the format of tables called *name*, with *delimiter* between the cells."""
    return ExportFormat(
        name,
        title,
        f".{name}",
        write=partial(_write, delimiter),
        holds_many=True,
        leaves_out=_count_omissions,
    )


def _write(delimiter: str, bundle: Bundle) -> Iterator[str]:
    line = partial(_format_row, delimiter)
    yield line(table_syntax.columns())
    names = table_syntax.columns()
    for stream in bundle.streams:
        linked = stream.linked()
        for row in stream.rows():
            cells = _row_cells(row, linked)
            yield line([cells.get(name, "") for name in names])


def _format_row(delimiter: str, cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _row_cells(row: StatementRow, linked: set[str]) -> dict[str, str]:
    """Return the cells of a statement's row that have a value."""
    statement = row.statement
    record = record_from_entity(statement)
    plain = (*table_syntax.TEXTS, *table_syntax.WORDS)
    found: dict[str, str] = {name: str(record[name]) for name in plain if name in record}
    found |= {name: str(record[name]).lower() for name in table_syntax.FLAGS if name in record}
    found["quote"] = table_syntax.join_values(
        (p.words for p in statement.passages), table_syntax.BETWEEN_TEXTS
    )
    found["tags"] = table_syntax.join_values(statement.tags)
    # Inferences to a linked inference are left out: no row holds their conclusion.
    steps = [i for i in row.inferences if i.id not in linked]
    for stance in STANCES:
        own = sorted((i for i in steps if i.stance == stance), key=lambda i: (i.conclusion, i.id))
        found[stance] = table_syntax.join_values(i.conclusion for i in own)
        found[f"{stance}_id"] = table_syntax.join_values(None if _is_made(i) else i.id for i in own)
    found |= _attribution_cells(row.sources, sorted(row.attributions, key=lambda a: a.id))
    found |= _rating_cells(row.ratings)
    numbers = {
        "start": table_syntax.join_values(str(p.start) for p in statement.passages),
        "end": table_syntax.join_values(str(p.end) for p in statement.passages),
    }
    return numbers | {
        name: table_syntax.escape_name_cell(text)
        if name in table_syntax.NAMES
        else table_syntax.escape_cell(text)
        for name, text in found.items()
        if text or name in record
    }


def _attribution_cells(
    sources: Mapping[str, Source], attributions: list[Attribution]
) -> dict[str, str]:
    """Return the cells of a statement's attributions."""
    if not attributions:
        return {}
    found = {}
    for name, key in table_syntax.VOICES.items():
        values = [getattr(a, "class_" if key == "class" else key) for a in attributions]
        if key == "id":
            values = [None if _is_made_attribution(a) else a.id for a in attributions]
        if not any(value is not None for value in values):
            continue
        between = table_syntax.BETWEEN_TEXTS if name in _PLAIN else table_syntax.BETWEEN_NAMES
        found[name] = table_syntax.join_values(
            (None if value is None else str(value) for value in values), between
        )
    chains = [[sources[id_] for id_ in a.chain] for a in attributions]
    for name, key in {"source": "id", "source_name": "name", "source_kind": "kind"}.items():
        found[name] = table_syntax.join_chains(
            [[getattr(s, key) for s in chain] for chain in chains]
        )
    return found


def _rating_cells(ratings: Iterable[Rating]) -> dict[str, str]:
    """Return the cells of a statement's ratings: the assessors, and the answers of each."""
    by: dict[tuple[str, str], dict[str, Rating]] = {}
    for rating in filter(_is_default, ratings):
        by.setdefault((rating.assessor, rating.version), {})[rating.criterion] = rating
    if not by:
        return {}
    found = {
        table_syntax.ASSESSOR: table_syntax.join_values(
            (assessor for assessor, _ in sorted(by)), table_syntax.BETWEEN_TEXTS
        ),
        table_syntax.VERSION: table_syntax.join_values((version for _, version in sorted(by))),
    }
    for criterion in table_syntax.default_rubric().criteria:
        answers = (by[key].get(criterion) for key in sorted(by))
        found[criterion] = table_syntax.join_values(
            None if r is None else str(r.answer) for r in answers
        )
    return found


def _is_made(inference: Inference) -> bool:
    made = inference_id(inference.premises, inference.conclusion, inference.stance)
    return inference.id == made


def _is_made_attribution(a: Attribution) -> bool:
    return a.id == attribution_id(a.statement, a.class_, a.chain, a.cue, a.cue_start)


def _is_default(rating: Rating | RatingSort) -> bool:
    return (
        rating.rubric == table_syntax.default_rubric().id
        and rating.version in table_syntax.default_versions()
        and rating.criterion in table_syntax.default_rubric().criteria
    )


def _count_omissions(bundle: Bundle) -> Iterator[str]:
    """Yield the number of each part of *bundle* that a table leaves out."""
    left: Counter[str] = Counter()
    cited: set[str] = set()
    for stream in bundle.streams:
        losses = stream.table_losses()
        left["document text"] += 1
        left["linked inference"] += losses.linked
        left["label"] += losses.inferences
        left["scheme"] += losses.schemes
        left["inference note"] += losses.notes
        left["order"] += losses.ordered + losses.orders
        for sort, number in losses.ratings.items():
            if sort.is_of_statement and _is_default(sort):
                left["reason"] += number * sort.has_reason
                left["time"] += number * sort.has_time
            else:
                left["rating"] += number
        left["Admiralty rating"] += losses.credibilities
        cited |= losses.cited
    left["rating"] += len(bundle.ratings)
    left["Admiralty rating"] += len(bundle.reliabilities)
    left["uncited source"] += sum(id_ not in cited for id_ in bundle.sources)
    yield from (counted(left[what], what) for what in _LEFT_OUT if left[what])
