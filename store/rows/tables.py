"""The tables of each type of entity: how its rows are written and read."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from argmap.model.document import Document, Passage
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.model.map import Entity

    Row = dict[str, Any]

ORDER: Final = "[order]"
"""The column of the order, whose name is a keyword of SQL.

It is in brackets, because SQLite reads a name in double quotes as a string if no such column
exists.
"""


@frozen
class ChildTable:
    """A table with several rows for one entity."""

    table: str
    owner: str
    """The column with the id of the entity."""
    columns: tuple[str, ...]
    """The other columns, in the order of their values."""
    values: Callable[[Any], Iterable[tuple[Any, ...]]]
    """Returns the rows of an entity, without the owner."""


@frozen
class EntityTable:
    """The table of one type of entity, named after the type."""

    columns: tuple[str, ...]
    """All but `pk` and `batch`; the first is `id`."""
    values: Callable[[Any], tuple[Any, ...]]
    entity: Callable[[Row, dict[str, list[tuple[Any, ...]]]], Entity]
    """Makes an entity from its row and, by table, the rows of its children."""
    children: tuple[ChildTable, ...] = ()
    shorthand: bool = False
    """True if a statement's shorthand can make such entities."""


def _document(row: Row, _: object) -> Document:
    return Document(**{key: row[key] for key in _DOCUMENT})


def _source(row: Row, children: dict[str, list[tuple[Any, ...]]]) -> Source:
    links = sorted(children["source_link"])
    return Source(
        **{key: row[key] for key in _SOURCE},
        derives_from=tuple(other for relation, other in links if relation == "derives_from"),
        same_origin=tuple(other for relation, other in links if relation == "same_origin"),
    )


def _statement(row: Row, children: dict[str, list[tuple[Any, ...]]]) -> Statement:
    stated = row["stated"]
    return Statement(
        id=row["id"],
        document=row["document"],
        kind=row["kind"],
        text=row["text"],
        label=row["label"],
        passages=tuple(Passage(*place[1:]) for place in sorted(children["passage"])),
        nature=row["nature"],
        main=bool(row["main"]),
        main_item=row["main_item"],
        stated=None if stated is None else bool(stated),
        note=row["note"],
        tags=tuple(json.loads(row["tags"])),
        order=row[ORDER],
    )


def _inference(row: Row, children: dict[str, list[tuple[Any, ...]]]) -> Inference:
    return Inference(
        id=row["id"],
        document=row["document"],
        premises=tuple(sorted(statement for (statement,) in children["premise"])),
        conclusion=row["conclusion_statement"] or row["conclusion_inference"],
        stance=row["stance"],
        label=row["label"],
        scheme=row["scheme"],
        note=row["note"],
        order=row[ORDER],
    )


def _attribution(row: Row, children: dict[str, list[tuple[Any, ...]]]) -> Attribution:
    plain = {key: row[key] for key in _ATTRIBUTION if key != "class"}
    chain = tuple(source for _, source in sorted(children["attribution_source"]))
    return Attribution(**plain, class_=row["class"], chain=chain)


def _rating(row: Row, _: object) -> Rating:
    plain = {key: row[key] for key in _RATING if key not in ("level", "state")}
    return Rating(**plain, answer=row["state"] if row["level"] is None else row["level"])


def _reliability(row: Row, _: object) -> Reliability:
    return Reliability(**{key: row[key] for key in _RELIABILITY})


def _credibility(row: Row, _: object) -> Credibility:
    plain = {key: row[key] for key in _CREDIBILITY}
    conflict = plain.pop("conflict")
    return Credibility(**plain, conflict=None if conflict is None else bool(conflict))


def _plain_values(columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*columns)


def _statement_values(s: Statement) -> tuple[Any, ...]:
    tags = json.dumps(s.tags, ensure_ascii=False) if s.tags else "[]"
    stated = None if s.stated is None else int(s.stated)
    return (
        s.id, s.document, s.kind, s.label, s.text, s.nature, int(s.main), s.main_item, stated,
        s.note, tags, s.order,
    )  # fmt: skip


def _inference_values(i: Inference) -> tuple[Any, ...]:
    """Return the row as if the conclusion were a statement; `Writer` corrects it."""
    return (i.id, i.document, i.label, i.stance, i.conclusion, None, i.scheme, i.note, i.order)


def _rating_values(r: Rating) -> tuple[Any, ...]:
    level, state = (r.answer, None) if isinstance(r.answer, int) else (None, r.answer)
    return (
        r.id, r.statement, r.source, r.document, r.rubric, r.version, r.criterion, r.assessor,
        level, state, r.because, r.at,
    )  # fmt: skip


def _credibility_values(c: Credibility) -> tuple[Any, ...]:
    conflict = None if c.conflict is None else int(c.conflict)
    return (
        c.id, c.statement, c.assessor, c.number, c.logical, c.consistency, conflict, c.because,
        c.at,
    )  # fmt: skip


def _link_values(source: Source) -> Iterable[tuple[str, str]]:
    yield from (("derives_from", other) for other in source.derives_from)
    yield from (("same_origin", other) for other in source.same_origin)


_DOCUMENT: Final = (
    "id", "title", "author", "publisher", "published", "url", "language", "text",
)  # fmt: skip
_SOURCE: Final = ("id", "name", "kind", "url", "description", "interest")
_STATEMENT: Final = (
    "id", "document", "kind", "label", "text", "nature", "main", "main_item", "stated", "note",
    "tags", ORDER,
)  # fmt: skip
_INFERENCE: Final = (
    "id", "document", "label", "stance", "conclusion_statement", "conclusion_inference", "scheme",
    "note", ORDER,
)  # fmt: skip
_ATTRIBUTION: Final = (
    "id", "statement", "class", "cue", "cue_start", "access", "text_certainty",
    "source_certainty", "locator", "accessed", "note",
)  # fmt: skip
_RATING: Final = (
    "id", "statement", "source", "document", "rubric", "version", "criterion", "assessor",
    "level", "state", "because", "at",
)  # fmt: skip
_RELIABILITY: Final = (
    "id", "source", "assessor", "letter", "topic", "checked", "valid", "because", "at",
)  # fmt: skip
_CREDIBILITY: Final = (
    "id", "statement", "assessor", "number", "logical", "consistency", "conflict", "because", "at",
)  # fmt: skip

TABLES: Final[dict[str, EntityTable]] = {
    "document": EntityTable(
        (*_DOCUMENT, "sha256"), _plain_values((*_DOCUMENT, "sha256")), _document
    ),
    "source": EntityTable(
        _SOURCE,
        _plain_values(_SOURCE),
        _source,
        (ChildTable("source_link", "source", ("relation", "other"), _link_values),),
    ),
    "statement": EntityTable(
        _STATEMENT,
        _statement_values,
        _statement,
        (
            ChildTable(
                "passage",
                "statement",
                ("position", "start", '"end"', "words"),
                lambda s: ((n, p.start, p.end, p.words) for n, p in enumerate(s.passages)),
            ),
        ),
    ),
    "inference": EntityTable(
        _INFERENCE,
        _inference_values,
        _inference,
        (ChildTable("premise", "inference", ("statement",), lambda i: ((p,) for p in i.premises)),),
        shorthand=True,
    ),
    "attribution": EntityTable(
        _ATTRIBUTION,
        _plain_values(tuple("class_" if c == "class" else c for c in _ATTRIBUTION)),
        _attribution,
        (
            ChildTable(
                "attribution_source",
                "attribution",
                ("position", "source"),
                lambda a: enumerate(a.chain),
            ),
        ),
        shorthand=True,
    ),
    "rating": EntityTable(_RATING, _rating_values, _rating, shorthand=True),
    "reliability": EntityTable(_RELIABILITY, _plain_values(_RELIABILITY), _reliability),
    "credibility": EntityTable(_CREDIBILITY, _credibility_values, _credibility),
}
"""The table of each type, in an order in which types refer to earlier ones."""
