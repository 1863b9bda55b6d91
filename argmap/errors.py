"""Every error argmap raises on purpose.

::

    ArgmapError
    ├── ModelError       a value breaks a rule of the model
    ├── EditError        an edit that the map does not allow
    ├── InputError       a file that cannot be read, or is not what it should be
    │   └── LineError        one line of it is wrong, and so the whole file is refused
    ├── RubricError      a rubric that breaks a rule, or that is not known
    └── StoreError       the database: missing, foreign, newer, locked, damaged
        ├── MissingError     something asked for by name is not there
        ├── ConflictError    the rows are not what the edit was made for
        │   └── EditConflictError  somebody else has changed the same field
        ├── BusyError        another process is writing; trying again will do
        └── DamagedError     the file cannot be read as SQLite wrote it

A message is one sentence that says what, where, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_PATH: Final = 120
_LONGEST_REASON: Final = 600
_LONGEST_MESSAGE: Final = 2000
_MOST_TOLD: Final = 20
"""Faults of one value that are told; the others are counted."""


def _short_path(path: str) -> str:
    return _without_middle(path, _LONGEST_PATH)


def _short_reason(reason: str) -> str:
    return _without_middle(reason, _LONGEST_REASON)


def _without_middle(text: str, longest: int) -> str:
    """Return *text* in *longest* code points; what a file says in a megabyte is no line."""
    if len(text) <= longest:
        return text
    end = longest // 3
    return f"{text[: longest - end - 3]} … {text[-end:]}"


@frozen
class Fault:
    """One thing wrong with one value: gathered with others rather than raised."""

    path: str = field(converter=_short_path)
    """The key, with `[n]` or `.key` for what lies inside; empty for the whole."""
    reason: str = field(converter=_short_reason)
    """A clause without a full stop that says what is wrong and what would be right."""
    kind: str = "value"
    """One word for counting: `form`, `key`, `missing`, `value`, `id`, `reference`, `quote`."""

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def os_error_reason(error: OSError) -> str:
    """Return what the system says about a file, to go on in the middle of a sentence."""
    reason = error.strerror or str(error)
    return f"{reason[:1].lower()}{reason[1:]}"


def join_faults(faults: Sequence[Fault]) -> str:
    """Return the first of *faults* without its path, then the others; very many are counted."""
    first, *others = faults
    told = [first.reason, *map(str, others[: _MOST_TOLD - 1])]
    if len(faults) > _MOST_TOLD:
        told.append(f"and {len(faults) - _MOST_TOLD:,} more")
    return "; ".join(told)


class ArgmapError(Exception):
    """Base of all errors that are shown to a person as one line."""

    def __init__(self, message: str) -> None:
        """Take *message*, which loses its middle where it is long."""
        super().__init__(_without_middle(message, _LONGEST_MESSAGE))


class ModelError(ArgmapError):
    """A value breaks one rule of the model or several."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Gather *faults*, at least one."""
        path = faults[0].path
        super().__init__(f"{path}: {join_faults(faults)}" if path else join_faults(faults))
        self.faults = tuple(faults)


class EditError(ArgmapError):
    """An edit asks for something that the map does not allow."""


class InputError(ArgmapError):
    """A file cannot be read, or is not in the form it should have."""


class LineError(InputError):
    """A line of a file is wrong, and the file is refused whole."""

    def __init__(self, line: int, reason: str) -> None:
        """Say what is wrong with *line*; the first is 1."""
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class RubricError(ArgmapError):
    """A rubric breaks a rule, or one is named that is not known."""


class StoreError(ArgmapError):
    """The database cannot be used as asked."""


class MissingError(StoreError):
    """A document, statement, source or operation is not there."""


class ConflictError(StoreError):
    """Rows have changed since the edit was made, or later work rests on them."""


class EditConflictError(ConflictError):
    """Somebody else has changed a field that an edit changes, or removed what it is about."""

    def __init__(self, what: str, *, yours: str = "", theirs: str = "") -> None:
        """Say what was changed.

        Args:
            what: A clause that says what was changed and to what.
            yours: What the edit would make of it, in words; empty where it cannot be made.
            theirs: What it is now, in words.
        """
        super().__init__(f"{what}; do it again to save yours over it" if yours else what)
        self.what, self.yours, self.theirs = what, yours, theirs


class BusyError(StoreError):
    """Another process is writing to the database."""


class DamagedError(StoreError):
    """The file is damaged: SQLite cannot read it."""
