"""Merge two sources that are one: what cited the first cites the second, in one operation."""

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


J = TypeVar("J", Rating, Reliability)
E = TypeVar("E", Attribution, Source, Rating, Reliability)

_MOST_LINKS: Final = 4
"""Steps of a circle that a remark names one by one."""

_OPTIONAL: Final = ("url", "description", "interest")
_DETAILS: Final = ("access", "text_certainty", "source_certainty", "locator", "accessed", "note")


@frozen
class SourcePair:
    """Two sources that are one, and all of a database that cites the first."""

    duplicate: Source
    kept: Source
    attributions: Sequence[Attribution] = ()
    """Every attribution of each statement that has one citing `duplicate`."""
    sources: Sequence[Source] = ()
    """The other sources that derive from `duplicate` or share an origin with it."""
    reliabilities: Sequence[Reliability] = ()
    """The letters of both."""
    ratings: Sequence[Rating] = ()
    """The ratings of both."""
    upstream: Sequence[Source] = ()
    """The other sources that either of the two derives from, directly or through others."""


@frozen
class SourceMerge:
    """The operation that makes two sources one, and what it leaves out."""

    operation: Operation
    remarks: Sequence[str]
    """Clauses without a full stop; what they tell of stays in the history."""


def merge_sources(pair: SourcePair) -> SourceMerge:
    """Make one source of two: `kept` stays and is cited by all that cited `duplicate`.

    What `kept` does not say of itself is taken from `duplicate`. A chain that would name it
    twice in a row names it once. A judgement that both were given by one assessor stays
    as `kept` has it. A link that would come to lead from `kept` to itself goes. Where one
    of the two derives from the other through a third, the merge closes a circle, and a
    remark names it.

    Raises:
        EditError: it is the same source twice.
    """
    duplicate, kept = pair.duplicate, pair.kept
    if duplicate.id == kept.id:
        message = f"{duplicate.id!r} cannot be merged into itself; name another source"
        raise EditError(message)
    remarks = list(_circles_closed(pair))
    merged = _merged(duplicate, kept, remarks)
    changes = [
        *_attribution_changes(pair, remarks),
        *(Change(source, _relinked(source, duplicate.id, kept.id)) for source in pair.sources),
        *([Change(kept, merged)] if merged != kept else []),
        *_judgement_changes(pair.reliabilities, duplicate, kept, remarks),
        *_judgement_changes(pair.ratings, duplicate, kept, remarks),
        Change(duplicate, None),
    ]
    label = f"merged source {short(duplicate.name)} into {short(kept.name)}"
    return SourceMerge(Operation(label, tuple(changes)), tuple(remarks))


def merge_several(pairs: Sequence[SourcePair]) -> SourceMerge:
    """Make one source of several, in one operation: each `duplicate` goes into the same `kept`.

    What comes of it is the same as merging one after the other.

    Raises:
        EditError: one of them is the source that stays.
    """
    changes: list[Change] = []
    remarks: list[str] = []
    upstream = {source.id: source for pair in pairs for source in pair.upstream}
    for pair in pairs:
        merger = merge_sources(_after(evolve(pair, upstream=tuple(upstream.values())), changes))
        changes += merger.operation.changes
        remarks += merger.remarks
    label = merger.operation.label
    if len(pairs) > 1:
        names = and_list(short(pair.duplicate.name) for pair in pairs)
        kept = short(pairs[0].kept.name)
        label = f"merged {counted(len(pairs), 'source')} into {kept}: {names}"
    return SourceMerge(Operation(label, tuple(_net(changes))), tuple(dict.fromkeys(remarks)))


def _after(pair: SourcePair, changes: Iterable[Change]) -> SourcePair:
    """Return *pair* as it is once *changes* are done: earlier mergers into the same source."""
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


def _net(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield one change for each entity that *changes* leave otherwise than they found it."""
    latest: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.entity.type, change.entity.id)
        latest[key] = Change(latest[key].before if key in latest else change.before, change.after)
    yield from (each for each in latest.values() if each.before != each.after)


def _merged(duplicate: Source, kept: Source, remarks: list[str]) -> Source:
    """Return *kept* with what only *duplicate* says."""
    if duplicate.kind != kept.kind:
        remarks.append(
            f"{duplicate.name} was of kind {duplicate.kind}; {kept.name} stays {kept.kind}"
        )
    values: dict[str, Any] = {}
    for key in _OPTIONAL:
        own, other = getattr(kept, key), getattr(duplicate, key)
        values[key] = other if own is None else own
        if None not in (own, other) and own != other:
            remarks.append(f"the {key} of {kept.name} stays; that of {duplicate.name} is left out")
    return evolve(
        kept,
        **values,
        derives_from=_united(duplicate, kept, "derives_from", "derive from", remarks),
        same_origin=_united(duplicate, kept, "same_origin", "share an origin with", remarks),
    )


def _united(
    duplicate: Source, kept: Source, key: str, verb: str, remarks: list[str]
) -> tuple[str, ...]:
    """Return the links of both, without one to itself, even one that an older version stored."""
    of_gone, of_into = set(getattr(duplicate, key)), set(getattr(kept, key))
    linked = {_renamed(id_, duplicate.id, kept.id) for id_ in of_gone | of_into}
    if kept.id in linked:
        linked.remove(kept.id)
        remarks.append(f"{kept.name} would {verb} itself; that link is left out")
    return tuple(sorted(linked))


def _circles_closed(pair: SourcePair) -> Iterator[str]:
    """Yield a remark for each way of derivation that comes to lead from `kept` back to it."""
    known = {source.id: source for source in (*pair.upstream, pair.duplicate, pair.kept)}
    for start, end in ((pair.duplicate, pair.kept), (pair.kept, pair.duplicate)):
        between = _way_between(start.id, end.id, known)
        if between:
            names = [pair.kept.name, *(known[id_].name for id_ in between), pair.kept.name]
            links = [f"{a} derives from {b}" for a, b in pairwise(names)]
            if len(links) > _MOST_LINKS:
                links[1:-1] = [f"and so on through {counted(len(between) - 1, 'more source')}"]
            yield f"this closes a circle of derivation: {', '.join(links)}"


def _way_between(start: str, end: str, known: Mapping[str, Source]) -> list[str]:
    """Return the sources on the shortest way of derivation from *start* to *end*.

    A link straight from the one to the other is no way: the merge leaves it out.
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


def _relinked(source: Source, duplicate: str, kept: str) -> Source:
    """Return another source with its links to *duplicate* leading to *kept*."""
    return evolve(
        source,
        derives_from=tuple(sorted({_renamed(id_, duplicate, kept) for id_ in source.derives_from})),
        same_origin=tuple(sorted({_renamed(id_, duplicate, kept) for id_ in source.same_origin})),
    )


def _attribution_changes(pair: SourcePair, remarks: list[str]) -> Iterator[Change]:
    """Yield one change for each attribution that comes to differ, or to say another's words."""
    duplicate, kept = pair.duplicate.id, pair.kept.id
    known = {a.id: a for a in pair.attributions}
    after: dict[str, Attribution | None] = dict(known)
    made = {_key(a): a.id for a in known.values() if duplicate not in a.chain and _is_made(a.id)}
    shortened = doubled = 0
    for id_, old in known.items():
        if duplicate not in old.chain:
            continue
        new = evolve(old, chain=_chain(old.chain, duplicate, kept))
        shortened += len(new.chain) < len(old.chain)
        twin = after[made.setdefault(_key(new), id_)] if _is_made(id_) else old
        if twin is None or twin.id == id_:
            after[id_] = new
        else:
            doubled += 1
            after[id_], after[twin.id] = None, evolve(twin, **_missing(twin, new))
    if shortened:
        what = counted(shortened, "chain")
        remarks.append(f"{what} would name {pair.kept.name} twice in a row; once is left")
    if doubled:
        what = counted(doubled, "attribution")
        remarks.append(f"{what} would say again what another says; one of each is left")
    yield from (Change(old, after[id_]) for id_, old in known.items() if after[id_] != old)


def _chain(chain: Iterable[str], duplicate: str, kept: str) -> tuple[str, ...]:
    """Return *chain* citing *kept*, once where the merge would name it twice in a row."""
    renamed: list[str] = []
    before = None
    for id_ in chain:
        is_run = bool(renamed) and renamed[-1] == kept == _renamed(id_, duplicate, kept)
        if not (is_run and duplicate in (id_, before)):
            renamed.append(_renamed(id_, duplicate, kept))
        before = id_
    return tuple(renamed)


def _key(attribution: Attribution) -> tuple[object, ...]:
    """Return what an attribution's id is made from: two that share it are one record."""
    a = attribution
    return (a.statement, a.class_, a.chain, a.cue, a.cue_start)


def _missing(attribution: Attribution, twin: Attribution) -> dict[str, Any]:
    """Return the details that only *twin* tells."""
    told = {key: getattr(twin, key) for key in _DETAILS if getattr(attribution, key) is None}
    return {key: value for key, value in told.items() if value is not None}


def _judgement_changes(
    judgements: Iterable[J], duplicate: Source, kept: Source, remarks: list[str]
) -> Iterator[Change]:
    """Yield how what *duplicate* was given goes to *kept*, which keeps what it has."""
    every = list(judgements)
    taken = {_question(each) for each in every if each.source == kept.id}
    for old in every:
        if old.source != duplicate.id:
            continue
        if _question(old) in taken:
            remarks.append(f"{_told(old)}; what {kept.name} has stays")
            yield Change(old, None)
            continue
        new = evolve(old, source=kept.id, id=_id_for(old, kept.id))
        if new.id == old.id:
            yield Change(old, new)
        else:
            yield from (Change(old, None), Change(None, new))


def _question(judgement: Rating | Reliability) -> tuple[str | None, ...]:
    """Return what is judged, and by whom: a source has one answer to it."""
    j = judgement
    if isinstance(j, Rating):
        return (j.rubric, j.version, j.criterion, j.assessor)
    own = None if _is_made(j.id) else j.id  # with ids of their own, a source can have several
    return (j.topic, j.assessor, own)


def _told(judgement: Rating | Reliability) -> str:
    if isinstance(judgement, Rating):
        return f"{judgement.assessor} rated both on {judgement.criterion}"
    on = f" on {judgement.topic}" if judgement.topic else ""
    return f"{judgement.assessor} gave both a letter{on}"


def _id_for(judgement: Rating | Reliability, source: str) -> str:
    """Return the id, made anew where it was made from what is judged."""
    if _made_id(judgement, judgement.source) == judgement.id:
        return _made_id(judgement, source)
    return judgement.id


def _made_id(judgement: Rating | Reliability, source: str | None) -> str:
    j = judgement
    if isinstance(j, Rating):
        return rating_id(source or "", j.rubric, j.version, j.criterion, j.assessor)
    return reliability_id(source or "", j.topic, j.assessor)


def _renamed(id_: str, duplicate: str, kept: str) -> str:
    return kept if id_ == duplicate else id_


def _is_made(id_: str) -> bool:
    return id_.startswith(MADE)
