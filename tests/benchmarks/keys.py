"""Measure how soon a key shows on the screen, in turn with the key of the empty app."""

from __future__ import annotations

from itertools import cycle
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from attrs import Factory, frozen
from benchmarks.screens import (
    EMPTY_APP,
    EMPTY_KEY,
    FOLDED,
    TO_FIRST_ROW,
    TO_MAP,
    TO_TEXT,
    UNFOLD_ALL,
    has_whole_map,
)
from benchmarks.table import Promise, Row, say
from support.drivers.pseudo_terminal import NeverShownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.drivers.pseudo_terminal import PseudoTerminal

REST: Final = 0.25
"""Seconds without output after which a screen is at rest.

A screen that is drawn in several steps pauses for longer than the end of an answer, so both
are measured: the answer, and everything that follows the key.
"""

EMPTY_REST: Final = 0.06
"""The same for the empty app, which draws everything in one step."""

LONGEST: Final = 2.0
"""Seconds after which a key that drew nothing counts as ignored."""

EDITS: Final = ("mark", "undo")
"""The works that change the map."""

KEY_PROMISES: Final = {"100,000": Promise(must=30.0, aim=16.0)}
"""The limits for the 95th percentile of a key that only moves or folds."""

EDIT_PROMISES: Final = {"100,000": Promise(must=50.0, aim=16.0)}
"""The same for a key that changes the map."""

REST_PROMISES: Final = {"100,000": Promise(must=100.0, aim=50.0)}
"""The limits for the 95th percentile of the last byte after a move or a fold."""


@frozen
class Step:
    """Keys that are pressed together."""

    keys: str
    work: str = ""
    """The name of the measurement; empty if the step only leads to the next."""
    added: int = 0
    """Number of statements added since the start once this step is done."""


@frozen
class Trial:
    """Steps that are repeated."""

    before: tuple[str, ...]
    """Keys that lead to the starting place, one after the other."""
    steps: tuple[Step, ...]


def there_and_back(work: str) -> tuple[Step, ...]:
    """Return ten moves down and ten up again, which measure *work*."""
    return (*[Step("j", work)] * 10, *[Step("k", work)] * 10)


TRIALS: Final = (
    Trial((TO_TEXT,), there_and_back("move in the text")),
    Trial((TO_MAP, TO_FIRST_ROW), there_and_back("move in the map")),
    Trial((TO_MAP, TO_FIRST_ROW), (Step(" ", "fold the main claim"),)),
    Trial((TO_MAP, TO_FIRST_ROW, "j"), (Step(" ", "fold a claim below it"),)),
    Trial((TO_TEXT,), (Step("j"), Step("c", "mark", added=1), Step("u", "undo"))),
)


@frozen
class Pressed:
    """The time of one press, in milliseconds."""

    answer: float
    """Time to the last byte before the first pause."""
    rest: float
    """Time to the very last byte."""


@frozen
class Samples:
    """The times of one kind of key, and of the empty app's key, pressed in between."""

    measured: list[Pressed] = Factory(list)
    yardstick: list[Pressed] = Factory(list)
    missed: list[str] = Factory(list)
    """The screen after a press that did not have the expected effect."""


def lead(workbench: PseudoTerminal, trial: Trial) -> None:
    """Go to the start of *trial*, with everything in the map unfolded."""
    folded = (TO_MAP, UNFOLD_ALL) if FOLDED in workbench.text else ()
    for keys in (*folded, *trial.before):
        workbench.write(keys)
        workbench.settle(REST * 4)


def try_keys(
    trial: Trial, workbench: PseudoTerminal, empty: PseudoTerminal, statements: int, presses: int
) -> dict[str, Samples]:
    """Repeat the steps of *trial* until each has *presses* samples, in turn with the yardstick.

    A press without the expected effect ends the trial: the next press would act on the
    wrong place, and an undo would revert an earlier edit.
    """
    found = {step.work: Samples() for step in trial.steps if step.work}
    for step in cycle(trial.steps):
        if all(len(samples.measured) >= presses for samples in found.values()):
            break
        if not step.work:
            press(workbench, step.keys)
            continue
        yardstick, pressed = press_empty(empty), press(workbench, step.keys)
        samples = found[step.work]
        if pressed is None or not has_whole_map(workbench.text, statements + step.added):
            samples.missed.append(workbench.text)
            break
        samples.measured.append(pressed)
        samples.yardstick.append(yardstick)
    return found


def press(terminal: PseudoTerminal, keys: str, rest: float = REST) -> Pressed | None:
    """Press *keys*, wait until nothing is drawn for *rest* seconds; None if nothing was drawn."""
    answer = terminal.press(keys, patience=LONGEST)
    if answer is None:
        return None
    last = terminal.settle(rest) or answer.last
    return Pressed(answer.seconds * 1000, (last - answer.pressed) * 1000)


def press_empty(empty: PseudoTerminal) -> Pressed:
    """Press the key of the empty app.

    Raises:
        NeverShownError: nothing was drawn.
    """
    pressed = press(empty, EMPTY_KEY, EMPTY_REST)
    if pressed is None:
        message = f"the empty app ignores its key; the screen:\n{empty.text.rstrip()}"
        raise NeverShownError(message)
    return pressed


def key_rows(work: str, size: str, samples: Samples) -> Iterator[Row]:
    """Yield the rows of one kind of key, each compared with the yardstick."""
    if not samples.measured:
        return
    for name, of in STATISTICS.items():
        yield Row(
            f"{work}, {name}",
            size,
            len(samples.measured),
            of(samples.measured),
            of(samples.yardstick) if samples.yardstick else None,
            EMPTY_APP if samples.yardstick else "",
            "difference",
            promise=promise_of(work, name, size),
        )


def promise_of(work: str, statistic: str, size: str) -> Promise | None:
    """Return the limits for a statistic of *work*, if there are any."""
    if not statistic.endswith("p95"):
        return None
    if work in EDITS:
        return EDIT_PROMISES.get(size) if statistic == "p95" else None
    return (KEY_PROMISES if statistic == "p95" else REST_PROMISES).get(size)


def percentile_95(times: list[float]) -> float:
    """Return the 95th percentile of *times*."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


STATISTICS: Final[dict[str, Callable[[list[Pressed]], float]]] = {
    "median": lambda all_: median(p.answer for p in all_),
    "p95": lambda all_: percentile_95([p.answer for p in all_]),
    "to rest, median": lambda all_: median(p.rest for p in all_),
    "to rest, p95": lambda all_: percentile_95([p.rest for p in all_]),
}


def tell(work: str, samples: Samples) -> None:
    """Report that a trial ended early, and on which screen."""
    for screen in samples.missed:
        number = len(samples.measured) + 1
        say(f"{work}: press {number} did not show what it should, and was the last; the screen:")
        say(screen.rstrip())
