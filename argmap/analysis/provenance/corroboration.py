"""From origins to a level of `corroboration`: a suggestion, which an assessor accepts or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text.display import counted

if TYPE_CHECKING:
    from argmap.model.vocabulary import Access

CRITERION: Final = "corroboration"
"""The criterion that a suggestion is for, which has five levels in the default rubric."""

KINDS_OF_ACCESS: Final[tuple[Access, ...]] = (
    "took_part", "measured", "inspected", "investigated", "judged",
)  # fmt: skip
"""The kinds of access that can differ; who was told, or does not say, had the same as others."""

MOST_COUNTED: Final = 3
"""Identified origins past which more of them make no higher level."""


@frozen
class CountedOrigins:
    """The items that a text uses for one claim, and the origins behind them."""

    items: int
    n_min: int
    """Identified origins, those that are declared to be one counted once."""
    n_max: int
    """These, and the ends that are unknown."""
    access: frozenset[Access] = frozenset()
    """Kinds of access, where two of the origins are known to differ in them; else none."""

    @property
    def level(self) -> int | None:
        """The level of `corroboration`, 0 to 4, that this suggests; None without items.

        Source: the rule is argmap's own, after Admiralty 1 and 2 and the practice of
        news agencies to ask for more than one source.
        """
        if not self.items:
            return None
        counted_ = min(self.n_min, MOST_COUNTED)
        return counted_ + (bool(self.access) and counted_ > 1)

    @property
    def access_summary(self) -> str:
        """The kinds of access that raise the level, to stand after the count; else empty."""
        if self.n_min < 2 or not self.access:  # noqa: PLR2004  (one origin differs from none)
            return ""
        listed = (kind.replace("_", " ") for kind in KINDS_OF_ACCESS if kind in self.access)
        return f", with different kinds of access: {', '.join(listed)}"


def describe_origins(n_min: int, n_max: int) -> str:
    """Return a count of origins in words, such as `1 origin and 2 unidentified`."""
    if not n_min:
        return "no identified origin"
    words = counted(n_min, "origin")
    return f"{words} and {n_max - n_min:,} unidentified" if n_max > n_min else words
