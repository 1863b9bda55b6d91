"""The Admiralty pair: a letter for a source on a topic, a number for an item, each on its own.

Neither comes from the rubric, and neither from the other. A suggestion becomes a
judgement only by a person. F and 6 say that there is no basis: they have no value.

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
"""What each letter is called."""

NUMBER_WORDS: Final[dict[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""What each number is called."""

FEWEST_CHECKED: Final = 5
"""Outcomes on a topic that somebody has checked, below which there is no basis for a letter."""

FEWEST_ORIGINS: Final = 2
"""Independent origins that confirm an item."""

FEWEST_PAIRS: Final = 10
"""Pairs below which their share on the diagonal says nothing."""

MOST_ON_DIAGONAL: Final = 80
"""Per cent of the pairs on the diagonal from which letter and number look judged as one."""

_SHARES: Final[tuple[tuple[int, Letter], ...]] = ((90, "B"), (60, "C"), (20, "D"))
"""Per cent of the checked outcomes that held, at least, for each letter; below them E."""

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
"""The number of an item that fewer than two origins support."""

_UNDEFINED: Final[dict[tuple[Logical, Consistency], str]] = {
    ("yes", "contradicted"): "it is logical, but other information contradicts it",
    ("yes", "none"): "it is logical, and nothing else is known",
    ("partly", "contradicted"): "it is partly logical, but other information contradicts it",
    ("no", "consistent"): "it is not logical, but agrees with other information",
    ("no", "partly"): "it is not logical, but agrees with some other information",
}
"""Why what is known of an item fits no number."""


@frozen
class SuggestedLetter:
    """A letter that a source could be given, for a person to take or to leave."""

    letter: Letter
    """Never A: that needs a reason that somebody writes."""
    reason: str
    """A clause without a full stop."""


@frozen
class SuggestedNumber:
    """A number that an item could be given, or why none fits."""

    number: int | None
    """1 to 6; None where the answers match no definition."""
    reason: str
    """A clause without a full stop."""


@frozen
class Diagonal:
    """How many pairs have a letter and a number of the same rank: A with 1 to E with 5."""

    on: int
    rated: int
    """Pairs with a letter from A to E and a number from 1 to 5; F and 6 are no ranks."""

    @property
    def share(self) -> float | None:
        """The share on the diagonal, 0 to 1; None where nothing is rated."""
        return self.on / self.rated if self.rated else None

    @property
    def is_warning(self) -> bool:
        """Tell whether the one half looks judged by the other.

        Source: Baker et al. 1968, who found 87 per cent on the diagonal.
        """
        return self.rated >= FEWEST_PAIRS and 100 * self.on >= MOST_ON_DIAGONAL * self.rated

    @property
    def warning(self) -> str:
        """What to tell the one who judges; empty where nothing is wrong."""
        if not self.is_warning:
            return ""
        return (
            f"{self.on} of {self.rated} Admiralty pairs have letter and number of one rank;"
            " judge the item without looking at the letter"
        )


def clearest_class(classes: Iterable[AttributionClass]) -> AttributionClass | None:
    """Return the class among *classes* that gives the best ground for a letter, if any.

    A source that one text names is somebody to judge, however vague another text is.
    """
    return min(classes, key=lambda class_: (class_ in _CLASSES_WITHOUT_BASIS, class_), default=None)


def suggest_letter(
    class_: AttributionClass | None, checked: int | None, valid: int | None
) -> SuggestedLetter:
    """Suggest the letter of a source on one topic. An outlet's fame gives none.

    Args:
        class_: How the text names the source, if it is known.
        checked: Outcomes of this source on this topic that somebody checked.
        valid: How many of them held, at most `checked`.
    """
    if class_ in _CLASSES_WITHOUT_BASIS:
        return SuggestedLetter("F", f"{class_.replace('_', ' ')} names nobody to judge")
    total, held = checked or 0, valid or 0
    if total < FEWEST_CHECKED:
        return SuggestedLetter("F", f"{total} outcomes checked, and {FEWEST_CHECKED} are needed")
    found = (letter for least, letter in _SHARES if 100 * held >= least * total)
    return SuggestedLetter(next(found, "E"), f"{held} of {total} checked outcomes held")


def suggest_number(
    origins: int,
    logical: Logical | None,
    consistency: Consistency | None,
    conflict: bool | None,  # noqa: FBT001  (a recorded answer like the others)
) -> SuggestedNumber:
    """Suggest the number of one item from its recorded answers, read literally.

    Args:
        origins: Independent origins that are known to support it.
        logical: Whether it is logical in itself; None where nobody answered.
        consistency: How it agrees with other information; None as above.
        conflict: Whether any source contradicts it; None as above.
    """
    if logical is None or consistency is None:
        return SuggestedNumber(None, "say first whether it is logical, and what else is known")
    is_confirmed = origins >= FEWEST_ORIGINS
    if logical == "unknown" or consistency == "unknown":
        if consistency == "unknown" and not origins:
            reason = "it has no identified origin, and there is nothing to compare it with"
            return SuggestedNumber(6, reason)
        if logical == consistency and not is_confirmed:
            return SuggestedNumber(6, "there is no basis to judge it")
        return SuggestedNumber(None, "only a part of what a number needs is known")
    if is_confirmed:
        return _confirmed(origins, logical, consistency, conflict)
    if (logical, consistency) in _UNDEFINED:
        return SuggestedNumber(None, _UNDEFINED[logical, consistency])
    if conflict and consistency in ("consistent", "none"):
        return SuggestedNumber(
            None, "another source contradicts it, and consistency says otherwise"
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
        return SuggestedNumber(None, "say first whether any source contradicts it")
    return SuggestedNumber(1, f"{origins} origins confirm it; logical; consistent; no conflict")


def diagonal_of(pairs: Iterable[tuple[Letter, int]]) -> Diagonal:
    """Count the pairs, and those among them that lie on the diagonal."""
    ranks = [(LETTERS.index(letter) + 1, number) for letter, number in pairs]
    rated = [(letter, number) for letter, number in ranks if letter < 6 and number < 6]  # noqa: PLR2004  (F and 6)
    return Diagonal(sum(letter == number for letter, number in rated), len(rated))
