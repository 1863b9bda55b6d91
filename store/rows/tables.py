"""The tables of each type of entity: how its rows are written and read."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from argmap.model.document import Document, Passage
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from argmap.model.map import Entity

    Row = Sequence[Any]
    Parts = Sequence[tuple[Any, ...]]

ORDER: Final = "[order]"
"""The column of the order, whose name is a keyword of SQL.

It is in brackets, because SQLite reads a name in double quotes as a string if no such column
exists.
"""


_NO_TAGS: Final = "[]"
"""The tags of a statement without any, as they are stored."""


class ChildTable(NamedTuple):
    """A table with several rows for one entity."""

    table: str
    owner: str
    """The column with the id of the entity."""
    columns: tuple[str, ...]
    """The other columns, in the order of their values."""
    values: Callable[[Any], Iterable[tuple[Any, ...]]]
    """Returns the rows of an entity, without the owner."""


class EntityTable(NamedTuple):
    """The table of one type of entity, named after the type."""

    columns: tuple[str, ...]
    """All but `pk` and `batch`; the first is `id`."""
    values: Callable[[Any], tuple[Any, ...]]
    entity: Callable[..., Entity]
    """Makes an entity from its row, which begins with `columns`, and the rows of each child."""
    children: tuple[ChildTable, ...] = ()
    shorthand: bool = False
    """True if a statement's shorthand can make such entities."""


def _document(row: Row) -> Document:
    return Document(**dict(zip(_DOCUMENT, row, strict=False)))


def _source(row: Row, parts: Parts) -> Source:
    links = sorted(parts)
    return Source(
        **dict(zip(_SOURCE, row, strict=False)),
        derives_from=tuple(other for relation, other in links if relation == "derives_from"),
        same_origin=tuple(other for relation, other in links if relation == "same_origin"),
    )


def _statement(row: Row, parts: Parts) -> Statement:
    # A big map is mostly this and `_inference`, so they name no column and make nothing for
    # what nearly every row lacks.
    id_, document, kind, label, text, nature, main, main_item, stated, note, tags, order, *_ = row
    return Statement(
        id_,
        document,
        kind,
        text,
        label,
        tuple(Passage(*place[1:]) for place in sorted(parts)) if parts else (),
        nature,
        bool(main),
        main_item,
        None if stated is None else bool(stated),
        note,
        () if tags == _NO_TAGS else tuple(json.loads(tags)),
        order,
    )


def _inference(row: Row, parts: Parts) -> Inference:
    id_, document, label, stance, to_statement, to_inference, scheme, note, order, *_ = row
    premises = parts[0] if len(parts) == 1 else tuple(part[0] for part in sorted(parts))
    return Inference(
        id_, document, premises, to_statement or to_inference, stance, label, scheme, note, order
    )


def _attribution(row: Row, parts: Parts) -> Attribution:
    plain = dict(zip(_ATTRIBUTION, row, strict=False))
    class_ = plain.pop("class")
    chain = tuple(source for _, source in sorted(parts))
    return Attribution(**plain, class_=class_, chain=chain)


def _rating(row: Row) -> Rating:
    plain = dict(zip(_RATING, row, strict=False))
    level, state = plain.pop("level"), plain.pop("state")
    return Rating(**plain, answer=state if level is None else level)


def _reliability(row: Row) -> Reliability:
    return Reliability(**dict(zip(_RELIABILITY, row, strict=False)))


def _credibility(row: Row) -> Credibility:
    plain = dict(zip(_CREDIBILITY, row, strict=False))
    conflict = plain.pop("conflict")
    return Credibility(**plain, conflict=None if conflict is None else bool(conflict))


def _plain_values(columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*columns)


def _statement_values(s: Statement) -> tuple[Any, ...]:
    tags = json.dumps(s.tags, ensure_ascii=False) if s.tags else _NO_TAGS
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
