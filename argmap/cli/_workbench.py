"""Start the workbench from a command: check the terminal, read the settings, run the app."""

from __future__ import annotations

import locale
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.text.display import counted

from ._output import say

if TYPE_CHECKING:
    from collections.abc import Callable


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--config` to *command*."""
    option = click.option(
        "--config", type=click.Path(path_type=Path), metavar="FILE",
        help="Settings file. Default: config.toml in your settings folder.",
    )  # fmt: skip
    return option(command)


def run(app: Any) -> int:  # noqa: ANN401  (typed where Textual may be loaded)
    """Run *app* until the user quits, and return the exit code."""
    try:
        app.run()
    finally:
        app.database.close()
    lost = app.database.lost + app.database.unsaved
    if lost:
        say(f"argmap: {app.database.path}: {counted(lost, 'edit')} could not be saved")
    return app.return_code or (1 if lost else 0)


def is_terminal() -> bool:
    """Return whether standard input and standard output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def load_settings(config: Path | None) -> Any:  # noqa: ANN401  (as above)
    """Return the settings from *config*, or from the file in the user's folder if None."""
    from tui.shell.config import read_config

    encoding = (locale.getpreferredencoding(do_setlocale=False) or "").lower()
    return read_config(config, is_utf8=encoding.replace("-", "") == "utf8")
