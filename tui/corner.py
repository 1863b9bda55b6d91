"""The corner of the screen in which the app says, for a while, what happened or failed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import App

from argmap.errors import ArgmapError
from argmap.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator


class SpeakingApp(App[None]):
    """Says one thing at a time, and takes it back once it is not true any more."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._to_say: tuple[str, bool] | None = None
        """What is to be said once all that is going on now is done, and whether it is bad."""
        self._is_passing = self._is_refusal = False
        """Whether what is said goes with the next change, or with the next action."""
        self._is_said = self._is_said_before = False
        """Whether something was said in the corner, and before the action that was done last."""
        self.failures: list[BaseException] = []
        """What failed in the background and was told; empty in a program without bugs."""

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Say an error in a corner instead of raising it, so that the program goes on."""
        try:
            yield
        except ArgmapError as error:
            self.say(str(error), is_bad=True)
        except Exception as error:  # noqa: BLE001  (the one place for what nobody has thought of)
            self.failures.append(error)
            self.say(f"that failed: {type(error).__name__}: {error}", is_bad=True)

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Say *words* in a corner for a while, in the place of what was said before.

        Of what is said at one go the last is shown: Textual would show all of it, since it
        takes each notice up later than it is asked to clear the others.
        """
        if self._to_say is None:
            self.call_later(self._show_said)
        self._to_say = (words, is_bad)

    def _show_said(self) -> None:
        if self._to_say is None:
            return
        (words, is_bad), self._to_say = self._to_say, None
        self._is_passing, self._is_refusal = not is_bad, False
        self._is_said, self._is_said_before = True, False
        self.clear_notifications()
        self.notify(
            visible(words),
            severity="warning" if is_bad else "information",
            markup=False,
            timeout=8 if is_bad else 4,
        )

    def hush(self) -> None:
        """Take back what was said in a corner, if a change can make it untrue; no complaint."""
        if self._is_passing:
            self._is_passing = False
            self.clear_notifications()

    def clear_corner(self) -> None:
        """Take back what was said before the action that opens a dialog: it would cover a part."""
        if self._is_said_before:
            self._is_said = self._is_said_before = False
            self.clear_notifications()

    def note_refusal(self) -> None:
        """Let what was just said go with the next action, which may be possible."""
        self._is_refusal = True

    def begin_action(self) -> None:
        """Note what was said before an action, and take back why another one was refused."""
        self._is_said_before = self._is_said
        if self._is_refusal:
            self.hush()
