"""Edit, clear and follow the fields of a source, and merge duplicate sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from argmap.edit.merge_sources import merge_several, merge_sources
from argmap.edit.verbs import change_source
from argmap.errors import EditConflictError
from argmap.model.map import Change, Operation
from argmap.model.source import Source
from argmap.model.vocabulary import SOURCE_KINDS
from argmap.text.display import counted, short, visible
from argmap.text.name_similarity import completions
from store import fresh_id
from store.queries import load_source_pair
from tui.dialogs.admiralty import ask_letter
from tui.dialogs.pick import Choice, PickDialog
from tui.dialogs.prompts import pick
from tui.look.cells import wrapped
from tui.look.signs import SIGN_OF_KIND
from tui.views.cues import guess_class_from_name
from tui.views.speakers import CLASS_WORDS

from .queries import LINKS, WORDS, format_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argmap.edit.merge_sources import SourceMerge
    from store import Store
    from store.queries import SourceSummary
    from tui.views.fields import Field
    from tui.widgets.editor import Editor

    from .workspace import SourceWorkspace

_MOST: Final = 200
"""Maximum number of sources that are offered; typing finds the others."""

_NEW: Final = "\n"
"""Prefix of the id of a choice that adds a source; no source's id begins with it."""

_REMARK: Final = 60
"""Width of a line about the losses of a merge, in cells."""


async def open_field(work: SourceWorkspace, field: Field) -> None:
    """Edit *field* of the highlighted source, or follow its link."""
    row = _row(work)
    word, id_ = field.about
    if word == "name" or word in WORDS:
        await work.edit(word, getattr(row.source, word) or "")
    elif word == "kind":
        await _choose_kind(work, row.source)
    elif word in LINKS and id_:
        work.go_to_source(id_)
    elif word in LINKS:
        await _name_another(work, row.source, word)
    elif word == "alike":
        await merge(work, id_)
    elif word == "letter":
        await ask_for_letter(work, id_ or None)
    elif word == "said":
        said = work.details.sayings[int(id_)]
        if await work.app.open_document(said.document):
            work.app.select(said.statement)


async def clear_field(work: SourceWorkspace, field: Field) -> None:
    """Clear *field*, or remove its link."""
    source = _row(work).source
    word, id_ = field.about
    if word in WORDS:
        await work.do(change_source(source, **{word: None}))
    elif word in LINKS and id_:
        rest = tuple(other for other in getattr(source, word) if other != id_)
        await work.do(change_source(source, **{word: rest}))
    else:
        work.app.say("this field cannot be cleared")


async def keep_words(work: SourceWorkspace, kept: Editor.Kept) -> None:
    """Save the typed words; open the editor again if another user changed the field."""
    row = work.snapshot.rows.get(kept.entity) if work.snapshot else None
    field = kept.field
    is_one_line = field in {"name", "url"}
    words = " ".join(kept.words.split()) if is_one_line else kept.words.strip()
    if words == kept.base.strip():
        return
    if row is None:
        work.app.copy(kept.words)
        work.app.say("the source was removed; your text is on the clipboard", is_bad=True)
    elif field == "name" and not words:
        work.app.say("a source needs a name; the old one is kept")
    else:
        try:
            await work.save(change_source(row.source, **{field: words or None}))
        except EditConflictError as error:
            await _contest(work, kept, error)


async def _contest(work: SourceWorkspace, kept: Editor.Kept, error: EditConflictError) -> None:
    """Open the editor again with the typed words, and show the other user's words."""
    row = work.snapshot.rows.get(kept.entity) if work.snapshot else None
    if row is None:
        work.app.copy(kept.words)
        work.app.say(f"{error.what}; your text is on the clipboard", is_bad=True)
        return
    work.go_to_source(kept.entity)
    now = getattr(row.source, kept.field) or ""
    await work.edit(kept.field, now, typed=kept.words)
    work.app.say(error.what, is_bad=True)


async def ask_for_letter(work: SourceWorkspace, letter: str | None) -> None:
    """Ask for a reliability letter for the highlighted source.

    *letter* is the id of an earlier one whose topic is filled in first.
    """
    assert work.snapshot is not None  # noqa: S101  (there is a row)
    row = _row(work)
    every = (each.topic for other in work.snapshot.rows.values() for each in other.reliability)
    begun = next((each for each in row.reliability if each.id == letter), None)
    topics = sorted(set(filter(None, every)))
    operation = await ask_letter(work.app, work.assessor, row, topics, begun)
    if operation is not None:
        await work.do(operation)


async def merge(work: SourceWorkspace, other: str | None = None) -> None:
    """Merge the highlighted source and *other*, an id; None asks for the other one.

    The dialog shows the effect of merging in each direction first.
    """
    own = _row(work).source
    if other is None:
        near = [each.source for each in work.details.alike]
        offered = _others(work, {own.id}, near)
        other = await pick(work.app, f"Merge {own.name} with which source?", offered)
    if other is None:
        return
    ways = [(own.id, other), (other, own.id)]
    ways.sort(key=lambda way: -_times_cited(work, way[1]))
    mergers = await work.database.read(lambda store: [_merger(store, *way) for way in ways])
    choices: list[Choice] = []
    for number, ((duplicate, into), merger) in enumerate(zip(ways, mergers, strict=True)):
        choices += _way(work, f"{number}", duplicate, into, merger)
    chosen = await work.app.ask(
        PickDialog(
            "Which source should stay?",
            choices,
            hint="a number or enter merges · esc cancels",
            preselects=False,
        )
    )
    if chosen is not None:
        duplicate, into = ways[int(chosen)]
        await work.do(mergers[int(chosen)].operation)
        work.go_to_source(into)


async def merge_ticked(work: SourceWorkspace, ids: Sequence[str]) -> None:
    """Ask which of the sources *ids* should stay; merge the others into it."""
    if len(ids) == 1:
        work.app.say(f"tick one more source to merge; {work.app.key('sources.leave')} unticks")
        return
    assert work.snapshot is not None  # noqa: S101  (ticked sources are in the snapshot)
    snapshot = work.snapshot
    ids = sorted(ids, key=lambda id_: -_times_cited(work, id_))
    rows = [snapshot.rows[id_] for id_ in ids]
    choices = [Choice(r.source.id, visible(r.source.name), format_citations(r)) for r in rows]
    into = await pick(work.app, f"Which of the {len(ids):,} sources should stay?", choices)
    if into is None:
        return
    duplicates = [id_ for id_ in ids if id_ != into]
    merger = await work.database.read(lambda store: _merger_of_several(store, duplicates, into))
    stays = visible(snapshot.rows[into].source.name)
    head = Choice("merge", f"merge the other {len(duplicates):,} into {stays}")
    lines = [f"  {line}" for remark in merger.remarks for line in wrapped(remark, _REMARK)]
    remarks = [Choice(f"{n}", line, is_possible=False) for n, line in enumerate(lines)]
    dialog = PickDialog("The merge leaves this out", [head, *remarks])
    if not lines or await work.app.ask(dialog) is not None:
        await work.do(merger.operation)
        work.go_to_source(into)


def _merger_of_several(store: Store, duplicates: list[str], into: str) -> SourceMerge:
    with store.reading():
        return merge_several([load_source_pair(store, id_, into) for id_ in duplicates])


def _merger(store: Store, duplicate: str, into: str) -> SourceMerge:
    with store.reading():
        return merge_sources(load_source_pair(store, duplicate, into))


def _way(
    work: SourceWorkspace, id_: str, duplicate: str, into: str, merger: SourceMerge
) -> Iterator[Choice]:
    """Yield the choice that merges in one direction, and lines about its losses."""
    assert work.snapshot is not None  # noqa: S101  (there are rows)
    going, staying = work.snapshot.rows[duplicate], work.snapshot.rows[into]
    heading = f"merge {visible(going.source.name)} into {visible(staying.source.name)}"
    moved = counted(len(going.statements), "statement")
    words = f"keep {visible(staying.source.name)}; {moved} will cite it"
    yield Choice(id_, words, "", heading)
    lines = [f"  {line}" for remark in merger.remarks for line in wrapped(remark, _REMARK)]
    for number, line in enumerate(lines):
        yield Choice(f"{id_}-{number}", line, "", heading, is_possible=False)


def _times_cited(work: SourceWorkspace, id_: str) -> int:
    row = work.snapshot.rows.get(id_) if work.snapshot else None
    return len(row.statements) if row else 0


async def _choose_kind(work: SourceWorkspace, source: Source) -> None:
    choices = [Choice(kind, f"{SIGN_OF_KIND[kind]} {kind}") for kind in SOURCE_KINDS]
    chosen = await pick(work.app, f"Kind of {source.name}", choices, current=source.kind)
    if chosen is not None:
        await work.do(change_source(source, kind=chosen))


async def _name_another(work: SourceWorkspace, source: Source, key: str) -> None:
    """Ask for one more source that *source* derives from, or shares an origin with."""
    assert work.snapshot is not None  # noqa: S101  (there is a row)
    ids: tuple[str, ...] = getattr(source, key)
    title = f"{source.name} {LINKS[key]} …"
    names = {row.source.name.casefold() for row in work.snapshot.rows.values()}
    others = _others(work, {source.id, *ids})

    def offered(typed: str) -> list[Choice]:
        name = " ".join(typed.split())
        near = list(others(typed))
        if not name or name.casefold() in names:
            return near
        return [*near, Choice(f"{_NEW}{name}", f"new source: {visible(name)}")]

    chosen = await pick(work.app, title, offered)
    if chosen is None:
        return
    new = _new_source(chosen)
    values: dict[str, Any] = {key: tuple(sorted({*ids, new.id if new else chosen}))}
    changed = change_source(source, **values)
    if new is not None:
        label = f"{changed.label} {short(new.name)}"
        changed = Operation(label, (Change(None, new), *changed.changes))
    await work.do(changed)


def _new_source(chosen: str) -> Source | None:
    """Return the new source that the choice with the id *chosen* adds; None if it adds none."""
    if not chosen.startswith(_NEW):
        return None
    name = chosen.removeprefix(_NEW)
    return Source(fresh_id(), name, CLASS_WORDS[guess_class_from_name(name)][1])


def _others(
    work: SourceWorkspace, but: set[str], first: Sequence[Source] = ()
) -> Callable[[str], Sequence[Choice]]:
    """Return a function that lists the sources whose names match the typed words.

    Args:
        work: The sources screen.
        but: Ids of sources to leave out.
        first: Sources that are listed first while nothing is typed.
    """
    snapshot = work.snapshot
    assert snapshot is not None  # noqa: S101  (there is a row)

    def offered(typed: str) -> list[Choice]:
        found = completions(snapshot.index, typed, _MOST)
        unique = {s.id: s for s in (*(first if not typed.strip() else ()), *found)}
        return [
            Choice(
                s.id,
                f"{SIGN_OF_KIND[s.kind]} {visible(s.name)}",
                format_citations(snapshot.rows[s.id]),
            )
            for s in unique.values()
            if s.id not in but and s.id in snapshot.rows
        ]

    return offered


def _row(work: SourceWorkspace) -> SourceSummary:
    assert work.row is not None  # noqa: S101  (the action has looked)
    return work.row
