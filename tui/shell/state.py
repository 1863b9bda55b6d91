"""The state of the screen that is kept from one start to the next.

Without it, or with a broken file, argmap starts afresh and loses nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from attrs import define, field

from argmap.errors import InputError
from argmap.host.files import LARGEST_TEXT, as_input_error, read_bytes
from tui.text.cursor import cursor_at

if TYPE_CHECKING:
    from pathlib import Path

    from tui.workbench.screen import WorkbenchScreen

MOST: Final = 200
"""Maximum number of documents whose views are kept; the oldest are dropped."""


class View(msgspec.Struct, omit_defaults=True):
    """The view of one document: cursor, selection, folding, filter and panes."""

    cursor: tuple[int, int] = (0, 0)
    """Start and end of the range under the text cursor, in code points, half-open."""
    selected: str | None = None
    aim: str | None = None
    """The id of the claim that new evidence goes to."""
    is_pinned: bool = False
    folded: list[str] = []
    filter: str = "all"
    active: str = "text"
    boxes: bool = False
    shift: dict[str, int] = {}
    """Columns by which the reader widened each pane; negative if narrowed."""


class _StateFile(msgspec.Struct, omit_defaults=True):
    """The content of the file."""

    document: str | None = None
    theme: str | None = None
    views: dict[str, View] = {}
    uses: dict[str, int] = {}


@define
class State:
    """The state kept between two runs on the same database."""

    path: Path | None = None
    """The file; None keeps nothing."""
    document: str | None = None
    """The id of the document that was open."""
    theme: str | None = None
    views: dict[str, View] = field(factory=dict)
    uses: dict[str, int] = field(factory=dict)
    """How often each action was run, by id; the palette is sorted by it."""

    def count_use(self, action: str) -> None:
        """Count one more use of the action with the id *action*."""
        self.uses[action] = self.uses.get(action, 0) + 1

    def view(self, document: str) -> View:
        """Return the last view of the document with the id *document*."""
        return self.views.get(document, View())

    def remember(self, document: str, view: View) -> None:
        """Remember *view* as the newest one."""
        self.views.pop(document, None)
        self.views[document] = view
        for old in list(self.views)[:-MOST]:
            del self.views[old]

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            InputError: the file cannot be written.
        """
        if self.path is None:
            return
        from argmap.host.outputs import write_file

        content = msgspec.json.encode(_StateFile(self.document, self.theme, self.views, self.uses))
        with as_input_error(str(self.path.parent)):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        write_file(self.path, [content])


def read_state(path: Path) -> State:
    """Read the file at *path*; a missing or broken one gives an empty state."""
    try:
        kept = msgspec.json.decode(read_bytes(path, LARGEST_TEXT), type=_StateFile)
    except (InputError, OSError, RecursionError, msgspec.DecodeError, msgspec.ValidationError):
        return State(path)
    return State(path, kept.document, kept.theme, kept.views, kept.uses)


def capture_view(screen: WorkbenchScreen) -> View:
    """Return the current view of the document on *screen*."""
    forest, arrangement = screen.outline.forest, screen.panes.arrangement
    return View(
        cursor=screen.text.cursor.range,
        selected=screen.work.selected,
        aim=screen.work.target.id if screen.work.target else None,
        is_pinned=screen.work.aim.pinned is not None,
        folded=sorted(forest.folded),
        filter=screen.work.filtered_by,
        active=arrangement.active,
        boxes=arrangement.has_boxes,
        shift=dict(arrangement.shift),
    )


def restore_view(screen: WorkbenchScreen, view: View) -> None:
    """Apply *view* to *screen* before it is shown."""
    low, high = view.cursor
    if 0 <= low < high <= len(screen.map.document.text):
        screen.text.cursor = cursor_at((low, high))
    screen.outline.forest.folded = set(view.folded)
    screen.panes.arrangement.shift.update(view.shift)
    screen.panes.arrangement.has_boxes = view.boxes
    if view.aim is not None:
        screen.work.aim.selected = [view.aim]
        screen.work.aim.pinned = view.aim if view.is_pinned else None
    screen.work.filtered_by, screen.work.selected = view.filter, view.selected
