"""A minimal reader for the tables of a Markdown file."""

from __future__ import annotations

import re


def tables_in(text: str) -> list[list[list[str]]]:
    """Return the cells of each table in *text*: its rows, the header first."""
    blocks = re.findall(r"(?m)^(\|.*\|)\n(\|[-:|]+\|)\n((?:\|.*\|\n)*)", text)
    return [[cells_of(row) for row in (head, *rows.splitlines())] for head, _, rows in blocks]


def cells_of(row: str) -> list[str]:
    """Return the cells of one row; a pipe after a backslash is a part of its cell."""
    return [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", row)[1:-1]]


def claims_in(text: str) -> list[dict[str, str]]:
    """Return the rows of the first table, the claims, by the titles of its columns."""
    head, *rows = tables_in(text)[0]
    return [dict(zip(head, row, strict=True)) for row in rows]


def part_of(text: str, title: str) -> str:
    """Return the part called *title*; empty if there is none."""
    found = re.search(rf"(?ms)^## {re.escape(title)}$\n+(.*?)(?=^## |\Z)", text)
    return found[1] if found else ""
