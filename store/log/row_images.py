"""Convert rows to images of the log and back, in SQL and by set.

An image is the text that `record_from_entity` and `json_text` make, with `_batch` and
`_shorthand`. SQLite writes a hundred thousand images in half a second; making them from
entities takes ten times as long.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from argmap.records.encode import escape_hidden
from store.rows.tables import ORDER, TABLES
from store.rows.writing import all_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.database.store import Store

_RUN: Final = "operation = :seq AND position BETWEEN :first AND :last"


def _value(key: str, column: str | None = None) -> str:
    """Return SQL for a key and its value; it yields '' where the value is NULL."""
    return f"coalesce(',\"{key}\":' || nullif(json_quote({column or key}), 'null'), '')"


def _values(*keys: str) -> tuple[str, ...]:
    return tuple(_value(key) for key in keys)


def _flag(key: str) -> str:
    """Return SQL for a key that is true, false or absent."""
    return f"CASE {key} WHEN 0 THEN ',\"{key}\":false' WHEN 1 THEN ',\"{key}\":true' ELSE '' END"


def _list(key: str, column: str, rows: str) -> str:
    """Return SQL for a list of *column* in the child table *rows*, '' if empty."""
    # SQLite reads each of these tables by its primary key, so the list is in order.
    listed = f"(SELECT json_group_array({column}) FROM {rows})"
    return f"coalesce(',\"{key}\":' || nullif({listed}, '[]'), '')"


def _links(relation: str) -> str:
    return _list(relation, "other", f"source_link WHERE source = id AND relation = '{relation}'")


_PASSAGES: Final = (
    "(SELECT CASE count(*) WHEN 0 THEN ''"
    " WHEN 1 THEN ',\"quote\":' || json_quote(words) || ',\"start\":' || start"
    ' || \',"end":\' || "end"'
    " ELSE ',\"quote\":' || json_group_array(words) || ',\"start\":' || json_group_array(start)"
    ' || \',"end":\' || json_group_array("end") END FROM passage WHERE statement = id)'
)

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "document": _values(
        "id", "title", "text", "author", "publisher", "published", "url", "language"
    ),
    "source": (
        *_values("id", "name", "kind", "url", "description", "interest"),
        _links("derives_from"),
        _links("same_origin"),
    ),
    "statement": (
        *_values("id", "document", "kind", "text", "label"),
        _PASSAGES,
        _value("nature"),
        "iif(main, ',\"main\":true', '')",
        _value("main_item"),
        _flag("stated"),
        _value("note"),
        "iif(tags = '[]', '', ',\"tags\":' || json(tags))",
        _value("order", ORDER),
    ),
    "inference": (
        _value("id"),
        _value("document"),
        _list("premises", "statement", "premise WHERE inference = id"),
        _value("conclusion", "coalesce(conclusion_statement, conclusion_inference)"),
        *_values("stance", "label", "scheme", "note"),
        _value("order", ORDER),
    ),
    "attribution": (
        *_values("id", "statement", "class"),
        _list("chain", "source", "attribution_source WHERE attribution = id"),
        *_values("cue", "cue_start", "access", "text_certainty", "source_certainty"),
        *_values("locator", "accessed", "note"),
    ),
    "rating": (
        *_values("id", "rubric", "version", "criterion", "assessor"),
        _value("answer", "coalesce(level, state)"),
        *_values("statement", "source", "document", "because", "at"),
    ),
    "reliability": _values(
        "id", "source", "assessor", "letter", "topic", "checked", "valid", "because", "at"
    ),
    "credibility": (
        *_values("id", "statement", "assessor", "number", "logical", "consistency"),
        _flag("conflict"),
        _value("because"),
        _value("at"),
    ),
}
"""SQL for the keys of a record of each type, in the order of the keys."""


def image_sql(type_: str) -> str:
    """Return SQL for the image of a row of *type_*, whose columns are in scope.

    It yields the text that Python writes, except that hidden characters are not escaped.
    """
    mark = ["iif(shorthand, ',\"_shorthand\":true', '')"] if TABLES[type_].shorthand else []
    parts = [*_KEYS[type_], "coalesce(',\"_batch\":' || batch, '')", *mark, "'}'"]
    return f'\'{{"type":"{type_}"\' || ' + " || ".join(parts)


def _at(key: str) -> str:
    return f"json_extract({{side}}, '$.{key}')"


_IS_INFERENCE: Final = (
    "(EXISTS (SELECT 1 FROM inference AS i WHERE i.id = {0}) OR EXISTS (SELECT 1 FROM change AS c"
    " WHERE c.id = {0} AND c.operation = :seq AND c.type = 'inference'))"
).format(_at("conclusion"))
"""SQL for whether the conclusion is an inference, even one that is added later."""

_COLUMNS: Final = {
    "main": f"coalesce({_at('main')}, 0)",
    "tags": "'[]'",  # `_write_tags` writes them in the spelling that imports compare
    "shorthand": f"coalesce({_at('_shorthand')}, 0)",
    "batch": _at("_batch"),
    "level": f"iif(json_type({{side}}, '$.answer') = 'integer', {_at('answer')}, NULL)",
    "state": f"iif(json_type({{side}}, '$.answer') = 'text', {_at('answer')}, NULL)",
    "conclusion_statement": f"iif({_IS_INFERENCE}, NULL, {_at('conclusion')})",
    "conclusion_inference": f"iif({_IS_INFERENCE}, {_at('conclusion')}, NULL)",
    ORDER: _at("order"),
}
"""SQL for the columns that are not simply the key of the same name."""

_CHILDREN: Final = {
    "source": tuple(
        "INSERT INTO source_link (source, relation, other) SELECT change.id,"
        f" '{relation}', value FROM change, json_each({{side}}, '$.{relation}') WHERE {_RUN}"
        for relation in ("derives_from", "same_origin")
    ),
    "statement": (
        (
            'INSERT INTO passage (statement, position, start, "end", words) SELECT id, 0,'
            f" {_at('start')}, {_at('end')}, {_at('quote')} FROM change WHERE {_RUN}"
            " AND json_type({side}, '$.quote') = 'text'"
        ),
        (
            'INSERT INTO passage (statement, position, start, "end", words) SELECT change.id, key,'
            " json_extract({side}, '$.start[' || key || ']'),"
            " json_extract({side}, '$.end[' || key || ']'), value"
            f" FROM change, json_each({{side}}, '$.quote') WHERE {_RUN}"
            " AND json_type({side}, '$.quote') = 'array'"
        ),
    ),
    "inference": (
        (
            "INSERT INTO premise (inference, statement) SELECT change.id, value"
            f" FROM change, json_each({{side}}, '$.premises') WHERE {_RUN}"
        ),
    ),
    "attribution": (
        (
            "INSERT INTO attribution_source (attribution, position, source) SELECT change.id, key,"
            f" value FROM change, json_each({{side}}, '$.chain') WHERE {_RUN}"
        ),
    ),
}
"""The statements that fill the child tables of a type."""


def insert_from_images(store: Store, type_: str, side: str, run: dict[str, int]) -> None:
    """Insert the rows that the images of one *run* of the log describe.

    Args:
        store: Open to write.
        type_: The type of all images of the run. Not `document`, whose rows have a hash.
        side: Which image of each line to use: `before` or `after`.
        run: The operation `seq`, and the `first` and `last` position.
    """
    columns = all_columns(TABLES[type_])
    values = ", ".join(_COLUMNS.get(column, _at(column)) for column in columns)
    rows = (
        f"INSERT INTO {type_} ({', '.join(columns)}) SELECT {values} FROM change"
        f" WHERE {_RUN} ORDER BY position"
    )
    for sql in (rows, *_CHILDREN.get(type_, ())):
        store.connection.execute(sql.replace("{side}", f"change.{side}"), run)
    if type_ == "statement":
        _write_tags(store, side, run)


def _write_tags(store: Store, side: str, run: dict[str, int]) -> None:
    query = (
        "SELECT json_extract({side}, '$.tags'), id FROM change"
        f" WHERE {_RUN} AND json_type({{side}}, '$.tags') = 'array'"
    )
    tagged = store.connection.execute(query.replace("{side}", side), run).fetchall()
    rows = [(json.dumps(json.loads(tags), ensure_ascii=False), id_) for tags, id_ in tagged]
    store.connection.executemany("UPDATE statement SET tags = ? WHERE id = ?", rows)


def log_rows(store: Store, type_: str, side: str, run: Mapping[str, int | str], where: str) -> int:
    """Write the images of rows of *type_* into the log; return their number.

    Args:
        store: Open to write.
        type_: The table.
        side: Which image of the lines to write: `before` or `after`.
        run: The operation `seq`, the `first` position, and the values for *where*.
        where: An SQL condition on the rows, which are logged in the order of `pk`.
    """
    image = image_sql(type_)
    images = f"{image}, NULL" if side == "before" else f"NULL, {image}"
    sql = (
        "INSERT INTO change (operation, position, type, id, before, after)"
        f" SELECT :seq, :first - 1 + row_number() OVER (ORDER BY pk), '{type_}', id, {images}"
        f" FROM {type_} WHERE {where}"
    )
    count = store.connection.execute(sql, run).rowcount
    first = int(run["first"])
    place = {"seq": int(run["seq"]), "first": first, "last": first + count - 1}
    _escape_hidden(store, side, place)
    return count


def _escape_hidden(store: Store, side: str, run: dict[str, int]) -> None:
    """Escape control and bidirectional characters, because people read the log."""
    # Most images are plain ASCII, and SQLite finds the others faster than Python.
    query = (
        f"SELECT position FROM change WHERE {_RUN}"
        f" AND (length({side}) < length(CAST({side} AS BLOB)) OR instr({side}, char(127)))"
    )
    one = "operation = ? AND position = ?"
    for (position,) in store.connection.execute(query, run).fetchall():
        place = (run["seq"], position)
        query = f"SELECT {side} FROM change WHERE {one}"
        (text,) = store.connection.execute(query, place).fetchone()
        escaped = escape_hidden(text)
        if escaped != text:
            sql = f"UPDATE change SET {side} = ? WHERE {one}"
            store.connection.execute(sql, (escaped, *place))
