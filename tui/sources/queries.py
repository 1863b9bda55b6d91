"""Snapshots of all sources, each read at once, and sorted and filtered in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.analysis.admiralty import Diagonal, diagonal_of
from argmap.text.display import counted, visible, visible_lines
from argmap.text.name_similarity import (
    NameIndex,
    SimilarSource,
    completions,
    index_names,
    same_name_groups,
    similar_sources,
)
from store.queries import admiralty_pairs, earlier_letters, list_attributed, list_cited
from tui.look.admiralty_words import letter_in_words, letter_with_basis
from tui.look.signs import SIGN_OF_KIND
from tui.views.fields import Field, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from argmap.model.rating import Reliability
    from argmap.model.source import Source
    from store import Store
    from store.queries import AttributedStatement, SourceSummary

COLUMNS: Final = ("name", "kind", "statements", "documents")
"""The columns by which the list can be sorted; numbers start with the highest."""

MOST_SAID: Final = 200
"""Maximum number of citations that are listed for one source; others are counted."""

LINKS: Final = {"derives_from": "derives from", "same_origin": "shares an origin with"}
"""The fields that link a source to others, each with its label."""

WORDS: Final = {"description": "description", "interest": "interest", "url": "URL"}
"""The fields that describe a source, each with its label."""


@frozen(eq=False)
class SourceSnapshot:
    """Every source of the database at one moment."""

    rows: Mapping[str, SourceSummary]
    """The sources by id, in the order of their names."""
    index: NameIndex
    twins: Mapping[str, Sequence[Source]]
    """All sources that share a name, by the id of each of them."""
    diagonal: Diagonal
    """The agreement between the letters and numbers of the database."""


@frozen
class SourceDetails:
    """The details of one source, read when it is highlighted."""

    sayings: Sequence[AttributedStatement] = ()
    earlier: Sequence[Reliability] = ()
    """Letters that were changed or cleared, newest first."""
    alike: Sequence[SimilarSource] = ()
    """Other sources with similar names, the most similar first."""


def read_snapshot(store: Store) -> SourceSnapshot:
    """Read all sources of *store* in one transaction."""
    with store.reading():
        rows, pairs = list_cited(store), admiralty_pairs(store)
    index = index_names(row.source for row in rows)
    groups = {source.id: group for group in same_name_groups(index) for source in group}
    return SourceSnapshot({row.source.id: row for row in rows}, index, groups, diagonal_of(pairs))


def read_details(store: Store, snapshot: SourceSnapshot, source: Source) -> SourceDetails:
    """Read the citations, earlier letters and similar names of one *source*."""
    with store.reading():
        sayings, earlier = list_attributed(store, source.id), earlier_letters(store, source.id)
    near = similar_sources(snapshot.index, source.name)
    return SourceDetails(sayings, earlier, [each for each in near if each.source.id != source.id])


def find_sources(
    snapshot: SourceSnapshot, typed: str, column: str, *, is_reversed: bool
) -> list[SourceSummary]:
    """Return the sources whose names have every word of *typed*, sorted.

    Sources with equal values stay in the order of their names.
    """
    if typed.strip():
        matches = completions(snapshot.index, typed, len(snapshot.rows))
        ids = {source.id for source in matches}
        rows = [row for id_, row in snapshot.rows.items() if id_ in ids]
    else:
        rows = list(snapshot.rows.values())
    if column == "name":
        rows.sort(key=lambda row: (row.source.name.casefold(), row.source.id))
    elif column == "kind":
        rows.sort(key=lambda row: list(SIGN_OF_KIND).index(row.source.kind))
    else:
        rows.sort(key=lambda row: -len(getattr(row, column)))
    return rows[::-1] if is_reversed else rows


def build_source_fields(
    snapshot: SourceSnapshot, row: SourceSummary, details: SourceDetails
) -> list[Field]:
    """Return the fields of the source of *row*, in the order in which they are shown."""
    source = row.source
    return [
        Field("name", "", visible(source.name), "strong"),
        Field("kind", "", f"{SIGN_OF_KIND[source.kind]} {source.kind}", "quiet"),
        *_alike(snapshot, details),
        *(_written(source, key) for key in WORDS),
        *(field for key in LINKS for field in _links(snapshot, source, key)),
        *_letters(row, details),
        *_sayings(row, details),
    ]


def format_citations(row: SourceSummary) -> str:
    """Return the numbers of statements and documents that cite a source, in words."""
    many = counted(len(row.statements), "statement")
    return f"{many} in {counted(len(row.documents), 'document')}"


def _alike(snapshot: SourceSnapshot, details: SourceDetails) -> Iterator[Field]:
    for near in details.alike:
        how = "spelled differently" if near.is_same else f"{near.likeness:.0%} similar"
        other = snapshot.rows.get(near.source.id)
        where = f", {format_citations(other)}" if other else ""
        words = f"{SIGN_OF_KIND[near.source.kind]} {visible(near.source.name)}  ({how}{where})"
        yield Field(f"alike:{near.source.id}", "same source? enter merges", words)


def _written(source: Source, key: str) -> Field:
    words = getattr(source, key)
    text = f"{WORDS[key]}: {visible_lines(words) if words else 'not set'}"
    return Field(key, "about the source", text, "" if words else "quiet")


def _links(snapshot: SourceSnapshot, source: Source, key: str) -> Iterator[Field]:
    """Yield a line for each source linked by *key*, and a line that adds one."""
    ids: tuple[str, ...] = getattr(source, key)
    for id_ in ids:
        other = snapshot.rows.get(id_)
        name = visible(other.source.name if other else id_)
        yield Field(f"{key}:{id_}", "about the source", f"{LINKS[key]} {name}")
    words = "enter adds another" if ids else f"{LINKS[key]}: not set"
    yield Field(key, "about the source", words, "quiet")


def _letters(row: SourceSummary, details: SourceDetails) -> Iterator[Field]:
    heading = "reliability A–F, by topic"
    for letter in row.reliability:
        yield Field(f"letter:{letter.id}", heading, letter_with_basis(letter))
    if not row.reliability:
        yield Field("letter", heading, "not set; {sources.open} sets it", "quiet", names_keys=True)
    for letter in details.earlier:
        words = f"earlier: {letter_in_words(letter)}  ({letter.at or 'undated'})"
        yield Field("earlier", heading, words, "quiet")


def _sayings(row: SourceSummary, details: SourceDetails) -> Iterator[Field]:
    heading = "cited for"
    counts = Counter(s.class_ for s in details.sayings if s.is_innermost)
    passed = sum(not s.is_innermost for s in details.sayings)
    parts = [f"{count:,} as {name_of(class_)}" for class_, count in counts.most_common()]
    parts += [f"{passed:,} relayed"] if passed else []
    classes = f": {', '.join(parts)}" if parts else ""
    words = f"{format_citations(row)}{classes}" if row.statements else "not cited"
    yield Field("classes", heading, words, "quiet")
    for number, said in enumerate(details.sayings[:MOST_SAID]):
        how = name_of(said.class_) + ("" if said.is_innermost else ", relayed")
        cue = f" “{visible(said.cue)}”" if said.cue else ""
        words = f"{visible(said.label)} {visible(said.text)}  ({how}{cue})"
        yield Field(f"said:{number}", visible(said.title), words)
    unseen = len(details.sayings) - MOST_SAID
    if unseen > 0:
        yield Field("unseen", "more", f"and {unseen:,} more", "quiet")
