"""The tour: a strip that asks for one thing at a time and goes on when it is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen
from textual.content import Content
from textual.widgets import Static

from tui.screens.workbench import WorkbenchScreen
from tui.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import ArgmapApp

LOOKS: Final = 0.2
"""Seconds between two looks at whether a step is done."""


@frozen
class Counts:
    """How much there was when a step began."""

    claims: int
    evidence: int
    inferences: int
    attributions: int
    cursor: tuple[int, int]
    """Where the reader was in the text."""

    @classmethod
    def of(cls, bench: WorkbenchScreen) -> Counts:
        """Count what *bench* has now."""
        kinds = [s.kind for s in bench.map.statements.values()]
        return cls(
            kinds.count("claim"),
            kinds.count("evidence"),
            len(bench.map.inferences),
            len(bench.map.attributions),
            bench.text.cursor.range,
        )


@frozen
class Step:
    """One thing to do."""

    words: str
    """What to do; `{workbench.undo}` is the key of that action."""
    is_done: Callable[[WorkbenchScreen, Counts], bool]


def _is_unmapped(bench: WorkbenchScreen, before: Counts) -> bool:
    here = bench.text.cursor.range
    return here != before.cursor and not bench.session.coverage.is_mapped(*here)


def _has_exported(bench: WorkbenchScreen, _: Counts) -> bool:
    return getattr(bench.app.screen, "context", "") == "export"


STEPS: Final = (
    Step(
        "{text.next} goes to the next sentence, {text.previous} back."
        " {text.next-unmapped} jumps to the next one in which nothing is marked: go there.",
        _is_unmapped,
    ),
    Step(
        "Is something claimed here? Press {workbench.mark-claim}: the sentence becomes a claim,"
        " and stands in the map.",
        lambda bench, before: Counts.of(bench).claims > before.claims,
    ),
    Step(
        "Go one sentence on with {text.next} and press {workbench.mark-evidence}: it becomes"
        " evidence for your claim. ({workbench.mark-against} would set it against the claim.)",
        lambda bench, before: (
            Counts.of(bench).evidence > before.evidence
            and Counts.of(bench).inferences > before.inferences
        ),
    ),
    Step(
        "Who says so? Press {workbench.say-who}, type a name, and let enter take you through.",
        lambda bench, before: Counts.of(bench).attributions > before.attributions,
    ),
    Step(
        "A statement can speak for several others. Press {workbench.support}"
        " and choose what else this one supports.",
        lambda bench, before: Counts.of(bench).inferences > before.inferences,
    ),
    Step(
        "Nothing is ever lost: {workbench.undo} takes the last change back,"
        " {workbench.redo} does it again. Take it back.",
        lambda bench, before: Counts.of(bench).inferences < before.inferences,
    ),
    Step(
        "{workbench.export} shows the map as Markdown, ready to write to a file. Look at it.",
        _has_exported,
    ),
    Step(
        "That is all you need. {everywhere.help} lists every key and runs them;"
        " {everywhere.tour} closes this.",
        lambda *_: False,
    ),
)
"""In order; each begins when the one before is done."""


class Tour(Static):
    """Shows the step that is to be done."""

    DEFAULT_CSS = """
    Tour {
        height: auto; padding: 0 1; background: $panel;
        color: $foreground; border-left: thick $accent;
    }
    """

    def __init__(self, bench: WorkbenchScreen) -> None:
        """Begin with the first step on *bench*."""
        super().__init__()
        self._bench = bench
        self._number = 0
        self._before = Counts.of(bench)

    def on_mount(self) -> None:
        """Show the first step and look from time to time whether it is done."""
        self._show()
        self.set_interval(LOOKS, self._look)

    def _look(self) -> None:
        if STEPS[self._number].is_done(self._bench, self._before):
            self._number += 1
            self._before = Counts.of(self._bench)
            self._show()

    def _show(self) -> None:
        words = re.sub(
            r"\{([\w.-]+)\}", lambda m: self._bench.app.key(m[1]), STEPS[self._number].words
        )
        self.update(
            Content.assemble((f"{self._number + 1}/{len(STEPS)}  ", "bold $accent"), drawn(words))
        )


async def begin(app: ArgmapApp) -> None:
    """Begin the tour on the document that is open, else on the worked example; or end it."""
    if not isinstance(app.screen, WorkbenchScreen):
        await app.open_example()
    bench = app.screen
    if not isinstance(bench, WorkbenchScreen):
        return
    running = bench.query(Tour)
    if running:
        await running.remove()
        bench.remove_class("-touring")
    else:
        bench.add_class("-touring")
        await bench.mount(Tour(bench), after=bench.panes)
        bench.text.focus()
