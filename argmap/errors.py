"""The exceptions that argmap raises on purpose.

::

    ArgmapError
    ├── ModelError       a value breaks a rule of the model
    ├── EditError        an edit that the map does not allow
    ├── InputError       a file that cannot be read, or has the wrong format
    │   └── LineError        one line is wrong, so the whole file is refused
    ├── RubricError      an invalid or unknown rubric
    └── StoreError       the database: missing, foreign, newer, locked, damaged
        ├── MissingError     a document, source or operation that does not exist
        ├── ConflictError    the rows have changed since the edit was made
        │   └── EditConflictError  another user has changed the same field
        ├── BusyError        another process is writing; try again
        └── DamagedError     a file that SQLite cannot read

A message is one sentence: what happened, where, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_PATH: Final = 120
_LONGEST_REASON: Final = 600
_LONGEST_MESSAGE: Final = 2000
_MOST_LISTED: Final = 20
"""The most faults of one value that a message lists; it counts the others."""


def _without_middle(text: str, longest: int) -> str:
    """Return *text* in at most *longest* code points, with the middle left out."""
    if len(text) <= longest:
        return text
    end = longest // 3
    return f"{text[: longest - end - 3]} … {text[-end:]}"


class _FaultFields(NamedTuple):
    path: str
    reason: str
    kind: str


class Fault(_FaultFields):
    """One fault in one value, collected with others instead of raised.

    A named tuple and no attrs class, because every command loads this module.
    """

    __slots__ = ()

    def __new__(cls, path: str, reason: str, kind: str = "value") -> Self:
        """Return a fault; the middle of a long path or reason is left out.

        Args:
            path: The key, with `[n]` or `.key` for a nested value; empty for the whole record.
            reason: A clause without a full stop: the fault, and an acceptable value.
            kind: One word for counting: `form`, `key`, `missing`, `value`, `id`, `reference`,
                `quote`.
        """
        path = _without_middle(path, _LONGEST_PATH)
        return super().__new__(cls, path, _without_middle(reason, _LONGEST_REASON), kind)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def os_error_reason(error: OSError) -> str:
    """Return the system's reason for *error*, in lower case for use within a sentence."""
    reason = error.strerror or str(error)
    return f"{reason[:1].lower()}{reason[1:]}"


def join_faults(faults: Sequence[Fault]) -> str:
    """Return *faults* in one line: the first without its path, then at most 19 more.

    Args:
        faults: At least one. The line counts those beyond the first 20.
    """
    first, *others = faults
    reasons = [first.reason, *map(str, others[: _MOST_LISTED - 1])]
    if len(faults) > _MOST_LISTED:
        reasons.append(f"and {len(faults) - _MOST_LISTED:,} more")
    return "; ".join(reasons)


class ArgmapError(Exception):
    """Base of all errors that users see as one line."""

    def __init__(self, message: str) -> None:
        """Set the message; the middle of one over 2,000 code points is left out."""
        super().__init__(_without_middle(message, _LONGEST_MESSAGE))


class ModelError(ArgmapError):
    """A value that breaks one or more rules of the model."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Set the message from *faults*, of which there is at least one."""
        path = faults[0].path
        super().__init__(f"{path}: {join_faults(faults)}" if path else join_faults(faults))
        self.faults = tuple(faults)


class EditError(ArgmapError):
    """An edit that the map does not allow."""


class InputError(ArgmapError):
    """A file that cannot be read or does not have the expected format."""


class LineError(InputError):
    """A line that is wrong, so that its whole file is refused."""

    def __init__(self, line: int, reason: str) -> None:
        """Set the message: the number of the *line*, counted from 1, and the *reason*."""
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class RubricError(ArgmapError):
    """A rubric that breaks a rule or does not exist."""


class StoreError(ArgmapError):
    """A database that cannot be used as requested."""


class MissingError(StoreError):
    """A document, statement, source or operation that does not exist."""


class ConflictError(StoreError):
    """Rows that have changed since the edit was made, or that later work depends on."""


class EditConflictError(ConflictError):
    """An edit of a field that another user has changed, or of an entity that was removed."""

    def __init__(self, what: str, *, yours: str = "", theirs: str = "") -> None:
        """Set the message and both versions of the field.

        Args:
            what: A clause: what was changed, and to which value.
            yours: The value that the edit would set, in words; empty if it cannot be set.
            theirs: The value in the database now, in words.
        """
        super().__init__(f"{what}; repeat your edit to overwrite it" if yours else what)
        self.what, self.yours, self.theirs = what, yours, theirs


class BusyError(StoreError):
    """A database that another process is writing to."""


class DamagedError(StoreError):
    """A damaged file that SQLite cannot read."""
