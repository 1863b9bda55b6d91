"""Every kind of fault in a record, planted at known lines of a sound file."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from support.drivers.desk import RUBRIC, without

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT: Final = "The toll pays. Reports say it fell. It stays. It stays."
"""The text of every document; the last sentence occurs twice."""


@frozen
class Line:
    """One line of a file; for a record to be rejected, with the path and kind of its fault."""

    raw: bytes
    path: str | None = None
    """The path of the fault; None if the record is sound."""
    kind: str = ""


@frozen
class Expected:
    """One rejected record, as the import report should list it."""

    line: int
    path: str
    kind: str
    raw: bytes


def sound(record: dict[str, Any]) -> Line:
    return Line(json.dumps(record).encode())


def bad(path: str, kind: str, record: dict[str, Any] | bytes) -> Line:
    return Line(record if isinstance(record, bytes) else json.dumps(record).encode(), path, kind)


def statement(id_: str = "@x", **keys: object) -> dict[str, Any]:
    return {"type": "statement", "id": id_, "document": "@", "kind": "claim", "text": "x"} | keys


def inference(id_: str = "@i", **keys: object) -> dict[str, Any]:
    step = {"premises": ["@e"], "conclusion": "@c", "stance": "supports"}
    return {"type": "inference", "id": id_, "document": "@"} | step | keys


def said(**keys: object) -> dict[str, Any]:
    return {"type": "attribution", "id": "@at", "statement": "@e", "class": "named_person",
            "chain": ["@s"]} | keys  # fmt: skip


def rating(**keys: object) -> dict[str, Any]:
    return {"type": "rating", "statement": "@c", "criterion": "directness", "answer": 1} | keys


def source(id_: str = "@s2", **keys: object) -> dict[str, Any]:
    return {"type": "source", "id": id_, "name": "Bell", "kind": "person"} | keys


def document(id_: str = "@d", **keys: object) -> dict[str, Any]:
    return {"type": "document", "id": id_, "title": "Another", "text": TEXT} | keys


def letter(**keys: object) -> dict[str, Any]:
    return {"type": "reliability", "source": "@s", "letter": "B"} | keys


def number(**keys: object) -> dict[str, Any]:
    return {"type": "credibility", "statement": "@e", "number": 2} | keys


GROUND: Final = (
    sound({"type": "document", "id": "@", "title": "The toll", "text": TEXT}),
    sound({"type": "source", "id": "@s", "name": "Ames", "kind": "person"}),
    sound(statement("@c", quote="The toll pays.", main=True, label="C1")),
    sound(statement("@e", kind="evidence", quote="it fell", supports="@c")),
)
"""The records around each plant: a separate document, with `@` for its id."""

SPOILT: Final = bad("text", "value", statement("@bad", text=5))
"""A claim that is rejected, for others to refer to."""

PLANTS: Final[dict[str, Sequence[Line]]] = {
    "no JSON": [bad("", "form", b"nonsense")],
    "cut": [bad("", "form", json.dumps(statement()).encode()[:-9])],
    "no object": [bad("", "form", b'["@"]')],
    "no UTF-8": [bad("", "form", b'{"type": "source", "id": "@\xff"}')],
    "half a character in bytes": [bad("", "form", b'{"type": "source", "id": "@\xed\xa0\x80"}')],
    "a bare NUL": [bad("", "form", b'{"type": "source", \0"id": "@x"}')],
    "too deep": [bad("", "form", b'{"type": ' + b"[" * 10_000 + b"]" * 10_000 + b"}")],
    "no number": [bad("", "form", b'{"type": "statement", "start": NaN}')],
    "no type": [bad("type", "missing", without(statement(), "type"))],
    "another type": [bad("type", "value", statement(type="opinion"))],
    "a key that is not listed": [bad("colour", "key", statement(colour="red"))],
    "a key twice": [bad("note", "key", b'{"note": "a", "note": "a", '
                        + json.dumps(statement()).encode()[1:])],
    "a key twice inside": [bad("attribution.cue", "key",
                               b'{"attribution": {"class": "common_knowledge", "cue": "a", "cue": "b"}, '
                               + json.dumps(statement()).encode()[1:])],
    "a wrong type": [bad("text", "value", statement(text=["x"]))],
    "a wrong type inside": [bad("tags[1]", "value", statement(tags=["a", 1]))],
    "U+0000": [bad("text", "value", statement(text="a\0b"))],
    "half a character": [bad("note", "value", statement(note="a\ud800"))],
    "an integer over 2^53": [bad("start", "value", statement(start=2**53 + 1, end=5))],
    "a number of 400 digits": [bad("end", "value", statement(start=0, end=10**400))],
    "a number that overflows": [bad("start", "value", b'{"start": 1e999, '
                                    + json.dumps(statement()).encode()[1:])],
    "a control character in an id": [bad("id", "value", statement("@\x1b"))],
    "an id not in form C": [bad("id", "value", statement("@e\u0301")), sound(statement("@\u00e9"))],
    "a long id": [bad("id", "value", statement("@" + "x" * 200))],
    "an empty id": [bad("id", "value", statement(""))],
    "no id": [bad("id", "missing", without(document(), "id"))],
    "an id twice": [sound(statement()), bad("id", "id", statement(text="y"))],
    "an id of another type": [sound(statement()), bad("id", "id", source("@x"))],
    "the same twice": [sound(statement()), sound(statement())],
    "no kind": [bad("kind", "missing", without(statement(), "kind"))],
    "no words": [bad("text", "missing", without(statement(), "text"))],
    "white space": [bad("text", "value", statement(text=" "))],
    "no such kind": [bad("kind", "value", statement(kind="view"))],
    "no such nature": [bad("nature", "value", statement(nature="legal"))],
    "the nature of evidence": [bad("nature", "value", statement(kind="evidence", nature="causal"))],
    "a quote that is not there": [bad("quote", "quote", statement(quote="The bus pays."))],
    "a quote that stands twice": [bad("quote", "quote", statement(quote="It stays."))],
    "lists that are not parallel": [bad("quote", "quote", statement(quote=["toll", "pays"],
                                                                    start=[4]))],
    "other words there": [bad("quote", "quote", statement(quote="toll", start=3, end=7))],
    "an end past the text": [bad("end", "quote", statement(start=0, end=999))],
    "a start without an end": [bad("end", "quote", statement(start=3))],
    "a second main claim": [
        sound(document()), sound(statement("@y", document="@d", main=True)),
        bad("main", "main", statement(document="@d", main=True))],
    "a label that is taken": [sound(statement("@y", label="Z")), bad("label", "label",
                                                                   statement(label="Z"))],
    "no such document": [bad("document", "reference", statement(document="@none"))],
    "supports nothing": [bad("supports", "reference", statement(supports="@none"))],
    "opposes nothing": [bad("opposes[1]", "reference", statement(opposes=["@c", "@none"]))],
    "supports a source": [bad("supports", "reference", statement(supports="@s"))],
    "leans on nothing": [bad("main_item", "reference", statement(main_item="@none"))],
    "leans on a claim": [bad("main_item", "reference", statement(main_item="@c"))],
    "rejected in turn": [
        bad("supports", "reference", statement("@far", kind="evidence", supports="@near")),
        bad("supports", "reference", statement("@near", kind="evidence", supports="@bad")),
        SPOILT,
        bad("statement", "reference", said(statement="@far")),
        bad("statement", "reference", rating(statement="@bad")),
        bad("conclusion", "reference", inference("@u", conclusion="@j")),
        bad("premises[0]", "reference", inference("@j", premises=["@near"])),
        bad("statement", "reference", number(statement="@near")),
    ],
    "a rejected document": [
        bad("published", "value", document(published="2023-02-30")),
        bad("document", "reference", statement(document="@d", quote="It fell")),
        bad("document", "reference", statement("@z", document="@d")),
    ],
    "a rejected source": [
        bad("kind", "value", source(kind="voice")),
        bad("chain[1]", "reference", said(chain=["@s", "@s2"])),
        bad("source", "reference", letter(source="@s2")),
        bad("derives_from[0]", "reference", source("@s3", derives_from=["@s2"])),
        bad("same_origin[0]", "reference", source("@s4", same_origin=["@s3"])),
    ],
    "a circle around a rejected statement": [
        bad("supports", "reference", statement("@1", supports="@2")),
        bad("supports", "reference", statement("@2", supports="@3")),
        bad("supports[1]", "reference", statement("@3", supports=["@1", "@bad"])),
        SPOILT,
    ],
    "a sound circle": [sound(statement("@1", supports="@2")), sound(statement("@2", supports="@1"))],
    "no such premise": [bad("premises[0]", "reference", inference(premises=["@none"]))],
    "no premise": [bad("premises", "value", inference(premises=[]))],
    "a premise twice": [bad("premises[1]", "value", inference(premises=["@e", "@e"]))],
    "its own conclusion": [bad("conclusion", "value", inference(premises=["@c"]))],
    "both stances": [sound(inference("@i", premises=["@y"])), sound(statement("@y")),
                     bad("stance", "stance", inference("@j", premises=["@y"], stance="opposes"))],
    "a conclusion elsewhere": [sound(document()), sound(statement("@y", document="@d")),
                               bad("conclusion", "reference", inference(conclusion="@y"))],
    "no such source": [bad("chain[0]", "reference", said(chain=["@none"]))],
    "nobody where somebody must be": [bad("chain", "value", said(chain=[]))],
    "no such class": [bad("class", "value", said(**{"class": "gossip"}))],
    "other words at the cue": [bad("cue_start", "value", said(cue="say", cue_start=0))],
    "a shorthand of no class": [bad("attribution.class", "value",
                                    statement(attribution={"class": "gossip"}))],
    "a shorthand of no source": [bad("attribution.source", "reference", statement(
        attribution={"class": "named_person", "source": "@none"}))],
    "a shorthand of no criterion": [bad("ratings.charm", "value", statement(ratings={"charm": 1}))],
    "no such criterion": [bad("criterion", "value", rating(criterion="charm"))],
    "no such level": [bad("answer", "value", rating(answer=9))],
    "another answer": [sound(rating(id="@r")), bad("criterion", "id", rating(id="@r2", answer=2))],
    "another answer without an id": [sound(rating()), bad("id", "id", rating(answer=2))],
    "a letter that judges nothing": [bad("letter", "missing", without(letter(), "letter"))],
    "a number that judges nothing": [bad("number", "missing", without(number(), "number"))],
    "a source of its own": [bad("derives_from[0]", "value", source(derives_from=["@s2"]))],
    "a twin of its own": [bad("same_origin[1]", "value", source(same_origin=["@s", "@s2"]))],
    "two targets": [bad("statement", "value", rating(source="@s"))],
    "no target": [bad("statement", "value", without(rating(), "statement"))],
    "not what the rubric is for": [bad("statement", "reference", rating(statement="@e"))],
    "no such rubric": [bad("rubric", "reference", rating(rubric="@none"))],
    "a time without a zone": [bad("at", "value", rating(at="2024-03-02T10:15:00"))],
    "no such letter": [bad("letter", "value", letter(letter="G"))],
    "an A without a reason": [bad("because", "missing", letter(letter="A"))],
    "an E about a person without a reason": [bad("because", "missing", letter(letter="E"))],
    "more valid than checked": [bad("valid", "value", letter(checked=1, valid=2))],
    "no such number": [bad("number", "value", number(number=7))],
    "no day": [bad("published", "value", document(published="2023-13"))],
    "an empty text": [bad("text", "value", document(text=""))],
    "a rubric of other content": [sound(RUBRIC | {"id": "@r"}), bad(
        "id", "id", RUBRIC | {"id": "@r", "title": "Other"})],
    "a rubric without blocks": [bad("blocks", "missing", without(RUBRIC | {"id": "@r"}, "blocks"))],
}  # fmt: skip
"""Each kind of fault by name: lines in order, some of them sound."""


def planted_file(seed: int, copies: int) -> tuple[bytes, list[Expected]]:
    """Return a file with every plant *copies* times, and the expected rejections, by line.

    The lines of one plant keep their order; all others, and blank lines, are placed at random.
    """
    choose = random.Random(seed)  # noqa: S311  (for play)
    placed: list[tuple[float, Line]] = []
    for copy in range(copies):
        for n, plant in enumerate(PLANTS.values()):
            own = f"p{copy}-{n}"
            placed += ((choose.random(), _named(line, own)) for line in GROUND)
            order = sorted(choose.random() for _ in plant)
            placed += zip(order, (_named(line, own) for line in plant), strict=True)
    placed += ((choose.random(), Line(b"")) for _ in range(20 * copies))
    lines = [line for _, line in sorted(placed, key=lambda pair: pair[0])]
    expected = [
        Expected(n, line.path, line.kind, line.raw)
        for n, line in enumerate(lines, 1)
        if line.path is not None
    ]
    return b"\n".join(line.raw for line in lines), expected


def _named(line: Line, own: str) -> Line:
    return Line(line.raw.replace(b"@", own.encode()), line.path, line.kind)
