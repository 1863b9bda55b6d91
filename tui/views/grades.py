"""The grades of claims, computed when they are drawn and kept until they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from argmap.analysis.grading import assessor_shown, by_assessor, grade, limiting_block
from argmap.model.map import newest_rubric, other_versions
from argmap.text.display import counted, visible
from tui.look.grade_words import NOT_GRADED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.analysis.grading import Grade
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Nature
    from tui.document.rater import Rater
    from tui.document.session import Session


class AssessorGrade(NamedTuple):
    """One assessor's grade of one claim."""

    grade: Grade
    rubric: Rubric
    ratings: Mapping[str, Rating]
    """Ratings by criterion, overridden criteria included."""
    other: str = ""
    """The name of the assessor, safe to draw; empty if the reader is the assessor."""

    @property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest possible band; None unless several are possible."""
        range_ = self.grade.range
        return range_ if range_ is not None and range_[0] != range_[1] else None

    @property
    def limit(self) -> str:
        """The criterion whose cap limits the grade, else the block that does; or empty."""
        block = limiting_block(self.grade, self.rubric)
        if block is None:
            return ""
        graded = self.grade.blocks[block.id]
        caps = [cap for cap in graded.caps if self.rubric.bands.index(cap.band) == graded.band]
        return visible((caps[0].criterion if caps else block.id).replace("_", " "))

    @property
    def words(self) -> str:
        """The grade, its range, the assessor and the limit, one on each line."""
        is_open = self.grade.band is None and self.grade.state != "not_applicable"
        words = NOT_GRADED if is_open else visible(self.grade.format(self.rubric))
        if self.grade.state in {"provisional", "final"}:
            words += f", {self.grade.state}"
        if self.range is not None:
            low, high = (visible(self.rubric.bands[band]) for band in self.range)
            words += f"\ncould be {low} to {high}"
        graded = f"rated by {self.other or 'you'}" if self.ratings else ""
        limited = f"limited by {self.limit}" if self.limit else ""
        return "\n".join(filter(None, (words, graded, limited)))


class Grades:
    """The grades of the claims of one open document, computed on demand.

    A grade is computed again only if its claim, its ratings, the rubric or the assessor has
    changed.
    """

    def __init__(self, session: Session, rater: Rater) -> None:
        """Grade the claims of *session* for *rater*."""
        self._session = session
        self._rater = rater
        self._known: dict[str, tuple[_Key, AssessorGrade | None]] = {}

    @property
    def rubric(self) -> Rubric:
        """The rubric under which claims are graded."""
        return rubric_in_use(self._session.map, self._rater.rubric)

    def grade_of(self, claim: str) -> AssessorGrade | None:
        """Return the grade of *claim*, an id; None if it has no ratings."""
        argument_map, rater = self._session.map, self._rater
        if claim not in argument_map.ratings_of:
            return None
        rubric = rubric_in_use(argument_map, rater.rubric)
        nature = argument_map.statements[claim].nature
        key = _Key(argument_map.ratings_of.get(claim), nature, rubric, rater.assessor)
        known = self._known.get(claim)
        if known is None or not known[0].is_as(key):
            known = self._known[claim] = (
                key,
                grade_claim(argument_map, claim, rubric, rater.assessor),
            )
        return known[1]

    def unusual_rubric(self, claim: str) -> str:
        """Return the rubric of a claim's grade, safe to draw; empty if it is the default one."""
        argument_map = self._session.map
        rubric = rubric_in_use(argument_map, self._rater.rubric)
        if claim not in argument_map.ratings_of or is_default_rubric(argument_map, rubric):
            return ""
        return f"under {rubric_in_words(argument_map, rubric)}"


@frozen(eq=False)
class _Key:
    """The values from which a grade is computed; the rubrics among them are never changed."""

    ratings: list[Rating] | None
    nature: Nature | None
    rubric: Rubric
    assessor: str

    def is_as(self, other: _Key) -> bool:
        return (
            self.rubric is other.rubric
            and (self.nature, self.assessor) == (other.nature, other.assessor)
            and self.ratings == other.ratings
        )


def grade_claim(
    argument_map: ArgumentMap, claim: str, rubric: Rubric, preferred: str
) -> AssessorGrade | None:
    """Return the grade of *claim*, an id, by the assessor *at_work*.

    If *at_work* has not rated it, the assessor with the most ratings counts. None for a claim
    without ratings under *rubric*.
    """
    statement = argument_map.statements[claim]
    groups = by_assessor(argument_map, statement, rubric)
    who = assessor_shown(groups, preferred)
    if who is None:
        return None
    ratings = {rating.criterion: rating for rating in groups[who]}
    found = grade(groups[who], statement.nature, rubric)
    return AssessorGrade(found, rubric, ratings, "" if who == preferred else visible(who))


def rubric_in_words(argument_map: ArgumentMap, rubric: Rubric) -> str:
    """Return the title and version of *rubric*, and the number of ratings under others."""
    words = f"{visible(rubric.title)} {visible(rubric.version)}"
    others = [
        f"{counted(count, 'answer')} under {visible(version)}"
        for version, count in other_versions(argument_map, rubric).items()
    ]
    return " · ".join([words, *others])


def is_default_rubric(argument_map: ArgumentMap, rubric: Rubric) -> bool:
    """Return whether *rubric* is the newest default one, and no older one is used."""
    newest = newest_rubric(argument_map.rubrics.values())
    return rubric == newest and not other_versions(argument_map, rubric)


def rubric_in_use(argument_map: ArgumentMap, chosen: tuple[str, str] | None) -> Rubric:
    """Return the rubric with the id and version *chosen*, else the map's default."""
    found = argument_map.rubrics.get(chosen) if chosen is not None else None
    rubric = found or argument_map.applicable_rubric
    assert rubric is not None  # noqa: S101  (the default one is always there)
    return rubric
