"""What opening, keeping and clearing a field of a source does, and merging two that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from argmap.edit.source_merge import merge_several, merge_sources
from argmap.edit.verbs import change_source
from argmap.errors import EditConflictError
from argmap.model.map import Change, Operation
from argmap.model.source import Source
from argmap.model.vocabulary import SOURCE_KINDS
from argmap.text.display import counted, short, visible
from argmap.text.name_similarity import completions
from store import fresh_id
from store.queries import load_citing
from tui.dialogs.admiralty import ask_letter
from tui.dialogs.pick import Choice, PickDialog
from tui.dialogs.prompts import pick
from tui.look.cells import wrapped
from tui.look.signs import SIGN_OF_KIND
from tui.views.cues import class_for
from tui.views.speakers import CLASS_WORDS

from .queries import LINKS, WORDS, cited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argmap.edit.source_merge import Merger
    from store import Store
    from store.queries import ListedSource
    from tui.views.fields import Field
    from tui.widgets.editor import Editor

    from .workspace import SourceWorkspace

_MOST: Final = 200
"""Sources that are offered at once; typing finds the others."""

_NEW: Final = "\n"
"""Begins the id of a choice that makes a source; those of sources have no line ends."""

_REMARK: Final = 60
"""Cells of a line that says what a merge leaves out."""


async def open_field(screen: SourceWorkspace, field: Field) -> None:
    """Edit *field* of the source under the cursor, or go where it leads."""
    row = _row(screen)
    word, id_ = field.about
    if word == "name" or word in WORDS:
        await screen.edit(word, getattr(row.source, word) or "")
    elif word == "kind":
        await _choose_kind(screen, row.source)
    elif word in LINKS and id_:
        screen.go_to_source(id_)
    elif word in LINKS:
        await _name_another(screen, row.source, word)
    elif word == "alike":
        await merge(screen, id_)
    elif word == "letter":
        await give(screen, id_ or None)
    elif word == "said":
        said = screen.told.sayings[int(id_)]
        if await screen.app.open_document(said.document):
            screen.app.select(said.statement)


async def clear_field(screen: SourceWorkspace, field: Field) -> None:
    """Clear *field*, or take away what it names."""
    source = _row(screen).source
    word, id_ = field.about
    if word in WORDS:
        await screen.do(change_source(source, **{word: None}))
    elif word in LINKS and id_:
        rest = tuple(other for other in getattr(source, word) if other != id_)
        await screen.do(change_source(source, **{word: rest}))
    else:
        screen.app.say("this cannot be cleared")


async def keep_words(screen: SourceWorkspace, kept: Editor.Kept) -> None:
    """Keep what was typed; the editor opens again where somebody else has changed the same."""
    row = screen.known.rows.get(kept.entity) if screen.known else None
    field = kept.field
    is_one_line = field in {"name", "url"}
    words = " ".join(kept.words.split()) if is_one_line else kept.words.strip()
    if words == kept.base.strip():
        return
    if row is None:
        screen.app.copy(kept.words)
        screen.app.say("the source is gone; the words are on the clipboard", is_bad=True)
    elif field == "name" and not words:
        screen.app.say("a source needs a name; it stays as it was")
    else:
        try:
            await screen.save(change_source(row.source, **{field: words or None}))
        except EditConflictError as error:
            await _contest(screen, kept, error)


async def _contest(screen: SourceWorkspace, kept: Editor.Kept, error: EditConflictError) -> None:
    """Open the editor again on the words that were typed, and show somebody else's."""
    row = screen.known.rows.get(kept.entity) if screen.known else None
    if row is None:
        screen.app.copy(kept.words)
        screen.app.say(f"{error.what}; the words are on the clipboard", is_bad=True)
        return
    screen.go_to_source(kept.entity)
    now = getattr(row.source, kept.field) or ""
    await screen.edit(kept.field, now, typed=kept.words)
    screen.app.say(error.what, is_bad=True)


async def give(screen: SourceWorkspace, letter: str | None) -> None:
    """Ask for a letter for the source under the cursor; *letter* is the id of one to begin with."""
    assert screen.known is not None  # noqa: S101  (there is a row)
    row = _row(screen)
    every = (each.topic for other in screen.known.rows.values() for each in other.reliability)
    begun = next((each for each in row.reliability if each.id == letter), None)
    topics = sorted(set(filter(None, every)))
    operation = await ask_letter(screen.app, screen.assessor, row, topics, begun)
    if operation is not None:
        await screen.do(operation)


async def merge(screen: SourceWorkspace, other: str | None = None) -> None:
    """Make one of the source under the cursor and *other*, an id, which is asked for if None.

    What it would do is said first, for both ways round.
    """
    own = _row(screen).source
    if other is None:
        near = [each.source for each in screen.told.alike]
        offered = _others(screen, {own.id}, near)
        other = await pick(screen.app, f"What else is {own.name}?", offered)
    if other is None:
        return
    ways = [(own.id, other), (other, own.id)]
    ways.sort(key=lambda way: -_times_cited(screen, way[1]))
    mergers = await screen.archive.read(lambda store: [_merger(store, *way) for way in ways])
    choices: list[Choice] = []
    for number, ((gone, into), merger) in enumerate(zip(ways, mergers, strict=True)):
        choices += _way(screen, f"{number}", gone, into, merger)
    chosen = await screen.app.ask(
        PickDialog(
            "Which of the two stays?",
            choices,
            hint="a number or enter merges · esc cancels",
            preselects=False,
        )
    )
    if chosen is not None:
        gone, into = ways[int(chosen)]
        await screen.do(mergers[int(chosen)].operation)
        screen.go_to_source(into)


async def merge_marked(screen: SourceWorkspace, ids: Sequence[str]) -> None:
    """Ask which of the marked sources stays, and merge the others into it, in one operation."""
    if len(ids) == 1:
        screen.app.say(f"mark one more to merge; {screen.app.key('sources.leave')} unmarks")
        return
    assert screen.known is not None  # noqa: S101  (what is marked is known)
    known = screen.known
    ids = sorted(ids, key=lambda id_: -_times_cited(screen, id_))
    choices = [Choice(id_, visible(known.rows[id_].source.name), cited(known.rows[id_]))
               for id_ in ids]  # fmt: skip
    into = await pick(screen.app, f"Which of the {len(ids):,} sources stays?", choices)
    if into is None:
        return
    gone = [id_ for id_ in ids if id_ != into]
    merger = await screen.archive.read(lambda store: _merger_of_several(store, gone, into))
    stays = visible(known.rows[into].source.name)
    head = Choice("merge", f"merge the other {len(gone):,} into {stays}")
    lines = [f"  {line}" for remark in merger.remarks for line in wrapped(remark, _REMARK)]
    remarks = [Choice(f"{n}", line, is_possible=False) for n, line in enumerate(lines)]
    dialog = PickDialog("This is left out", [head, *remarks])
    if not lines or await screen.app.ask(dialog) is not None:
        await screen.do(merger.operation)
        screen.go_to_source(into)


def _merger_of_several(store: Store, gone: list[str], into: str) -> Merger:
    with store.reading():
        return merge_several([load_citing(store, id_, into) for id_ in gone])


def _merger(store: Store, gone: str, into: str) -> Merger:
    with store.reading():
        return merge_sources(load_citing(store, gone, into))


def _way(
    screen: SourceWorkspace, id_: str, gone: str, into: str, merger: Merger
) -> Iterator[Choice]:
    """Yield the line that merges one way, and lines that say what that would do."""
    assert screen.known is not None  # noqa: S101  (there are rows)
    going, staying = screen.known.rows[gone], screen.known.rows[into]
    heading = f"{visible(going.source.name)} goes into {visible(staying.source.name)}"
    moved = counted(len(going.statements), "statement")
    words = f"{visible(staying.source.name)} stays, and is cited for {moved} more"
    yield Choice(id_, words, "", heading)
    lines = [f"  {line}" for remark in merger.remarks for line in wrapped(remark, _REMARK)]
    for number, line in enumerate(lines):
        yield Choice(f"{id_}-{number}", line, "", heading, is_possible=False)


def _times_cited(screen: SourceWorkspace, id_: str) -> int:
    row = screen.known.rows.get(id_) if screen.known else None
    return len(row.statements) if row else 0


async def _choose_kind(screen: SourceWorkspace, source: Source) -> None:
    choices = [Choice(kind, f"{SIGN_OF_KIND[kind]} {kind}") for kind in SOURCE_KINDS]
    chosen = await pick(screen.app, f"Kind of {source.name}", choices, current=source.kind)
    if chosen is not None:
        await screen.do(change_source(source, kind=chosen))


async def _name_another(screen: SourceWorkspace, source: Source, key: str) -> None:
    """Ask for one more source that *source* derives from, or shares an origin with."""
    assert screen.known is not None  # noqa: S101  (there is a row)
    ids: tuple[str, ...] = getattr(source, key)
    title = f"{source.name} {LINKS[key]} …"
    known = {row.source.name.casefold() for row in screen.known.rows.values()}
    others = _others(screen, {source.id, *ids})

    def offered(typed: str) -> list[Choice]:
        name = " ".join(typed.split())
        near = list(others(typed))
        if not name or name.casefold() in known:
            return near
        return [*near, Choice(f"{_NEW}{name}", f"new source: {visible(name)}")]

    chosen = await pick(screen.app, title, offered)
    if chosen is None:
        return
    new = _new_source(chosen)
    values: dict[str, Any] = {key: tuple(sorted({*ids, new.id if new else chosen}))}
    changed = change_source(source, **values)
    if new is not None:
        label = f"{changed.label} {short(new.name)}"
        changed = Operation(label, (Change(None, new), *changed.changes))
    await screen.do(changed)


def _new_source(chosen: str) -> Source | None:
    """Return the source that *chosen*, the id of a choice, is to make; None for a known one."""
    if not chosen.startswith(_NEW):
        return None
    name = chosen.removeprefix(_NEW)
    return Source(fresh_id(), name, CLASS_WORDS[class_for(name)][1])


def _others(
    screen: SourceWorkspace, but: set[str], first: Sequence[Source] = ()
) -> Callable[[str], Sequence[Choice]]:
    """Return what lists the sources whose names hold what is typed, *first* before any other."""
    known = screen.known
    assert known is not None  # noqa: S101  (there is a row)

    def offered(typed: str) -> list[Choice]:
        found = completions(known.index, typed, _MOST)
        unique = {s.id: s for s in (*(first if not typed.strip() else ()), *found)}
        return [
            Choice(s.id, f"{SIGN_OF_KIND[s.kind]} {visible(s.name)}", cited(known.rows[s.id]))
            for s in unique.values()
            if s.id not in but and s.id in known.rows
        ]

    return offered


def _row(screen: SourceWorkspace) -> ListedSource:
    assert screen.row is not None  # noqa: S101  (the action has looked)
    return screen.row
