"""The result of validating records together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from store.ingest.build.build_context import BuiltRecord
    from store.ingest.report import Rejection

_PASSING: Final = frozenset({"reference", "stance", "kind", "main"})
"""Kinds of faults that disappear if a later record changes the database."""


@define
class Verdict:
    """The accepted, rejected and postponed records of a span, by their numbers."""

    built: dict[int, BuiltRecord] = field(factory=dict)
    """The accepted records, in the order of the input."""
    rejected: dict[int, Rejection] = field(factory=dict)
    rejected_ids: dict[int, str] = field(factory=dict)
    """The ids of rejected records that no other record may take (see `RejectedIds`)."""
    repeated: dict[int, int] = field(factory=dict)
    """Records that repeat an earlier record of the span, with that one's number."""
    seen_before: dict[int, str] = field(factory=dict)
    """Records whose id came in an earlier span of the import, with that id."""
    late: set[int] = field(factory=set)
    """Records that need an entity that may come later."""

    @property
    def deferrable(self) -> set[int]:
        """The records, late or rejected, that a later record may still save."""
        passing = {n for n, rejection in self.rejected.items() if rejection.kind in _PASSING}
        return self.late | passing
