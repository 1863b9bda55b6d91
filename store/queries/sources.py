"""Sources across all documents: found by name, listed with the statements attributed to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from argmap.edit.merge_sources import SourcePair
from argmap.errors import MissingError
from argmap.model.map import label_order
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.records.encode import entity_from_record
from argmap.text.name_lookup import find_id
from store.database.argument_checks import check_type
from store.rows.reading import entities

from .maps import list_sources

if TYPE_CHECKING:
    from argmap.model.vocabulary import AttributionClass, Letter
    from store.database.store import Store

_INNERMOST: Final = (
    "l.position = (SELECT max(m.position) FROM attribution_source AS m"
    " WHERE m.attribution = l.attribution)"
)

_NEWEST: Final = 5000
"""Attributions that are looked at for how sources are named."""

_BEHIND: Final = """id IN (
    WITH RECURSIVE behind (id) AS (
        VALUES (?), (?)
        UNION SELECT l.other FROM behind JOIN source_link AS l
        ON l.source = behind.id AND l.relation = 'derives_from'
    ) SELECT id FROM behind
) AND id NOT IN (?, ?)"""
"""The sources that two, ids, derive from, directly or through others."""


@frozen
class SourceSummary:
    """A source with where it is cited and how it was judged."""

    source: Source
    documents: tuple[str, ...]
    """Ids of the documents in which it is said to say something, sorted."""
    statements: tuple[str, ...]
    """Ids of the statements that it is said to say, on its own or through others, sorted."""
    classes: tuple[AttributionClass, ...]
    """How texts name it where it is the innermost speaker, sorted."""
    reliability: tuple[Reliability, ...]
    """Its letters, by when they were given."""


@frozen
class AttributedStatement:
    """One thing that a source is said to say."""

    document: str
    title: str
    statement: str
    label: str
    text: str
    class_: AttributionClass
    """That of the innermost speaker."""
    cue: str | None
    is_innermost: bool = field(converter=bool)
    """False where the source passes on what another says."""


def source_named_in_full(store: Store, name: str) -> str:
    """Return the id of the one source whose id, or whose whole name, is *name*.

    For a merge: run again, it would find another source that begins with the name.

    Raises:
        MissingError: there is none, or more than one.
    """
    return _source_in(store, name, in_full=True)


def source_named(store: Store, name: str) -> str:
    """Return the id of the one source whose id or name is *name* or begins with it.

    Raises:
        MissingError: there is none, or more than one.
        ModelError: *name* is no text.
    """
    check_type("name", name)
    return _source_in(store, name, in_full=False)


def list_cited(store: Store, source: str | None = None) -> list[SourceSummary]:
    """Return every source, by name, with where it is cited; or the one called *source*, an id."""
    with store.reading():
        return _list_cited(store, source)


def _list_cited(store: Store, source: str | None) -> list[SourceSummary]:
    own, given = ("1", ()) if source is None else ("l.source = ?", (source,))
    documents: dict[str, set[str]] = {}
    statements: dict[str, set[str]] = {}
    classes: dict[str, set[AttributionClass]] = {}
    rows = store.db.conn.execute(
        f"SELECT l.source, s.document, s.id, a.class, {_INNERMOST} FROM attribution_source AS l"
        " JOIN attribution AS a ON a.id = l.attribution"
        f" JOIN statement AS s ON s.id = a.statement WHERE {own}",
        given,
    )
    for id_, document, statement, class_, is_innermost in rows:
        documents.setdefault(id_, set()).add(document)
        statements.setdefault(id_, set()).add(statement)
        if is_innermost:
            classes.setdefault(id_, set()).add(class_)
    letters: dict[str, list[Reliability]] = {}
    where = "1" if source is None else "source = ?"
    for letter in entities(store, Reliability, where, *given):
        letters.setdefault(letter.source, []).append(letter)
    found = list_sources(store) if source is None else entities(store, Source, "id = ?", source)
    return [
        SourceSummary(
            each,
            tuple(sorted(documents.get(each.id, ()))),
            tuple(sorted(statements.get(each.id, ()))),
            tuple(sorted(classes.get(each.id, ()))),
            tuple(sorted(letters.get(each.id, ()), key=lambda r: (r.at or "", r.id))),
        )
        for each in found
    ]


def newest_classes(store: Store) -> dict[str, AttributionClass]:
    """Return how texts named each source last, by its id, the one that was cited last first.

    Only the newest attributions are looked at, so that a big database keeps nobody waiting.
    """
    rows = store.db.conn.execute(
        "SELECT l.source, a.class FROM (SELECT pk, id, class FROM attribution ORDER BY pk DESC"
        f" LIMIT {_NEWEST}) AS a JOIN attribution_source AS l ON l.attribution = a.id"
        f" AND {_INNERMOST} ORDER BY a.pk DESC"
    )
    found: dict[str, AttributionClass] = {}
    for source, class_ in rows:
        found.setdefault(source, class_)
    return found


def list_attributed(store: Store, source: str) -> list[AttributedStatement]:
    """Return what *source*, an id, is said to say, by document and label."""
    rows = store.db.conn.execute(
        f"SELECT d.id, d.title, s.id, s.label, s.text, a.class, a.cue, max({_INNERMOST})"
        " FROM attribution_source AS l JOIN attribution AS a ON a.id = l.attribution"
        " JOIN statement AS s ON s.id = a.statement JOIN document AS d ON d.id = s.document"
        " WHERE l.source = ? GROUP BY a.pk ORDER BY a.pk",
        (source,),
    )
    found = [AttributedStatement(*row) for row in rows]
    return sorted(found, key=lambda said: (said.document, label_order(said.label)))


def earlier_letters(store: Store, source: str) -> list[Reliability]:
    """Return the letters of *source*, an id, that were changed or taken back, newest first."""
    rows = store.db.conn.execute(
        "SELECT c.before FROM change AS c JOIN operation AS o ON o.seq = c.operation"
        " WHERE c.type = 'reliability' AND o.state <> 'undone'"
        " AND json_extract(c.before, '$.source') = ? ORDER BY c.operation DESC, c.position",
        (source,),
    )
    records = (json.loads(before) for (before,) in rows)
    plain = ({k: v for k, v in record.items() if k[0] != "_"} for record in records)
    return [entity for entity in map(entity_from_record, plain) if isinstance(entity, Reliability)]


def admiralty_pairs(store: Store) -> list[tuple[Letter, int]]:
    """Return each number that an item was given with the letter of its innermost source.

    The letter is the newest that the same assessor gave, whatever its topic.
    """
    rows = store.db.conn.execute(
        "SELECT c.id, l.source, r.letter, c.number FROM credibility AS c"
        " JOIN attribution AS a ON a.statement = c.statement"
        f" JOIN attribution_source AS l ON l.attribution = a.id AND {_INNERMOST}"
        " JOIN reliability AS r ON r.source = l.source AND r.assessor = c.assessor"
        " WHERE c.number IS NOT NULL AND r.letter IS NOT NULL ORDER BY r.at, r.id"
    )
    return list(
        {(item, source): (letter, number) for item, source, letter, number in rows}.values()
    )


def load_source_pair(store: Store, gone: str, into: str) -> SourcePair:
    """Return two sources, ids, and all that cites the first.

    Raises:
        MissingError: one is not there.
    """
    with store.reading():
        return _load_source_pair(store, gone, into)


def _load_source_pair(store: Store, gone: str, into: str) -> SourcePair:
    both = {s.id: s for s in entities(store, Source, "id IN (?, ?)", gone, into)}
    for id_ in (gone, into):
        if id_ not in both:
            message = f"there is no source {id_!r}; argmap sources shows those there are"
            raise MissingError(message)
    citing = (
        "statement IN (SELECT a.statement FROM attribution_source AS l"
        " JOIN attribution AS a ON a.id = l.attribution WHERE l.source = ?)"
    )
    linking = "id IN (SELECT source FROM source_link WHERE other = ?) AND id NOT IN (?, ?)"
    return SourcePair(
        both[gone],
        both[into],
        sorted(entities(store, Attribution, citing, gone), key=lambda a: a.id),
        list(entities(store, Source, linking, gone, gone, into)),
        list(entities(store, Reliability, "source IN (?, ?)", gone, into)),
        list(entities(store, Rating, "source IN (?, ?)", gone, into)),
        list(entities(store, Source, _BEHIND, gone, into, gone, into)),
    )


def _source_in(store: Store, name: str, *, in_full: bool) -> str:
    rows = store.db.conn.execute("SELECT id, name FROM source ORDER BY id").fetchall()
    found = find_id(rows, name, in_full=in_full)
    if found is None:
        message = f"there is no source {name!r}; argmap sources shows those there are"
        raise MissingError(message)
    return found
