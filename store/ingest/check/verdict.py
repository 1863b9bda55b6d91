"""What became of records that were checked together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from store.ingest.build.build_context import Built
    from store.ingest.report import Rejected


@define
class Verdict:
    """What came out of judging records together; all is by their numbers."""

    built: dict[int, Built] = field(factory=dict)
    """What the records come to that stand, in their order."""
    rejected: dict[int, Rejected] = field(factory=dict)
    rejected_ids: dict[int, str] = field(factory=dict)
    """The ids of rejected records that nothing else may have (see `RejectedIds`)."""
    repeated: dict[int, int] = field(factory=dict)
    """Records that say again what an earlier one of them says, and that one."""
    again: dict[int, str] = field(factory=dict)
    """Records whose id came earlier in the import, and that id."""
    late: set[int] = field(factory=set)
    """Records that need something that may come later."""
