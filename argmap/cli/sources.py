"""The command `sources`: list the sources of the whole database, show or merge them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from attrs import asdict

from argmap.text.display import counted

from ._context import JSON, open_existing, reading
from ._output import say, say_first, show, show_json
from ._source_lines import MOST_SHOWN, TO_MERGE, group_line, source_with_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.rating import Rating, Reliability
    from argmap.model.source import Source
    from argmap.model.vocabulary import Letter
    from argmap.text.name_similarity import SimilarSource
    from store import Store
    from store.queries import AttributedStatement, SourceSummary


@click.command()
@click.argument("source", required=False)
@click.option(
    "--merge", nargs=2, metavar="ID INTO",
    help="Merge the duplicate source ID into the source INTO.",
)  # fmt: skip
@JSON
@click.pass_context
def sources(
    context: click.Context, source: str | None, *, merge: tuple[str, str] | None, as_json: bool
) -> None:
    """List the sources, show one, or merge duplicates.

    SOURCE is an id or a name. After a merge, everything that cited ID cites INTO.
    """
    if source is not None and merge:
        message = "give a source to show, or --merge with two sources."
        raise click.UsageError(message, context)
    if merge:
        _merge(context, *merge, as_json=as_json)
        return
    with reading(context) as store:
        if source is None:
            _list(store, as_json=as_json)
        else:
            _show(store, source, as_json=as_json)


def _merge(context: click.Context, gone: str, into: str, *, as_json: bool) -> None:
    from argmap.host.clock import now
    from store.log import merge_sources
    from store.queries import list_cited, source_named_in_full

    with open_existing(context) as store:
        ids = source_named_in_full(store, gone), source_named_in_full(store, into)
        merged = merge_sources(store, *ids, now())
        [listed] = list_cited(store, ids[1])
    if as_json:
        show_json([_row(listed)])
    done = f"{merged.operation.label}, now cited by {_cited(listed)}"
    say(f"{done}; argmap undo separates them")
    say_first(merged.remarks, len(merged.remarks), MOST_SHOWN)


def _list(store: Store, *, as_json: bool) -> None:
    from argmap.text.name_similarity import index_names, same_name_groups
    from store.queries import admiralty_pairs, list_cited

    with store.reading():
        rows, pairs = list_cited(store), admiralty_pairs(store)
    if as_json:
        show_json([_row(row) for row in rows])
        return
    for row in rows:
        letters = ", ".join(_letter(each) for each in row.reliability)
        classes = ", ".join(class_.replace("_", " ") for class_ in row.classes)
        said = (source_with_id(row.source), row.source.kind, _cited(row), classes, letters)
        show("  ".join(filter(None, said)))
    if not rows:
        say("there are no sources yet; attributing a statement adds one")
    groups = same_name_groups(index_names(row.source for row in rows))
    say_first(map(group_line, groups), len(groups), MOST_SHOWN)
    if groups:
        say(TO_MERGE)
    _warn_of_diagonal(pairs)


def _warn_of_diagonal(pairs: Sequence[tuple[Letter, int]]) -> None:
    """Warn if Admiralty letters and numbers look as though one was copied from the other."""
    from argmap.analysis.admiralty import diagonal_of

    warning = diagonal_of(pairs).warning
    if warning:
        say(warning)


def _show(store: Store, name: str, *, as_json: bool) -> None:
    from argmap.model.rating import Rating
    from argmap.text.name_similarity import index_names, similar_sources
    from store.queries import (
        earlier_letters,
        list_attributed,
        list_cited,
        list_sources,
        source_named,
    )
    from store.rows import entities

    with store.reading():
        id_ = source_named(store, name)
        [row] = list_cited(store, id_)
        everyone = list_sources(store)
        said = list_attributed(store, id_)
        earlier = earlier_letters(store, id_)
        ratings = sorted(entities(store, Rating, "source = ?", id_), key=lambda r: r.id)
    near = similar_sources(index_names(s for s in everyone if s.id != id_), row.source.name)
    if as_json:
        show_json([_row(row) | _more(said, earlier, ratings, near)])
        return
    known = {source.id: source for source in everyone}
    show(f"{source_with_id(row.source)} · {row.source.kind}")
    for line in _about(row.source, known):
        show(f"  {line}")
    _section(f"cited for, in {_cited(row)}", map(_saying, said))
    _section("reliability", (_letter_line(each) for each in row.reliability))
    _section("earlier reliability", (_letter_line(each) for each in earlier))
    _section("ratings", map(_rating_line, ratings))
    _section("similar names", map(_alike_line, near))


def _row(listed: SourceSummary) -> dict[str, Any]:
    return asdict(listed.source) | {
        "documents": listed.documents,
        "statements": listed.statements,
        "classes": listed.classes,
        "reliability": [asdict(each) for each in listed.reliability],
    }


def _more(
    said: Sequence[AttributedStatement],
    earlier: Sequence[Reliability],
    ratings: Sequence[Rating],
    near: Sequence[SimilarSource],
) -> dict[str, Any]:
    """Return the JSON keys that only a single source has."""
    return {
        "said": [
            {"class" if key == "class_" else key: value for key, value in asdict(each).items()}
            for each in said
        ],
        "earlier": [asdict(each) for each in earlier],
        "ratings": [asdict(each) for each in ratings],
        "alike": [
            {"id": each.source.id, "name": each.source.name, "likeness": round(each.likeness, 2),
             "is_same": each.is_same}
            for each in near
        ],
    }  # fmt: skip


def _about(source: Source, known: dict[str, Source]) -> Iterator[str]:
    for key in ("url", "description", "interest"):
        value = getattr(source, key)
        if value is not None:
            yield f"{key}: {value}"
    for key in ("derives_from", "same_origin"):
        for id_ in getattr(source, key):
            yield f"{key.replace('_', ' ')}: {source_with_id(known[id_])}"


def _section(title: str, lines: Iterator[str]) -> None:
    found = list(lines)
    if found:
        show(title)
    for line in found:
        show(f"  {line}")


def _saying(said: AttributedStatement) -> str:
    how = f"{said.class_.replace('_', ' ')}{'' if said.is_innermost else ', relayed'}"
    cue = f" “{said.cue}”" if said.cue else ""
    return f"{said.document} {said.label}  {said.text}  ({how}{cue})"


def _letter(given: Reliability) -> str:
    return f"{given.letter or 'no letter'}{f' on {given.topic}' if given.topic else ''}"


def _letter_line(given: Reliability) -> str:
    from argmap.analysis.admiralty import LETTER_WORDS

    words = f" {LETTER_WORDS[given.letter]}" if given.letter else ""
    checked = (
        None
        if given.checked is None
        else f"{given.valid or 0} of {given.checked} checked statements were right"
    )
    about = ", ".join(filter(None, (checked, f"by {given.assessor}", given.at)))
    because = f": {given.because}" if given.because else ""
    return f"{_letter(given)}{words}  ({about}){because}"


def _rating_line(rating: Rating) -> str:
    because = f": {rating.because}" if rating.because else ""
    answer = str(rating.answer).replace("_", " ")
    under = f"{rating.rubric} {rating.version}, by {rating.assessor}"
    return f"{rating.criterion} {answer}  ({under}){because}"


def _alike_line(near: SimilarSource) -> str:
    return (
        f"{source_with_id(near.source)}  {'the same' if near.is_same else f'{near.likeness:.0%}'}"
    )


def _cited(row: SourceSummary) -> str:
    many = counted(len(row.statements), "statement")
    return f"{many} in {counted(len(row.documents), 'document')}"
