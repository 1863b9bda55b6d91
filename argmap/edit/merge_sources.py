"""Merge duplicate sources: citations of the duplicate become citations of the kept one."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import evolve, frozen

from argmap.errors import EditError
from argmap.model.map import Change, Operation
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.records.ids import MADE, rating_id, reliability_id
from argmap.text.display import and_list, counted, short

from .field_words import describe_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


J = TypeVar("J", Rating, Reliability)
E = TypeVar("E", Attribution, Source, Rating, Reliability)

_MOST_LINKS: Final = 4
"""The most links of a circle that a remark names one by one."""

_OPTIONAL: Final = ("url", "description", "interest")
_DETAILS: Final = ("access", "text_certainty", "source_certainty", "locator", "accessed", "note")


@frozen
class SourcePair:
    """Two sources to merge, with every entity of the database that a merge affects."""

    duplicate: Source
    kept: Source
    attributions: Sequence[Attribution] = ()
    """All attributions of every statement with an attribution that cites `duplicate`."""
    sources: Sequence[Source] = ()
    """The other sources that derive from `duplicate` or share an origin with it."""
    reliabilities: Sequence[Reliability] = ()
    """The reliability letters of both sources."""
    ratings: Sequence[Rating] = ()
    """The ratings of both sources."""
    upstream: Sequence[Source] = ()
    """The other sources from which either of the two derives, directly or indirectly."""


@frozen
class SourceMerge:
    """The operation that merges sources, and remarks about lost information."""

    operation: Operation
    remarks: Sequence[str]
    """Clauses without a full stop; the history keeps the values that they mention."""


def merge_sources(pair: SourcePair) -> SourceMerge:
    """Merge two sources: `kept` stays, and everything that cited `duplicate` cites it.

    Fields that `kept` lacks are filled from `duplicate`. A chain that would name `kept` twice in
    a row names it once. Where one assessor has rated both, the rating of `kept` stays. A link
    from `kept` to itself is dropped. Where one of the two derives from the other through a third
    source, the merge closes a circle, and a remark names it.

    Raises:
        EditError: both are the same source.
    """
    duplicate, kept = pair.duplicate, pair.kept
    if duplicate.id == kept.id:
        message = f"{duplicate.id!r} cannot be merged into itself; name another source"
        raise EditError(message)
    remarks = list(_find_circles(pair))
    merged = _merge_fields(duplicate, kept, remarks)
    changes = [
        *_attribution_changes(pair, remarks),
        *(Change(source, _relink(source, duplicate.id, kept.id)) for source in pair.sources),
        *([Change(kept, merged)] if merged != kept else []),
        *_judgement_changes(pair.reliabilities, duplicate, kept, remarks),
        *_judgement_changes(pair.ratings, duplicate, kept, remarks),
        Change(duplicate, None),
    ]
    label = f"merged source {short(duplicate.name)} into {short(kept.name)}"
    return SourceMerge(Operation(label, tuple(changes)), tuple(remarks))


def merge_several(pairs: Sequence[SourcePair]) -> SourceMerge:
    """Merge several duplicates into one source, as one operation.

    The result is the same as merging them one after the other.

    Args:
        pairs: At least one; all with the same `kept`.

    Raises:
        EditError: one of the duplicates is the source to keep.
    """
    changes: list[Change] = []
    remarks: list[str] = []
    upstream = {source.id: source for pair in pairs for source in pair.upstream}
    for pair in pairs:
        merger = merge_sources(
            _apply_earlier(evolve(pair, upstream=tuple(upstream.values())), changes)
        )
        changes += merger.operation.changes
        remarks += merger.remarks
    label = merger.operation.label
    if len(pairs) > 1:
        names = and_list(short(pair.duplicate.name) for pair in pairs)
        kept = short(pairs[0].kept.name)
        label = f"merged {counted(len(pairs), 'source')} into {kept}: {names}"
    return SourceMerge(Operation(label, tuple(_combine(changes))), tuple(dict.fromkeys(remarks)))


def _apply_earlier(pair: SourcePair, changes: Iterable[Change]) -> SourcePair:
    """Return *pair* with *changes* applied: earlier merges into the same source."""
    done = {(change.entity.type, change.entity.id): change.after for change in changes}
    kept = pair.kept.id

    def now(entities: Iterable[E]) -> list[E]:
        latest = (done.get((each.type, each.id), each) for each in entities)
        return [each for each in latest if each is not None]  # type: ignore[misc]  # of one type

    def judged(judgements: Iterable[J], type_: type[J]) -> list[J]:
        every = {each.id: each for each in now(judgements)}
        for each in done.values():
            if isinstance(each, type_) and each.source == kept:
                every[each.id] = each
        return list(every.values())

    (duplicate,), (stays,) = now([pair.duplicate]), now([pair.kept])
    return SourcePair(
        duplicate,
        stays,
        now(pair.attributions),
        now(pair.sources),
        judged(pair.reliabilities, Reliability),
        judged(pair.ratings, Rating),
        [each for each in now(pair.upstream) if each.id not in (duplicate.id, kept)],
    )


def _combine(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield one change for each entity that *changes* leave different in the end."""
    latest: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.entity.type, change.entity.id)
        latest[key] = Change(latest[key].before if key in latest else change.before, change.after)
    yield from (each for each in latest.values() if each.before != each.after)


def _merge_fields(duplicate: Source, kept: Source, remarks: list[str]) -> Source:
    """Return *kept* with the fields that only *duplicate* has."""
    if duplicate.kind != kept.kind:
        remarks.append(
            f"{kept.name} keeps its kind, {kept.kind}; {duplicate.name} was {duplicate.kind}"
        )
    values: dict[str, Any] = {}
    for key in _OPTIONAL:
        own, other = getattr(kept, key), getattr(duplicate, key)
        values[key] = other if own is None else own
        if None not in (own, other) and own != other:
            field = describe_field(key)
            remarks.append(f"{kept.name} keeps its {field}; that of {duplicate.name} is dropped")
    return evolve(
        kept,
        **values,
        derives_from=_merge_links(duplicate, kept, "derives_from", "derive from", remarks),
        same_origin=_merge_links(duplicate, kept, "same_origin", "share an origin with", remarks),
    )


def _merge_links(
    duplicate: Source, kept: Source, key: str, verb: str, remarks: list[str]
) -> tuple[str, ...]:
    """Return the links of both sources; links of the merged source to itself are dropped."""
    of_gone, of_into = set(getattr(duplicate, key)), set(getattr(kept, key))
    linked = {_redirect(id_, duplicate.id, kept.id) for id_ in of_gone | of_into}
    if kept.id in linked:
        linked.remove(kept.id)
        remarks.append(f"{kept.name} would {verb} itself; that link is dropped")
    return tuple(sorted(linked))


def _find_circles(pair: SourcePair) -> Iterator[str]:
    """Yield a remark for each chain of derivation that would lead from `kept` back to it."""
    known = {source.id: source for source in (*pair.upstream, pair.duplicate, pair.kept)}
    for start, end in ((pair.duplicate, pair.kept), (pair.kept, pair.duplicate)):
        between = _find_derivation(start.id, end.id, known)
        if between:
            names = [pair.kept.name, *(known[id_].name for id_ in between), pair.kept.name]
            links = [f"{a} derives from {b}" for a, b in pairwise(names)]
            if len(links) > _MOST_LINKS:
                links[1:-1] = [f"and so on through {counted(len(between) - 1, 'more source')}"]
            yield f"this closes a circle of derivation: {', '.join(links)}"


def _find_derivation(start: str, end: str, known: Mapping[str, Source]) -> list[str]:
    """Return the sources on the shortest chain of derivation from *start* to *end*.

    A direct link from one to the other does not count: the merge drops it.
    """
    came_from = {id_: start for id_ in known[start].derives_from if id_ not in (start, end)}
    queue = deque(came_from)
    while queue:
        id_ = queue.popleft()
        further = known[id_].derives_from if id_ in known else ()
        if end in further:
            way = [id_]
            while (id_ := came_from[id_]) != start:
                way.append(id_)
            return way[::-1]
        for other in further:
            if other != start and other not in came_from:
                came_from[other] = id_
                queue.append(other)
    return []


def _relink(source: Source, duplicate: str, kept: str) -> Source:
    """Return *source* with its links to *duplicate* replaced by links to *kept*."""
    return evolve(
        source,
        derives_from=tuple(
            sorted({_redirect(id_, duplicate, kept) for id_ in source.derives_from})
        ),
        same_origin=tuple(sorted({_redirect(id_, duplicate, kept) for id_ in source.same_origin})),
    )


def _attribution_changes(pair: SourcePair, remarks: list[str]) -> Iterator[Change]:
    """Yield a change for each attribution that the merge alters or makes a duplicate."""
    duplicate, kept = pair.duplicate.id, pair.kept.id
    known = {a.id: a for a in pair.attributions}
    after: dict[str, Attribution | None] = dict(known)
    made = {_key(a): a.id for a in known.values() if duplicate not in a.chain and _is_made(a.id)}
    shortened = doubled = 0
    for id_, old in known.items():
        if duplicate not in old.chain:
            continue
        new = evolve(old, chain=_redirect_chain(old.chain, duplicate, kept))
        shortened += len(new.chain) < len(old.chain)
        # Ids made from content: two equal attributions would be one record when exported.
        twin = after[made.setdefault(_key(new), id_)] if _is_made(id_) else old
        if twin is None or twin.id == id_:
            after[id_] = new
        else:
            doubled += 1
            after[id_], after[twin.id] = None, evolve(twin, **_missing(twin, new))
    if shortened:
        chains = counted(shortened, "chain")
        remarks.append(
            f"{chains} would name {pair.kept.name} twice in a row; the repetition is dropped"
        )
    if doubled:
        attributions = counted(doubled, "attribution")
        remarks.append(f"{attributions} would repeat another; the repetition is dropped")
    yield from (Change(old, after[id_]) for id_, old in known.items() if after[id_] != old)


def _redirect_chain(chain: Iterable[str], duplicate: str, kept: str) -> tuple[str, ...]:
    """Return *chain* citing *kept*, once where the merge would name it twice in a row."""
    renamed: list[str] = []
    before = None
    for id_ in chain:
        is_run = bool(renamed) and renamed[-1] == kept == _redirect(id_, duplicate, kept)
        if not (is_run and duplicate in (id_, before)):
            renamed.append(_redirect(id_, duplicate, kept))
        before = id_
    return tuple(renamed)


def _key(attribution: Attribution) -> tuple[object, ...]:
    """Return the fields that an attribution's id is made from; equal keys mean one record."""
    a = attribution
    return (a.statement, a.class_, a.chain, a.cue, a.cue_start)


def _missing(attribution: Attribution, twin: Attribution) -> dict[str, Any]:
    """Return the details that only *twin* has."""
    details = {key: getattr(twin, key) for key in _DETAILS if getattr(attribution, key) is None}
    return {key: value for key, value in details.items() if value is not None}


def _judgement_changes(
    judgements: Iterable[J], duplicate: Source, kept: Source, remarks: list[str]
) -> Iterator[Change]:
    """Yield the changes that move ratings of *duplicate* to *kept*, which keeps its own."""
    every = list(judgements)
    taken = {_question(each) for each in every if each.source == kept.id}
    for old in every:
        if old.source != duplicate.id:
            continue
        if _question(old) in taken:
            remarks.append(f"{_describe_both(old)}; that of {kept.name} stays")
            yield Change(old, None)
            continue
        new = evolve(old, source=kept.id, id=_id_for(old, kept.id))
        if new.id == old.id:
            yield Change(old, new)
        else:
            yield from (Change(old, None), Change(None, new))


def _question(judgement: Rating | Reliability) -> tuple[str | None, ...]:
    """Return the subject and assessor of *judgement*; a source has at most one answer for each."""
    j = judgement
    if isinstance(j, Rating):
        return (j.rubric, j.version, j.criterion, j.assessor)
    own = None if _is_made(j.id) else j.id  # letters with ids of their own may coexist
    return (j.topic, j.assessor, own)


def _describe_both(judgement: Rating | Reliability) -> str:
    if isinstance(judgement, Rating):
        return f"both have a rating by {judgement.assessor} on {judgement.criterion}"
    on = f" on {judgement.topic}" if judgement.topic else ""
    return f"both have a reliability letter by {judgement.assessor}{on}"


def _id_for(judgement: Rating | Reliability, source: str) -> str:
    """Return the id for *source*, derived again if it was derived from the content."""
    if _made_id(judgement, judgement.source) == judgement.id:
        return _made_id(judgement, source)
    return judgement.id


def _made_id(judgement: Rating | Reliability, source: str | None) -> str:
    j = judgement
    if isinstance(j, Rating):
        return rating_id(source or "", j.rubric, j.version, j.criterion, j.assessor)
    return reliability_id(source or "", j.topic, j.assessor)


def _redirect(id_: str, duplicate: str, kept: str) -> str:
    return kept if id_ == duplicate else id_


def _is_made(id_: str) -> bool:
    return id_.startswith(MADE)
