"""Print data to standard output and messages to standard error, with control characters visible."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import IO, TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


_IN_MEMORY: Final = 2**20
"""Bytes of spooled output that stay in memory; more goes to a temporary file."""
_AT_ONCE: Final = 2**16
"""Bytes that are printed in one piece."""

_spools: Final[list[IO[bytes]]] = []
"""Files that collect output instead of standard output, the current one last."""


def use_utf8() -> None:
    r"""Make both outputs UTF-8 with `\n` in any locale; discard messages if stderr is closed."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (to the end; pathlib is slow to load)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(line: str) -> None:
    """Write one line of text to standard error."""
    from argmap.text.display import visible

    # Named explicitly, because click's own stream bypasses a progress bar on the terminal.
    click.echo(visible(line), file=sys.stderr)


def say_first(lines: Iterable[str], total: int, most: int) -> None:
    """Write the first *most* of *lines* to standard error, and the number of further lines."""
    for line in islice(lines, most):
        say(line)
    if total > most:
        say(f"and {total - most:,} more")


def show(line: str) -> None:
    """Write one line of data to standard output."""
    from argmap.text.display import visible

    _write(visible(line) + "\n")


def show_json(value: object) -> None:
    """Write one JSON value to standard output, indented."""
    import msgspec

    from argmap.records.encode import json_text

    _write(msgspec.json.format(json_text(value), indent=2) + "\n")


def write_text(pieces: Iterable[str]) -> None:
    """Write an export, which needs no escaping, to standard output."""
    for piece in pieces:
        _write(piece)


@contextmanager
def spooled(output: Path | None = None) -> Iterator[None]:
    """Collect the output of the block and print it at the end; discard it on an exception.

    Args:
        output: A device or pipe to write to; standard output if None.

    Raises:
        InputError: the temporary folder is full, or *output* cannot be written.
    """
    import tempfile

    from argmap.host.outputs import write_file

    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        _spools.append(spool)
        try:
            yield
        finally:
            _spools.remove(spool)
        spool.seek(0)
        pieces = iter(
            partial(spool.read, _AT_ONCE), b""
        )  # not by line: a line can be as long as the file
        if output is not None:
            write_file(output, pieces)
            return
        for text in codecs.iterdecode(pieces, "utf-8"):
            _write(text)


def drop_output() -> None:
    """Discard buffered output, after the reader of standard output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def finish() -> None:
    """Flush standard output."""
    if sys.stdout is not None:
        with _output_errors():
            sys.stdout.flush()


def _write(text: str) -> None:
    if _spools:
        _keep(text, _spools[-1])
        return
    if sys.stdout is None:
        say("argmap: standard output is closed; redirect it to a file or a pipe")
        raise click.exceptions.Exit(1)
    with _output_errors():
        sys.stdout.write(text)


def _keep(text: str, spool: IO[bytes]) -> None:
    import tempfile

    from argmap.host.files import as_input_error

    with as_input_error(tempfile.gettempdir()):
        spool.write(text.encode(errors="backslashreplace"))


@contextmanager
def _output_errors() -> Iterator[None]:
    """Exit with code 0 if the reader of standard output has gone, 1 if writing fails."""
    try:
        yield
    except BrokenPipeError:  # caught here, because click would report a failure
        drop_output()
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        drop_output()
        say(f"argmap: standard output: cannot be written: {(error.strerror or '').lower()}")
        raise click.exceptions.Exit(1) from None
