"""The command `add`: op-eds, as people have them, become documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._context import file_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@file_argument("files", nargs=-1, required=True)
@click.option("--title", help="Its title. Default: what the file says, or its first heading.")
@click.option("--author")
@click.option("--publisher")
@click.option("--url", "--address", "url")
@click.option(
    "--published", "--date", "published", metavar="DATE", help="2023-08-14, 2023-08 or 2023."
)
@click.option(
    "--encoding", metavar="NAME",
    help="Encoding of plain texts and web pages, such as windows-1251. Default: detected.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N",
    help="Read so many files side by side.",
)  # fmt: skip
@click.pass_context
def add(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    jobs: int,
    encoding: str | None,
    **given: str | None,
) -> int:
    """Make documents of texts, web pages, PDF and Word files; `-` is standard input.

    Folders are searched for such files; .gz and .zst are unpacked. What a file or
    the front matter of a note says of title, author, publisher, date and address is
    kept with its text.
    """
    from ._op_eds import add_files

    return add_files(context, files, jobs, encoding, given)
