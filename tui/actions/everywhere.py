"""Actions that work on every screen and over dialogs; the app runs them."""

from __future__ import annotations

from typing import Protocol

from .action import Action


class Shell(Protocol):
    """The app, as these actions need it."""

    async def show_help(self) -> None:
        """List all keys that work now, and the signs."""

    async def show_palette(self) -> None:
        """List the actions that are possible now."""

    async def show_jumps(self) -> None:
        """Label every place to which the reader can jump with letters."""

    async def choose_theme(self) -> None:
        """Ask for a colour theme."""

    async def begin_tour(self) -> None:
        """Start the tour, or end it."""

    def skip_step(self) -> None:
        """Skip a step of the tour."""

    @property
    def is_touring(self) -> bool:
        """Return whether the tour is running."""

    def action_suspend_process(self) -> None:
        """Suspend the program and return to the shell of the terminal."""

    async def leave(self) -> None:
        """Quit the program."""

    def key(self, id_: str) -> str:
        """Return the first key of the action *id_* as people write it."""


async def _help(shell: Shell) -> None:
    await shell.show_help()


async def _palette(shell: Shell) -> None:
    await shell.show_palette()


async def _jump(shell: Shell) -> None:
    await shell.show_jumps()


async def _theme(shell: Shell) -> None:
    await shell.choose_theme()


async def _tour(shell: Shell) -> None:
    await shell.begin_tour()


def _skip(shell: Shell) -> None:
    shell.skip_step()


def _needs_tour(shell: Shell) -> str:
    reason = f"the tour is not running; {shell.key('everywhere.tour')} starts it"
    return "" if shell.is_touring else reason


def _suspend(shell: Shell) -> None:
    shell.action_suspend_process()


async def _quit(shell: Shell) -> None:
    await shell.leave()


ACTIONS = (
    Action(
        "everywhere.help",
        "list all keys and signs",
        "question_mark,f1",
        _help,
        hint="keys",
        rank=99,
    ),
    Action("everywhere.palette", "find an action and run it", "ctrl+p", _palette, hint="palette"),
    Action(
        "everywhere.jump",
        "jump: type the letters of a place on the screen",
        "ctrl+o,apostrophe",
        _jump,
    ),
    Action("everywhere.theme", "change the colour theme", "T", _theme),
    Action("everywhere.tour", "start the tour, or end it", "f4", _tour),
    Action("everywhere.tour-skip", "skip this step of the tour", "f5", _skip, _needs_tour),
    Action("everywhere.suspend", "suspend argmap; fg in the shell resumes it", "ctrl+z", _suspend),
    Action("everywhere.quit", "quit argmap", "ctrl+q", _quit),
)
