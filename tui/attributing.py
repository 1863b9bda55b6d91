"""Asking who says a statement, with a guess from the words round it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.marking import say_who
from argmap.model.source import Attribution, Source
from store.clock import fresh_id
from tui.cues import cue_near
from tui.deciding import save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.likeness import NameIndex
    from argmap.model.statement import Statement
    from tui.screens.workbench import WorkbenchScreen


async def ask_who(bench: WorkbenchScreen, before: Attribution | None) -> None:
    """Ask who says the selected statement, and say it on the map."""
    from tui.dialogs.who import WhoDialog

    statement, base = bench.statement, bench.map
    text = bench.map.document.text
    cue = cue_near(text, statement.passages[0]) if statement.passages else None
    known = {s.id: s for s in await bench.all_sources()} | dict(bench.map.sources)
    names = await asyncio.to_thread(_index, known)
    dialog = WhoDialog(statement.label, statement.text, names,
                       text[slice(*cue)] if cue else "", before)  # fmt: skip
    said = await bench.app.push_screen_wait(dialog)
    if said is None:
        return
    new = [Source(fresh_id(), said.name, said.kind)] if said.name else []
    chosen = said.source or (new[0].id if new else None)
    start = _cue_start(text, statement, said.cue, cue)
    outer = before.chain[:-1] if before else ()
    chain = (*outer, chosen) if chosen else ()
    attribution = (
        evolve(before, class_=said.class_, chain=chain, cue=said.cue or None, cue_start=start)
        if before
        else Attribution(fresh_id(), statement.id, said.class_, chain, said.cue or None, start)
    )
    bench.session.adopt(known[s] for s in attribution.chain if s in known)
    base = evolve(base, sources={**base.sources, **bench.map.sources})
    operation = say_who(base, attribution, new, before.id if before else None)
    if await save(bench, operation):
        bench.say(f"{operation.label} · {bench.app.key('workbench.undo')} undoes it")


def _index(known: Mapping[str, Source]) -> NameIndex:
    from argmap.likeness import index_names

    return index_names(sorted(known.values(), key=lambda s: s.name.casefold()))


def _cue_start(
    text: str, statement: Statement, cue: str, found: tuple[int, int] | None
) -> int | None:
    """Return where *cue* stands: where it was found, else in or just before the passage."""
    if not cue or not statement.passages:
        return None
    if found and text[slice(*found)] == cue:
        return found[0]
    first = statement.passages[0]
    low, high = max(0, first.start - 200), first.end + 200
    place = text.find(cue, low, high)
    return place if place >= 0 else None
