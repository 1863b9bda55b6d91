"""Add and remove whole documents; each is one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.edit.verbs import add_document, remove_document
from argmap.host.clock import now
from argmap.host.files import LARGEST_TEXT, as_input_error, path_from_text, read_bytes
from argmap.model.map import ArgumentMap
from argmap.op_eds.documents import document_from_extract, extract_from_bytes, extract_from_text
from argmap.text.decoding import normal_lines
from store.database.argument_checks import check_text
from store.database.progress import UNWATCHED, Watch
from store.queries.document_search import document_with_text
from store.queries.maps import load_document

from .image_replay import Replay
from .operations import apply, log_operation, note_documents
from .row_images import log_rows

if TYPE_CHECKING:
    from argmap.formats.registry import Extract
    from argmap.model.document import Document
    from store.database.store import Store

_OF_STATEMENTS: Final = "statement IN (SELECT id FROM statement WHERE document = :document)"

_OWN: Final = {
    "rating": f"{_OF_STATEMENTS} OR document = :document",
    "credibility": _OF_STATEMENTS,
    "attribution": _OF_STATEMENTS,
    "inference": "document = :document",
    "statement": "document = :document",
    "document": "id = :document",
}
"""The rows that belong to a document, in an order in which they can be removed.

A row comes before the rows that it refers to.
"""


def add_text(store: Store, text: str, otherwise: str = "", **given: str | None) -> str:
    """Add *text* as a document, like the command `add`, and return its id.

    If a document with the same text exists, its id is returned and nothing is added.

    Args:
        store: Open to write.
        text: The whole op-ed. Its line ends become line feeds, and its front matter gives the
            properties of the document.
        otherwise: The title if none is given or found in the text; by default its first words.
        given: Any of `title`, `author`, `publisher`, `published` (2023-08-14, 2023-08 or
            2023), `url`, `language`.

    Raises:
        InputError: the text is only front matter, or a map that argmap exported.
        ModelError: the text is empty, or a value is not text or breaks a rule for documents.
        StoreError: the database cannot be written.
    """
    for name, value in {"text": text, "otherwise": otherwise, **given}.items():
        if name in ("text", "otherwise") or value is not None:
            check_text(name, value, may_be_empty=True)
    extract = extract_from_text(normal_lines(text), "the text")
    return save_document(store, document_from_extract(extract, otherwise, **given))[0]


def read_extract(given: str) -> tuple[Extract, str]:
    """Read the file at the path *given*; return its extract and its stem.

    Raises:
        InputError: the file cannot be read, has no text, or needs a package that is not installed.
    """
    path = path_from_text(given)
    with as_input_error(str(path)):
        content = read_bytes(path, LARGEST_TEXT)
    return extract_from_bytes(content, str(path)), path.stem


def save_document(store: Store, document: Document) -> tuple[str, bool]:
    """Add *document* unless its text is stored; return the id, and whether it is new.

    The id is that of the stored document if there is one with the same text.
    """
    with store.writing():  # otherwise another process could add the same text in between
        existing = document_with_text(store, document.sha256)
        if existing is not None:
            return existing, False
        apply(store, add_document(document), now())
    return document.id, True


def delete_document(store: Store, document: str, watch: Watch = UNWATCHED) -> str:
    """Remove *document*, an id, with its map; return the label of that operation.

    Raises:
        MissingError: there is no such document.
    """
    with store.writing():  # otherwise another process could add statements in between
        label = remove_document(ArgumentMap(load_document(store, document))).label
        counts = {type_: _count(store, type_, document) for type_ in _OWN}
        watch.begin(2 * sum(counts.values()))
        seq = log_operation(store, label, "edit", now())
        note_documents(store, seq, [document])
        position = 0
        for type_, where in _OWN.items():
            place: dict[str, int | str] = {
                "seq": seq, "first": position, "document": document,
            }  # fmt: skip
            position += log_rows(store, type_, "before", place, where)
            watch.advance(counts[type_])
        Replay(store, seq, is_back=False, watch=watch, sure_from=0).write()
    return label


def _count(store: Store, type_: str, document: str) -> int:
    query = f"SELECT count(*) FROM {type_} WHERE {_OWN[type_]}"
    return int(store.connection.execute(query, {"document": document}).fetchone()[0])
