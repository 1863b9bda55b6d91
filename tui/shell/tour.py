"""The tour: a strip that shows one step at a time until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen
from rich.cells import cell_len
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions.action import context_of
from tui.look.cells import wrapped
from tui.look.key_names import with_keys
from tui.look.signs import drawn
from tui.rating.round import Round
from tui.widgets.bars import KeyLine
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.followed_list import ListKind
    from tui.core.program import Program

POLL_INTERVAL: Final = 0.2
"""Seconds between two checks whether a step is done."""

_SIDES: Final = 3
"""Columns of the strip to the left and right of its text."""


@frozen
class Progress:
    """Counts taken when a step begins, to see when it is done."""

    claims: int
    evidence: int
    inferences: int
    attributions: int
    answers: int
    graded: frozenset[str]
    """Ids of the claims with an answer to every question."""
    cursor: tuple[int, int]
    """The range under the text cursor, in code points."""
    line: tuple[ListKind | None, int]
    """The kind of the followed list, and the number of the current line."""

    @classmethod
    def measure(cls, workbench: WorkbenchScreen) -> Progress:
        """Return the counts of *workbench* as they are now."""
        kinds = [s.kind for s in workbench.map.statements.values()]
        return cls(
            kinds.count("claim"),
            kinds.count("evidence"),
            len(workbench.map.inferences),
            len(workbench.map.attributions),
            sum(r.answer != "not_rated" for r in workbench.map.ratings.values()),
            _graded(workbench),
            workbench.text.cursor.range,
            (workbench.work.followed_list.kind, workbench.work.followed_list.number),
        )


@frozen
class TourStep:
    """One step of the tour."""

    words: str
    """The instruction; `{workbench.undo}` is replaced by the key of that action."""
    is_done: Callable[[WorkbenchScreen, Progress], bool]


def _graded(workbench: WorkbenchScreen) -> frozenset[str]:
    """Return the ids of the claims for which the assessor has answered every question.

    A question that another answer settles counts as answered.
    """
    rubric, assessor = workbench.work.rubric, workbench.work.rater.assessor
    rated = {r.target for r in workbench.map.ratings.values() if r.assessor == assessor}
    claims = [id_ for id_ in rated if id_ in workbench.map.statements]
    return frozenset(
        claim
        for claim in claims
        if rubric.applies(workbench.map.statements[claim])
        and not _open_questions(Round(workbench.map, rubric, assessor, claim))
    )


def _open_questions(round_: Round) -> list[str]:
    answered = {name for name, answer in round_.answers.items() if answer != "not_rated"}
    settled = answered | set(round_.grade_report(round_.claim).implied)
    return [name for name in round_.criteria if name not in settled]


def _is_unmapped(workbench: WorkbenchScreen, before: Progress) -> bool:
    here = workbench.text.cursor.range
    return here != before.cursor and not workbench.session.coverage.is_mapped(*here)


def _is_on(context: str) -> Callable[[WorkbenchScreen, Progress], bool]:
    return lambda workbench, _: context_of(workbench.app.screen) == context


def _lists(kind: ListKind) -> Callable[[WorkbenchScreen, Progress], bool]:
    def is_done(workbench: WorkbenchScreen, _: Progress) -> bool:
        listing = getattr(workbench.app.screen, "listing", None)
        return listing is not None and listing.kind == kind

    return is_done


def _went_on(workbench: WorkbenchScreen, before: Progress) -> bool:
    """Return whether the reader went to another finding, or back to the list."""
    line = (workbench.work.followed_list.kind, workbench.work.followed_list.number)
    return line != before.line or context_of(workbench.app.screen) == "list"


STEPS: Final = (
    TourStep(
        "{text.next} moves to the next sentence and {text.previous} to the one before. Press"
        " {text.next-unmapped} to jump to the next sentence in which nothing is marked.",
        _is_unmapped,
    ),
    TourStep(
        "Does this sentence make a claim? Press {workbench.mark-claim} to mark it as a claim,"
        " which appears in the map.",
        lambda workbench, before: Progress.measure(workbench).claims > before.claims,
    ),
    TourStep(
        "Move to the next sentence with {text.next} and press {workbench.mark-evidence} to mark"
        " it as evidence for your claim. ({workbench.mark-against} marks evidence against it.)",
        lambda workbench, before: (
            Progress.measure(workbench).evidence > before.evidence
            and Progress.measure(workbench).inferences > before.inferences
        ),
    ),
    TourStep(
        "Who says so? Press {workbench.say-who}, type a name, and press enter at each question.",
        lambda workbench, before: Progress.measure(workbench).attributions > before.attributions,
    ),
    TourStep(
        "A statement can support several others. Press {workbench.support} and choose another"
        " statement that this one supports.",
        lambda workbench, before: Progress.measure(workbench).inferences > before.inferences,
    ),
    TourStep(
        "Every change can be undone: {workbench.undo} undoes the last one and {workbench.redo}"
        " redoes it. Undo the link you just made.",
        lambda workbench, before: Progress.measure(workbench).inferences < before.inferences,
    ),
    TourStep(
        "Press {workbench.export} to see the map as Markdown, ready to save to a file.",
        _is_on("export"),
    ),
    TourStep(
        "{export.leave} goes back to the map. Press {workbench.rate} there to rate how well"
        " your claim is supported.",
        _is_on("rating"),
    ),
    TourStep(
        "Each question has several levels, each described in a sentence. Press the number of"
        " the level that fits, or {rating.cannot-judge} if the text gives no basis to judge.",
        lambda workbench, before: Progress.measure(workbench).answers > before.answers,
    ),
    TourStep(
        "Answer the other questions about this claim: its grade changes with each answer."
        " {rating.previous} goes back one question.",
        lambda workbench, before: bool(Progress.measure(workbench).graded - before.graded),
    ),
    TourStep(
        "Your claim is graded. {rating.leave} goes back to the map; press {workbench.findings}"
        " there to list the weak points that argmap has found.",
        _lists("findings"),
    ),
    TourStep(
        "Each finding says how to fix it. Choose one with {list.next} and {list.previous}, and"
        " press {list.open} to go to its statement.",
        lambda workbench, _: (
            workbench.work.followed_list.kind == "findings"
            and isinstance(workbench.app.screen, WorkbenchScreen)
        ),
    ),
    TourStep(
        "Fix the problem here, if you like. Then press {workbench.next-match} for the next"
        " finding, or {workbench.findings} for the list, which leaves out what you have fixed.",
        _went_on,
    ),
    TourStep(
        "Many mentions can share one origin. Go back to the map ({list.leave} leaves the list),"
        " select a claim and press {workbench.provenance} to see the origins of its evidence.",
        _lists("provenance"),
    ),
    TourStep(
        "What if some evidence were wrong? Go back with {list.leave}, select evidence in the"
        " map and press {workbench.what-if} to see what falls without it.",
        lambda workbench, _: workbench.work.what_if_mode.is_on,
    ),
    TourStep(
        "Nothing is saved in what-if mode. {workbench.what-falls} lists what falls and which"
        " grades change. Press {map.leave} in the map to leave what-if mode.",
        lambda workbench, _: not workbench.work.what_if_mode.is_on,
    ),
    TourStep(
        "That is all you need. {everywhere.help} lists every key and can run it.",
        lambda *_: False,
    ),
)
"""The steps in order; each begins when the one before is done."""


class TourLine(Static):
    """The strip with the current step, on any screen."""

    DEFAULT_CSS = """
    TourLine {
        height: auto; padding: 0 1; background: $panel;
        color: $foreground; border-left: thick $accent;
    }
    """
    app: Program

    def on_resize(self) -> None:
        """Wrap the step for the new width."""
        if tour := running(self.app):
            self.update(tour.step_text())


class Tour(TourLine):
    """The strip on the workbench, which also keeps the current step and checks it."""

    def __init__(self, workbench: WorkbenchScreen) -> None:
        """Begin with the first step on *workbench*."""
        super().__init__()
        self._workbench = workbench
        self._number = 0
        self._before = Progress.measure(workbench)

    def on_mount(self) -> None:
        """Show the first step, and start checking whether it is done."""
        self._show()
        self.set_interval(POLL_INTERVAL, self._poll)

    def skip(self) -> None:
        """Go to the next step that is not done yet, even if this one is not done."""
        self._before = Progress.measure(self._workbench)
        self._number = min(self._number + 1, len(STEPS) - 1)
        while STEPS[self._number].is_done(self._workbench, self._before):
            self._number += 1  # it ends, since the last step is never done
        self._show()

    async def close(self) -> None:
        """End the tour on every screen."""
        for screen in self.app.screen_stack:
            screen.remove_class("-touring")
            await screen.query(TourLine).remove()

    async def _poll(self) -> None:
        await self._follow()
        if STEPS[self._number].is_done(self._workbench, self._before):
            self.skip()

    async def _follow(self) -> None:
        """Show the step on the screen that is open over the workbench, too."""
        screen = self.app.screen
        if isinstance(screen, ModalScreen) or screen.query(TourLine) or not screen.query(KeyLine):
            return
        screen.add_class("-touring")
        strip = TourLine()
        await screen.mount(strip, before=screen.query_one(KeyLine))
        strip.update(self.step_text())

    def _show(self) -> None:
        for screen in self.app.screen_stack:
            for strip in screen.query(TourLine):
                strip.update(self.step_text())

    def step_text(self) -> Content:
        """Return the step, wrapped for the screen; the keys at its end are not broken."""
        app = self._workbench.app
        width = max(20, app.size.width - _SIDES)
        place = f"{self._number + 1}/{len(STEPS)}"
        *lines, last = wrapped(f"{place}  {with_keys(STEPS[self._number].words, app.key)}", width)
        is_last = self._number == len(STEPS) - 1
        skips = "" if is_last else f"{app.key('everywhere.tour-skip')} skips this step · "
        keys = f"{skips}{app.key('everywhere.tour')} ends the tour"
        gap = "  " if cell_len(last) + 2 + cell_len(keys) <= width else "\n"
        words = Content(drawn("\n".join([*lines, last]))).stylize("bold $accent", 0, len(place))
        return Content.assemble(words, gap, (drawn(keys), "dim"))


def running(app: Program) -> Tour | None:
    """Return the running tour, on any screen; None if there is none."""
    for screen in app.screen_stack:
        for tour in screen.query(Tour):
            return tour
    return None


async def begin(workbench: WorkbenchScreen) -> None:
    """Begin the tour on the document that is open on *workbench*."""
    workbench.add_class("-touring")
    await workbench.mount(Tour(workbench), after=workbench.panes)
    workbench.text.focus()
