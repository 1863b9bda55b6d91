"""Records of a long import that come under an id for the second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.model.fault import Fault

from .held import Spool
from .judging import content_of, given_id
from .rejections import rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .judging import Numbered
    from .landing import Counts
    from .rejections import Rejections


@define
class Repeats:
    """Keeps records that give the id of an earlier one, until all of the input has been seen."""

    counts: Counts
    rejections: Rejections
    _spool: Spool = field(factory=Spool)

    def add(self, numbered: Numbered) -> None:
        """Keep one more."""
        self._spool.put(numbered)

    def settle(self, read: Callable[[], Iterator[Numbered]]) -> None:
        """Count those that say again what was said; reject those that say something else.

        Args:
            read: Gives the whole input anew, in which the first record of each id is looked for.
        """
        if not self._spool.count:
            return
        wanted = {given_id(located) for _, _, located in self._spool.read()}
        gone = set(self.rejections.numbers)
        first: dict[str | None, tuple[bytes, int]] = {}
        for number, _, located in read():
            id_ = given_id(located)
            if id_ in wanted and id_ not in first and number not in gone:
                first[id_] = (content_of(located.record), located.line)
        for number, file, located in self._spool.read():
            id_ = given_id(located)
            content, line = first[id_]
            if content == content_of(located.record):
                self.counts.note_unchanged(number)
            else:
                reason = f"{id_!r} stands in line {line} already, with other content"
                fault = Fault("id", reason, "id")
                self.rejections.add(rejected(number, file, located.line, located.written, [fault]))

    def close(self) -> None:
        """Give up what is kept."""
        self._spool.close()
