"""A list to work through line by line: findings, origins, or what falls.

A list is computed again each time it is opened, so that fixed findings disappear from it. The
reader's place is kept by the subject of the line; if that is gone, by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import define, field, frozen

from argmap.text.display import counted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

ListKind = Literal["findings", "provenance", "what-falls"]

ACTION_OF: Final[dict[ListKind, str]] = {
    "findings": "workbench.findings",
    "provenance": "workbench.provenance",
    "what-falls": "workbench.what-falls",
}
"""The action that opens each kind of list and returns to it."""

NAME_OF: Final[dict[ListKind, str]] = {
    "findings": "findings", "provenance": "origins", "what-falls": "what falls",
}  # fmt: skip
"""Name of each list in the hint that leads back to it."""


@frozen
class ListEntry:
    """One line of a list."""

    text: str
    """A sentence without a full stop."""
    about: Statement | None = None
    """Statement to go to; None for a line about the whole map."""
    advice: str = ""
    """Advice in the imperative; may be empty."""
    keys: tuple[tuple[str, str], ...] = ()
    """Ids of actions that follow the advice, each with a word or two for it."""
    note: str = ""
    run: Callable[[], Awaitable[None]] | None = field(default=None, eq=False)
    """A function to run instead of going to a statement, if given."""


@frozen
class EntryGroup:
    """Lines of one kind under a title."""

    title: str
    lines: tuple[ListEntry, ...]
    note: str = ""
    """A note that is drawn after the title, dimmed."""
    weight: str = ""
    """A weight, such as a severity, that is drawn at the right end of the title."""
    is_counted: bool = True

    @property
    def heading(self) -> str:
        """The title with the number of its lines."""
        return f"{self.title} ({len(self.lines):,})" if self.is_counted else self.title


@frozen
class EntryList:
    """A whole list in groups."""

    kind: ListKind
    title: str
    """Heading of the screen."""
    groups: tuple[EntryGroup, ...]
    status: str = ""
    """The status that is drawn at the right end of the heading."""
    noun: str = "line"
    empty: str = "nothing to list"
    """Message for a list without lines."""
    about: str = ""
    """Id of the statement that the whole list is about; empty for the whole map."""

    @property
    def lines(self) -> list[ListEntry]:
        """All lines in order."""
        return [line for group in self.groups for line in group.lines]

    @property
    def count(self) -> str:
        """The number of lines in words."""
        return counted(len(self.lines), self.noun)

    def key(self, number: int) -> tuple[str, str]:
        """Return a key for line *number* that stays the same when other lines disappear.

        That is the title of its group, and the id of its statement or its text.
        """
        place = 0
        for group in self.groups:
            if number < place + len(group.lines):
                line = group.lines[number - place]
                return group.title, line.about.id if line.about else line.text
            place += len(group.lines)
        return "", ""


@define(eq=False)
class FollowedList:
    """The list that the reader follows, and their place in it."""

    kind: ListKind | None = None
    """Kind of the list; None where no list is followed."""
    about: str = ""
    """Id of the claim whose origins are followed; empty for other lists."""
    line: ListEntry | None = None
    number: int = 0
    """Number of the line, from 0."""
    total: int = 0
    is_fixed: bool = False
    """True once the line has disappeared from its list."""
    checked: ArgumentMap | None = None
    """The map of the last check whether the line is fixed."""
    places: dict[ListKind, tuple[int, tuple[str, str]]] = field(factory=dict)
    """Number and key of the line chosen last, for each kind of list."""

    @property
    def is_on(self) -> bool:
        """Return whether a list is followed."""
        return self.kind is not None

    def place_in(self, listing: EntryList) -> int:
        """Return the number of the line of *listing* that was chosen last.

        If that line has disappeared, it is the number of the line now in its place.
        """
        number, key = self.places.get(listing.kind, (0, ("", "")))
        keys = [listing.key(index) for index in range(len(listing.lines))]
        # Two lines can have the same key, so the old number is tried first.
        if number < len(keys) and keys[number] == key:
            return number
        if key in keys:
            return keys.index(key)
        return max(0, min(number, len(keys) - 1))

    def is_gone_from(self, listing: EntryList) -> bool:
        """Return whether the line that was chosen last has disappeared from *listing*."""
        if listing.kind not in self.places:
            return False
        key = self.places[listing.kind][1]
        return all(listing.key(number) != key for number in range(len(listing.lines)))

    def follow(self, listing: EntryList, number: int) -> ListEntry:
        """Follow *listing* from line *number*; return that line."""
        lines = listing.lines
        self.kind, self.about = listing.kind, listing.about
        self.line, self.number, self.total = lines[number], number, len(lines)
        self.is_fixed = False
        self.places[listing.kind] = number, listing.key(number)
        return lines[number]

    def leave(self) -> bool:
        """Follow no list, but keep the place; return whether one was followed."""
        was_on = self.is_on
        self.kind, self.line = None, None
        return was_on


def statement_labelled(argument_map: ArgumentMap, label: str) -> Statement | None:
    """Return the statement called *label*; None for a link or an unknown label."""
    entity = argument_map.by_label.get(label)
    return argument_map.statements.get(entity.id) if entity is not None else None
