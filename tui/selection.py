"""Selecting a statement in all panes at once, and what the selected one leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from store import done_to
from tui.aiming import check_pin
from tui.coverage import cues_in
from tui.filtering import show_only
from tui.listing import check_line

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Operation
    from tui.screens.workbench import WorkbenchScreen


def claim_served(argument_map: ArgumentMap, selected: str | None) -> Statement | None:
    """Return the claim that *selected* is, or serves in the end by its first inferences."""
    seen: set[str] = set()
    id_ = selected
    while id_ is not None and id_ not in seen:
        seen.add(id_)
        statement = argument_map.statements.get(id_)
        if statement is not None and statement.kind == "claim":
            return statement
        if id_ in argument_map.inferences:
            id_ = argument_map.inferences[id_].conclusion
        else:
            inferences = argument_map.inferences_from.get(id_, ())
            id_ = inferences[0].conclusion if inferences else None
    return None


def places_of(statement: Statement) -> list[tuple[int, int]]:
    """Return where the text says *statement*."""
    return [(passage.start, passage.end) for passage in statement.passages]


def passages_in(argument_map: ArgumentMap, operation: Operation) -> list[tuple[int, int]]:
    """Return the places in the text of all that *operation* changes, links or attributes."""
    entities = [entity for c in operation.changes for entity in (c.before, c.after)]
    found = [entity for entity in entities if isinstance(entity, Statement)]
    linked = {id_ for e in entities if isinstance(e, Inference) for id_ in e.premises}
    found += [argument_map.statements[id_] for id_ in linked if id_ in argument_map.statements]
    said = [entity for entity in entities if isinstance(entity, Attribution)]
    return [place for statement in found for place in places_of(statement)] + cues_in(said)


def needs_selection(bench: WorkbenchScreen) -> str:
    """Return why nothing can be done to what is selected; empty where it can."""
    return "" if bench.selected is not None else "select a statement first"


def claim_in_view(bench: WorkbenchScreen) -> Statement | None:
    """Return the claim that is selected, or that the selected statement serves."""
    return claim_served(bench.map, bench.selected)


def needs_inference(bench: WorkbenchScreen) -> str:
    """Return why there is no link at hand; empty where there is one."""
    there = bench.inference is not None
    return "" if there else "select something that speaks for or against another"


def needs_claim(bench: WorkbenchScreen) -> str:
    """Return why there is no claim at hand; empty where there is one."""
    return "" if claim_in_view(bench) is not None else "select a claim first"


def select(bench: WorkbenchScreen, statement: str | None, *, from_text: bool) -> None:
    """Select *statement* in all three panes, and show it in the map wherever it is hidden.

    Where it is not on the map, the highlighted row is selected. Only a claim that the reader
    selects, not one that the text cursor passes, becomes what marks go to.
    """
    check_pin(bench)
    if statement is not None and not from_text:
        bench.aim.note(statement, bench.map)
    if not bench.session.is_loaded:
        bench.want(statement)
    node = bench.outline.node
    known = (statement, node.statement if node else None)
    bench.selected = next((id_ for id_ in known if id_ in bench.map.statements), None)
    if bench.selected is None:
        bench.text.show_passages(())
        bench.details.show(bench.map, None)
        bench.panes.show_counts()
        bench.show_keys()
        return
    chosen = bench.statement
    if not bench.outline.forest.lets_through(chosen.id):
        show_only(bench, "all")
        bench.say(f"{chosen.label} is not in the filter, which is off now")
    if bench.outline.show_statement(chosen.id):
        bench.map_changed()
    places = places_of(chosen)
    bench.text.show_passages(places)
    low, high = bench.text.cursor.range
    if places and not from_text and not any(a < high and b > low for a, b in places):
        bench.text.go_to(places[0], centred=True)
    bench.details.show(bench.map, chosen)
    bench.panes.show_counts()
    bench.rest()
    bench.show_keys()


def select_under_cursor(bench: WorkbenchScreen, *, is_click: bool) -> None:
    """Select what rests on the words under the text cursor; to click there is to choose it."""
    found = bench.session.coverage.statements_at(*bench.text.cursor.range)
    if not found or bench.focused is not bench.text:
        return
    is_there = bench.selected in found
    if is_click or not is_there:
        select(bench, bench.selected if is_there else found[0], from_text=not is_click)


async def show_rest(bench: WorkbenchScreen) -> None:
    """Say that all is saved, and show what takes a while to find out about the selection."""
    from tui.judging import origins_behind

    bench.show_heading()
    await check_line(bench)
    statement = bench.selected
    if statement is None or bench.session.archive.unsaved:
        return
    done = await bench.session.archive.read(lambda store: done_to(store, statement))
    origins = await origins_behind(bench.map, statement)
    if bench.selected == statement:
        lines = [f"{at[:16].replace('T', ' ')}  {label}" for at, label in done]
        bench.details.show(bench.map, bench.statement, lines, origins)
