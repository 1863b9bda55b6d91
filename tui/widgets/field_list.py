"""A column of fields, each of which can be edited in place."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Container
from textual.message import Message
from textual.strip import Strip

from tui.look.cells import cut, wrapped
from tui.look.key_names import with_keys
from tui.look.signs import drawn

from .jump_places import Target
from .messages import MenuAsked
from .painted import PaintedPane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from tui.core.program import Program
    from tui.views.fields import Field

    from .editor import Editor


class _Row(NamedTuple):
    """One row of the screen."""

    words: str
    look: str = ""
    field: int = -1
    """Number of its field; negative for none."""
    sign: str = ""
    colour: str = ""


def _rows_of(field: Field, number: int, width: int) -> list[_Row]:
    """Return the rows of *field*, wrapped under its words and not under its sign."""
    sign = f"{field.sign} " if field.sign else ""
    inset = " " * cell_len(sign) if len(field.sign) == 1 else ""
    room = max(1, width - len(inset))
    words = field.text if inset or not sign else f"{sign}{field.text}"
    first, *more = wrapped(words, room)
    if sign and not inset:
        first = first.removeprefix(sign)
    return [_Row(first, field.role, number, sign, field.colour),
            *(_Row(f"{inset}{line}", field.role, number) for line in more)]  # fmt: skip


class FieldList(PaintedPane):
    """A column of fields with a cursor.

    Headings and words have the colour of the text; only signs have a colour of their own.
    """

    app: Program
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "field--heading", "field--strong", "field--quiet", "field--quote", "field--claim",
        "field--supports", "field--opposes", "field--assumption", "field--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    FieldList {
        overflow-x: hidden;
        overflow-y: scroll;
        & > .field--heading { color: $foreground 70%; text-style: bold; }
        & > .field--strong { text-style: bold; }
        & > .field--quiet { color: $foreground 70%; }
        & > .field--quote { text-style: italic; }
        & > .field--claim { color: $primary; }
        & > .field--supports { color: $success; }
        & > .field--opposes { color: $error; }
        & > .field--assumption { color: $warning; }
        & > .field--cursor { background: $foreground 14%; }
        &:ansi > .field--cursor {
            color: ansi_default; background: ansi_default; text-style: reverse;
        }
    }
    """

    EMPTY: ClassVar[tuple[str, ...]] = ()
    """Text shown while there are no fields."""

    class FieldOpened(Message):
        """The reader wants to edit a field, or to follow it."""

    def __init__(self) -> None:
        """Start with nothing selected."""
        super().__init__()
        self.fields: list[Field] = []
        self.at = 0
        """Number of the field under the cursor."""
        self._rows: list[_Row] = []

    @property
    def field(self) -> Field | None:
        """The field under the cursor."""
        return self.fields[self.at] if self.at < len(self.fields) else None

    def show(self, fields: list[Field], *, keep: bool) -> None:
        """Show *fields*; *keep* leaves the cursor and the scrolling where they are."""
        self.fields = [
            field._replace(text=with_keys(field.text, self.app.key)) if field.names_keys else field
            for field in fields
        ]
        before, self.at = self.at, min(self.at, max(0, len(fields) - 1)) if keep else 0
        self._lay_out()
        if self.at != before and self.has_focus:
            self.refresh()
        if not keep:
            self.scroll_to_row(0)

    def move(self, by: int) -> None:
        """Move the cursor *by* fields down, or up if it is negative."""
        self.at = min(max(0, self.at + by), max(0, len(self.fields) - 1))
        rows = self.rows_of(self.at)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if rows.start - 1 < top:
            self.scroll_to_row(rows.start - 1)
        elif rows.stop >= top + height:
            y = min(rows.start - 1, rows.stop + 1 - height)
            self.scroll_to_row(y)
        self.refresh()

    def rows_of(self, number: int) -> range:
        """Return the rows of field *number*."""
        own = [number_ for number_, row in enumerate(self._rows) if row.field == number]
        return range(own[0], own[-1] + 1) if own else range(0)

    def on_resize(self) -> None:
        """Wrap the fields to the new width."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Select the field under the mouse.

        A double click opens it, and the right button opens its menu.
        """
        place = event.get_content_offset(self)
        row = place.y + self.scroll_offset.y if place else len(self._rows)
        if row < len(self._rows) and self._rows[row].field >= 0:
            self.at = self._rows[row].field
            self.refresh()
            if event.button == 3:  # noqa: PLR2004  (the right one)
                self.post_message(MenuAsked(event.screen_x, event.screen_y))
            elif event.chain == 2:  # noqa: PLR2004  (a double click)
                self.post_message(self.FieldOpened())

    def jump_targets(self) -> Iterator[Target]:
        """Yield the fields whose first row is visible."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for number in range(len(self.fields)):
            row = self.rows_of(number).start - top
            if 0 <= row < height:
                yield Target(row, 0, partial(self._jump, number))

    def _jump(self, number: int) -> None:
        self.focus()
        self.move(number - self.at)

    def render_line(self, y: int) -> Strip:
        """Draw visible row *y*."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return Strip.blank(width, self.styled())
        row = self._rows[number]
        ground = "field--cursor" if row.field == self.at and self.has_focus else ""
        parts = [Segment(" ", self.styled(ground))]
        if row.sign:
            parts.append(Segment(drawn(row.sign), self.styled(f"field--{row.colour}", ground)))
        words = cut(drawn(row.words), max(0, width - 1 - cell_len(row.sign)))
        look = f"field--{row.look}" if row.look else ""
        parts.append(Segment(words, self.styled(look, ground)))
        return Strip(parts, width)

    def _lay_out(self) -> None:
        """Wrap the fields; redraw the visible rows that have changed."""
        width, height = self.scrollable_content_region.size
        width = max(8, width - 2)
        rows: list[_Row] = []
        heading = ""
        for number, field in enumerate(self.fields):
            if field.heading != heading:
                rows += [_Row(""), *([_Row(field.heading, "heading")] if field.heading else [])]
                heading = field.heading
            rows += _rows_of(field, number, width)
        if not self.fields:
            words = [with_keys(each, self.app.key) for each in self.EMPTY]
            rows = [_Row(line, "quiet") for text in words for line in wrapped(text, width)]
        seen = slice(self.scroll_offset.y, self.scroll_offset.y + height)
        pairs = zip_longest(self._rows[seen], rows[seen])
        changed = [
            line for line, (before, after) in enumerate(pairs, seen.start) if before != after
        ]
        self._rows = rows
        self.set_extent(width, len(rows))
        self.redraw_rows(*changed)


class EditedPane(Container):
    """A column of fields, and the editor over one of them."""

    DEFAULT_CSS = """
    EditedPane {
        layers: base above;
        & > .notice {
            display: none; layer: above; dock: bottom; height: auto; max-height: 50%;
            background: $panel; color: $warning; border: round $warning; padding: 0;
        }
    }
    """

    def __init__(self, fields: FieldList) -> None:
        """Show *fields*, which is still empty."""
        super().__init__()
        self.list = fields
        self.editor: Editor | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields; the editor is mounted when it is first used."""
        yield self.list

    async def edit(self, entity: str, field: str, words: str, *, typed: str | None = None) -> None:
        """Open the editor over the field *field* of *entity*, an id.

        Args:
            entity: The id of a statement or a source.
            field: The name of its field.
            words: The current text of the field.
            typed: The reader's words, typed before another user or process changed the field to
                *words*.
        """
        if self.editor is None:
            from .editor import Editor  # slow to import, and a reader may never edit

            self.editor = Editor()
            await self.mount(self.editor, self.editor.notice)
        names = [each.id for each in self.list.fields]
        rows = self.list.rows_of(names.index(field)) if field in names else range(1)
        self.editor.open(entity, field, words, max(0, rows.start - 1 - self.list.scroll_offset.y))
        if typed is not None:
            self.editor.contest(words, typed)

    def contest(self, kept: Editor.Kept, now: str) -> bool:
        """Keep the editor open if the field was changed meanwhile; return whether it was.

        *now* is the field's current text. It is no conflict if the reader changed nothing, or typed
        the same.
        """
        words = kept.words.strip()
        is_contested = kept.base != now and words not in (kept.base.strip(), now.strip())
        if is_contested and self.editor is not None:
            self.editor.contest(now)
        return is_contested

    def close_editor(self) -> bool:
        """Close the editor, if there is one; return whether it had the focus."""
        if self.editor is None:
            return False
        had_focus = self.editor.has_focus
        self.editor.close()
        return had_focus

    @property
    def is_editing(self) -> bool:
        """Return whether the editor is open."""
        return self.editor is not None and bool(self.editor.field)
