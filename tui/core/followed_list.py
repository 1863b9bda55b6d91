"""A list that one works through: findings, origins, what falls; and where one is in it.

A list is made again each time it is opened, so that what is mended is gone from it. The place
in it is kept by what the line is about, and where that is gone by its number.
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
"""The action that opens each kind of list, and goes back to it."""

NAME_OF: Final[dict[ListKind, str]] = {
    "findings": "findings", "provenance": "origins", "what-falls": "what falls",
}  # fmt: skip
"""What a list is called where one goes back to it."""


@frozen
class ListEntry:
    """One entry of a list."""

    text: str
    """A sentence without a full stop."""
    about: Statement | None = None
    """Where one goes from here; None where it is about the whole map."""
    advice: str = ""
    """What to do about it, in the imperative."""
    keys: tuple[tuple[str, str], ...] = ()
    """The ids of actions that do it, each with a word or two for it."""
    note: str = ""
    run: Callable[[], Awaitable[None]] | None = field(default=None, eq=False)
    """Done in place of going somewhere, if given."""


@frozen
class EntryGroup:
    """Lines of one kind."""

    title: str
    lines: tuple[ListEntry, ...]
    note: str = ""
    """Said behind the title, in a quieter way."""
    weight: str = ""
    """Said at the right end of the title."""
    is_counted: bool = True

    @property
    def heading(self) -> str:
        """The title, and how many lines there are."""
        return f"{self.title} ({len(self.lines):,})" if self.is_counted else self.title


@frozen
class EntryList:
    """All of a list."""

    kind: ListKind
    title: str
    """What it is about, as the heading of the screen has it."""
    groups: tuple[EntryGroup, ...]
    status: str = ""
    """Said at the right end of the heading."""
    noun: str = "line"
    empty: str = "nothing to list"
    """Said where there is no line."""
    about: str = ""
    """The id of the statement that the whole list is about; empty for the whole map."""

    @property
    def lines(self) -> list[ListEntry]:
        """All lines in order."""
        return [line for group in self.groups for line in group.lines]

    @property
    def count(self) -> str:
        """How many lines there are, in words."""
        return counted(len(self.lines), self.noun)

    def key(self, number: int) -> tuple[str, str]:
        """Return what stays the same about line *number* while others are mended."""
        place = 0
        for group in self.groups:
            if number < place + len(group.lines):
                line = group.lines[number - place]
                return group.title, line.about.id if line.about else line.text
            place += len(group.lines)
        return "", ""


@define(eq=False)
class FollowedList:
    """Which list the reader follows, and where in it they are."""

    kind: ListKind | None = None
    """None where no list is followed."""
    about: str = ""
    """The id of the claim whose origins are followed."""
    line: ListEntry | None = None
    number: int = 0
    """Of the line, from 0."""
    total: int = 0
    is_fixed: bool = False
    """True once the line is not in its list any more."""
    checked: ArgumentMap | None = None
    """The map on which that was looked up last."""
    places: dict[ListKind, tuple[int, tuple[str, str]]] = field(factory=dict)
    """For each kind of list the number and the key of the line that was chosen last."""

    @property
    def is_on(self) -> bool:
        """Tell whether a list is followed."""
        return self.kind is not None

    def place_in(self, listing: EntryList) -> int:
        """Return the number of the line of *listing* that was chosen last, or took its place."""
        number, key = self.places.get(listing.kind, (0, ("", "")))
        keys = [listing.key(each) for each in range(len(listing.lines))]
        if number < len(keys) and keys[number] == key:
            return number
        if key in keys:
            return keys.index(key)
        return max(0, min(number, len(keys) - 1))

    def is_gone_from(self, listing: EntryList) -> bool:
        """Tell whether the line that was chosen last is not in *listing* any more."""
        if listing.kind not in self.places:
            return False
        key = self.places[listing.kind][1]
        return all(listing.key(number) != key for number in range(len(listing.lines)))

    def follow(self, listing: EntryList, number: int) -> ListEntry:
        """Follow *listing* from its line *number* on; return that line."""
        lines = listing.lines
        self.kind, self.about = listing.kind, listing.about
        self.line, self.number, self.total = lines[number], number, len(lines)
        self.is_fixed = False
        self.places[listing.kind] = number, listing.key(number)
        return lines[number]

    def leave(self) -> bool:
        """Follow no list; tell whether one was followed. The place in it is kept."""
        was_on = self.is_on
        self.kind, self.line = None, None
        return was_on


def statement_labelled(argument_map: ArgumentMap, label: str) -> Statement | None:
    """Return the statement called *label*; None for a link, or where there is none."""
    found = argument_map.by_label.get(label)
    return argument_map.statements.get(found.id) if found is not None else None
