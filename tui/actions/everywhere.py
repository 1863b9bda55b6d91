"""What works on every screen, and over dialogs: each is a wish that the app fulfils."""

from __future__ import annotations

from typing import Protocol

from .action import Action


class Shell(Protocol):
    """The app, as far as these actions ask for it."""

    async def show_help(self) -> None:
        """List all keys that work now, with the signs."""

    async def show_palette(self) -> None:
        """List what is possible now."""

    async def show_jumps(self) -> None:
        """Put a letter on each place of the screen that one can go to."""

    async def choose_theme(self) -> None:
        """Choose the colours."""

    async def begin_tour(self) -> None:
        """Begin the tour, or end it."""

    def skip_step(self) -> None:
        """Go on to the next step of the tour."""

    @property
    def is_touring(self) -> bool:
        """Tell whether the tour is taken."""

    def action_suspend_process(self) -> None:
        """Give the terminal back to the shell for a while."""

    async def leave(self) -> None:
        """Leave the program."""

    def key(self, id_: str) -> str:
        """Return the first key of an action as a person reads it."""


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
    begins = f"{shell.key('everywhere.tour')} begins the tour; then there are steps to skip"
    return "" if shell.is_touring else begins


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
    Action("everywhere.palette", "find an action and do it", "ctrl+p", _palette, hint="palette"),
    Action(
        "everywhere.jump",
        "jump: type the letters of a place on the screen",
        "ctrl+o,apostrophe",
        _jump,
    ),
    Action("everywhere.theme", "change the colour theme", "T", _theme),
    Action("everywhere.tour", "take the tour, or end it", "f4", _tour),
    Action("everywhere.tour-skip", "skip a step of the tour", "f5", _skip, _needs_tour),
    Action("everywhere.suspend", "suspend argmap; fg in the shell resumes it", "ctrl+z", _suspend),
    Action("everywhere.quit", "quit argmap", "ctrl+q", _quit),
)
