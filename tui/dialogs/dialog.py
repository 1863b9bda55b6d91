"""What dialogs have in common: a box in the middle, over the screen that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from tui.actions import bindings_for

if TYPE_CHECKING:
    from textual.binding import BindingType

T = TypeVar("T")

LEAST_LISTED: Final = 3
"""Rows that a list in a dialog keeps on however small a screen."""

MOST_LISTED: Final = 20
"""Rows that it takes at most."""

WORK_IN_DIALOGS: Final = ("everywhere.help", "everywhere.suspend", "everywhere.quit")
"""Actions whose keys work over any dialog."""


class Dialog(ModalScreen[T]):
    """A box over a screen; its one `Vertical` is the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings_for("everywhere") if binding.id in WORK_IN_DIALOGS
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 50%;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Line, & Line:focus {
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

    def on_resize(self) -> None:
        """Leave the list the room that the other parts of the box do not need."""
        self.call_after_refresh(self.fit_list)

    def fit_list(self) -> None:
        """Make the list as high as the screen allows, so that the hint below it is never cut."""
        for options in self.query(OptionList):
            box = options.parent
            if not isinstance(box, Vertical) or not self.size.height:
                return
            others = sum(
                child.outer_size.height + child.styles.margin.height
                for child in box.children
                if child is not options and child.display
            )
            around = box.gutter.height + options.styles.margin.height
            room = self.size.height - others - around
            options.styles.max_height = max(LEAST_LISTED, min(MOST_LISTED, room))

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
