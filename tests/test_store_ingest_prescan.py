"""The first pass over the input finds all its labels, in any notation."""

from __future__ import annotations

import io

import pytest

from argmap.formats.registry import format_named, import_formats, mapped_formats
from store.ingest.inputs import ImportFile
from store.ingest.prescan import Scan, scan_files

TABLE = "document,kind,text,Nr\ntoll,claim,It pays.,C7\n"


def scan(content: bytes, **columns: str) -> Scan:
    formats = mapped_formats(columns) if columns else import_formats()
    name = "csv" if columns else "jsonl"
    file = ImportFile("file", format_named(name, formats), io.BytesIO(content))
    return scan_files([file], "amy", is_loose=False)


@pytest.mark.parametrize("key", ["label", "l\\u0061bel", "labe\\u006c"])
def test_a_label_is_found_if_its_key_is_escaped(key: str) -> None:
    line = f'{{"type": "statement", "document": "toll", "kind": "claim", "{key}": "C7"}}'
    assert scan(line.encode()).labels[("toll", "C")] == 7


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_label_of_a_table_is_found_if_its_column_has_another_name(encoding: str) -> None:
    assert scan(TABLE.encode(encoding), Nr="label").labels[("toll", "C")] == 7


def test_a_table_with_columns_named_otherwise_is_another_import() -> None:
    content = TABLE.encode()
    assert scan(content, Nr="label").digest == scan(content, Nr="label").digest
    assert scan(content, Nr="label").digest != scan(content, Nr="note").digest
