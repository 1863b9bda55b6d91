"""The Admiralty ratings: a letter for a source on a topic, and a number for an item.

The two are independent of each other and of the rubric. A suggestion becomes a rating only
when a person accepts it. F and 6 mean that there is no basis for a rating; they have no rank.

Source: AJP-2.1 and FM 2-22.3, appendix B, for the scales; the cut points are argmap's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.model.vocabulary import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.vocabulary import AttributionClass, Consistency, Letter, Logical

LETTER_WORDS: Final[dict[Letter, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The name of each letter."""

NUMBER_WORDS: Final[dict[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The name of each number."""

FEWEST_CHECKED: Final = 5
"""The fewest checked statements on a topic from which a letter is suggested."""

FEWEST_ORIGINS: Final = 2
"""The fewest independent origins that confirm an item."""

FEWEST_PAIRS: Final = 10
"""The fewest pairs whose share on the diagonal means anything."""

MOST_ON_DIAGONAL: Final = 80
"""The percentage of pairs on the diagonal at which the numbers seem to follow the letters."""

_SHARES: Final[tuple[tuple[int, Letter], ...]] = ((90, "B"), (60, "C"), (20, "D"))
"""The lowest percentage of checked statements that proved right, for each letter; below, E."""

_CLASSES_WITHOUT_BASIS: Final = frozenset(
    {"vague_report", "evidential_hedge", "unnamed_role", "author_assertion"}
)

_UNCONFIRMED: Final[dict[tuple[Logical, Consistency], int]] = {
    ("yes", "consistent"): 2,
    ("yes", "partly"): 3,
    ("partly", "consistent"): 3,
    ("partly", "partly"): 3,
    ("partly", "none"): 4,
    ("no", "none"): 4,
    ("no", "contradicted"): 5,
}
"""The number for an item with fewer than two origins."""

_UNDEFINED: Final[dict[tuple[Logical, Consistency], str]] = {
    ("yes", "contradicted"): "it is logical, but other information contradicts it",
    ("yes", "none"): "it is logical, and nothing else is known",
    ("partly", "contradicted"): "it is partly logical, but other information contradicts it",
    ("no", "consistent"): "it is not logical, but agrees with other information",
    ("no", "partly"): "it is not logical, but agrees with some other information",
}
"""The reason given if no number is defined for a combination of answers."""


@frozen
class SuggestedLetter:
    """A suggested letter for a source, which a person accepts or rejects."""

    letter: Letter
    """The letter; never A, which needs a reason written by a person."""
    reason: str
    """A clause without a full stop."""


@frozen
class SuggestedNumber:
    """A suggested number for an item, or the reason why none fits."""

    number: int | None
    """The number, 1 to 6; None if the answers match no definition."""
    reason: str
    """A clause without a full stop."""


@frozen
class Diagonal:
    """The number of pairs whose letter and number have the same rank, from A1 to E5."""

    on: int
    rated: int
    """Pairs with a letter from A to E and a number from 1 to 5; F and 6 have no rank."""

    @property
    def share(self) -> float | None:
        """The share on the diagonal, 0 to 1; None if no pair is rated."""
        return self.on / self.rated if self.rated else None

    @property
    def is_warning(self) -> bool:
        """True if the numbers seem to follow the letters.

        Source: Baker et al. 1968, who found 87 per cent on the diagonal.
        """
        return self.rated >= FEWEST_PAIRS and 100 * self.on >= MOST_ON_DIAGONAL * self.rated

    @property
    def warning(self) -> str:
        """A warning for the assessor; empty if there is no reason for one."""
        if not self.is_warning:
            return ""
        return (
            f"{self.on} of {self.rated} Admiralty pairs have a letter and a number of one rank;"
            " rate each item without looking at its source's letter"
        )


def clearest_class(classes: Iterable[AttributionClass]) -> AttributionClass | None:
    """Return the class among *classes* that identifies a source best; None without any.

    A source that one text names can be rated, however vaguely another text refers to it.
    """
    return min(classes, key=lambda class_: (class_ in _CLASSES_WITHOUT_BASIS, class_), default=None)


def suggest_letter(
    class_: AttributionClass | None, checked: int | None, valid: int | None
) -> SuggestedLetter:
    """Suggest the letter of a source on one topic. The fame of an outlet does not count.

    Args:
        class_: How the text names the source, if known.
        checked: Number of its earlier statements on this topic that were checked.
        valid: Number of these that proved right, at most `checked`.
    """
    if class_ in _CLASSES_WITHOUT_BASIS:
        return SuggestedLetter("F", f"{class_.replace('_', ' ')}: the text names no source to rate")
    total, confirmed = checked or 0, valid or 0
    if total < FEWEST_CHECKED:
        return SuggestedLetter("F", f"{total} statements checked; {FEWEST_CHECKED} are needed")
    found = (letter for least, letter in _SHARES if 100 * confirmed >= least * total)
    return SuggestedLetter(
        next(found, "E"), f"{confirmed} of {total} checked statements were right"
    )


def suggest_number(
    origins: int,
    logical: Logical | None,
    consistency: Consistency | None,
    conflict: bool | None,  # noqa: FBT001  (a recorded answer like the others)
) -> SuggestedNumber:
    """Suggest the number of one item from its recorded answers, read literally.

    Args:
        origins: Number of independent origins known to support it.
        logical: Whether it is logical in itself; None if not answered.
        consistency: How it agrees with other information; None if not answered.
        conflict: Whether any source contradicts it; None if not answered.
    """
    if logical is None or consistency is None:
        return SuggestedNumber(None, "record first whether it is logical and what else is known")
    is_confirmed = origins >= FEWEST_ORIGINS
    if logical == "unknown" or consistency == "unknown":
        if consistency == "unknown" and not origins:
            reason = "it has no identified origin, and there is nothing to compare it with"
            return SuggestedNumber(6, reason)
        if logical == consistency and not is_confirmed:
            return SuggestedNumber(6, "there is no basis to judge it")
        return SuggestedNumber(None, "too little is known for a number")
    if is_confirmed:
        return _confirmed(origins, logical, consistency, conflict)
    if (logical, consistency) in _UNDEFINED:
        return SuggestedNumber(None, _UNDEFINED[logical, consistency])
    if conflict and consistency in ("consistent", "none"):
        return SuggestedNumber(
            None, "another source contradicts it, but its consistency says otherwise"
        )
    number = _UNCONFIRMED[logical, consistency]
    return SuggestedNumber(number, f"not confirmed; logical: {logical}; agreement: {consistency}")


def _confirmed(
    origins: int,
    logical: Logical,
    consistency: Consistency,
    conflict: bool | None,  # noqa: FBT001  (as above)
) -> SuggestedNumber:
    if conflict or consistency == "contradicted":
        return SuggestedNumber(None, "some sources confirm it, and others contradict it")
    if (logical, consistency) != ("yes", "consistent"):
        return SuggestedNumber(None, "it is confirmed, but not wholly logical and consistent")
    if conflict is None:
        return SuggestedNumber(None, "record first whether any source contradicts it")
    return SuggestedNumber(1, f"{origins} origins confirm it; logical; consistent; no conflict")


def diagonal_of(pairs: Iterable[tuple[Letter, int]]) -> Diagonal:
    """Count the pairs, and the pairs on the diagonal."""
    ranks = [(LETTERS.index(letter) + 1, number) for letter, number in pairs]
    rated = [(letter, number) for letter, number in ranks if letter < 6 and number < 6]  # noqa: PLR2004  (F and 6)
    return Diagonal(sum(letter == number for letter, number in rated), len(rated))
