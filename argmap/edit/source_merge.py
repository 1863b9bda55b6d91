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
class Citing:
    """Two sources that are one, and all of a database that cites the first."""

    gone: Source
    into: Source
    attributions: Sequence[Attribution] = ()
    """Every attribution of each statement that has one citing `gone`."""
    sources: Sequence[Source] = ()
    """The other sources that derive from `gone` or share an origin with it."""
    reliabilities: Sequence[Reliability] = ()
    """The letters of both."""
    ratings: Sequence[Rating] = ()
    """The ratings of both."""
    behind: Sequence[Source] = ()
    """The other sources that either of the two derives from, directly or through others."""


@frozen
class Merger:
    """The operation that makes two sources one, and what it leaves out."""

    operation: Operation
    remarks: Sequence[str]
    """Clauses without a full stop; what they tell of stays in the history."""


def merge_sources(citing: Citing) -> Merger:
    """Make one source of two: `into` stays and is cited by all that cited `gone`.

    What `into` does not say of itself is taken from `gone`. A chain that would name it
    twice in a row names it once. A judgement that both were given by one assessor stays
    as `into` has it. A link that would come to lead from `into` to itself goes. Where one
    of the two derives from the other through a third, the merge closes a circle, and a
    remark names it.

    Raises:
        EditError: it is the same source twice.
    """
    gone, into = citing.gone, citing.into
    if gone.id == into.id:
        message = f"{gone.id!r} cannot be merged into itself; name another source"
        raise EditError(message)
    remarks = list(_circles_closed(citing))
    merged = _merged(gone, into, remarks)
    changes = [
        *_attribution_changes(citing, remarks),
        *(Change(source, _relinked(source, gone.id, into.id)) for source in citing.sources),
        *([Change(into, merged)] if merged != into else []),
        *_judgement_changes(citing.reliabilities, gone, into, remarks),
        *_judgement_changes(citing.ratings, gone, into, remarks),
        Change(gone, None),
    ]
    label = f"merged source {short(gone.name)} into {short(into.name)}"
    return Merger(Operation(label, tuple(changes)), tuple(remarks))


def merge_several(citings: Sequence[Citing]) -> Merger:
    """Make one source of several, in one operation: each `gone` goes into the same `into`.

    What comes of it is the same as merging one after the other.

    Raises:
        EditError: one of them is the source that stays.
    """
    changes: list[Change] = []
    remarks: list[str] = []
    behind = {source.id: source for citing in citings for source in citing.behind}
    for citing in citings:
        merger = merge_sources(_after(evolve(citing, behind=tuple(behind.values())), changes))
        changes += merger.operation.changes
        remarks += merger.remarks
    label = merger.operation.label
    if len(citings) > 1:
        names = and_list(short(citing.gone.name) for citing in citings)
        into = short(citings[0].into.name)
        label = f"merged {counted(len(citings), 'source')} into {into}: {names}"
    return Merger(Operation(label, tuple(_net(changes))), tuple(dict.fromkeys(remarks)))


def _after(citing: Citing, changes: Iterable[Change]) -> Citing:
    """Return *citing* as it is once *changes* are done: earlier mergers into the same source."""
    done = {(change.entity.type, change.entity.id): change.after for change in changes}
    into = citing.into.id

    def now(entities: Iterable[E]) -> list[E]:
        found = (done.get((each.type, each.id), each) for each in entities)
        return [each for each in found if each is not None]  # type: ignore[misc]  # of one type

    def judged(judgements: Iterable[J], type_: type[J]) -> list[J]:
        every = {each.id: each for each in now(judgements)}
        for each in done.values():
            if isinstance(each, type_) and each.source == into:
                every[each.id] = each
        return list(every.values())

    (gone,), (stays,) = now([citing.gone]), now([citing.into])
    return Citing(
        gone,
        stays,
        now(citing.attributions),
        now(citing.sources),
        judged(citing.reliabilities, Reliability),
        judged(citing.ratings, Rating),
        [each for each in now(citing.behind) if each.id not in (gone.id, into)],
    )


def _net(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield one change for each entity that *changes* leave otherwise than they found it."""
    found: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.entity.type, change.entity.id)
        found[key] = Change(found[key].before if key in found else change.before, change.after)
    yield from (each for each in found.values() if each.before != each.after)


def _merged(gone: Source, into: Source, remarks: list[str]) -> Source:
    """Return *into* with what only *gone* says."""
    if gone.kind != into.kind:
        remarks.append(f"{gone.name} was of kind {gone.kind}; {into.name} stays {into.kind}")
    values: dict[str, Any] = {}
    for key in _OPTIONAL:
        own, other = getattr(into, key), getattr(gone, key)
        values[key] = other if own is None else own
        if None not in (own, other) and own != other:
            remarks.append(f"the {key} of {into.name} stays; that of {gone.name} is left out")
    return evolve(
        into,
        **values,
        derives_from=_united(gone, into, "derives_from", "derive from", remarks),
        same_origin=_united(gone, into, "same_origin", "share an origin with", remarks),
    )


def _united(gone: Source, into: Source, key: str, verb: str, remarks: list[str]) -> tuple[str, ...]:
    """Return the links of both, without one to itself, even one that an older version stored."""
    of_gone, of_into = set(getattr(gone, key)), set(getattr(into, key))
    linked = {_renamed(id_, gone.id, into.id) for id_ in of_gone | of_into}
    if into.id in linked:
        linked.remove(into.id)
        remarks.append(f"{into.name} would {verb} itself; that link is left out")
    return tuple(sorted(linked))


def _circles_closed(citing: Citing) -> Iterator[str]:
    """Yield a remark for each way of derivation that comes to lead from `into` back to it."""
    known = {source.id: source for source in (*citing.behind, citing.gone, citing.into)}
    for start, end in ((citing.gone, citing.into), (citing.into, citing.gone)):
        between = _way_between(start.id, end.id, known)
        if between:
            names = [citing.into.name, *(known[id_].name for id_ in between), citing.into.name]
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


def _relinked(source: Source, gone: str, into: str) -> Source:
    """Return another source with its links to *gone* leading to *into*."""
    return evolve(
        source,
        derives_from=tuple(sorted({_renamed(id_, gone, into) for id_ in source.derives_from})),
        same_origin=tuple(sorted({_renamed(id_, gone, into) for id_ in source.same_origin})),
    )


def _attribution_changes(citing: Citing, remarks: list[str]) -> Iterator[Change]:
    """Yield one change for each attribution that comes to differ, or to say another's words."""
    gone, into = citing.gone.id, citing.into.id
    known = {a.id: a for a in citing.attributions}
    after: dict[str, Attribution | None] = dict(known)
    made = {_key(a): a.id for a in known.values() if gone not in a.chain and _is_made(a.id)}
    shortened = doubled = 0
    for id_, old in known.items():
        if gone not in old.chain:
            continue
        new = evolve(old, chain=_chain(old.chain, gone, into))
        shortened += len(new.chain) < len(old.chain)
        twin = after[made.setdefault(_key(new), id_)] if _is_made(id_) else old
        if twin is None or twin.id == id_:
            after[id_] = new
        else:
            doubled += 1
            after[id_], after[twin.id] = None, evolve(twin, **_missing(twin, new))
    if shortened:
        what = counted(shortened, "chain")
        remarks.append(f"{what} would name {citing.into.name} twice in a row; once is left")
    if doubled:
        what = counted(doubled, "attribution")
        remarks.append(f"{what} would say again what another says; one of each is left")
    yield from (Change(old, after[id_]) for id_, old in known.items() if after[id_] != old)


def _chain(chain: Iterable[str], gone: str, into: str) -> tuple[str, ...]:
    """Return *chain* citing *into*, once where the merge would name it twice in a row."""
    renamed: list[str] = []
    before = None
    for id_ in chain:
        is_run = bool(renamed) and renamed[-1] == into == _renamed(id_, gone, into)
        if not (is_run and gone in (id_, before)):
            renamed.append(_renamed(id_, gone, into))
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
    judgements: Iterable[J], gone: Source, into: Source, remarks: list[str]
) -> Iterator[Change]:
    """Yield how what *gone* was given goes to *into*, which keeps what it has."""
    every = list(judgements)
    taken = {_question(each) for each in every if each.source == into.id}
    for old in every:
        if old.source != gone.id:
            continue
        if _question(old) in taken:
            remarks.append(f"{_told(old)}; what {into.name} has stays")
            yield Change(old, None)
            continue
        new = evolve(old, source=into.id, id=_id_for(old, into.id))
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


def _renamed(id_: str, gone: str, into: str) -> str:
    return into if id_ == gone else id_


def _is_made(id_: str) -> bool:
    return id_.startswith(MADE)
