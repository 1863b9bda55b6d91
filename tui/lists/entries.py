"""Open a list, follow it line by line, and return to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.core.followed_list import ACTION_OF
from tui.core.places import EntryListPlace, WholePane

if TYPE_CHECKING:
    from tui.core.followed_list import EntryList, ListKind
    from tui.core.workspace import Workspace

_MOST_CHECKED: Final = 5_000
"""Maximum number of statements of a map whose list is computed after each edit."""


async def make_list(work: Workspace, kind: ListKind, about: str = "") -> EntryList:
    """Return the current list of *kind*; *about* is the id of a claim for its origins."""
    if kind == "findings":
        from .findings import list_findings

        return await list_findings(work)
    from .origins import list_origins, list_what_falls

    return await list_origins(work, about) if kind == "provenance" else list_what_falls(work)


async def open_list(work: Workspace, kind: ListKind, about: str = "") -> None:
    """Show the list of *kind* at the line chosen last, or say that it is empty."""
    listing = await make_list(work, kind, about)
    if not listing.groups:
        work.leave_list()
        work.host.say(listing.empty)
        return
    await work.host.go(EntryListPlace(listing))


def go_to_line(work: Workspace, listing: EntryList, number: int) -> None:
    """Select the statement of line *number*, and show that line below the panes."""
    line = work.followed_list.follow(listing, number)
    work.followed_list.checked = work.map
    work.host.changed("list")
    if line.about is not None and line.about.id in work.map.statements:
        work.select(line.about.id)
    work.host.show_place(WholePane("map"))


async def go_to_next_line(work: Workspace, by: int) -> None:
    """Go *by* lines forward in the followed list, or back if it is negative.

    If the current line has disappeared, the line now in its place is the next one.
    """
    followed_list = work.followed_list
    assert followed_list.kind is not None  # noqa: S101  (the action has checked)
    listing = await make_list(work, followed_list.kind, followed_list.about)
    if not listing.lines:
        work.leave_list()
        work.host.say(listing.empty)
        return
    number = followed_list.place_in(listing)
    is_fixed = followed_list.is_gone_from(listing)
    if by < 0 or not is_fixed:  # the next line has moved into the place of a fixed one
        number += by
    if not 0 <= number < len(listing.lines):
        end = "last" if by > 0 else "first"
        work.host.say(f"that was the {end} of {listing.count} · {_back(work)}")
        return
    go_to_line(work, listing, number)
    if is_fixed:
        work.host.say(f"fixed; {listing.count} left")


async def check_line(work: Workspace) -> None:
    """Check whether the last edit has fixed the followed finding, and show it if so.

    In a map of more than `_MOST_CHECKED` statements, only the next move in the list shows it.
    """
    followed_list, argument_map = work.followed_list, work.map
    is_same = argument_map is followed_list.checked
    if followed_list.kind is None or is_same or len(argument_map.statements) > _MOST_CHECKED:
        return
    followed_list.checked = argument_map
    listing = await make_list(work, followed_list.kind, followed_list.about)
    if followed_list.kind == listing.kind:  # the reader may have left the list meanwhile
        followed_list.is_fixed = followed_list.is_gone_from(listing)
        work.host.changed("list")


def _back(work: Workspace) -> str:
    assert work.followed_list.kind is not None  # noqa: S101  (as in `go_to_next_line`)
    return f"{work.host.key(ACTION_OF[work.followed_list.kind])} goes back to the list"
