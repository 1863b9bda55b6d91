"""The columns of a table that hold the keys of records, so that faults use the file's names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from argmap.formats import table_syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    KeyNames = Mapping[str, str]
    """The file's names for the keys of records, as in `Located.key_names`."""

_SOURCE: Final = {"id": "source", "name": "source_name", "kind": "source_kind"}


def table_key_names(
    header: Sequence[str], columns: Sequence[str | None]
) -> Callable[[Mapping[str, Any] | None], KeyNames]:
    """Return a function that takes a record (None for a whole row) and returns its columns by key.

    Args:
        header: The names of the columns, as written.
        columns: argmap's name of each column that is read.
    """
    theirs = {own: name.strip() for own, name in zip(columns, header, strict=False) if own}

    @cache
    def names(kind: str, which: str) -> KeyNames:
        found = _columns_of(kind, which)
        return {key: theirs.get(column, column) for key, column in found.items()}

    def written(record: Mapping[str, Any] | None) -> KeyNames:
        if record is None:
            return names("statement", "")
        which = record.get("stance") or record.get("criterion") or ""
        return names(str(record["type"]), str(which))

    return written


def _columns_of(kind: str, which: str) -> dict[str, str]:
    """Return the column of each key of a *kind* of record; *which* is its stance or criterion."""
    if kind == "source":
        return _SOURCE
    if kind == "inference":
        found = dict.fromkeys(("conclusion", "stance"), which)
        return found | {"id": f"{which}_id", "document": "document", "premises[0]": "id"}
    if kind == "rating":
        found = dict.fromkeys(("answer", "criterion", "id"), which)
        versions = dict.fromkeys(("version", "rubric"), table_syntax.VERSION)
        return found | versions | {"statement": "id", "assessor": table_syntax.ASSESSOR}
    found = {name: name for name in table_syntax.columns()}
    found |= {f"attribution.{key}": column for column, key in table_syntax.VOICES.items()}
    found |= {
        f"ratings.{criterion}": criterion for criterion in table_syntax.default_rubric().criteria
    }
    return found | dict.fromkeys(
        ("attribution", "attribution.chain", "attribution.source"), "source"
    )
