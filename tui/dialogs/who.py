"""Who says so: the source, how it is named, and the words that say so, in one box."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from attrs import frozen
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from argmap.likeness import NameIndex, alike, completions
from argmap.model.words import ATTRIBUTION_CLASSES, CLASSES_WITHOUT_CHAIN
from argmap.text import signed, visible
from tui.cues import class_for
from tui.dialogs.dialog import Dialog
from tui.line import Line
from tui.signs import drawn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.likeness import Alike
    from argmap.model.source import Attribution
    from argmap.model.words import AttributionClass, SourceKind

CLASS_WORDS: Final[dict[AttributionClass, tuple[str, SourceKind]]] = {
    "named_person": ("a person, named", "person"),
    "named_organisation": ("a body, named", "organisation"),
    "named_document": ("a document, named", "document"),
    "partial_document": ("a document of which only issuer and kind are said", "document"),
    "described_anonymous": ("somebody unnamed, with position or reason given", "unnamed"),
    "unnamed_role": ("officials, analysts, critics: a role alone", "unnamed"),
    "vague_report": ("reports say, it is believed: nobody at all", "vague"),
    "evidential_hedge": ("it seems, apparently: no source", "vague"),
    "firsthand_author": ("the author was there", "person"),
    "author_assertion": ("the author says so", "person"),
    "common_knowledge": ("everybody knows", "vague"),
}
"""What each class is called in the list, and the kind of a source that is new with it."""

_CLASS_OF: Final[dict[SourceKind, AttributionClass]] = {
    "person": "named_person",
    "organisation": "named_organisation",
    "document": "named_document",
    "outlet": "named_organisation",
    "unnamed": "unnamed_role",
    "vague": "vague_report",
}
NOBODY: Final = "nobody is named  the author asserts it"
NEW: Final = "new source: "
HINTS: Final = {
    "who": "type a name: enter takes the one marked, a new one is made",
    "class": "how the text names them · enter goes on · esc goes back",
    "cue": "the reporting words, such as “says”; may stay empty · enter saves it",
}
"""What to do at each step."""
_MOST: Final = 50


@frozen
class Said:
    """What the box was answered with."""

    source: str | None
    """The id of a source that is known; None for a new one or nobody."""
    name: str
    """The name of a new source; empty for nobody."""
    kind: SourceKind
    class_: AttributionClass
    cue: str


class WhoDialog(Dialog[Said | None]):
    """Asks for a source, then for its class, then for the cue; enter goes on each time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=False),
        Binding("down", "move(1)", "next", show=False),
        Binding("up", "move(-1)", "previous", show=False),
        Binding("tab", "take_alike", "take the one that is known", show=False, priority=True),
    ]

    def __init__(
        self,
        label: str,
        quote: str,
        sources: NameIndex,
        cue: str,
        before: Attribution | None = None,
    ) -> None:
        """Ask who says the statement *label*.

        Args:
            label: Its name.
            quote: Its words, to have them in view.
            sources: Everybody who is known, by name.
            cue: The reporting words to begin with.
            before: What is to be changed.
        """
        super().__init__()
        self._label, self._quote = label, quote
        self._index = sources
        self._sources = {s.id: s for s in sources.sources}
        self._alike: Alike | None = None
        """Who is known under a name like the new one that is typed."""
        self._cue = before.cue or "" if before else cue
        self._before = before
        self._step = "who"
        self._source: str | None = None
        self._named = ""
        self._class: AttributionClass = before.class_ if before else "named_person"

    def compose(self) -> ComposeResult:
        """Show the words, the line, the list and what to do."""
        with Vertical() as box:
            box.border_title = Content(f"who says {visible(self._label)}")
            yield Static(classes="said")
            yield Line(select_on_focus=False)
            yield OptionList()
            yield Static(classes="hint")

    def on_mount(self) -> None:
        """Begin with the source."""
        self.query_one(OptionList).can_focus = False
        self._ask("who")

    def on_resize(self) -> None:
        """Leave room for the list on a small screen."""
        self.query_one(OptionList).styles.max_height = max(3, min(13, self.size.height - 12))

    def on_input_changed(self) -> None:
        """Narrow the list to what is typed."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Go on to the next question with what is under the cursor."""
        options = self.query_one(OptionList)
        chosen = options.highlighted
        self._take(options.get_option_at_index(chosen).id if chosen is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with what was clicked."""
        self._take(event.option.id)

    def action_move(self, by: int) -> None:
        """Go down the list, or up."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_back(self) -> None:
        """Go back one question, from the first one leave."""
        if self._step == "who":
            self.dismiss(None)
        else:
            self._ask("class" if self._step == "cue" else "who")

    def action_take_alike(self) -> None:
        """Take the source that is known under a name like the one that is typed."""
        if self._alike is not None:
            self._take_source(self._alike.source.id)

    def _take(self, chosen: str | None) -> None:
        if self._step == "who":
            self._take_source(chosen)
        elif self._step == "class" and chosen:
            self._class = chosen  # type: ignore[assignment]  # the ids are classes
            self._ask("cue")
        elif self._step == "cue":
            self.dismiss(
                Said(self._source, self._named, CLASS_WORDS[self._class][1], self._class,
                     self._typed)
            )  # fmt: skip

    def _take_source(self, chosen: str | None) -> None:
        if chosen in self._sources:
            self._source, self._named = chosen, ""
            if not self._before or self._before.chain[-1:] != (chosen,):
                self._class = _CLASS_OF[self._sources[chosen].kind]
        else:
            named = self._typed if chosen else ""
            self._source, self._named = None, named
            self._class = class_for(self._named) if self._named else "author_assertion"
        self._ask("class")

    def _ask(self, step: str) -> None:
        self._step = step
        line = self.query_one(Line)
        known = self._before.chain[-1] if self._before and self._before.chain else None
        line.value = signed({"cue": self._cue, "who": self._named}.get(step, ""))
        if step == "who" and known in self._sources and not self._named:
            line.value = signed(self._sources[known].name)
        line.cursor_position = len(line.value)
        line.placeholder = {"who": "who says so?", "class": "how are they named?"}.get(step, "cue")
        self._alike = None
        self.query_one(".hint", Static).update(Content(drawn(self._hint())))
        self.query_one(".said", Static).update(self._summary())
        line.focus()
        self._fill()

    @property
    def _typed(self) -> str:
        return self.query_one(Line).words.strip()

    def _summary(self) -> Content:
        if self._step == "who":
            return Content(f"“{visible(self._quote)}”")
        who = self._sources[self._source].name if self._source else self._named
        words = visible(who) or "nobody named"
        return Content(
            words if self._step == "class" else f"{words}  {CLASS_WORDS[self._class][0]}"
        )

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        typed = self._typed
        options.display = self._step != "cue"
        if self._step == "who":
            self._fill_sources(options, typed)
        elif self._step == "class":
            words = typed.casefold().split()
            wanted = [
                c for c in CLASS_WORDS
                if all(w in f"{c} {CLASS_WORDS[c][0]}".casefold() for w in words)
                and (self._source or self._named or c in CLASSES_WITHOUT_CHAIN)
            ]  # fmt: skip
            wanted.sort(key=lambda c: not all(w in c.replace("_", " ") for w in words))
            for class_ in wanted:
                name = class_.replace("_", " ")
                options.add_option(Option(_line(name, CLASS_WORDS[class_][0]), id=class_))
            options.highlighted = wanted.index(self._class) if self._class in wanted else 0

    def _fill_sources(self, options: OptionList, typed: str) -> None:
        fitting = completions(self._index, typed, _MOST)
        exact = any(s.name.casefold() == typed.casefold() for s in fitting)
        for source in fitting:
            options.add_option(Option(_line(visible(source.name), source.kind), id=source.id))
        if typed and not exact:
            options.add_option(Option(_line(f"{NEW}{visible(typed)}", ""), id="\n"))
        if all(word in NOBODY for word in typed.casefold().split()):
            options.add_option(Option(_line(*NOBODY.split("  ")), id=""))
        options.highlighted = 0 if options.option_count else None
        near = alike(self._index, typed, 1) if typed and not exact else []
        self._alike = near[0] if near else None
        self.query_one(".hint", Static).update(Content(drawn(self._hint())))

    def _hint(self) -> str:
        """Return what to do, or who is known under a name like the new one."""
        if self._step != "who" or self._alike is None:
            return HINTS[self._step]
        return f"like {visible(self._alike.source.name)}, already known (press tab to take it)"


def _line(words: str, note: str) -> Content:
    return Content.assemble(words, "  ", (note, "dim"))


assert set(CLASS_WORDS) == set(ATTRIBUTION_CLASSES)  # noqa: S101  (a new class needs its words)
