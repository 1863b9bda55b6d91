"""Lists that one works through: findings, origins, what falls; how one goes there and back.

A list is made again each time it is opened, so that what is mended is gone from it. The place
in it is kept by what the line is about, and where that is gone by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import define, field, frozen

from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement
    from tui.screens.workbench import WorkbenchScreen

Kind = Literal["findings", "provenance", "what-falls"]

ACTION_OF: Final[dict[Kind, str]] = {
    "findings": "workbench.findings",
    "provenance": "workbench.provenance",
    "what-falls": "workbench.what-falls",
}
"""The action that opens each kind of list, and goes back to it."""

NAME_OF: Final[dict[Kind, str]] = {
    "findings": "findings", "provenance": "origins", "what-falls": "what falls",
}  # fmt: skip
"""What a list is called where one goes back to it."""

_MOST_CHECKED: Final = 5_000
"""Statements of a map up to which a list is made again after each edit."""


@frozen
class Entry:
    """One entry of a list."""

    told: str
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
class Group:
    """Lines of one kind."""

    title: str
    lines: tuple[Entry, ...]
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
class Listing:
    """All of a list."""

    kind: Kind
    title: str
    """What it is about, as the heading of the screen has it."""
    groups: tuple[Group, ...]
    stand: str = ""
    """Said at the right end of the heading."""
    noun: str = "line"
    empty: str = "nothing to list"
    """Said where there is no line."""
    about: str = ""
    """The id of the statement that the whole list is about; empty for the whole map."""

    @property
    def lines(self) -> list[Entry]:
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
                return group.title, line.about.id if line.about else line.told
            place += len(group.lines)
        return "", ""


@define(eq=False)
class Trail:
    """Which list the reader follows, and where in it they are."""

    kind: Kind | None = None
    """None where no list is followed."""
    about: str = ""
    """The id of the claim whose origins are followed."""
    line: Entry | None = None
    number: int = 0
    """Of the line, from 0."""
    total: int = 0
    is_mended: bool = False
    """True once the line is not in its list any more."""
    checked: ArgumentMap | None = None
    """The map on which that was looked up last."""
    places: dict[Kind, tuple[int, tuple[str, str]]] = field(factory=dict)
    """For each kind of list the number and the key of the line that was chosen last."""

    @property
    def is_on(self) -> bool:
        """Tell whether a list is followed."""
        return self.kind is not None

    def place_in(self, listing: Listing) -> int:
        """Return the number of the line of *listing* that was chosen last, or took its place."""
        number, key = self.places.get(listing.kind, (0, ("", "")))
        keys = [listing.key(each) for each in range(len(listing.lines))]
        if number < len(keys) and keys[number] == key:
            return number
        if key in keys:
            return keys.index(key)
        return max(0, min(number, len(keys) - 1))

    def is_gone_from(self, listing: Listing) -> bool:
        """Tell whether the line that was chosen last is not in *listing* any more."""
        if listing.kind not in self.places:
            return False
        key = self.places[listing.kind][1]
        return all(listing.key(number) != key for number in range(len(listing.lines)))

    def follow(self, listing: Listing, number: int) -> Entry:
        """Follow *listing* from its line *number* on; return that line."""
        lines = listing.lines
        self.kind, self.about = listing.kind, listing.about
        self.line, self.number, self.total = lines[number], number, len(lines)
        self.is_mended = False
        self.places[listing.kind] = number, listing.key(number)
        return lines[number]

    def leave(self) -> bool:
        """Follow no list; tell whether one was followed. The place in it is kept."""
        was_on = self.is_on
        self.kind, self.line = None, None
        return was_on


def about_label(argument_map: ArgumentMap, label: str) -> Statement | None:
    """Return the statement called *label*; None for a link, or where there is none."""
    found = argument_map.by_label.get(label)
    return argument_map.statements.get(found.id) if found is not None else None


async def make(bench: WorkbenchScreen, kind: Kind, about: str = "") -> Listing:
    """Return the list of *kind* as the map is now; *about* is the claim whose origins it lists."""
    if kind == "findings":
        from tui.finding_list import list_findings

        return await list_findings(bench)
    from tui.judging import list_origins, list_what_falls

    return await list_origins(bench, about) if kind == "provenance" else list_what_falls(bench)


async def open_list(bench: WorkbenchScreen, kind: Kind, about: str = "") -> None:
    """Show the list of *kind* with the cursor where the reader left it, or say that it is empty."""
    listing = await make(bench, kind, about)
    if not listing.groups:
        leave_list(bench)
        bench.say(listing.empty)
        return
    from tui.screens.listing import ListingScreen

    await bench.app.push_screen(ListingScreen(bench, listing))


def go_to_line(bench: WorkbenchScreen, listing: Listing, number: int) -> None:
    """Go to what line *number* of *listing* is about, and say below the panes what to do there."""
    from tui.panes.trail import TrailLine

    line = bench.trail.follow(listing, number)
    bench.trail.checked = bench.map
    if not bench.query(TrailLine):
        bench.mount(TrailLine(bench), after=bench.panes)
    _show_strip(bench)
    if line.about is not None and line.about.id in bench.map.statements:
        bench.select(line.about.id)
    bench.show_pane("map")


async def go_on(bench: WorkbenchScreen, by: int) -> None:
    """Go *by* lines on in the list that is followed; what is mended is left out."""
    trail = bench.trail
    assert trail.kind is not None  # noqa: S101  (the action has looked)
    listing = await make(bench, trail.kind, trail.about)
    if not listing.lines:
        leave_list(bench)
        bench.say(listing.empty)
        return
    number = trail.place_in(listing)
    is_mended = trail.is_gone_from(listing)
    if by < 0 or not is_mended:  # what follows a line that is gone has its number now
        number += by
    if not 0 <= number < len(listing.lines):
        end = "last" if by > 0 else "first"
        bench.say(f"that was the {end} of {listing.count} · {_back(bench)}")
        return
    go_to_line(bench, listing, number)
    if is_mended:
        bench.say(f"mended; {listing.count} left")


async def check_line(bench: WorkbenchScreen) -> None:
    """Say below the panes whether the line that is followed is mended, once the map has changed.

    In a map that is too big to be looked through after each edit, going on says so.
    """
    trail, argument_map = bench.trail, bench.map
    is_same = argument_map is trail.checked
    if trail.kind is None or is_same or len(argument_map.statements) > _MOST_CHECKED:
        return
    trail.checked = argument_map
    listing = await make(bench, trail.kind, trail.about)
    if trail.kind == listing.kind:
        trail.is_mended = trail.is_gone_from(listing)
        _show_strip(bench)


def leave_list(bench: WorkbenchScreen) -> bool:
    """Take away the line that says which list is followed; tell whether there was one."""
    was_on = bench.trail.leave()
    bench.query("TrailLine").remove()
    return was_on


def step_out(bench: WorkbenchScreen) -> bool:
    """Leave what-if mode, or the list that is followed, whichever was begun last.

    Tell whether there was either. The list of what falls lies within what-if mode.
    """
    if bench.trail.kind == "what-falls":
        return leave_list(bench)
    return bench.panes.leave_supposing() or leave_list(bench)


def _show_strip(bench: WorkbenchScreen) -> None:
    from tui.panes.trail import TrailLine

    for strip in bench.query(TrailLine):
        strip.show()


def _back(bench: WorkbenchScreen) -> str:
    assert bench.trail.kind is not None  # noqa: S101  (as in `go_on`)
    return f"{bench.app.key(ACTION_OF[bench.trail.kind])} goes back to the list"
