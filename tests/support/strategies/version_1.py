"""A database with version 1 of the schema, for tests of migration and refusal."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

import store
from argmap.exports.jsonl import FORMAT as JSONL
from argmap.exports.markdown.format import FORMAT as MARKDOWN
from store.queries import load_everything
from support.oracles.databases import rows

GOLDEN: Final = Path(__file__).parents[2] / "golden"


def write_version_1(path: Path) -> Path:
    """Write the file to *path* and return the path."""
    path.write_bytes(gzip.decompress((GOLDEN / "version-1.db.gz").read_bytes()))
    return path


def schema(path: Path) -> list[tuple[object, ...]]:
    return rows(path, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def folder_of(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.parent.iterdir() if found.is_file()}


def exported(opened: store.Store) -> str:
    return "".join(JSONL.write(load_everything(opened)))


def as_markdown(opened: store.Store) -> str:
    bundles = (store.load_bundle(opened, [id_]) for id_ in store.document_ids(opened))
    return "".join(piece for bundle in bundles for piece in MARKDOWN.write(bundle))


def golden(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode()


def is_sound(opened: store.Store) -> bool:
    return not [each for each in store.examine(opened) if not each.is_warning]
