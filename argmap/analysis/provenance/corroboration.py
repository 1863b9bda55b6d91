"""The level of `corroboration` that a count of origins suggests to an assessor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text.display import counted

if TYPE_CHECKING:
    from argmap.model.vocabulary import Access

CRITERION: Final = "corroboration"
"""The criterion that a suggestion is for; it has five levels in the default rubric."""

KINDS_OF_ACCESS: Final[tuple[Access, ...]] = (
    "took_part", "measured", "inspected", "investigated", "judged",
)  # fmt: skip
"""Kinds of access that can differ. A source that was only informed has none of them."""

MOST_COUNTED: Final = 3
"""The most identified origins that raise the level; further ones do not."""


@frozen
class CountedOrigins:
    """The number of items for a claim, and the numbers of their origins."""

    items: int
    n_min: int
    """Identified origins; sources that are declared to share an origin count once."""
    n_max: int
    """`n_min`, plus the origins that are not identified."""
    access: frozenset[Access] = frozenset()
    """Kinds of access, if two of the origins are known to differ in them; else empty."""

    @property
    def level(self) -> int | None:
        """The suggested level of `corroboration`, 0 to 4; None without items.

        Source: the rule is argmap's own, after Admiralty 1 and 2 and the practice of
        news agencies to ask for more than one source.
        """
        if not self.items:
            return None
        counted_ = min(self.n_min, MOST_COUNTED)
        # Access adds a level only where two origins can differ in it.
        return counted_ + (bool(self.access) and counted_ > 1)

    @property
    def access_summary(self) -> str:
        """The kinds of access that raise the level, as a clause to follow the count; else empty."""
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
