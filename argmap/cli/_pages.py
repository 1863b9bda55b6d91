"""Long texts: formatted and paged on a terminal, unchanged in a pipe."""

from __future__ import annotations

import os
from typing import Final

import click

from ._output import write_text
from ._workbench import is_terminal

_WIDEST: Final = 100
"""Cells of a formatted line; longer ones are hard to read."""


def show_page(text: str, *, is_markdown: bool) -> None:
    """Show *text*, which may be of any length and ends in a newline.

    Args:
        text: The page.
        is_markdown: Whether to format the page as Markdown on a terminal.
    """
    if not is_terminal():
        write_text([text])
        return
    # A page that fits is printed and stays on the screen when `less` ends.
    os.environ.setdefault("LESS", "-FRX")
    click.echo_via_pager(_formatted(text) if is_markdown else text)


def _formatted(markdown: str) -> str:
    """Return *markdown* with colours and boxes for this terminal; no colours with NO_COLOR."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(force_terminal=True)
    console.width = min(console.width, _WIDEST)
    with console.capture() as capture:
        console.print(Markdown(markdown))
    return capture.get()
