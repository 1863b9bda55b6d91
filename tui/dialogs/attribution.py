"""The attribution dialog, which asks for speaker, class and reporting words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from attrs import frozen
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from argmap.text.display import visible
from argmap.text.name_similarity import similar_sources
from tui.look.signs import drawn
from tui.views.speakers import (
    AUTHOR,
    CLASS_WORDS,
    NEW,
    NOBODY,
    Speakers,
    classes_of,
    guess_class,
    list_offers,
    offer_id_from,
    speaker_of,
)
from tui.widgets.choice_list import ChoiceList
from tui.widgets.line import LineInput

from .dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.source import Attribution
    from argmap.model.vocabulary import AttributionClass, SourceKind
    from argmap.text.name_similarity import SimilarSource
    from tui.views.cues import Speaker

HINTS: Final = {
    "who": "type a name, or choose with ↓ · enter selects · esc cancels",
    "class": "enter selects · esc goes back",
    "cue": "reporting words (optional) · enter saves · esc goes back",
}
"""The keys of each step, for the last line of the dialog."""

_PLACEHOLDERS: Final = {
    "who": "who says it?",
    "class": "how does the text name the source?",
    "cue": "for example “says” or “according to”",
}

OWN: Final = "did the author witness it, or only assert it?"
"""The question asked for the author, instead of how the text names the source."""


@frozen
class SpeakerAnswer:
    """The answer of the attribution dialog."""

    source: str | None
    """The id of a known source; None for a new one, the author or no source."""
    name: str
    """The name of a new source; empty for all other speakers."""
    kind: SourceKind
    class_: AttributionClass
    cue: str
    speaker: Speaker


@frozen
class AttributionSubject:
    """The statement to attribute, with guesses from its text."""

    label: str
    words: str
    before: Attribution | None
    """The attribution to change; None for a new one."""
    reported_by: Sequence[str]
    """The names of the sources that relay it, outermost first; the dialog keeps them."""
    guess_class: Callable[[Speaker], AttributionClass]
    """Returns the likely attribution class for a kind of speaker."""
    guess_cue: Callable[[Speaker, str], str]
    """Returns the reporting words for a speaker with a name; empty if there are none."""


class AttributionDialog(Dialog[SpeakerAnswer | None]):
    """Asks for a speaker, then for the class, then for the reporting words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=False),
        Binding("down", "move(1)", "next", show=False),
        Binding("up", "move(-1)", "previous", show=False),
        Binding("tab", "take_alike", "select the similar known source", show=False, priority=True),
    ]

    def __init__(self, subject: AttributionSubject, speakers: Speakers) -> None:
        """Ask which of *speakers*, or which new source, says *subject*."""
        super().__init__()
        self._subject, self._speakers = subject, speakers
        self._sources = {s.id: s for s in speakers.index.sources}
        self._alike: SimilarSource | None = None
        """The known source whose name is similar to the typed one."""
        before = subject.before
        self._step = "who"
        self._before = offer_id_from(before) if before else None
        self._chosen = self._before
        """The id of the selected offer; None before any was selected."""
        self._named = ""
        """The name of a new source."""
        self._shown = ""
        """The content of the line when the step began."""
        self._class: AttributionClass = before.class_ if before else "author_assertion"

    def compose(self) -> ComposeResult:
        """Lay out the statement, the line, the list and the hint."""
        with Vertical() as box:
            box.border_title = Content(f"Who says {visible(self._subject.label)}?")
            yield Static(classes="said")
            yield LineInput(select_on_focus=False)
            yield ChoiceList()
            yield Static(classes="hint")

    def on_mount(self) -> None:
        """Begin with the speaker."""
        self.query_one(OptionList).can_focus = False
        self._ask("who")

    def on_resize(self) -> None:
        """Limit the list so that a small screen shows the hint too."""
        self.query_one(OptionList).styles.max_height = max(3, min(13, self.size.height - 12))

    def on_input_changed(self) -> None:
        """Filter the list by the typed words."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Select the highlighted option and ask the next question."""
        options = self.query_one(OptionList)
        chosen = options.highlighted
        self._take(options.get_option_at_index(chosen).id if chosen is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Select the clicked option and ask the next question."""
        self._take(event.option.id)

    def action_move(self, by: int) -> None:
        """Move one option down the list, or up if *by* is negative."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_back(self) -> None:
        """Go back one question, or cancel from the first one."""
        if self._step == "who":
            self.dismiss(None)
        else:
            self._ask("class" if self._step == "cue" else "who")

    def action_take_alike(self) -> None:
        """Select the known source whose name is similar to the typed one."""
        if self._alike is not None:
            self._take_speaker(self._alike.source.id)

    def _take(self, chosen: str | None) -> None:
        if self._step == "who" and chosen:
            self._take_speaker(chosen)
        elif self._step == "class" and chosen:
            self._class = chosen  # type: ignore[assignment]  # the ids are classes
            self._ask("cue")
        elif self._step == "cue":
            source = self._chosen if self._chosen in self._sources else None
            kind = CLASS_WORDS[self._class][1]
            self.dismiss(
                SpeakerAnswer(source, self._named, kind, self._class, self._typed, self._speaker)
            )

    def _take_speaker(self, chosen: str) -> None:
        """Select *chosen* with its likely class; an unchanged speaker keeps its class."""
        self._named = self._typed if chosen == NEW else ""
        before = self._subject.before
        if before is not None and chosen == self._before:
            self._class = before.class_
        else:
            guess = guess_class(self._speakers, chosen, self._named)
            self._class = guess or self._subject.guess_class(speaker_of(chosen))
        self._chosen = chosen
        self._ask("class")

    def _ask(self, step: str) -> None:
        """Begin *step*, with the line selected so that typing replaces it."""
        self._step = step
        line = self.query_one(LineInput)
        line.words = {"who": self._called if self._chosen else "", "cue": self._cue}.get(step, "")
        self._shown = line.value
        line.select_all()
        is_own = step == "class" and self._chosen == AUTHOR
        line.placeholder = OWN if is_own else _PLACEHOLDERS[step]
        self._alike = None
        self.query_one(".hint", Static).update(Content(drawn(self._hint())))
        self.query_one(".said", Static).update(Content(drawn(self._summary())))
        line.focus()
        self._fill()

    @property
    def _typed(self) -> str:
        return self.query_one(LineInput).words.strip()

    @property
    def _speaker(self) -> Speaker:
        return speaker_of(self._chosen or AUTHOR)

    @property
    def _called(self) -> str:
        """The name of the selected speaker, as the line shows it."""
        if self._chosen == AUTHOR:
            return self._speakers.author or "the author"
        if self._chosen == NOBODY:
            return "no source named"
        return self._sources[self._chosen].name if self._chosen in self._sources else self._named

    @property
    def _cue(self) -> str:
        """The reporting words to begin with: the saved ones, else those in the text."""
        before = self._subject.before
        if before is not None and self._chosen == self._before:
            return before.cue or ""
        return self._subject.guess_cue(self._speaker, self._called)

    def _summary(self) -> str:
        if self._step == "who":
            through = " → ".join(map(visible, self._subject.reported_by))
            lines = [f"“{visible(self._subject.words)}”", through and f"reported by {through}"]
            return "\n".join(filter(None, lines))
        who = visible(self._called)
        return who if self._step == "class" else f"{who}  {CLASS_WORDS[self._class][0]}"

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.display = self._step != "cue"
        if self._step == "who":
            self._fill_speakers(options)
        elif self._step == "class":
            self._fill_classes(options)

    def _fill_classes(self, options: OptionList) -> None:
        words = self._typed.casefold().split()
        wanted = [
            c for c in classes_of(self._chosen or NOBODY)
            if all(w in f"{c} {CLASS_WORDS[c][0]}".casefold() for w in words)
        ]  # fmt: skip
        wanted.sort(key=lambda c: not all(w in c.replace("_", " ") for w in words))
        for class_ in wanted:
            words_of = drawn(CLASS_WORDS[class_][0])
            options.add_option(Option(_line(class_.replace("_", " "), words_of), id=class_))
        if not wanted:
            options.add_option(Option("no class matches", disabled=True))
        first = 0 if wanted else None
        options.highlighted = wanted.index(self._class) if self._class in wanted else first

    def _fill_speakers(self, options: OptionList) -> None:
        line = self.query_one(LineInput)
        is_untouched = line.value == self._shown and self._chosen not in {None, NEW}
        typed = "" if is_untouched else self._typed
        offered = list_offers(self._speakers, typed, self._chosen if is_untouched else None)
        for offer in offered:
            options.add_option(Option(_line(drawn(offer.words), drawn(offer.note)), id=offer.id))
        ids = [offer.id for offer in offered]
        if is_untouched:
            options.highlighted = ids.index(self._chosen or "")
        else:
            options.highlighted = 0 if typed else self._likeliest(ids)
        is_open = NEW in ids and ids[0] not in {AUTHOR, NOBODY}
        near = similar_sources(self._speakers.index, typed, 1) if is_open else []
        self._alike = near[0] if near else None
        self.query_one(".hint", Static).update(Content(drawn(self._hint())))

    def _likeliest(self, ids: list[str]) -> int | None:
        """Return the option that enter selects while nothing is typed.

        There is none where the text has the reporting words of a third party: enter would select
        the wrong source more often than not.
        """
        if self._subject.guess_cue("source", ""):
            return None
        return ids.index(NOBODY if self._subject.guess_cue("nobody", "") else AUTHOR)

    def _hint(self) -> str:
        """Return the keys of the step, or the known source with a similar name."""
        if self._step == "who" and self._chosen is None and not self._typed:
            words = self._subject.guess_cue("source", "")
            if words:
                return (
                    f"the text has “{visible(words)}”: type a name, or choose with ↓ · esc cancels"
                )
        if self._step != "who" or self._alike is None:
            return HINTS[self._step]
        return f"similar to {visible(self._alike.source.name)}, already known · tab selects it"


def _line(words: str, note: str) -> Content:
    return Content.assemble(words, "  ", (note, "dim"))
