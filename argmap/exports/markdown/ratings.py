"""Ratings in the Markdown: a table for each assessor, and Admiralty letters and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name, prose
from argmap.records.ids import MADE

from .computed.findings import grade_line
from .context import grade_ratings, sort_stably
from .tables import format_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.rating import Credibility, Rating, Reliability
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

    from .context import MapContext

_COLUMNS: Final = ("Criterion", "Answer", "Meaning", "Because", "When", "Id")


def rating_groups(
    to: MapContext, ratings: Iterable[Rating], claim: Statement | None = None
) -> list[str]:
    """Return a title and a table for each assessor and rubric, with the grade of a *claim*."""
    groups: dict[tuple[str, str, str], list[Rating]] = {}
    for rating in ratings:
        groups.setdefault((rating.assessor, rating.rubric, rating.version), []).append(rating)
    parts = []
    for key in sorted(groups):
        assessor, id_, version = key
        title = f"**{form.RATED}** by {name(assessor)} under {name(id_)} {name(version)}"
        if to.is_summary:
            count = len(groups[key])
            parts.append(f"{title}: {count} {'criterion' if count == 1 else 'criteria'}")
        else:
            parts += [title, _table(to.map.rubrics[id_, version], groups[key])]
        if claim is not None and claim.kind == "claim":
            rubric = to.map.rubrics[id_, version]
            known = to.graded.get(claim.id, {}) if rubric == to.rubric else {}
            graded = known.get(assessor) or grade_ratings(groups[key], claim.nature, rubric)
            parts.append(grade_line(assessor, graded, rubric))
    return parts


def reliability_group(found: Iterable[Reliability]) -> list[str]:
    """Return the list of a source's Admiralty letters."""
    items = []
    for each in sort_stably(found):
        rows = [("topic", each.topic), ("checked", each.checked), ("valid", each.valid)]
        head = f"- **letter {each.letter}**" if each.letter else "- **no letter**"
        items.append("\n".join([head, *_fields(each, rows)]))
    return [f"**{form.RELIABILITY}**", "\n".join(items)] if items else []


def credibility_group(found: Iterable[Credibility]) -> list[str]:
    """Return the list of an item's Admiralty numbers."""
    items = []
    for each in sort_stably(found):
        conflict = None if each.conflict is None else "yes" if each.conflict else "no"
        rows = [
            ("logical", each.logical),
            ("consistency", each.consistency),
            ("conflict", conflict),
        ]
        head = f"- **number {each.number}**" if each.number else "- **no number**"
        items.append("\n".join([head, *_fields(each, rows)]))
    return [f"**{form.CREDIBILITY}**", "\n".join(items)] if items else []


def _fields(each: Reliability | Credibility, rows: Iterable[tuple[str, object]]) -> Iterator[str]:
    fields = [("assessor", each.assessor), *rows, ("because", each.because), ("at", each.at)]
    for key, value in fields:
        if value is not None:
            yield f"  - {key}: {prose(str(value), '    ')}"
    if not each.id.startswith(MADE):
        yield f"  - id: {name(each.id)}"


def _table(rubric: Rubric, ratings: list[Rating]) -> str:
    order = list(rubric.criteria)
    rows = sorted(ratings, key=lambda rating: order.index(rating.criterion))
    cells = [
        [
            line(rating.criterion),
            str(rating.answer).replace("_", " "),
            line(_in_words(rubric, rating)),
            "" if rating.because is None else line(rating.because),
            "" if rating.at is None else line(rating.at),
            "" if rating.id.startswith(MADE) else name(rating.id),
        ]
        for rating in rows
    ]
    # Read back by the titles of its columns, so that any of them may be left out.
    return "".join(format_table(_COLUMNS, cells)).removesuffix("\n")


def _in_words(rubric: Rubric, rating: Rating) -> str:
    if isinstance(rating.answer, int):
        return rubric.criteria[rating.criterion].levels[rating.answer]
    return dict(rubric.states).get(rating.answer, rating.answer.replace("_", " "))
