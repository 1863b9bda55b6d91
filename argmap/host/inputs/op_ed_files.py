"""Find the op-eds that the user names, extract their texts, and supply missing titles."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import frozen

from argmap.errors import InputError
from argmap.formats.compression import plain_name, unpacking
from argmap.host.files import LARGEST_TEXT, as_input_error, open_for_reading, own_descriptor
from argmap.host.processes import open_executor, results_in_order, unexpected_error_message
from argmap.op_eds.documents import document_from_extract, extract_from_bytes, text_suffixes
from argmap.text.display import HIDDEN

from .selection import STANDARD_INPUT, display_name, select_files, standard_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import ExitStack

    from argmap.formats.registry import Extract
    from argmap.model.document import Document

    from .selection import SelectedFiles

_AHEAD: Final = 4
"""The number of files read in advance, for each job after the first."""

Source = tuple[Path, "bytes | InputError | None"]
"""A path, with the file's content if it has been read already."""


@frozen
class OpEdExtract:
    """The text extracted from one file, or the reason why there is none."""

    extract: Extract | None
    complaint: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about the text, for the user to check."""
        return self.extract.warnings if self.extract is not None else ()

    def document(self, otherwise: str, given: dict[str, str | None]) -> Document:
        """Return the document, titled *otherwise* if its text has no title.

        Args:
            otherwise: The title to use if there is no other.
            given: Values from the user, named as in `Document`; they override the file's own.

        Raises:
            InputError: there is no text.
            ModelError: a value in *given* breaks a rule of documents.
        """
        if self.extract is None:
            raise InputError(self.complaint)
        return document_from_extract(self.extract, otherwise, **given)


def select_op_eds(given: Iterable[Path]) -> SelectedFiles:
    """Return the files that the *given* paths, folders and globs match; `-` is standard input."""
    suffixes = text_suffixes()
    return select_files(
        given,
        lambda file: plain_name(file.name).lower().endswith(suffixes),
        "file that can be added",
    )


def read_op_eds(
    stack: ExitStack,
    files: Sequence[Path],
    jobs: int,
    encoding: str | None,
    refuse: Callable[[Path], None],
) -> Iterator[tuple[Path, OpEdExtract]]:
    """Yield each of *files* with its extract, in order.

    Args:
        stack: Ends the reading processes when it closes.
        files: Files found by `select_op_eds`.
        jobs: Number of files to read in parallel.
        encoding: The encoding that the user names; detected if None.
        refuse: Called with each file before it is opened; it raises InputError to refuse it.
    """
    jobs = min(jobs, len(files) or 1)
    executor = stack.enter_context(open_executor(jobs))
    tasks = ((file, _read_here(file, refuse)) for file in files)
    results = results_in_order(
        executor, partial(read_one, encoding=encoding), tasks, _AHEAD * (jobs - 1)
    )
    return ((file, reading) for (file, _), reading in results)


def title_from_name(file: Path) -> str:
    """Return a title made from the file's name; empty for standard input and pipes."""
    if file == STANDARD_INPUT or own_descriptor(file) is not None:
        return ""
    stem = Path(plain_name(file.name)).stem.encode(errors="replace").decode()
    # Line ends and escape sequences in a file name must not get into the title.
    return " ".join(re.sub(f"[{HIDDEN}]", " ", stem).split())


def _read_here(file: Path, refuse: Callable[[Path], None]) -> bytes | InputError | None:
    """Read content that no other process can read: standard input, and pipes like `<(command)`.

    Returns:
        The unpacked content; None for an ordinary file, and the error if *file* is refused or
        cannot be read.
    """
    name = display_name(file)
    try:
        if file == STANDARD_INPUT:
            with as_input_error(name):
                return _read_unpacked(standard_input(), name)
        refuse(file)
        if own_descriptor(file) is None:
            return None
        with as_input_error(name), open_for_reading(file) as stream:
            return _read_unpacked(stream, name)
    except InputError as error:
        return error


def read_one(task: Source, encoding: str | None = None) -> OpEdExtract:
    """Extract the text of one file, or the reason why it has none.

    Other processes run this function. Errors are returned, not raised.
    """
    file, content = task
    name = display_name(file)
    if isinstance(content, InputError):
        return OpEdExtract(None, str(content))
    try:
        if content is None:
            with as_input_error(name), open_for_reading(file) as stream:
                content = _read_unpacked(stream, name)
        return OpEdExtract(extract_from_bytes(content, name, encoding))
    except InputError as error:
        return OpEdExtract(None, str(error))
    except Exception as error:  # noqa: BLE001  (a fault in one reader must not stop the other files)
        return OpEdExtract(None, unexpected_error_message(name, error))


def _read_unpacked(stream: BinaryIO, name: str) -> bytes:
    """Return the unpacked content of *stream*.

    Raises:
        InputError: it is damaged, or larger than a text may be.
    """
    with unpacking(stream, name) as unpacked:
        content = unpacked.read(LARGEST_TEXT + 1)
    if len(content) > LARGEST_TEXT:
        message = f"{name}: is larger than {LARGEST_TEXT // 2**20} MiB; give the op-ed alone"
        raise InputError(message)
    return content
