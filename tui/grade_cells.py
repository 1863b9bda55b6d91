"""A grade in the cells at the right of a claim: as much of it as leaves room for the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from argmap.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.grading import Grade
    from argmap.model.rubric import Rubric
    from argmap.what_if import ClaimOutcome
    from tui.grades import Standing

LEAST: Final = (40, 20, 14, 12, 6)
"""Cells that a claim's words keep beside each form, from the longest; shorter words need less."""

NOT_ASSESSED: Final = "·· ··"
"""What stands where too little is rated; it is no empty bar, which is the lowest grade."""


def bar(grade: Grade, bands: int) -> str:
    """Return *grade*, of one of *bands*, as cells that fill, and `~` where answers are open."""
    if grade.state == "not_applicable":
        return "–"
    if grade.band is None:
        return NOT_ASSESSED
    cells = "▰" * grade.band + "▱" * (bands - 1 - grade.band)
    return cells + ("~" if grade.state == "provisional" else " ")


def forms_of(standing: Standing) -> Sequence[str]:
    """Return the grade with its range, what holds it and whose it is, from long to short.

    The first says the grade in words. A range in figures counts bands from 0, and `≤`
    stands before what holds the grade. The fourth form has one of both, the last neither.
    """
    count = len(standing.rubric.bands)
    end = f"{bar(standing.grade, count):<{count}}"
    words = visible(standing.grade.in_words(standing.rubric))
    figures = ""
    if standing.range is not None:
        low, high = standing.range
        words += f" ({visible(standing.rubric.bands[low])}–{visible(standing.rubric.bands[high])})"
        figures = f"{low}–{high}"
    limit, who = standing.limit, standing.other
    short = f"≤{limit[:4]}" if limit else ""
    name, first = (f"{who}:", f"{who[:1]}:") if who else ("", "")
    return (
        _joined(name, words, f"≤ {limit}" if limit else "", end),
        _joined(name, figures, short, end),
        first + _joined(figures, short, end),
        first + _joined(figures or short, end),
        first + end,
    )


def fitted(forms: Iterable[str], words: str, room: int) -> str:
    """Return the longest of *forms* that leaves *words* enough of *room* cells; empty for none."""
    needed = cell_len(words)
    for form, least in zip(forms, LEAST, strict=False):  # there may be none
        if room - cell_len(form) >= min(needed, least):
            return form
    return ""


def forms_of_change(outcome: ClaimOutcome, rubric: Rubric, at_work: str) -> Sequence[str]:
    """Return what becomes of a claim, from long to short: origins and grade, before and after.

    `∅` says that no item for it lives any more.
    """
    before, after = outcome.before, outcome.after
    origins = f"{before.n_min}→{after.n_min}"
    items = f"{before.items}→{after.items} items, {origins} origins"
    sign = "∅" if before.items and not outcome.is_supported else ""
    if outcome.assessor is None:
        bare = _joined(origins, sign)
        return [
            f"{each} "
            for each in (_joined(items, sign), _joined(origins, "origins", sign), bare, bare, bare)
        ]
    grades = (outcome.grade_before, outcome.grade_after)
    words = _changed([visible(grade.in_words(rubric)) for grade in grades])
    bars = [bar(grade, len(rubric.bands)) for grade in grades]
    end = _changed([bars[0].rstrip(), bars[1].rstrip()]) + bars[1][len(bars[1].rstrip()) :]
    whose = "" if outcome.assessor == at_work else visible(outcome.assessor)
    name, first = (f"{whose}:", f"{whose[:1]}:") if whose else ("", "")
    return (
        _joined(items, sign, name, words, end),
        _joined(origins, "origins", sign, name, end),
        _joined(origins, sign, first + end),
        _joined(sign, first + end),
        _joined(sign, first + bars[1]),
    )


def _changed(pair: Sequence[str]) -> str:
    """Return what was and what is, once where they are the same."""
    return "→".join(dict.fromkeys(pair))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
