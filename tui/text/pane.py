"""The text of a document, its marked passages, and a cursor to read with."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from argmap.text.layout import TextLayout
from argmap.text.sentences import paragraphs_of
from tui.document.coverage import ROLES
from tui.look.signs import drawn, sign_of_role
from tui.widgets.jump_places import Target
from tui.widgets.messages import MenuAsked
from tui.widgets.painted import PaintedPane

from .cursor import TextCursor, cursor_at, step, stretch_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.style import Style
    from textual import events

    from argmap.text.sentences import Stretch
    from tui.core.workspace import Workspace

    from .cursor import Unit

MEASURE = 80
"""Maximum width of the text, in columns, however wide the screen is."""

GUTTER = 2 + len(ROLES)
"""Columns left of the text: the cursor's bar, a sign for each role, a blank."""


class TextPane(PaintedPane):
    """The text of a document; only the visible rows are drawn.

    Marked text is slightly dimmed and has bars in the gutter; text left to mark is plain.
    Underlined words belong to several statements. Reporting words have the accent colour
    everywhere, and are bold where there is no colour. The words under the cursor have the
    strongest tint, those of the selected statement a light one and a heavy bar. A cursor of
    single words shows the word that it moves in reverse.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text--claim", "text--supports", "text--opposes", "text--unlinked", "text--assumption",
        "text--mapped", "text--shared", "text--selected", "text--cue", "text--cursor",
        "text--head", "text--match",
    }  # fmt: skip
    DEFAULT_CSS = """
    TextPane {
        overflow-x: hidden;
        overflow-y: scroll;
        & > .text--claim { color: $primary; }
        & > .text--supports { color: $success; }
        & > .text--opposes { color: $error; }
        & > .text--unlinked { color: $foreground 70%; }
        & > .text--assumption { color: $warning; }
        & > .text--mapped { color: $foreground 78%; }
        & > .text--shared { text-style: underline; }
        & > .text--selected { background: $primary 14%; }
        & > .text--cursor { background: $primary 30%; }
        & > .text--cue { color: $accent; text-style: bold; }
        & > .text--match { background: $warning; color: $background; }
        & > .text--head { background: $primary; color: $background; text-style: bold; }
        &:ansi > .text--mapped { color: ansi_default; text-style: dim; }
        &:ansi > .text--selected { background: ansi_default; text-style: bold; }
        &:ansi > .text--cursor { background: ansi_default; text-style: reverse; }
        &:ansi > .text--cue { text-style: bold italic; }
        &:ansi > .text--match {
            color: $warning; background: ansi_default; text-style: reverse bold;
        }
        &:ansi > .text--head {
            color: ansi_default; background: ansi_default; text-style: reverse bold underline;
        }
    }
    """

    class CursorMoved(Message):
        """The reader moved to another place in the text, or clicked there."""

        def __init__(self, *, is_click: bool = False) -> None:
            super().__init__()
            self.is_click = is_click

    def __init__(self, work: Workspace) -> None:
        """Show the document of *work*."""
        super().__init__()
        self.work, self.session = work, work.session
        document = work.map.document
        self.paragraphs = paragraphs_of(document.text, document.language)
        self.layout_ = TextLayout(self.paragraphs, MEASURE)
        self.cursor: TextCursor = cursor_at(self.paragraphs.sentences[0])
        self.selected: list[Stretch] = []
        self.matches: list[Stretch] = []
        self._is_centred = False
        """Whether the cursor, if out of view, is shown a third from the top and not at an edge."""
        self._dragging: int | None = None
        self._before_drag = self.cursor

    # What is shown

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        width = min(MEASURE, max(1, self.scrollable_content_region.width - GUTTER - 1))
        # Wrapping a long text takes time, and a new height alone changes no row.
        if width != self.layout_.width or self.virtual_size.height != len(self.layout_.rows):
            self.layout_ = TextLayout(self.paragraphs, width)
            self.set_extent(width + GUTTER + 1, len(self.layout_.rows))
            self.refresh()
        self.show_range()

    def show_passages(self, passages: Iterable[Stretch]) -> None:
        """Tint *passages*, those of the selected statement."""
        before, self.selected = self.selected, list(passages)
        if self.selected != before:
            self.redraw([*before, *self.selected])

    def redraw(self, stretches: Iterable[Stretch]) -> None:
        """Redraw the rows of *stretches*."""
        for start, end in stretches:
            first, last = self.layout_.row_of(start), self.layout_.row_of(max(start, end - 1))
            self.refresh_lines(first, last - first + 1)

    def show_matches(self, matches: list[Stretch]) -> None:
        """Highlight the matches of a search."""
        self.matches = matches
        self.refresh()

    # Where the reader is

    def move(self, unit: Unit, by: int, *, extending: bool = False) -> None:
        """Move the cursor *by* units forward, or back if negative; *extending* keeps the anchor."""
        stretch = step(self.cursor, unit, by, self.paragraphs, self.layout_)
        self.go_to(stretch, extending=extending)

    def page(self, by: float) -> None:
        """Move the cursor *by* screens forward, or back if it is negative."""
        rows = int(self.scrollable_content_region.height * by)
        row = self.layout_.row_of(self.cursor.head[0]) + rows
        row = min(max(0, row), len(self.layout_.rows) - 1)
        self.go_to(self.sentence_at(self.layout_.rows[row].start))

    def go_to(
        self,
        stretch: Stretch,
        *,
        extending: bool = False,
        centred: bool = False,
        is_click: bool = False,
    ) -> None:
        """Move the cursor to *stretch*, and scroll to it."""
        before = self.cursor.range
        self.cursor = self.cursor.at(stretch, extending=extending)
        self._is_centred = centred
        self.show_range()
        self.redraw([before, self.cursor.range])
        self.post_message(self.CursorMoved(is_click=is_click))

    def sentence_at(self, offset: int) -> Stretch:
        """Return the sentence at *offset*, or the one before it."""
        return self.paragraphs.sentences[self.paragraphs.sentence_number(offset)]

    def show_range(self) -> None:
        """Scroll so that the head of the cursor is visible, with some rows around it."""
        height = self.scrollable_content_region.height
        if not height or self.virtual_size.height != len(self.layout_.rows):
            return  # the first resize wraps the text, and then calls this
        first = self.layout_.row_of(self.cursor.head[0])
        last = self.layout_.row_of(max(self.cursor.head[0], self.cursor.head[1] - 1))
        top = self.scroll_offset.y
        margin = min(3, height // 4)
        # A third from the top: a reader goes on reading below a match, not above it.
        if self._is_centred and not top <= first <= last < top + height:
            self.scroll_to_row(first - height // 3)
        elif first - margin < top:
            self.scroll_to_row(first - margin)
        elif last + margin >= top + height:
            # If the head is higher than the pane, its beginning is shown and not its end.
            y = min(first - margin, last + margin + 1 - height)
            self.scroll_to_row(y)

    def jump_targets(self) -> Iterator[Target]:
        """Yield the visible sentences."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for sentence in self.paragraphs.sentences:
            row = self.layout_.row_of(sentence[0]) - top
            if 0 <= row < height:
                column = GUTTER + self.layout_.column_of(sentence[0])
                yield Target(row, column, partial(self._jump, sentence))

    def _jump(self, sentence: Stretch) -> None:
        self.focus()
        self.go_to(sentence)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a range under the mouse."""
        offset = self._offset_under(event)
        if offset is None:
            return
        if event.button == 1:
            self._dragging, self._before_drag = offset, self.cursor
            self.capture_mouse()  # the button may be released outside the pane

    def cancel_drag(self) -> bool:
        """Restore the cursor before a drag; return whether the mouse was dragging."""
        was_dragging = self._dragging is not None
        if was_dragging:
            self._dragging = None
            self.release_mouse()
            self.cursor = self._before_drag
            self.refresh()
        return was_dragging

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the range to the mouse."""
        offset = self._offset_under(event, clamped=True) if self._dragging is not None else None
        if self._dragging is not None and offset is not None and offset != self._dragging:
            stretch = stretch_between(self._dragging, offset, self.paragraphs)
            if stretch != self.cursor.range:
                self.cursor = cursor_at(stretch)
                self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the range, or go to the clicked sentence."""
        if self._dragging is None:
            return
        begun, self._dragging = self._dragging, None
        self.release_mouse()
        offset = self._offset_under(event, clamped=True)
        if offset is None or offset == begun:  # a click selects its sentence
            self.go_to(self.sentence_at(begun), is_click=True)
        else:
            self.go_to(self.cursor.range)

    def on_click(self, event: events.Click) -> None:
        """Open the menu on a click with the right button."""
        if event.button == 3:  # noqa: PLR2004  (the right one)
            # A click inside the range keeps it: the menu acts on the words of the range.
            offset = self._offset_under(event)
            low, high = self.cursor.range
            if offset is not None and not low <= offset < high:
                self.go_to(self.sentence_at(offset))
            self.post_message(MenuAsked(event.screen_x, event.screen_y))

    def _offset_under(self, event: events.MouseEvent, *, clamped: bool = False) -> int | None:
        place = (
            event.get_content_offset_capture(self) if clamped else event.get_content_offset(self)
        )
        if place is None:
            return None
        row = place.y + self.scroll_offset.y
        if not clamped and row >= len(self.layout_.rows):
            return None
        row = min(max(0, row), len(self.layout_.rows) - 1)
        return self.layout_.offset_at(row, max(0, place.x - GUTTER))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw visible row *y*."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        base = self.styled()
        if number >= len(self.layout_.rows):
            return Strip.blank(width, base)
        row = self.layout_.rows[number]
        segments = [*self._gutter(number)]
        if row.end > row.start:
            segments.extend(self._words(row.start, row.end))
        return Strip(segments).adjust_cell_length(width, base)

    def _gutter(self, number: int) -> Iterable[Segment]:
        row = self.layout_.rows[number]
        bar = (
            "▌" if _meets([self.cursor.range], row) else "▎" if _meets(self.selected, row) else " "
        )
        yield Segment(drawn(bar), self.styled("text--claim"))
        signs = self.session.coverage.signs_in(row.start, row.end) if row.end > row.start else {}
        for role in ROLES:
            if role in signs:
                sign = sign_of_role(role) if signs[role] else drawn("│")
                yield Segment(sign, self.styled(f"text--{role}"))
        yield Segment(" " * (GUTTER - 1 - len(signs)), self.styled())

    def _words(self, start: int, end: int) -> Iterable[Segment]:
        """Yield the words of one row, split wherever their look changes."""
        coverage = self.session.coverage
        kinds = {
            "text--selected": self.selected,
            "text--cursor": [self.cursor.range],
            "text--cue": coverage.cues_in(start, end),
            "text--match": self.matches,
            "text--head": [self.cursor.head] if self._moves_by_word else [],
        }
        near = {
            name: [s for s in some if _meets([s], (start, end))] for name, some in kinds.items()
        }
        # A segment has one style, so a row is split at every edge of a tint or an underline.
        cuts = {start, end, *coverage.edges_in(start, end)}
        cuts |= {edge for found in near.values() for pair in found for edge in pair}
        places = sorted(cut for cut in cuts if start <= cut <= end)
        for first, last in pairwise(places):
            names = {n for n, found in near.items() if any(a <= first < b for a, b in found)}
            if coverage.is_mapped(first, last) and not names:
                names.add("text--mapped")  # text with a tint of its own is not dimmed
            if coverage.is_shared(first):
                names.add("text--shared")
            shown = self.layout_.shown(first, last)
            if last == end:  # no style goes beyond the last word of a row
                words = shown.rstrip()
                yield Segment(words, self._style(names))
                shown, names = shown[len(words) :], set()
            yield Segment(shown, self._style(names))

    @property
    def _moves_by_word(self) -> bool:
        """Return whether the cursor is on a single word of a sentence."""
        head = self.cursor.head
        is_word = not any(map(str.isspace, self.paragraphs.text[slice(*head)]))
        return is_word and head != self.sentence_at(head[0])

    def _style(self, names: set[str]) -> Style:
        return self.styled(*(name for name in _ORDER if name in names))


def _meets(stretches: Iterable[Stretch], row: Stretch) -> bool:
    """Return whether any of *stretches* overlaps *row*."""
    return any(start < row[1] and end > row[0] for start, end in stretches)


_ORDER = (
    "text--mapped", "text--shared", "text--selected", "text--cursor", "text--cue", "text--match",
    "text--head",
)  # fmt: skip
"""Order of the styles; where two differ, the later one wins."""
