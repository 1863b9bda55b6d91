"""What a map shows when it is judged: findings, where evidence comes from, what would fall.

Each is worked out beside the screen, and listed; choosing a line goes to what it is about.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from argmap.errors import StoreError
from argmap.findings import Elsewhere, findings
from argmap.model.statement import Inference
from argmap.naming import target_in_words
from argmap.provenance import living, provenance_of
from argmap.text import counted, visible
from argmap.what_if import what_if
from store import look_elsewhere
from tui.asking import pick
from tui.grades import rubric_at_work
from tui.selection import claim_in_view
from tui.supposing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from argmap.model.statement import Statement
    from argmap.provenance import Provenance
    from argmap.what_if import ClaimOutcome
    from tui.dialogs.pick import Choice
    from tui.screens.workbench import WorkbenchScreen

_FALLS: Final = "what falls too"
_NOT_DIRECT: Final = "behind its sub-claims"

_OFFERED: Final = "offer"
"""The choice that is no line of a list."""

_LONGEST_TITLE: Final = 64
"""Cells of a title that are seen on the narrowest screens."""

_MOST_COUNTED: Final = 5_000
"""Statements and sources up to which origins are counted whenever a claim is selected.

A thread that counts through more of them would make the keys wait.
"""


async def show_findings(bench: WorkbenchScreen) -> None:
    """List what the map itself shows, the most serious first."""
    argument_map = bench.map
    elsewhere = await _elsewhere(bench, argument_map)
    found = await asyncio.to_thread(lambda: list(findings(argument_map, elsewhere)))
    lines = [
        (each.labels[0] if each.labels else "", each.message, "", rule.severity_of(each))
        for rule, each in found
    ]
    await _list(bench, counted(len(found), "finding") if found else "no findings", lines)


async def _elsewhere(bench: WorkbenchScreen, argument_map: ArgumentMap) -> Elsewhere:
    """Return what the other documents add; nothing where the database cannot be read."""
    try:
        return await bench.session.archive.read(lambda store: look_elsewhere(store, argument_map))
    except StoreError as error:
        bench.say(f"other documents are not compared: {error}")
        return Elsewhere()


async def show_provenance(bench: WorkbenchScreen) -> None:
    """List where the evidence for the claim at hand comes from."""
    claim = claim_in_view(bench)
    assert claim is not None  # noqa: S101  (the action has looked)
    argument_map = bench.map
    found = await asyncio.to_thread(_provenance, argument_map, claim.id)
    lines = list(_ways(argument_map, found))
    title = f"{claim.label}: {found.count.in_words}"
    if cell_len(title) > _LONGEST_TITLE:  # the border would cut it
        lines.insert(0, (claim.label, found.count.in_words, "", ""))
        title = claim.label
    await _list(bench, title, lines)


async def show_what_if(bench: WorkbenchScreen) -> None:
    """List what falls with what is supposed to be gone."""
    supposing = bench.panes.supposing
    supposed, rubric = supposing.found, supposing.rubric
    assert supposed is not None  # noqa: S101  (the action has looked)
    assert rubric is not None  # noqa: S101  (as above)
    lines = [(label, f"{label} falls", "", _FALLS) for label in supposed.items]
    for each in supposed.fallen:
        if isinstance(each, Inference):
            first = bench.map.statements[each.premises[0]].label
            lines.append((first, f"{target_in_words(bench.map, each.id)} falls", "", _FALLS))
    lines += [
        (each.claim.label, _outcome(each, rubric), "", "claims that lose something")
        for each in supposed.claims
        if each.is_changed
    ]
    title = supposing.title
    twins = [bench.map.sources[id_] for id_ in supposed.same_origin]
    offer = f"remove the whole origin: {listed([s.name for s in twins])} too" if twins else ""
    is_taken = await _list(bench, title if lines else f"{title} nothing else falls", lines, offer)
    if is_taken and supposing.found is supposed:  # an edit meanwhile has ended it
        await _suppose(bench, supposing.removed | {twin.id: twin for twin in twins})


async def toggle(bench: WorkbenchScreen, thing: Statement | Source) -> None:
    """Suppose that *thing* is gone too, or, where it is gone, that it is there again."""
    removed = dict(bench.panes.supposing.removed)
    if removed.pop(thing.id, None) is None:
        removed[thing.id] = thing
    if removed:
        await _suppose(bench, removed)
    else:
        bench.panes.leave_supposing()


async def _suppose(bench: WorkbenchScreen, removed: dict[str, Statement | Source]) -> None:
    """Suppose that *removed*, by id, and nothing else is gone."""
    from tui.panes.supposing import SupposingLine

    supposing, argument_map = bench.panes.supposing, bench.map
    rubric = rubric_at_work(argument_map, bench.app.rubric)
    found = await asyncio.to_thread(
        what_if, argument_map, list(removed.values()), rubric, at_work=bench.app.assessor
    )
    if bench.map is not argument_map:
        bench.say("the map has changed meanwhile; nothing is supposed")
        return
    supposing.show(argument_map, removed, found, rubric)
    for line in bench.query(SupposingLine):
        line.refresh()
    if not bench.query(SupposingLine):
        line = SupposingLine(supposing, bench.app.key("map.leave"))
        await bench.mount(line, after=bench.panes)
    bench.panes.draw_map()
    bench.show_keys()
    if found.same_origin:
        names = [argument_map.sources[id_].name for id_ in found.same_origin]
        verb = "shares its origin" if len(names) == 1 else "share an origin"
        key = bench.app.key("workbench.what-falls")
        bench.say(
            f"{listed(names)} {verb} with what was removed; {key} can remove the whole origin"
        )


async def toggle_at_hand(bench: WorkbenchScreen) -> None:
    """Suppose that what is at hand is gone: a source that the field under the cursor names.

    Else the selected statement.
    """
    field = bench.details.list.field if bench.context == "details" else None
    word, id_ = field.about if field is not None else ("", "")
    said = bench.map.attributions.get(id_) if word == "who" else None
    if said is not None and said.chain:
        await _one_of(bench, [bench.map.sources[source] for source in said.chain])
    else:
        await toggle(bench, bench.statement)


async def toggle_source(bench: WorkbenchScreen) -> None:
    """Let a source be chosen that is supposed to be gone."""
    await _one_of(bench, sorted(bench.map.sources.values(), key=lambda s: (s.name, s.id)))


async def _one_of(bench: WorkbenchScreen, sources: list[Source]) -> None:
    from tui.dialogs.pick import Choice

    removed = bench.panes.supposing.removed
    choices = [
        Choice(s.id, visible(s.name), "gone; it comes back" if s.id in removed else s.kind)
        for s in sources
    ]
    chosen = sources[0].id if len(sources) == 1 else None
    if chosen is None:
        chosen = await pick(bench.app, "what if nothing came from", choices)
    if chosen is not None and chosen in bench.map.sources:
        await toggle(bench, bench.map.sources[chosen])


def suggestion_for(argument_map: ArgumentMap, claim: str) -> str:
    """Return the level of corroboration that is suggested for *claim*, an id, and why."""
    found = _provenance(argument_map, claim).count
    if found.direct.level is None:
        return f"nothing suggested: {found.in_words}"
    return f"suggested {found.direct.level}: {found.in_words}{found.direct.access_in_words}"


async def origins_behind(argument_map: ArgumentMap, statement: str) -> str:
    """Return the count of origins behind a claim, an id, in words; empty for anything else.

    It is counted beside the screen, and in a map that is too big for that not at all.
    """
    chosen = argument_map.statements.get(statement)
    size = len(argument_map.statements) + len(argument_map.sources)
    if chosen is None or chosen.kind != "claim" or size > _MOST_COUNTED:
        return ""
    found = await asyncio.to_thread(_provenance, argument_map, statement)
    return found.count.in_words


def _provenance(argument_map: ArgumentMap, claim: str) -> Provenance:
    return provenance_of(living(argument_map), claim)


def _ways(argument_map: ArgumentMap, found: Provenance) -> Iterator[tuple[str, str, str, str]]:
    """Yield label, words, note and heading of each line about *found*."""

    def labels(ids: tuple[str, ...]) -> str:
        return ", ".join(argument_map.statements[id_].label for id_ in ids)

    def names(ids: tuple[str, ...], otherwise: str) -> str:
        return ", ".join(argument_map.sources[id_].name for id_ in ids) or otherwise

    for origin in found.origins:
        otherwise = "the author" if origin.is_identified else "nobody named"
        heading = "origins" if origin.is_identified else "no identified origin"
        words = f"{labels(origin.items)} ← {names(origin.sources, otherwise)}"
        note = "" if found.is_direct(origin.items) else _NOT_DIRECT
        yield argument_map.statements[origin.items[0]].label, words, note, heading
    for item in found.without_origin:
        statement = argument_map.statements[item]
        # An item without any attribution counts as an unknown end, so this one has some.
        why = argument_map.attributions_of[item][0].class_.replace("_", " ")
        if item in found.circular_items:
            why = "its sources only cite each other"
        words = f"{statement.label}: {why}"
        note = "" if found.is_direct([item]) else _NOT_DIRECT
        yield statement.label, words, note, "items without an origin"
    for each in found.direct:
        if len(each.evidence) > 1:
            first = argument_map.statements[each.evidence[0]].label
            words = f"{labels(each.evidence)} are linked: one item, one origin at most"
            yield first, words, "", "linked items"
    for circle in found.circles:
        first = argument_map.statements[circle.items[0]].label
        words = f"{labels(circle.items)} ← {names(circle.sources, '')}"
        yield first, words, "" if circle.is_closed else "leads out too", "reports in a circle"
    for shared in found.shared:
        first = argument_map.statements[shared.items[0]].label
        words = f"{labels(shared.items)} all go back to {names(shared.sources, 'the author')}"
        yield first, words, "", "they do not confirm each other"
    for growth in found.growth:
        label = argument_map.statements[growth.item].label
        yield label, f"{label} is put more surely than its source does", "", "certainty that grew"


def _outcome(each: ClaimOutcome, rubric: Rubric) -> str:
    grades = dict.fromkeys(g.in_words(rubric) for g in (each.grade_before, each.grade_after))
    left = each.after.in_words if each.is_supported else "nothing"
    losses = f"  {each.losses}" if each.losses else ""
    return f"{each.claim.label}  {left} left  {' → '.join(grades)}{losses}"


async def _list(
    bench: WorkbenchScreen,
    title: str,
    lines: Sequence[tuple[str, str, str, str]],
    offer: str = "",
) -> bool:
    """List *lines*: for each a label, words, a note and a heading; go to what is chosen.

    Returns:
        True where not a line was chosen but the *offer*, which comes first if there is one.
    """
    from tui.dialogs.pick import Choice

    if not lines and not offer:
        bench.say(title)
        return False
    offered = [Choice(_OFFERED, offer)] if offer else []
    choices: list[Choice] = [
        Choice(f"{number}", visible(words), note, heading, is_whole=True)
        for number, (_, words, note, heading) in enumerate(lines)
    ]
    chosen = await pick(bench.app, title, [*offered, *choices])
    if chosen == _OFFERED:
        return True
    found = bench.map.by_label.get(lines[int(chosen)][0]) if chosen is not None else None
    if found is not None and found.id in bench.map.statements:
        bench.select(found.id)
        bench.show_pane("map")
    return False
