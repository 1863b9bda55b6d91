"""Check one line of JSON and return its record, or all its faults."""

from __future__ import annotations

import json
import re
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, TypeGuard, get_args, get_origin

import msgspec
from msgspec import UNSET, Struct

from argmap.model.faults import LARGEST, Fault

from .schema import RECORD_TYPES, Record, RubricRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from msgspec.structs import FieldInfo

LONGEST_LINE: Final = 16 * 2**20
"""The greatest length of a line, in bytes."""

_DECODER: Final = msgspec.json.Decoder(Record)
_ENCODER: Final = msgspec.json.Encoder()
_DOUBTFUL: Final = (b"\\u003", b"\\u0000")
"""Escapes of a colon, among others, and of a character that no text may have."""
_PLACE = re.compile(r"(?:key in )?\$(?P<path>.*)`", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_FILLED_IN: Final = frozenset({"label", "rubric", "version", "assessor"})
_KINDS = {
    "str": "a string",
    "int": "an integer",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def record_from_line(raw: bytes) -> Record | list[Fault]:
    """Return the record in *raw*, one line of JSON, or its faults, at least one."""
    if len(raw) > LONGEST_LINE:
        return [Fault("", "the line is longer than 16 MiB", "form")]
    try:
        record: Record = _DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _gather_faults(raw) or [_fault_from_error(error)]
    # msgspec keeps the last of repeated keys silently. Counting colons is the cheapest test.
    if raw.count(b":") != _ENCODER.encode(record).count(b":") or b"\\u00" in raw:
        return _check_line(raw, record)
    return record


def records_from_lines(content: bytes) -> list[Record] | None:
    """Return the records in *content*, lines of JSON, decoded together for speed.

    Blank lines have no record.

    Returns:
        None if some line needs the closer check of `record_from_line`.
    """
    if len(content) > LONGEST_LINE or _is_doubtful(content):
        return None
    try:
        records: list[Record] = _DECODER.decode_lines(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    # Rubrics are left out: their default values add colons, which would hide a repeated key.
    is_sound = content.count(b":") == _ENCODER.encode_lines(records).count(b":")
    return records if is_sound and RubricRecord not in set(map(type, records)) else None


def record_from_object(content: dict[str, Any]) -> Record | list[Fault]:
    """Return the record with *content*, or its faults, at least one."""
    try:
        record: Record = msgspec.convert(content, Record)
    except msgspec.ValidationError as error:
        return [*_value_faults(content), *_shape_faults(content)] or [_fault_from_error(error)]
    return list(_value_faults(content)) or record


def given_keys(record: Struct) -> dict[str, Any]:
    """Return the keys that *record* gives, by attribute name, with their values.

    Null for a key that argmap fills in itself is the same as leaving it out.
    """
    names, values = _attribute_reader(type(record))
    return {
        key: value
        for key, value in zip(names, values(record), strict=True)
        if value is not UNSET and not (value is None and key in _FILLED_IN)
    }


@cache
def _attribute_reader(
    kind: type[Struct],
) -> tuple[tuple[str, ...], Callable[[Struct], Iterable[Any]]]:
    """Return the attribute names of *kind*, and a function that reads all of them in one call."""
    return kind.__struct_fields__, attrgetter(*kind.__struct_fields__)


def _check_line(raw: bytes, record: Record) -> Record | list[Fault]:
    """Return *record*, or the faults of its line that decoding does not show.

    A record that is encoded again has as many colons as its line, unless the line repeated a
    key, escaped a colon, or left out keys that have a default.
    """
    is_sound = (
        raw.count(b":") == _ENCODER.encode(record).count(b":")
        and not _is_doubtful(raw)
        and not isinstance(record, RubricRecord)
    )
    return record if is_sound else _gather_faults(raw) or record


def _is_doubtful(content: bytes) -> bool:
    """Return whether an escape in *content* needs a closer check; most have no backslash."""
    return b"\\" in content and any(mark in content for mark in _DOUBTFUL)


class _Repeated(dict[str, Any]):
    """An object that has one of its keys twice."""

    key = ""


def _object_from_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) == len(pairs):
        return content
    repeated = _Repeated(content)
    seen: set[str] = set()
    repeated.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add returns None
    return repeated


def _refuse_constant(name: str) -> float:
    message = f"{name} is not a JSON number"
    raise ValueError(message)


def _parse_integer(digits: str) -> int:
    # Python refuses to read thousands of digits; beyond 17 the value is too large anyway.
    return int(digits) if len(digits) < 18 else LARGEST * (-2 if digits[0] == "-" else 2)  # noqa: PLR2004  (all of 17 digits fit)


def _gather_faults(raw: bytes) -> list[Fault]:
    """Gather every fault of the line, slowly; an empty list if the line is sound after all."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return [_form_fault(f"is not UTF-8: byte {error.start + 1} is {raw[error.start]:#04x}")]
    try:
        content = json.loads(
            text,
            object_pairs_hook=_object_from_pairs,
            parse_constant=_refuse_constant,
            parse_int=_parse_integer,
        )
    except json.JSONDecodeError as error:
        complaint = _lower_first(error.msg.removesuffix(" at"))
        return [_form_fault(f"is not JSON: {complaint} at character {error.pos + 1}")]
    except ValueError as error:
        return [_form_fault(f"is not JSON: {error}")]
    except RecursionError:
        return [Fault("", "is nested too deeply", "form")]
    if not isinstance(content, dict):
        return [_form_fault(f"is not a JSON object but {_json_kind(content)}")]
    try:
        return [*_value_faults(content), *_shape_faults(content)]
    except RecursionError:
        return [Fault("", "is nested too deeply", "form")]


def _value_faults(content: object, path: str = "") -> Iterator[Fault]:
    """Yield the faults of any value that no key may have."""
    if isinstance(content, dict):
        if isinstance(content, _Repeated):
            yield Fault(_join_path(path, content.key), "the key is given twice", "key")
        for key, value in content.items():
            yield from (Fault(f.path, f"the key {f.reason}") for f in _value_faults(key, path))
            yield from _value_faults(value, _join_path(path, key))
    elif isinstance(content, list):
        for n, value in enumerate(content):
            yield from _value_faults(value, f"{path}[{n}]")
    elif isinstance(content, str):
        if "\0" in content:
            yield Fault(path, "has the character U+0000")
        if _SURROGATE.search(content):
            yield Fault(path, "has a lone surrogate (half a character)")
    elif isinstance(content, int) and abs(content) > LARGEST:
        yield Fault(path, "is an integer beyond 2^53")


def _shape_faults(content: dict[str, Any]) -> Iterator[Fault]:
    """Yield each key that its type of record lacks, or whose value has the wrong form."""
    name = content.get("type")
    kind = RECORD_TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        types = ", ".join(RECORD_TYPES)
        lead = f"{name!r} is not one" if "type" in content else "is missing: one"
        yield Fault("type", f"{lead} of {types}", "missing" if name is None else "value")
        return
    own = {key: value for key, value in content.items() if key != "type"}
    yield from _struct_faults(own, kind, "", f"is not a key of {name} records")


def _struct_faults(
    content: dict[str, Any], kind: type[Struct], path: str, stranger: str
) -> Iterator[Fault]:
    """Yield each key that is missing, is not in *kind*, or has a value of the wrong form."""
    fields = _fields_of(kind)
    for key, value in content.items():
        place = _join_path(path, key)
        if key not in fields:
            yield Fault(place, stranger, "key")
            continue
        try:
            msgspec.convert(value, fields[key].type)
        except msgspec.ValidationError as error:
            if str(LARGEST) not in str(error):  # reported already, as for any value
                yield from _gather_value_faults(error, value, fields[key].type, place)
        except UnicodeEncodeError:  # a lone surrogate, reported already
            continue
    yield from (
        Fault(_join_path(path, f), "is missing", "missing")
        for f in fields
        if fields[f].required and f not in content
    )


@cache
def _fields_of(kind: type[Struct]) -> dict[str, FieldInfo]:
    return {f.encode_name: f for f in msgspec.structs.fields(kind)}


def _gather_value_faults(
    error: msgspec.ValidationError, value: object, expected: object, path: str
) -> Iterator[Fault]:
    """Yield the faults of *value*: all of them if it holds structs, else the first."""
    expected = _select_union_member(value, expected)
    if isinstance(value, dict) and _is_struct(expected):
        yield from _struct_faults(value, expected, path, "is not a key here")
        return
    if isinstance(value, dict) and get_origin(expected) is dict:
        found = list(_entry_faults(value, get_args(expected)[1], path))
        yield from found or [_fault_from_error(error, path, expected)]
        return
    (inner,) = get_args(expected) if get_origin(expected) is list else (None,)
    if not isinstance(value, list) or not _is_struct(inner):
        yield _fault_from_error(error, path, expected)
        return
    for n, item in enumerate(value):
        try:
            msgspec.convert(item, inner)
        except msgspec.ValidationError as error_:
            if str(LARGEST) not in str(error_):
                yield from _gather_value_faults(error_, item, inner, f"{path}[{n}]")


def _entry_faults(content: dict[str, Any], kind: object, path: str) -> Iterator[Fault]:
    """Yield each entry of *content*, whose keys are free, that has a value of the wrong form."""
    for key, value in content.items():
        place = _join_path(path, key)
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            if str(LARGEST) not in str(error):
                yield from _gather_value_faults(error, value, kind, place)
        except UnicodeEncodeError:  # as in `_struct_faults`
            continue


def _select_union_member(value: object, expected: object) -> object:
    """Return the member of the union *expected* that fits *value* best, else *expected*."""
    for part in get_args(expected) if isinstance(expected, UnionType) else ():
        if isinstance(value, dict) and get_origin(part) is dict:
            return part
        if isinstance(value, list) and get_origin(part) is list and _is_struct(get_args(part)[0]):
            return part
        if isinstance(value, dict) and _is_struct(part):
            return part
    return expected


def _is_struct(kind: object) -> TypeGuard[type[Struct]]:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _fault_from_error(error: Exception, key: str = "", expected: object = None) -> Fault:
    """Return msgspec's error as a fault in argmap's words."""
    if isinstance(error, RecursionError):
        return Fault("", "is nested too deeply", "form")
    what, _, place = str(error).rpartition(" - at `")
    match = _PLACE.fullmatch(place)
    what, inner = (what, match["path"]) if match else (str(error), "")
    path = f"{key}{inner}".lstrip(".").replace("[...]", "")
    if enum := re.fullmatch(r"Invalid enum value (.*)", what, re.DOTALL):
        words = ", ".join(map(str, _vocabulary_words(expected))) or "the allowed words"
        return Fault(path, f"{enum[1]} is not one of {words}")
    if extra := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        return Fault(_join_path(path, extra[1]), "is not a key here", "key")
    if lack := re.fullmatch(r"Object missing required field `(.*)`", what, re.DOTALL):
        return Fault(_join_path(path, lack[1]), "is missing", "missing")
    if wrong := re.fullmatch(r"Expected `(.*?)`, got `(.*?)`", what):
        kinds = [_KINDS.get(k, k) for k in wrong[1].split(" | ")]
        return Fault(path, f"must be {' or '.join(kinds)}, not {_KINDS.get(wrong[2], wrong[2])}")
    if size := re.fullmatch(r"Expected `str` of length (..) (\d+)", what):
        return Fault(path, "is empty" if size[1] == ">=" else f"has more than {size[2]} characters")
    if least := re.fullmatch(r"Expected `int` >= (\d+)", what):
        return Fault(path, f"must be a whole number from {least[1]}")
    return Fault(path, _lower_first(what))


def _vocabulary_words(expected: object) -> Iterator[object]:
    """Yield the words of every vocabulary in the type *expected*."""
    for part in get_args(expected):
        if isinstance(part, str):
            yield part
        elif get_origin(part) is not list:
            yield from _vocabulary_words(part)


def _form_fault(reason: str) -> Fault:
    return Fault("", reason, "form")


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _join_path(path: str, key: str) -> str:
    """Return the path of *key* inside *path*; a lone surrogate becomes its escape."""
    shown = key.encode("utf-8", "backslashreplace").decode()
    return f"{path}.{shown}" if path else shown


def _json_kind(value: object) -> str:
    names: dict[type, str] = {list: "array", str: "str", bool: "bool", int: "int", float: "float"}
    return _KINDS[names.get(type(value), "null")]
