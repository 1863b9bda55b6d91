"""The command `add`: save op-eds from files as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._context import file_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@file_argument("files", nargs=-1, required=True)
@click.option("--title", help="Title. Default: from the file, or its first heading.")
@click.option("--author", help="Author. Default: from the file.")
@click.option("--publisher", help="Publisher. Default: from the file.")
@click.option("--url", "--address", "url", help="URL. Default: from the file.")
@click.option(
    "--published", "--date", "published", metavar="DATE", help="Date: 2023-08-14, 2023-08 or 2023."
)
@click.option(
    "--encoding", metavar="NAME",
    help="Encoding of plain text and web pages, such as windows-1251. Default: detected.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N",
    help="Number of files to read in parallel. Default: 1.",
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
    """Add op-eds as documents: text, web pages, PDF or Word files.

    FILE is a file, a folder that is searched for such files, or `-` for standard input;
    .gz and .zst are unpacked. Title, author, publisher, date and URL are taken from the
    file, or from the front matter of a note, unless options give them.
    """
    from ._op_eds import add_files

    return add_files(context, files, jobs, encoding, given)
