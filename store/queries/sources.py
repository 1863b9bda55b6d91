"""Find sources across all documents, and list the statements attributed to them."""

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
"""Maximum number of attributions, newest first, that are read to see how sources are cited."""

_BEHIND: Final = """id IN (
    WITH RECURSIVE behind (id) AS (
        VALUES (?), (?)
        UNION SELECT l.other FROM behind JOIN source_link AS l
        ON l.source = behind.id AND l.relation = 'derives_from'
    ) SELECT id FROM behind
) AND id NOT IN (?, ?)"""
"""SQL for the sources from which two sources derive directly or indirectly."""


@frozen
class SourceSummary:
    """A source with the documents that cite it and its letters."""

    source: Source
    documents: tuple[str, ...]
    """Ids of the documents that attribute a statement to it, sorted."""
    statements: tuple[str, ...]
    """Ids of the statements attributed to it, directly or indirectly, sorted."""
    classes: tuple[AttributionClass, ...]
    """The classes of the attributions in which it is the innermost speaker, sorted."""
    reliability: tuple[Reliability, ...]
    """Its letters, by the time they were given."""


@frozen
class AttributedStatement:
    """A statement that is attributed to a source."""

    document: str
    title: str
    statement: str
    label: str
    text: str
    class_: AttributionClass
    """The class of the innermost speaker."""
    cue: str | None
    is_innermost: bool = field(converter=bool)
    """False if the source reports the words of another."""


def source_named_in_full(store: Store, name: str) -> str:
    """Return the id of the only source whose id or whole name is *name*.

    A merge needs the whole name: run again, it would find another source that begins with it.

    Raises:
        MissingError: there is no such source, or more than one.
    """
    return _source_in(store, name, in_full=True)


def source_named(store: Store, name: str) -> str:
    """Return the id of the only source whose id or name is or begins with *name*.

    Raises:
        MissingError: there is no such source, or more than one.
        ModelError: *name* is not text.
    """
    check_type("name", name)
    return _source_in(store, name, in_full=False)


def list_cited(store: Store, source: str | None = None) -> list[SourceSummary]:
    """Return every source with the documents that cite it, by name.

    If *source*, an id, is given, return only that one.
    """
    with store.reading():
        return _list_cited(store, source)


def _list_cited(store: Store, source: str | None) -> list[SourceSummary]:
    own, given = ("1", ()) if source is None else ("l.source = ?", (source,))
    documents: dict[str, set[str]] = {}
    statements: dict[str, set[str]] = {}
    classes: dict[str, set[AttributionClass]] = {}
    rows = store.connection.execute(
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
    """Return the class of each source's newest attribution, by the source's id.

    The source that was cited last is first. Only the newest attributions are read, so that a big
    database does not delay the caller.
    """
    rows = store.connection.execute(
        "SELECT l.source, a.class FROM (SELECT pk, id, class FROM attribution ORDER BY pk DESC"
        f" LIMIT {_NEWEST}) AS a JOIN attribution_source AS l ON l.attribution = a.id"
        f" AND {_INNERMOST} ORDER BY a.pk DESC"
    )
    found: dict[str, AttributionClass] = {}
    for source, class_ in rows:
        found.setdefault(source, class_)
    return found


def list_attributed(store: Store, source: str) -> list[AttributedStatement]:
    """Return the statements attributed to *source*, an id, by document and label."""
    rows = store.connection.execute(
        f"SELECT d.id, d.title, s.id, s.label, s.text, a.class, a.cue, max({_INNERMOST})"
        " FROM attribution_source AS l JOIN attribution AS a ON a.id = l.attribution"
        " JOIN statement AS s ON s.id = a.statement JOIN document AS d ON d.id = s.document"
        " WHERE l.source = ? GROUP BY a.pk ORDER BY a.pk",
        (source,),
    )
    found = [AttributedStatement(*row) for row in rows]
    return sorted(found, key=lambda said: (said.document, label_order(said.label)))


def earlier_letters(store: Store, source: str) -> list[Reliability]:
    """Return the changed or removed letters of *source*, an id, newest first."""
    rows = store.connection.execute(
        "SELECT c.before FROM change AS c JOIN operation AS o ON o.seq = c.operation"
        " WHERE c.type = 'reliability' AND o.state <> 'undone'"
        " AND json_extract(c.before, '$.source') = ? ORDER BY c.operation DESC, c.position",
        (source,),
    )
    records = (json.loads(before) for (before,) in rows)
    plain = ({k: v for k, v in record.items() if k[0] != "_"} for record in records)
    return [entity for entity in map(entity_from_record, plain) if isinstance(entity, Reliability)]


def admiralty_pairs(store: Store) -> list[tuple[Letter, int]]:
    """Return the number of each rated item, paired with its innermost source's letter.

    The letter is the newest that the same assessor gave, whatever its topic.
    """
    rows = store.connection.execute(
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
    """Return two sources, ids, and everything that cites the source *gone*.

    Raises:
        MissingError: one of them does not exist.
    """
    with store.reading():
        return _load_source_pair(store, gone, into)


def _load_source_pair(store: Store, gone: str, into: str) -> SourcePair:
    both = {s.id: s for s in entities(store, Source, "id IN (?, ?)", gone, into)}
    for id_ in (gone, into):
        if id_ not in both:
            message = f"there is no source {id_!r}; argmap sources shows all sources"
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
    rows = store.connection.execute("SELECT id, name FROM source ORDER BY id").fetchall()
    found = find_id(rows, name, in_full=in_full)
    if found is None:
        message = f"there is no source {name!r}; argmap sources shows all sources"
        raise MissingError(message)
    return found
