"""Find evidence in other documents that evidence of one map may copy.

The full-text indexes give the candidates, so that a million statements are not all read. The
number of phrases to look up, and of candidates for each, is limited.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from argmap.analysis.findings.copying import (
    CopyElsewhere,
    OtherDocuments,
    evidence_with_wording,
    figures_of,
    overlap,
    sources_of,
)
from argmap.analysis.provenance import live_map_of, wording_of
from argmap.analysis.provenance.copies import (
    MOST_WITH_FIGURE,
    CopyIndex,
    figures_in,
    rare_among,
    runs_in,
    thousands_of,
)
from argmap.model.statement import Statement
from store.rows.reading import entities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmap.analysis.provenance import LiveMap, Wording
    from argmap.model.map import ArgumentMap
    from store.database.store import Store

MOST_PHRASES: Final = 2000
"""Maximum number of phrases to look up for one map; each takes about a millisecond."""
MOST_ITEMS: Final = 500
"""Maximum number of evidence items that are compared: the first ones in the text."""
_MOST_OF_ITEM: Final = 12
"""Maximum number of phrases from one item's text, and again from its quotes."""
_MOST_STATEMENTS: Final = 20
"""Maximum number of candidate statements for the words of one item."""
_MOST_DOCUMENTS: Final = 10
"""Maximum number of candidate documents for the quotes of one item."""
_MOST_WITH_FIGURE: Final = 50
"""Maximum number of candidate documents for a figure; beyond it, the figure is common."""
_MOST_VARIABLES: Final = 500
"""Maximum number of ids in one query."""

_STATEMENTS: Final = (
    "SELECT s.id, s.text FROM statement_fts JOIN statement AS s ON s.pk = statement_fts.rowid"
    " WHERE statement_fts MATCH ? AND s.document <> ?"
)
_BEHIND: Final = """
    WITH RECURSIVE behind (id) AS (
        SELECT l.source FROM attribution_source AS l
            JOIN attribution AS a ON a.id = l.attribution WHERE a.statement = ?
        UNION
        SELECT k.other FROM behind JOIN source_link AS k ON k.source = behind.id
            WHERE k.relation = 'derives_from'
    ) SELECT id FROM behind
"""


def find_copies_elsewhere(store: Store, argument_map: ArgumentMap) -> OtherDocuments:
    """Return the evidence of *argument_map* that may be copied from elsewhere.

    For long maps the first 500 items are compared, and up to 12 phrases of each are looked up, so a
    copy of a small part of a long item may be missed. A figure that very many documents mention
    counts as common, even if few statements have it.
    """
    items = dict(list(evidence_with_wording(argument_map).items())[:MOST_ITEMS])
    with store.reading():
        if _is_alone(store, argument_map.document.id):
            return OtherDocuments()
        search = _Search(store, argument_map.document.id)
        figures = {f for wording in items.values() for f in wording.figures}
        holders = {figure: search.with_figure(figure) for figure in sorted(figures)}
        counts = {figure: len(ids) for figure, ids in holders.items()}
        is_rare = rare_among(figures_of(argument_map) + Counter(counts))
        candidates = {id_ for figure, ids in holders.items() if is_rare(figure) for id_ in ids}
        candidates.update(_worded_alike(search, argument_map, items))
        copies = tuple(_copies(search, live_map_of(argument_map), items, candidates, is_rare))
    return OtherDocuments(copies, counts)


def _is_alone(store: Store, document: str) -> bool:
    query = "SELECT 1 FROM document WHERE id <> ? LIMIT 1"
    return store.connection.execute(query, (document,)).fetchone() is None


class _Search:
    """Finds statements of the other documents by phrases and figures."""

    def __init__(self, store: Store, document: str) -> None:
        self.store = store
        self.document = document

    def evidence(self, terms: str, most: int) -> list[str]:
        """Return the ids of evidence whose text matches *terms*."""
        sql = f"{_STATEMENTS} AND s.kind = 'evidence' LIMIT ?"
        return [row[0] for row in self.rows(sql, terms, self.document, most)]

    def documents(self, terms: str, most: int) -> list[str]:
        """Return the ids of documents whose text matches *terms*."""
        rows = self.rows(
            "SELECT d.id FROM document_fts JOIN document AS d ON d.pk = document_fts.rowid"
            " WHERE document_fts MATCH ? AND d.id <> ? LIMIT ?",
            terms, self.document, most,
        )  # fmt: skip
        return [row[0] for row in rows]

    def with_figure(self, figure: str) -> set[str]:
        """Return the ids of statements with *figure*; four or more if it is common."""
        spellings = _spellings(figure)
        terms = " OR ".join(f'text : "{spelling}"' for spelling in spellings)
        stated = self.rows(f"{_STATEMENTS} LIMIT ?", terms, self.document, _MOST_STATEMENTS)
        found = {id_ for id_, words in stated if figure in figures_in(words)}
        documents = self.documents(terms, _MOST_WITH_FIGURE + 1)
        if len(stated) == _MOST_STATEMENTS or len(documents) > _MOST_WITH_FIGURE:
            return {f"{number}" for number in range(MOST_WITH_FIGURE + 1)}
        pattern = " OR ".join("p.words GLOB ?" for _ in spellings)
        for document in documents:
            rows = self.rows(
                "SELECT s.id, p.words FROM statement AS s JOIN passage AS p ON p.statement = s.id"
                f" WHERE s.document = ? AND ({pattern})",
                document, *(f"*{spelling.replace(' ', '?')}*" for spelling in spellings),
            )  # fmt: skip
            found |= {id_ for id_, words in rows if figure in figures_in(words)}
        return found

    def behind(self, statement: str) -> set[str]:
        """Return the ids of a statement's sources, and of those they derive from."""
        return {row[0] for row in self.rows(_BEHIND, statement)}

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.store.connection.execute(sql, values).fetchall()


def _spellings(figure: str) -> list[str]:
    """Return *figure* as the index has it: as one word, and with separate thousands."""
    groups, decimals = thousands_of(figure)
    after = decimals.replace(".", " ")
    return list(dict.fromkeys(("".join(groups) + after, " ".join(groups) + after)))


def _worded_alike(
    search: _Search, argument_map: ArgumentMap, items: Mapping[str, Wording]
) -> Iterator[str]:
    """Yield the ids of evidence elsewhere that shares a phrase with one of *items*."""
    documents: dict[str, None] = {}
    most = min(_MOST_OF_ITEM, max(1, MOST_PHRASES // (2 * max(1, len(items)))))
    for id_ in items:
        statement = argument_map.statements[id_]
        if terms := _terms([statement.text], most):
            yield from search.evidence(terms, _MOST_STATEMENTS)
        if terms := _terms([p.words for p in statement.passages], most):
            documents.update(dict.fromkeys(search.documents(terms, _MOST_DOCUMENTS)))
    for document in documents:
        for (id_,) in search.rows(
            "SELECT id FROM statement WHERE document = ? AND kind = 'evidence'", document
        ):
            yield id_


def _terms(texts: Iterable[str], most: int) -> str:
    """Return a query for up to *most* phrases of five words, spread over *texts*.

    From each stretch it takes the phrase with the most letters: long words are rare, and rare words
    are found quickly.
    """
    runs = [run for text in texts for run in runs_in(text)]
    edges = [len(runs) * number // most for number in range(most + 1)]
    stretches = (runs[first:end] for first, end in pairwise(edges) if first < end)
    phrases = (max(stretch, key=lambda run: sum(map(len, run))) for stretch in stretches)
    return " OR ".join(f'text : "{" ".join(phrase)}"' for phrase in phrases)


def _copies(
    search: _Search,
    own: LiveMap,
    items: Mapping[str, Wording],
    candidates: set[str],
    is_rare: Callable[[str], bool],
) -> Iterator[CopyElsewhere]:
    others = {s.id: s for s in _loaded(search.store, sorted(candidates))}
    titles = _titles(search, {s.document for s in others.values()})
    index = CopyIndex({run for wording in items.values() for run in wording.runs})
    for other in others.values():
        index.add(other.id, wording_of(other.text, (p.words for p in other.passages)))
    may_copy = _may_copy(search, own, others, titles)
    for id_, wording in items.items():
        copy = index.copied_by(id_, wording, may_copy, is_rare)
        if copy is not None:
            other = others[copy.earlier]
            title, _ = titles[other.document]
            yield CopyElsewhere(id_, other.label, other.document, title, copy.figure)


def _may_copy(
    search: _Search,
    own: LiveMap,
    others: Mapping[str, Statement],
    titles: Mapping[str, tuple[str, str]],
) -> Callable[[str, str], bool]:
    """Return a predicate on two ids: whether those two items may be copies.

    They may not if they share a source or an origin, or if they quote overlapping passages of one
    text that is stored twice.
    """
    statements, sha256 = own.argument_map.statements, own.argument_map.document.sha256
    known, behind = cache(partial(sources_of, own)), cache(search.behind)

    def may_copy(item: str, other: str) -> bool:
        there = others[other]
        is_same_text = titles[there.document][1] == sha256
        if is_same_text and overlap(statements[item].passages, there.passages):
            return False
        return known(item).isdisjoint(own.roots.get(id_, id_) for id_ in behind(other))

    return may_copy


def _loaded(store: Store, ids: Sequence[str]) -> Iterator[Statement]:
    for first in range(0, len(ids), _MOST_VARIABLES):
        some = ids[first : first + _MOST_VARIABLES]
        marks = ", ".join("?" * len(some))
        for statement in entities(store, Statement, f"id IN ({marks})", *some):
            if statement.kind == "evidence":
                yield statement


def _titles(search: _Search, documents: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the title of each of *documents*, ids, and the SHA-256 of its text."""
    query = "SELECT title, sha256 FROM document WHERE id = ?"
    return {id_: search.rows(query, id_)[0] for id_ in documents}
