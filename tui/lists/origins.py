"""The list of origins, and the list of everything that falls in what-if mode.

Both are computed in a thread.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from argmap.analysis.names import describe_target
from argmap.analysis.provenance import live_map_of, provenance_of
from argmap.analysis.what_if import what_if
from argmap.model.statement import Inference
from argmap.text.display import visible
from tui.core.followed_list import EntryGroup, EntryList, ListEntry, statement_labelled
from tui.core.selection import claim_in_view
from tui.core.what_if_mode import join_names
from tui.dialogs.prompts import pick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.analysis.provenance import Provenance
    from argmap.analysis.what_if import ClaimOutcome
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace

_FALLS: Final = "also falls"
_NOT_DIRECT: Final = "behind its sub-claims"

_MOST_COUNTED: Final = 5_000
"""Maximum number of statements and sources of a map whose origins are counted.

Selecting a claim counts them in a thread, which would delay the keys in a larger map.
"""


async def list_origins(work: Workspace, claim: str) -> EntryList:
    """Return the list of origins of the evidence for *claim*, an id."""
    argument_map = work.map
    statement = argument_map.statements.get(claim)
    if statement is None:
        return EntryList("provenance", "origins", (), empty="the claim is not on the map any more")
    provenance = await asyncio.to_thread(_provenance, argument_map, claim)
    title = f"origins of {statement.label}"
    count = EntryGroup(f"{statement.label}: {provenance.count.summary}", (), is_counted=False)
    groups = (count, *_ways(argument_map, provenance))
    empty = f"{statement.label}: {provenance.count.summary}"
    return EntryList("provenance", title, groups, empty=empty, about=claim)


def list_what_falls(work: Workspace) -> EntryList:
    """Return the list of the statements and links that fall in what-if mode."""
    what_if_mode, argument_map = work.what_if_mode, work.map
    result, rubric = what_if_mode.result, what_if_mode.rubric
    title = what_if_mode.title
    if result is None or rubric is None:  # an edit has ended it
        return EntryList("what-falls", "falls", (), empty="what-if mode is off")
    falls = [
        ListEntry(f"{label} falls", statement_labelled(argument_map, label))
        for label in result.items
    ]
    for fallen in result.fallen:
        if isinstance(fallen, Inference):
            first = argument_map.statements[fallen.premises[0]]
            falls.append(ListEntry(f"{describe_target(argument_map, fallen.id)} falls", first))
    losing = [
        ListEntry(_outcome(outcome, rubric), outcome.claim)
        for outcome in result.claims
        if outcome.is_changed
    ]
    groups = [
        EntryGroup(_FALLS, tuple(falls)),
        EntryGroup("claims that lose support", tuple(losing)),
    ]
    twins = [argument_map.sources[id_] for id_ in result.same_origin]
    if twins:
        removed = what_if_mode.removed | {twin.id: twin for twin in twins}
        words = f"remove the whole origin: {join_names([s.name for s in twins])} too"
        offer = ListEntry(words, run=partial(_enter, work, removed))
        groups.insert(0, EntryGroup("same origin", (offer,), is_counted=False))
    shown = tuple(group for group in groups if group.lines)
    empty = f"{title} nothing else falls"
    return EntryList("what-falls", f"what-if mode: {title}", shown, what_if_mode.falls, empty=empty)


def claim_followed(work: Workspace) -> str:
    """Return the id of the claim whose origins the reader follows.

    If the reader has selected another statement since, return the claim that is selected, or that
    the selected statement supports. Empty if there is none.
    """
    followed_list = work.followed_list
    came_from = followed_list.line.about if followed_list.line is not None else None
    if followed_list.kind == "provenance" and came_from and came_from.id == work.selected:
        return followed_list.about
    claim = claim_in_view(work)
    return claim.id if claim is not None else ""


async def toggle_removed(work: Workspace, entity: Statement | Source) -> None:
    """Take a statement or source away in what-if mode, or restore it."""
    removed = dict(work.what_if_mode.removed)
    if removed.pop(entity.id, None) is None:
        removed[entity.id] = entity
    if removed:
        await _enter(work, removed)
    else:
        work.leave_what_if_mode()


async def _enter(work: Workspace, removed: dict[str, Statement | Source]) -> None:
    """Enter what-if mode without *removed*, the only entities taken away, by id."""
    what_if_mode, argument_map = work.what_if_mode, work.map
    rubric = work.rubric
    result = await asyncio.to_thread(
        what_if, argument_map, list(removed.values()), rubric, preferred=work.rater.assessor
    )
    if work.map is not argument_map:  # an edit during the computation, so the result is outdated
        work.host.say("the map has changed; enter what-if mode again")
        return
    what_if_mode.enter(argument_map, removed, result, rubric)
    if work.followed_list.kind != "what-falls":  # there is room for one line below the panes
        work.leave_list()
    work.host.changed("what-if")
    if result.same_origin:
        names = [argument_map.sources[id_].name for id_ in result.same_origin]
        verb = "shares its origin" if len(names) == 1 else "share an origin"
        key = work.host.key("workbench.what-falls")
        work.host.say(
            f"{join_names(names)} {verb} with the removed items; {key} can remove the whole origin"
        )


async def toggle_selected(work: Workspace) -> None:
    """Take the selection away in what-if mode, or restore it.

    The selection is the source that the field under the cursor names, else the selected statement.
    """
    field = work.host.here.field if work.host.here.context == "details" else None
    word, id_ = field.about if field is not None else ("", "")
    attribution = work.map.attributions.get(id_) if word == "who" else None
    if attribution is not None and attribution.chain:
        await _one_of(work, [work.map.sources[source] for source in attribution.chain])
    else:
        await toggle_removed(work, work.statement)


async def toggle_source(work: Workspace) -> None:
    """Ask for a source to take away in what-if mode, or to restore."""
    await _one_of(work, sorted(work.map.sources.values(), key=lambda s: (s.name, s.id)))


async def _one_of(work: Workspace, sources: list[Source]) -> None:
    from tui.dialogs.pick import Choice

    removed = work.what_if_mode.removed
    choices = [
        Choice(s.id, visible(s.name), "removed; enter puts it back" if s.id in removed else s.kind)
        for s in sources
    ]
    chosen = sources[0].id if len(sources) == 1 else None
    if chosen is None:
        chosen = await pick(work.host, "Remove which source in what-if mode?", choices)
    if chosen is not None and chosen in work.map.sources:
        await toggle_removed(work, work.map.sources[chosen])


async def origins_behind(argument_map: ArgumentMap, statement: str) -> str:
    """Return the number of origins of a claim in words; empty for other statements.

    They are counted in a thread. A map of more than `_MOST_COUNTED` entities gives an empty text.
    """
    chosen = argument_map.statements.get(statement)
    size = len(argument_map.statements) + len(argument_map.sources)
    if chosen is None or chosen.kind != "claim" or size > _MOST_COUNTED:
        return ""
    provenance = await asyncio.to_thread(_provenance, argument_map, statement)
    return provenance.count.summary


def _provenance(argument_map: ArgumentMap, claim: str) -> Provenance:
    return provenance_of(live_map_of(argument_map), claim)


def _ways(argument_map: ArgumentMap, provenance: Provenance) -> Iterator[EntryGroup]:
    """Yield the lines about *provenance*, grouped by kind."""
    grouped: dict[str, list[ListEntry]] = {}
    for heading, item, text, note in _lines_about(argument_map, provenance):
        line = ListEntry(text, argument_map.statements[item], note=note)
        grouped.setdefault(heading, []).append(line)
    for heading, lines in grouped.items():
        yield EntryGroup(heading, tuple(lines))


def _lines_about(
    argument_map: ArgumentMap, provenance: Provenance
) -> Iterator[tuple[str, str, str, str]]:
    """Yield the heading, statement id, words and note of each line about *provenance*."""

    def labels(ids: tuple[str, ...]) -> str:
        return ", ".join(argument_map.statements[id_].label for id_ in ids)

    def names(ids: tuple[str, ...], otherwise: str) -> str:
        return ", ".join(argument_map.sources[id_].name for id_ in ids) or otherwise

    for origin in provenance.origins:
        otherwise = "the author" if origin.is_identified else "no source named"
        heading = "origins" if origin.is_identified else "no identified origin"
        words = f"{labels(origin.items)} ← {names(origin.sources, otherwise)}"
        note = "" if provenance.is_direct(origin.items) else _NOT_DIRECT
        yield heading, origin.items[0], words, note
    for item in provenance.without_origin:
        # An item without attributions has no identified origin instead, so this one has some.
        why = argument_map.attributions_of[item][0].class_.replace("_", " ")
        if item in provenance.circular_items:
            why = "its sources only cite each other"
        words = f"{argument_map.statements[item].label}: {why}"
        note = "" if provenance.is_direct([item]) else _NOT_DIRECT
        yield "items without an origin", item, words, note
    for linked in provenance.direct:
        if len(linked.evidence) > 1:
            words = f"{labels(linked.evidence)} are linked: one item, one origin at most"
            yield "linked items", linked.evidence[0], words, ""
    for circle in provenance.circles:
        words = f"{labels(circle.items)} ← {names(circle.sources, '')}"
        note = "" if circle.is_closed else "also cites other sources"
        yield "reports in a circle", circle.items[0], words, note
    for shared in provenance.shared:
        words = f"{labels(shared.items)} share one origin: {names(shared.sources, 'the author')}"
        yield "they do not confirm each other", shared.items[0], words, ""
    for growth in provenance.growth:
        label = argument_map.statements[growth.item].label
        words = f"the text is more certain of {label} than its source is"
        yield "overstated evidence", growth.item, words, ""


def _outcome(outcome: ClaimOutcome, rubric: Rubric) -> str:
    grades = dict.fromkeys(g.format(rubric) for g in (outcome.grade_before, outcome.grade_after))
    left = outcome.after.summary if outcome.is_supported else "nothing"
    losses = f"  {outcome.losses}" if outcome.losses else ""
    return f"{left} left  {' → '.join(grades)}{losses}"
