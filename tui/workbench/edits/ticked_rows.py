"""Edits of all ticked rows: each asks once, and is one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from argmap.edit.bulk import (
    attribute_all,
    describe_statements,
    move_all,
    remove_all,
    shared_tags,
    tag_all,
)
from argmap.errors import ArgmapError, EditConflictError
from argmap.model.source import Attribution, Source
from argmap.text.display import visible
from store import fresh_id
from tui.dialogs.prompts import ask, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.edit.bulk import PlacedStatement
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace
    from tui.dialogs.attribution import SpeakerAnswer
    from tui.dialogs.pick import Choice

_NEAR = 200
"""Characters around a passage that are searched for its reporting words."""


async def remove_rows(work: Workspace, rows: Sequence[PlacedStatement]) -> None:
    """Remove the statements of *rows*."""
    base = work.map
    await _save_all(work, base, remove_all(base, (row.statement for row in rows)), rows)


async def tag_rows(work: Workspace, rows: Sequence[PlacedStatement]) -> None:
    """Ask for the tags that the statements of *rows* share; their other tags stay."""
    base, ids = work.map, [row.statement for row in rows]
    shared = shared_tags(base, ids)
    others = {tag for id_ in ids for tag in base.statements[id_].tags} - {*shared}
    note = "separated by commas; every ticked row gets these tags"
    if others:
        note += f"\nother tags stay: {visible(', '.join(sorted(others)))}"
    title = f"Tags of {_describe(base, rows)}"
    typed = await ask(work.host, title, ", ".join(shared), note)
    if typed is None:
        return
    tags = tuple(dict.fromkeys(t.strip() for t in typed.split(",") if t.strip()))
    try:
        await _save_all(work, base, tag_all(base, ids, tags), rows)
    except ArgmapError:
        work.host.copy(typed)
        raise


async def move_rows(
    work: Workspace, rows: Sequence[PlacedStatement], target: str | None = None
) -> None:
    """Move *rows* under the statement *target*, an id; ask for it if None."""
    base, own = work.map, {row.statement for row in rows}
    if target is None:
        title = f"Move {_describe(base, rows)} under which statement?"
        target = await pick(work.host, title, _targets(base, own))
    if target is not None:
        new_ids = [fresh_id() for _ in rows]
        await _save_all(work, base, move_all(base, rows, target, new_ids), rows)


async def attribute_rows(work: Workspace, rows: Sequence[PlacedStatement]) -> None:
    """Ask for one source, and attribute the statements of *rows* to it.

    A statement with one attribution gets the new source in that attribution; its reporting words
    stay, unless the typed ones are in the text near its passage.
    """
    from tui.dialogs.ask_attribution import read_speakers
    from tui.dialogs.attribution import AttributionDialog, AttributionSubject
    from tui.views.cues import guess_class_without_source

    base = work.map
    known, speakers = await read_speakers(work)
    text, first = base.document.text, base.statements[rows[0].statement]
    subject = AttributionSubject(
        _describe(base, rows),
        first.text,
        None,
        [],
        lambda speaker: guess_class_without_source(text, (), speaker),
        lambda *_: "",
    )
    said = await work.host.ask(AttributionDialog(subject, speakers))
    if said is None:
        return
    new = [Source(fresh_id(), said.name, said.kind)] if said.name else []
    chosen = said.source or (new[0].id if new else None)
    work.session.add_sources(known[id_] for id_ in (chosen,) if id_ in known)
    base = evolve(base, sources={**base.sources, **work.map.sources})
    ids = [row.statement for row in rows]
    attributions = {id_: _attribution(base, base.statements[id_], said, chosen) for id_ in ids}
    try:
        await _save_all(work, base, attribute_all(base, attributions, new), rows)
    except ArgmapError:
        work.host.copy(said.name)
        raise


def _attribution(
    base: ArgumentMap, statement: Statement, said: SpeakerAnswer, source: str | None
) -> Attribution:
    """Return the attribution of *statement*, replacing its only one if it has one."""
    attributions = base.attributions_of.get(statement.id, ())
    own = attributions[0] if len(attributions) == 1 else None
    outer = own.chain[:-1] if own else ()
    chain = (*outer, source) if source else ()
    cue, start = _reporting_words(base.document.text, statement, said.cue)
    if own is None:
        return Attribution(fresh_id(), statement.id, said.class_, chain, cue, start)
    if cue is None:
        return evolve(own, class_=said.class_, chain=chain)
    return evolve(own, class_=said.class_, chain=chain, cue=cue, cue_start=start)


def _reporting_words(text: str, statement: Statement, typed: str) -> tuple[str | None, int | None]:
    """Return the reporting words near the passages and their start; else two None."""
    from argmap.quotes.anchoring import find_first_passage

    for passage in statement.passages if typed else ():
        match = find_first_passage(typed, text, passage.start - _NEAR, passage.end + _NEAR)
        if match:
            return match.words, match.start
    return None, None


def _targets(base: ArgumentMap, own: set[str]) -> list[Choice]:
    """Return the statements to move under, the main claim first."""
    from tui.dialogs.pick import Choice

    targets = [s for s in base.ordered_statements if s.id not in own]
    targets.sort(key=lambda s: not s.main)
    return [
        Choice(s.id, visible(f"{s.label} {s.text}"), "main claim" if s.main else s.kind)
        for s in targets
    ]


def _describe(base: ArgumentMap, rows: Sequence[PlacedStatement]) -> str:
    return describe_statements([base.statements[row.statement] for row in rows])


async def _save_all(
    work: Workspace, base: ArgumentMap, operation: Operation, rows: Sequence[PlacedStatement]
) -> None:
    """Apply *operation* to all *rows* of *base* or to none, and say how to undo it.

    Raises:
        EditConflictError: another user or process has changed or removed one of them.
    """
    if not operation.changes:
        work.host.say("nothing to change")
        return
    try:
        await work.session.do_and_save(operation)
    except EditConflictError as error:
        nothing = (
            f"none of the {len(rows):,} rows was changed" if len(rows) > 1 else "nothing changed"
        )
        left = work.map.statements
        lost = [base.statements[r.statement] for r in rows if r.statement not in left]
        were = "was" if len(lost) == 1 else "were"
        removed = f"{describe_statements(lost)} {were} removed meanwhile" if lost else ""
        message = f"{removed or error.what}; {nothing}"
        raise EditConflictError(message) from error
    work.host.say(f"{operation.label} · {work.host.key('workbench.undo')} undoes it")
