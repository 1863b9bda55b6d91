"""Attribute a statement to a source, with a guess from the text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from attrs import evolve

from argmap.edit.compound import set_attribution
from argmap.model.source import Attribution, Source
from argmap.text.name_similarity import index_names
from store import fresh_id
from store.queries import list_sources, newest_classes
from tui.views.cues import find_cue, guess_class_without_source
from tui.views.speakers import Speakers, newest_class_by_source

from .conflicts import save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.statement import Statement
    from argmap.model.vocabulary import AttributionClass
    from tui.core.workspace import Workspace
    from tui.views.cues import Speaker

    from .attribution import AttributionSubject, SpeakerAnswer

_NEAR: Final = 200
"""Characters around a passage that are searched for its reporting words."""


async def ask_attribution(work: Workspace, before: Attribution | None) -> None:
    """Ask for the source of the selected statement, and save the attribution.

    Args:
        work: The open document.
        before: The attribution to change; None adds a new one.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: another user has removed the statement or the attribution.
    """
    from .attribution import AttributionDialog

    statement, base = work.statement, work.map
    known, speakers = await read_speakers(work)
    subject = _subject(work, statement, before, known)
    said = await work.host.ask(AttributionDialog(subject, speakers))
    if said is None:
        return
    new = [Source(fresh_id(), said.name, said.kind)] if said.name else []
    chosen = said.source or (new[0].id if new else None)
    name = known[said.source].name if said.source else said.name
    cue, start = _cue(base.document.text, statement, said, name)
    outer = before.chain[:-1] if before else ()
    chain = (*outer, chosen) if chosen else ()
    attribution = (
        evolve(before, class_=said.class_, chain=chain, cue=cue, cue_start=start)
        if before
        else Attribution(fresh_id(), statement.id, said.class_, chain, cue, start)
    )
    work.session.add_sources(known[s] for s in attribution.chain if s in known)
    base = evolve(base, sources={**base.sources, **work.map.sources})
    operation = set_attribution(base, attribution, new, before.id if before else None)
    if await save(work, operation):
        work.host.say(f"{operation.label} · {work.host.key('workbench.undo')} undoes it")


async def read_speakers(work: Workspace) -> tuple[dict[str, Source], Speakers]:
    """Return every source by id, and the speakers that the dialog offers."""
    listed = await work.session.database.read(list_sources)
    known = {source.id: source for source in listed} | dict(work.map.sources)
    elsewhere = await work.session.database.read(newest_classes)
    return known, await asyncio.to_thread(_speakers, work, known, elsewhere)


def _speakers(
    work: Workspace,
    known: Mapping[str, Source],
    elsewhere: Mapping[str, AttributionClass],
) -> Speakers:
    index = index_names(sorted(known.values(), key=lambda s: s.name.casefold()))
    classes = newest_class_by_source(list(work.map.attributions.values()), elsewhere)
    return Speakers(index, work.map.document.author, classes)


def _subject(
    work: Workspace,
    statement: Statement,
    before: Attribution | None,
    known: Mapping[str, Source],
) -> AttributionSubject:
    from .attribution import AttributionSubject

    text = work.map.document.text

    def cue(speaker: Speaker, name: str) -> str:
        place = find_cue(text, statement.passages, speaker, name)
        return text[slice(*place)] if place else ""

    return AttributionSubject(
        statement.label,
        statement.text,
        before,
        [known[id_].name for id_ in before.chain[:-1] if id_ in known] if before else [],
        lambda speaker: guess_class_without_source(text, statement.passages, speaker),
        cue,
    )


def _cue(
    text: str, statement: Statement, said: SpeakerAnswer, name: str
) -> tuple[str | None, int | None]:
    """Return the reporting words and their start in the text, near a passage."""
    from argmap.quotes.anchoring import find_first_passage

    if not said.cue or not statement.passages:
        return said.cue or None, None
    offered = find_cue(text, statement.passages, said.speaker, name)
    if offered and text[slice(*offered)] == said.cue:
        return said.cue, offered[0]
    first = statement.passages[0]
    stretches = [(p.start, p.end) for p in statement.passages]
    for low, high in (*stretches, (first.start - _NEAR, first.end + _NEAR)):
        passage = find_first_passage(said.cue, text, low, high)
        if passage:
            return passage.words, passage.start
    return said.cue, None
