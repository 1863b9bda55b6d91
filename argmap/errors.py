"""Every error argmap raises on purpose.

::

    ArgmapError
    ├── ModelError       a value breaks a rule of the model
    ├── EditError        an edit that the map does not allow
    ├── InputError       a file that cannot be read, or is not what it should be
    ├── RubricError      a rubric that breaks a rule, or that is not known
    └── StoreError       the database: missing, foreign, newer, locked, damaged
        ├── MissingError     something asked for by name is not there
        ├── ConflictError    the rows are not what the edit was made for
        └── BusyError        another process is writing; trying again will do

A message is one sentence that says what, where, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen
class Fault:
    """One thing wrong with one value: gathered with others rather than raised."""

    path: str
    """The key, with `[n]` or `.key` for what lies inside; empty for the whole."""
    reason: str
    """A clause without a full stop that says what is wrong and what would be right."""
    kind: str = "value"
    """One word for counting: `form`, `key`, `missing`, `value`, `id`, `reference`, `quote`."""

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class ArgmapError(Exception):
    """Base of all errors that are shown to a person as one line."""


class ModelError(ArgmapError):
    """A value breaks one rule of the model or several."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Gather *faults*, at least one."""
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class EditError(ArgmapError):
    """An edit asks for something that the map does not allow."""


class InputError(ArgmapError):
    """A file cannot be read, or is not in the form it should have."""


class RubricError(ArgmapError):
    """A rubric breaks a rule, or one is named that is not known."""


class StoreError(ArgmapError):
    """The database cannot be used as asked."""


class MissingError(StoreError):
    """A document, statement, source or operation is not there."""


class ConflictError(StoreError):
    """Rows have changed since the edit was made, or later work rests on them."""


class BusyError(StoreError):
    """Another process is writing to the database."""
