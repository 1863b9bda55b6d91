"""Find the op-eds that a person means, read each, and name one that has no title."""

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
"""Files read before their turn, for each job but one."""

Task = tuple[Path, "bytes | InputError | None"]
"""A path, and what is in it where that is known already."""


@frozen
class OpEdExtract:
    """What reading one file gave: a text, or a complaint."""

    extract: Extract | None
    complaint: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should check in the text."""
        return self.extract.warnings if self.extract is not None else ()

    def document(self, otherwise: str, given: dict[str, str | None]) -> Document:
        """Return the document it makes, with the title *otherwise* if it has none.

        Raises:
            InputError: there is no text.
            ModelError: what is *given* breaks a rule of documents.
        """
        if self.extract is None:
            raise InputError(self.complaint)
        return document_from_extract(self.extract, otherwise, **given)


def select_op_eds(given: Iterable[Path]) -> SelectedFiles:
    """Return the files that *given* paths, folders and globs mean; `-` is standard input."""
    suffixes = text_suffixes()
    return select_files(
        given,
        lambda file: plain_name(file.name).lower().endswith(suffixes),
        "a file that can be added",
    )


def read_op_eds(
    stack: ExitStack,
    files: Sequence[Path],
    jobs: int,
    encoding: str | None,
    refuse: Callable[[Path], None],
) -> Iterator[tuple[Path, OpEdExtract]]:
    """Yield each of *files* with what reading it gave, in order.

    Args:
        stack: Ends the processes that read.
        files: Those that `select_op_eds` found.
        jobs: How many are read side by side.
        encoding: What a person says that they are written in.
        refuse: Gets each file before it is opened; its `InputError` is a complaint about it.
    """
    jobs = min(jobs, len(files) or 1)
    executor = stack.enter_context(open_executor(jobs))
    tasks = ((file, _content_now(file, refuse)) for file in files)
    results = results_in_order(
        executor, partial(read_one, encoding=encoding), tasks, _AHEAD * (jobs - 1)
    )
    return ((file, reading) for (file, _), reading in results)


def title_from_name(file: Path) -> str:
    """Return a title for a text that has none; nothing where no file has a name."""
    if file == STANDARD_INPUT or own_descriptor(file) is not None:
        return ""
    stem = Path(plain_name(file.name)).stem.encode(errors="replace").decode()
    # A line end or an escape sequence in a name would be one in the title.
    return " ".join(re.sub(f"[{HIDDEN}]", " ", stem).split())


def _content_now(file: Path, refuse: Callable[[Path], None]) -> bytes | InputError | None:
    """Return what no other process can read: standard input, and pipes such as `<(command)`.

    Returns:
        What it holds, unpacked; None for a file, and the error where *file* cannot be read or
        is refused.
    """
    name = display_name(file)
    try:
        if file == STANDARD_INPUT:
            with as_input_error(name):
                return _content(standard_input(), name)
        refuse(file)
        if own_descriptor(file) is None:
            return None
        with as_input_error(name), open_for_reading(file) as stream:
            return _content(stream, name)
    except InputError as error:
        return error


def read_one(task: Task, encoding: str | None = None) -> OpEdExtract:
    """Return the text of a file, or a complaint about it.

    This is what other processes do; what goes wrong is returned and not raised.
    """
    file, content = task
    name = display_name(file)
    if isinstance(content, InputError):
        return OpEdExtract(None, str(content))
    try:
        if content is None:
            with as_input_error(name), open_for_reading(file) as stream:
                content = _content(stream, name)
        return OpEdExtract(extract_from_bytes(content, name, encoding))
    except InputError as error:
        return OpEdExtract(None, str(error))
    except Exception as error:  # noqa: BLE001  (any reader's, and the other files go on)
        return OpEdExtract(None, unexpected_error_message(name, error))


def _content(stream: BinaryIO, name: str) -> bytes:
    """Return what *stream* holds, unpacked.

    Raises:
        InputError: it is damaged, or more than a text can be.
    """
    with unpacking(stream, name) as unpacked:
        content = unpacked.read(LARGEST_TEXT + 1)
    if len(content) > LARGEST_TEXT:
        message = f"{name}: holds more than {LARGEST_TEXT // 2**20} MiB; give the op-ed alone"
        raise InputError(message)
    return content
