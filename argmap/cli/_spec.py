"""The option `--spec`: every command with its options, for programs that call argmap."""

from __future__ import annotations

from typing import Any, Final

import click

from ._output import show_json

EXIT_CODES: Final = {
    "0": "Everything was done.",
    "1": "Done in part, interrupted, or there are findings at the level asked for.",
    "2": "Wrong usage, unreadable input, a refused file, or nothing to undo; nothing was changed.",
}


def print_spec(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  (click calls it)
    """Print the specification of the program as one JSON value and leave."""
    if not value or context.resilient_parsing:
        return
    from importlib.metadata import version

    group = context.command
    assert isinstance(group, click.Group)  # noqa: S101  (the root of this program)
    show_json(
        {
            "program": "argmap",
            "version": version("argmap"),
            "exit_codes": EXIT_CODES,
            **_described(group),
            "commands": [_described(group.commands[name]) for name in sorted(group.commands)],
        }
    )
    context.exit()


def _described(command: click.Command) -> dict[str, Any]:
    """Return the name, help, arguments and options of *command*."""
    return {
        "name": command.name,
        "help": (command.help or "").replace("\b\n", ""),
        "arguments": [
            {
                "name": p.name,
                "metavar": p.human_readable_name,
                "required": p.required,
                "multiple": p.nargs != 1,
            }
            for p in command.params
            if isinstance(p, click.Argument)
        ],
        "options": [_option(p) for p in command.params if isinstance(p, click.Option)],
    }


def _option(option: click.Option) -> dict[str, Any]:
    """Return the names of *option*, the values it takes, and its help."""
    choices = option.type.choices if isinstance(option.type, click.Choice) else None
    return {
        "names": [*option.opts, *option.secondary_opts],
        "metavar": None if option.is_flag else option.metavar or option.type.name.upper(),
        "choices": choices and [*choices],
        "required": option.required,
        "multiple": option.multiple,
        "environment": option.envvar,
        "help": option.help,
    }
