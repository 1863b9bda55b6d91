"""From origins to a level of `corroboration`: a suggestion, which an assessor accepts or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from argmap.model.words import Access

CRITERION: Final = "corroboration"
"""The criterion that a suggestion is for, which has five levels in the default rubric."""

KINDS_OF_ACCESS: Final[tuple[Access, ...]] = (
    "took_part", "measured", "inspected", "investigated", "judged",
)  # fmt: skip
"""The kinds of access that can differ; who was told, or does not say, had the same as others."""

MOST_COUNTED: Final = 3
"""Identified origins past which more of them make no higher level."""


@frozen
class Suggestion:
    """A level of `corroboration`, and what it follows from."""

    level: int
    because: str


def suggested_level(n_min: int, *, differ: bool) -> int:
    """Return the level, 0 to 4, that *n_min* identified origins suggest.

    They *differ* where two of them are known to have different kinds of access.

    Source: the rule is argmap's own, after Admiralty 1 and 2 and the practice of
    news agencies to ask for more than one source.
    """
    counted_ = min(n_min, MOST_COUNTED)
    return counted_ + (differ and counted_ > 1)


def suggestion_for(
    n_min: int, n_max: int, kinds: Collection[Access], *, differ: bool
) -> Suggestion:
    """Return the level that origins suggest, with *kinds* of access in the reason."""
    level = suggested_level(n_min, differ=differ)
    reason = f"{counted(n_min, 'identified origin')}" if n_min else "no identified origin"
    if n_max > n_min:
        reason += f" and {counted(n_max - n_min, 'unknown end')}"
    if n_min > 1 and differ:
        reason += f", with different kinds of access: {_listed(kinds)}"
    elif n_min > 1:
        reason += ", with the same kind of access as far as the map says"
    return Suggestion(level, reason)


def _listed(kinds: Collection[Access]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in KINDS_OF_ACCESS if kind in kinds)
