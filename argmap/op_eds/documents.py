"""Make documents from the content of files, with a title and a readable id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any, Final

from attrs import asdict, evolve

from argmap.errors import InputError
from argmap.formats.compression import plain_name, refuse_packed
from argmap.formats.registry import Extract, text_formats
from argmap.model.document import Document
from argmap.text.encodings import character_notices, convert_to_utf8, decode_text

from .front_matter import read_front_matter
from .title_parts import bare_title
from .titles import find_first_sentence, find_title, is_placeholder, is_title

_LONGEST_SLUG: Final = 48
_HEAD: Final = 4096

_PLAIN: Final = (".txt", ".text", ".md", ".markdown")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_LOCKED: Final = "is locked with a password; save it without one"
_UNREAD: Final = {
    b"{\\rtf": "is RTF; save it as .docx or as plain text",
    _OLD_OFFICE: "is in an old Office format; save it as .docx",
}
"""The first bytes of unreadable files that are common or could pass for text, and the reason."""


def text_suffixes() -> tuple[str, ...]:
    """Return the suffixes of files that `extract_from_bytes` reads, with the dot."""
    return _PLAIN + tuple(suffix for each in text_formats().values() for suffix in each.suffixes)


def extract_from_bytes(content: bytes, where: str, encoding: str | None = None) -> Extract:
    """Return the text in *content* with the data that the file gives about it.

    Args:
        content: The content of a file, unpacked: plain text, Markdown, or any text format.
        where: The file's name, for messages; it may say how the file was packed.
        encoding: The encoding of the characters, if a person has named one.

    Raises:
        InputError: it has no text, or needs a library that is not installed.
    """
    head = content[:_HEAD]
    for text_format in text_formats().values():
        if text_format.recognises(head, plain_name(where)):
            if encoding is not None and text_format.is_text:
                content = convert_to_utf8(content, where, encoding)
            extract = text_format.read(content, where)
            title = extract.title if is_title(extract.title or "") else None
            return evolve(extract, title=title and bare_title(title))
    refuse_packed(head, where)
    for beginning, reason in _UNREAD.items():
        if content.startswith(beginning):
            locked = beginning == _OLD_OFFICE and _ENCRYPTED in content
            message = f"{where}: {_LOCKED if locked else reason}"
            raise InputError(message)
    return _from_plain(
        content if encoding is None else convert_to_utf8(content, where, encoding), where
    )


def _from_plain(content: bytes, where: str) -> Extract:
    text, notices = decode_text(content, where)
    return evolve(extract_from_text(text, where), warnings=character_notices(text, notices))


def extract_from_text(text: str, where: str) -> Extract:
    """Return *text* without its front matter, with the data that the front matter gives.

    Args:
        text: A note, or any other plain text, with normal line ends.
        where: Its name, for messages.

    Raises:
        InputError: it is front matter only, or a map written by argmap.
    """
    front_matter = read_front_matter(text)
    if front_matter is None:
        return Extract(text)
    if front_matter.is_map:
        message = f"{where}: is a map written by argmap; read it with argmap import"
        raise InputError(message)
    body = text[front_matter.end :]
    if not body.strip():
        message = f"{where}: has no text after its front matter"
        raise InputError(message)
    values: dict[str, Any] = front_matter.values
    if is_placeholder(values.get("title", "")):
        del values["title"]
    return Extract(body, **values)


def document_from_extract(extract: Extract, otherwise: str, **given: str | None) -> Document:
    """Return the document in *extract*; values that are *given* override its own.

    Raises:
        ModelError: a value breaks a rule of documents.
    """
    values = asdict(extract)
    text = values.pop("text")
    del values["warnings"]  # shown when the text is added; a document has none
    known = values | {key: value for key, value in given.items() if value is not None}
    return document_from_text(text, otherwise, **known)


def document_from_text(text: str, otherwise: str = "", **given: str | None) -> Document:
    """Return a document for *text*, with an id that follows from its title and text.

    Args:
        text: As `argmap.text.decoding.text_from_bytes` returns it.
        otherwise: The title if the text has none; if this is empty too, the first words.
        given: Known fields, named as in `Document`; a title among them is used as it is.

    Raises:
        ModelError: a value breaks a rule of documents.
    """
    known = {key: value for key, value in given.items() if value is not None}
    title = known.pop("title", None) or find_title(text) or otherwise or find_first_sentence(text)
    title = title or "Untitled"
    return Document(id=_id_for(title, text), title=title, text=text, **known)


def _id_for(title: str, text: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST_SLUG:
        cut = slug[: _LONGEST_SLUG + 1].rpartition("-")[0]  # at the end of a word, if possible
        slug = cut if len(cut) > _LONGEST_SLUG // 2 else slug[:_LONGEST_SLUG]
    return f"{slug or 'document'}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
