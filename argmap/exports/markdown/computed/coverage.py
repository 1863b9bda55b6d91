"""The coverage of the ratings: who rated, when, and which ratings are missing. Reading skips it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from argmap.analysis.grading import NOT_ASSESSED, NOT_GRADABLE, grade, implications
from argmap.exports.markdown.tables import format_table, list_words
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import code, line, name
from argmap.records.rubric import rubric_hash
from argmap.text.display import and_list, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.exports.markdown.context import Graded, MapContext
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

_DAY = 10
"""Characters of a timestamp that make up its day."""
_MOST_RATERS = 4
"""The most assessors that are named at the head; the part on coverage names all of them."""
_HASH = 12
"""Characters of a rubric's hash that are shown at the head; its section has the whole hash."""


def ratings_line(to: MapContext) -> Iterator[str]:
    """Yield the number of rated claims, with the rubric, the assessors and their dates."""
    if not to.claims:
        return
    if to.rubric is None or not to.graded:
        yield " ".join(["No claim has been rated.", *_other_rubrics(to)])
        return
    answered, days = _answered_counts(to), _rating_days(to)
    assessors = [
        f"{line(assessor)}"
        f" ({', '.join([*days[assessor], f'{_fraction(*answered[assessor])} criteria'])})"
        for assessor in to.assessors[:_MOST_RATERS]
    ]
    rest = len(to.assessors) - _MOST_RATERS
    assessors += [f"{counted(rest, 'other')}"] if rest > 0 else []
    called = f"{name(to.rubric.id)} {name(to.rubric.version)}"
    words = (
        f"{len(to.graded):,} of {counted(len(to.claims), 'claim')} rated under {called}"
        f" ({code(rubric_hash(to.rubric)[:_HASH])}), by {and_list(assessors)}."
    )
    yield " ".join([words, *_other_rubrics(to)])


def coverage_section(to: MapContext) -> Iterator[str]:
    """Yield each assessor's coverage and grades, and the claims that are still open."""
    if to.rubric is None or not to.graded:
        return
    yield f"\n## {form.COVERAGE}\n\n"
    order = (*reversed(to.rubric.bands), NOT_ASSESSED, NOT_GRADABLE)
    answered, days = _answered_counts(to), _rating_days(to)
    counts: dict[str, Counter[str]] = {}
    for _, assessor, graded in to.graded_rows():
        counts.setdefault(assessor, Counter())[graded.grade.format(to.rubric)] += 1
    rows = [
        [
            line(assessor),
            "".join(days[assessor]),
            _fraction(counts[assessor].total(), len(to.claims)),
            _fraction(*answered[assessor]),
            *(f"{counts[assessor][word]:,}" if counts[assessor][word] else "" for word in order),
        ]
        for assessor in to.assessors
    ]
    yield from format_table(["Rated by", "Dates", "Claims", "Criteria", *map(line, order)], rows)
    lines = [*_not_rated(to), *_without_grade(to), *_cannot_judge(to)]
    if lines:
        yield "\n" + "".join(f"- {words}\n" for words in lines)


def _answered_counts(to: MapContext) -> dict[str, tuple[int, int]]:
    """Return for each assessor the number of criteria with a level, and of those that apply."""
    found = dict.fromkeys(to.assessors, (0, 0))
    assert to.rubric is not None  # noqa: S101  (nothing is graded without one)
    for claim, assessor, graded in to.graded_rows():
        answered, asked = _count_answered(claim, graded, to.rubric)
        found[assessor] = (found[assessor][0] + answered, found[assessor][1] + asked)
    return found


def _count_answered(claim: Statement, graded: Graded, rubric: Rubric) -> tuple[int, int]:
    implied = implications(graded.answers, claim.nature, rubric)
    applicable = [
        graded.answers.get(criterion)
        for criterion in rubric.criteria
        if criterion not in implied and graded.answers.get(criterion) != "not_applicable"
    ]
    return sum(isinstance(answer, int) for answer in applicable), len(applicable)


def _fraction(some: int, whole: int) -> str:
    return f"{some:,} of {whole:,}"


def _rating_days(to: MapContext) -> dict[str, list[str]]:
    """Return for each assessor the first and the last day of their ratings, if one is known."""
    days: dict[str, set[str]] = {assessor: set() for assessor in to.assessors}
    for rating in to.map.ratings.values():
        if rating.at and rating.assessor in days and _is_counted(to, rating):
            days[rating.assessor].add(rating.at[:_DAY])
    return {
        assessor: [line(" to ".join(dict.fromkeys((min(own), max(own)))))] if own else []
        for assessor, own in days.items()
    }


def _is_counted(to: MapContext, rating: Rating) -> bool:
    """Return whether *rating* is under the rubric that grades the claims."""
    key = (rating.rubric, rating.version)
    return to.rubric is not None and key == (to.rubric.id, to.rubric.version)


def _other_rubrics(to: MapContext) -> Iterator[str]:
    """Yield the ratings of claims under other rubrics or versions, which are not counted."""
    claims = {claim.id for claim in to.claims}
    counts = Counter(
        (rating.rubric, rating.version)
        for answers in to.map.answers_by_rubric.values()
        for rating in answers
        if rating.statement in claims and not _is_counted(to, rating)
    )
    if counts:
        words = [
            f"{counted(counts[id_, version], 'rating')} under {name(id_)} {name(version)}"
            for id_, version in sorted(counts)
        ]
        verb = "is" if counts.total() == 1 else "are"
        yield f"{and_list(words)} {verb} not counted here; see the sections of the claims."


def _not_rated(to: MapContext) -> Iterator[str]:
    assert to.rubric is not None  # noqa: S101  (as above)
    unrated = [claim for claim in to.claims if claim.id not in to.graded]
    is_gradable = {
        nature: grade((), nature, to.rubric).range is not None
        for nature in {claim.nature for claim in unrated}
    }
    for words, wanted in (("Not rated", True), ("Not gradable, and not rated", False)):
        labels = _labels(claim for claim in unrated if is_gradable[claim.nature] == wanted)
        if labels:
            yield f"{words}: {labels}."


def _without_grade(to: MapContext) -> Iterator[str]:
    short = [
        claim
        for claim in to.claims
        if claim.id in to.graded
        and all(g.grade.state == "not_assessed" for g in to.graded[claim.id].values())
    ]
    if short:
        yield f"Too few answers for a grade: {_labels(short)}."


def _cannot_judge(to: MapContext) -> Iterator[str]:
    """Yield the criteria that an assessor could not judge."""
    is_alone = len(to.assessors) == 1
    found = [
        f"{line(criterion.replace('_', ' '))} of {name(claim.label)}"
        + ("" if is_alone else f" ({line(assessor)})")
        for claim, assessor, graded in to.graded_rows()
        for criterion, answer in graded.answers.items()
        if answer == "cannot_judge"
    ]
    if found:
        yield f"Could not be judged: {list_words(found)}."


def _labels(claims: Iterable[Statement]) -> str:
    return list_words([name(claim.label) for claim in claims])
