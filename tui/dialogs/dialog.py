"""The base of all dialogs: a box in the middle, over the screen that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui.actions import everywhere
from tui.actions.action import bindings

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.core.program import Program

T = TypeVar("T")

LEAST_LISTED: Final = 3
"""Minimum number of rows of a list in a dialog, even on the smallest screen."""

MOST_LISTED: Final = 20
"""Maximum number of rows of a list in a dialog."""

WORK_IN_DIALOGS: Final = ("everywhere.help", "everywhere.suspend", "everywhere.quit")
"""Actions whose keys work over any dialog."""


class Dialog(ModalScreen[T]):
    """A box over a screen; its one `Vertical` is the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings(everywhere.ACTIONS) if binding.id in WORK_IN_DIALOGS
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 50%;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & LineInput, & LineInput:focus {
            border: none; height: 1; padding: 0; margin: 0 1; background: $surface;
        }
        & OptionList, & OptionList:focus {
            height: auto; border: none; background: $surface; padding: 0; margin: 1 0 0 0;
            background-tint: transparent; scrollbar-size-vertical: 1;
            & > .option-list--option-disabled { color: $foreground 80%; }
            & > .option-list--option-highlighted {
                color: $foreground; background: $block-cursor-blurred-background;
                text-style: bold;
            }
        }
        & Static { color: $foreground 70%; margin: 0 1; height: auto; }
        & .hint { margin: 1 1 0 1; }
    }
    """

    app: Program

    _answer: tuple[T | None] | None = None
    """The answer, in a tuple; None before there is one."""
    _is_under = False
    """True if another dialog was on top when it was answered."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer once with *result*; under another dialog, wait until that one is closed.

        Textual closes whichever screen is on top. A key that is typed before this dialog is gone
        would close the screen below it, or another dialog, whose caller would wait for ever.
        """
        if self._answer is not None:
            return AwaitComplete()
        self._answer, self._is_under = (result,), not self.is_active
        return AwaitComplete() if self._is_under else super().dismiss(result)

    def on_screen_resume(self) -> None:
        """Close a dialog that was answered while another one was over it."""
        if self._answer is not None and self._is_under:
            self._is_under = False
            super().dismiss(*self._answer)

    def on_mount(self) -> None:
        """Clear older messages, and fit the box whenever the screen is laid out."""
        self.app.clear_old_notice()
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self.fit())

    def on_resize(self) -> None:
        """Remove the limits that an earlier, smaller screen set on the widgets."""
        for part in self.query(Static):
            part.styles.max_height = None

    def fit(self) -> None:
        """Limit the list to the height of the screen, so that the hint stays in view.

        Where a small screen has no room for a list, the longest words above it are cut.
        """
        for options in self.query(OptionList):
            box = options.parent
            if not isinstance(box, Vertical) or not options.display or not self.size.height:
                continue
            others = [each for each in box.children if each is not options and each.display]
            taken = sum(each.outer_size.height + each.styles.margin.height for each in others)
            around = box.gutter.height + options.styles.margin.height
            room = self.size.height - taken - around
            _set_most(options, max(LEAST_LISTED, min(MOST_LISTED, room)))
            words = [each for each in others if isinstance(each, Static)
                     and not each.has_class("hint")]  # fmt: skip
            if room < LEAST_LISTED and words:
                longest = max(words, key=lambda each: each.outer_size.height)
                _set_most(longest, max(1, longest.outer_size.height - LEAST_LISTED + room))

    @property
    def bound_keys(self) -> set[str]:
        """The keys that are bound in this dialog, as the user has set them."""
        return set(self.active_bindings)

    @classmethod
    def own_bindings(cls) -> list[Binding]:
        """Return the bindings of this kind of dialog, without those that work everywhere."""
        kinds = [kind for kind in cls.__mro__ if issubclass(kind, Dialog)]
        listed = [each for kind in kinds for each in vars(kind).get("BINDINGS", ())]
        own = [each for each in listed if isinstance(each, Binding)]
        return [each for each in own if not each.id and each.description]


def _set_most(widget: Widget, rows: int) -> None:
    """Limit *widget* to *rows*; an unchanged limit must not lay the screen out again."""
    most = widget.styles.max_height
    if most is None or most.value != rows:
        widget.styles.max_height = rows
