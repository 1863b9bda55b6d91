"""The form for the details of a document: all fields in view, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from argmap.edit.documents import change_document
from argmap.errors import EditError, ModelError
from argmap.text.display import signed, unsigned, visible, visible_lines
from tui.look.signs import drawn
from tui.widgets.line import LineInput, join_lines

from .dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.document import Document

FIELDS: Final = {
    "title": ("title", "required"),
    "author": ("author", ""),
    "publisher": ("publisher", "where it appeared"),
    "published": ("date", "2023-08-14, 2023-08 or 2023"),
    "url": ("URL", "https://…"),
}
"""The fields in order, each with its label and the placeholder of an empty line."""

FormValues = dict[str, str | None]
"""The values of the fields, named as in `Document`; None for an empty one."""


class DocumentDialog(Dialog[FormValues | None]):
    """Asks for title, author, publisher, date and URL in one form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("ctrl+s", "save", "save", show=False, priority=True),
        Binding("down", "app.focus_next", "next field", show=False),
        Binding("up", "app.focus_previous", "previous field", show=False),
    ]
    DEFAULT_CSS = """
    DocumentDialog {
        & > Vertical { padding: 1 1 0 1; }
        & Horizontal { height: 1; margin: 0 0 0 1; }
        & .name { width: 11; margin: 0; }
        & .-here .name { color: $primary; text-style: bold; }
        & LineInput, & LineInput:focus { width: 1fr; background: $foreground 7%; padding: 0 1; }
        & LineInput:focus { background: $foreground 14%; }
        & .note { margin: 0 1 1 1; color: $warning; }
        & .complaint { display: none; margin: 1 1 0 1; color: $warning; }
    }
    """

    def __init__(
        self, title: str, document: Document, values: FormValues, *, note: str = "", hint: str
    ) -> None:
        """Show *values* in the fields.

        Args:
            title: The title of the dialog.
            document: The document to change, used to check whether the values can be stored.
            values: The first content of the fields, named as in `Document`.
            note: A warning to show above the fields.
            hint: The keys that save and cancel.
        """
        super().__init__()
        self._title, self._document, self._note, self._hint = title, document, note, hint
        self._before = {name: signed(join_lines(values[name] or "")) for name in FIELDS}
        self._values = values

    def compose(self) -> ComposeResult:
        """Lay out the fields below each other, and the hint."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            if self._note:
                yield Static(Content(drawn(visible_lines(self._note))), classes="note")
            for name, (words, placeholder) in FIELDS.items():
                with Horizontal():
                    yield Static(words, classes="name")
                    yield LineInput(
                        self._before[name], id=name, placeholder=drawn(placeholder),
                        select_on_focus=False,
                    )  # fmt: skip
            yield Static(classes="complaint")
            yield Static(Content(drawn(f"↑ ↓ next field · {self._hint}")), classes="hint")

    def on_descendant_focus(self) -> None:
        """Highlight the name of the field that has the focus."""
        for row in self.query(Horizontal):
            row.set_class(self.focused in row.children, "-here")

    def on_input_submitted(self) -> None:
        """Save when enter is pressed in any field."""
        self.action_save()

    def action_save(self) -> None:
        """Answer with the values, or show which field cannot be stored and why."""
        typed = self._typed()
        try:
            change_document(self._document, **typed)
        except ModelError as error:
            fault = error.faults[0]
            words = FIELDS[fault.path][0] if fault.path in FIELDS else fault.path
            self._complain(fault.path, f"{words}: {fault.reason}")
        except EditError as error:
            self._complain("title", str(error))
        else:
            self.dismiss(typed)

    def _typed(self) -> FormValues:
        """Return the values of the fields; an untouched field keeps its value exactly."""
        typed: FormValues = {}
        for name in FIELDS:
            value = self.query_one(f"#{name}", LineInput).value
            is_kept = value == self._before[name]
            typed[name] = self._values[name] if is_kept else unsigned(value).strip() or None
        return typed

    def _complain(self, name: str, why: str) -> None:
        """Show why the field called *name* cannot be stored, and focus it."""
        line = self.query_one(".complaint", Static)
        line.update(Content(drawn(visible(why))))
        line.display = True
        if name in FIELDS:
            self.query_one(f"#{name}", LineInput).focus()


def form_values_from(document: Document) -> FormValues:
    """Return the values that the form shows for *document*."""
    return {name: getattr(document, name) for name in FIELDS}


def merge_form_values(typed: Mapping[str, str | None], base: Document, now: Document) -> FormValues:
    """Return *typed*, with the values of *now* in the fields left unchanged.

    Args:
        typed: The values of the form.
        base: The document that the form began with.
        now: The document as another user has saved it.
    """
    return {
        name: getattr(now, name) if value == getattr(base, name) else value
        for name, value in typed.items()
    }
