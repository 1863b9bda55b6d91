"""The group of all commands, and the exit codes."""

from __future__ import annotations

import os
import sys

import click

from argmap.errors import ArgmapError, os_error_reason
from argmap.host.signals import interruptible

from ._commands import CommandGroup, Commands
from ._output import drop_output, finish, say, use_utf8
from ._spec import print_spec


@click.group(
    cls=CommandGroup,
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.option(
    "-d", "--database", metavar="PATH", envvar="ARGMAP_DATABASE",
    help="Database file. Default: $ARGMAP_DATABASE, else argmap.db in your data folder.",
)  # fmt: skip
@click.version_option(package_name="argmap", message="%(prog)s %(version)s")
@click.option(
    "--spec", is_flag=True, is_eager=True, expose_value=False, callback=print_spec,
    help="Print all commands, options and exit codes as JSON, and exit.",
)  # fmt: skip
@click.pass_context
def cli(context: click.Context, database: str | None) -> int:
    """Map the arguments of op-eds: claims, evidence, assumptions, and their sources.

    Without a command, argmap opens the workbench.
    """
    from ._context import refuse_own_output

    context.obj = database
    refuse_own_output(context)
    if context.invoked_subcommand is None:
        from .open_ import open_workbench

        return open_workbench(context)
    return 0


def main() -> None:
    """Run the command line and leave with its exit code.

    Exit codes: 0 all done; 1 done in part, interrupted, or findings; 2 refused.
    """
    use_utf8()
    with interruptible():
        code = _run()
    sys.exit(code)


def _run() -> int:
    try:
        result = cli(standalone_mode=False)
        finish()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "argmap"
        say(f"{command}: {error.format_message()} See {command} --help.")
        return 2
    except click.ClickException as error:
        say(f"argmap: {error.format_message()}")
        return 2
    except (KeyboardInterrupt, click.Abort):
        say("argmap: interrupted; everything reported as done is saved")
        return 1
    except BrokenPipeError:
        drop_output()
        return 0
    except ArgmapError as error:
        say(f"argmap: {error}")
        return 2
    except Exception as error:
        if os.environ.get("ARGMAP_DEBUG"):
            raise
        say(f"argmap: {_in_words(error)}")
        return 2
    return result if isinstance(result, int) else 0


def _in_words(error: Exception) -> str:
    """Return one line about an unexpected *error*; an error of a file is not reported as a bug."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: cannot be used: {os_error_reason(error)}"
    return f"unexpected {type(error).__name__}: {error}; ARGMAP_DEBUG=1 shows where"
