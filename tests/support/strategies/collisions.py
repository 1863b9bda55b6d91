"""Small files whose records refer to each other, with faults that are the same at any length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from support.drivers.desk import RUBRIC, without
from support.strategies.planted_faults import (
    SPOILT,
    TEXT,
    bad,
    document,
    inference,
    letter,
    number,
    rating,
    said,
    sound,
    source,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support.strategies.planted_faults import Line


def part(id_: str = "@x", **keys: object) -> dict[str, Any]:
    """Return a record that is only valid if the statement is known."""
    return {"type": "statement", "id": id_} | keys


def unnamed(**keys: Any) -> dict[str, Any]:  # noqa: ANN401  (of all types)
    return without(statement(**keys), "id")


def proof(id_: str = "@y", **keys: object) -> dict[str, Any]:
    return statement(id_, kind="evidence", **keys)


def hedged(**keys: object) -> dict[str, Any]:
    return {"class": "evidential_hedge"} | keys


COLLISIONS: Final[dict[str, Sequence[Line]]] = {
    "a part of a statement that comes later": [
        bad("document", "missing", part(note="n")), sound(statement())],
    "a part of a statement that came earlier": [
        sound(statement()), bad("id", "id", part(note="n"))],
    "a part of an inference that comes later": [
        bad("document", "missing", {"type": "inference", "id": "@i", "note": "n"}),
        sound(inference())],
    "a part of a source that comes later": [
        bad("name", "missing", {"type": "source", "id": "@s2", "url": "u"}), sound(source())],
    "a part of a document that comes later": [
        bad("title", "missing", {"type": "document", "id": "@d", "author": "A"}),
        sound(document())],
    "a part of a rating that comes later": [
        bad("criterion", "missing", {"type": "rating", "id": "@r", "because": "so"}),
        sound(rating(id="@r"))],
    "a part of an attribution that comes later": [
        bad("statement", "missing", {"type": "attribution", "id": "@at", "note": "n"}),
        sound(said())],
    "a part of a statement that is rejected later": [
        bad("document", "missing", part(note="n")), bad("text", "value", statement(text=5))],
    "a part between two that say the same": [
        sound(statement()), bad("id", "id", part(note="n")), sound(statement())],
    "an id that a rejected record had first": [
        bad("supports", "reference", statement(supports="@none")), bad("id", "id", statement())],
    "an id that a malformed record had first": [
        bad("colour", "key", statement(colour="red")), sound(statement())],
    "an id that a record with a wrong quote had first": [
        bad("quote", "quote", statement(quote="The bus")), sound(statement())],
    "an id in three records": [
        sound(statement()), bad("id", "id", statement(note="a")),
        bad("id", "id", statement(note="b"))],
    "an id before its document, twice": [
        sound(statement(document="@d")), bad("id", "id", statement(document="@d", note="n")),
        sound(document())],
    "two records with one made id": [
        sound(unnamed()), bad("id", "id", unnamed(note="n"))],
    "two equal records without ids": [sound(unnamed()), sound(unnamed())],
    "two records with one made id, the first rejected": [
        bad("supports", "reference", unnamed(supports="@none")),
        bad("id", "id", unnamed(note="n"))],
    "two records with one made id, the second with no such reference": [
        sound(unnamed()), bad("id", "id", unnamed(supports="@none"))],
    "two records with one made id before their document": [
        sound(unnamed(document="@d")), bad("id", "id", unnamed(document="@d", note="n")),
        sound(document())],
    "an empty text": [bad("text", "value", statement(text=""))],
    "an empty text with a quote": [bad("text", "value", statement(text="", quote="it fell"))],
    "an empty text of a part": [sound(statement()), bad("id", "id", part(text=""))],
    "an empty label": [bad("label", "value", statement(label=""))],
    "an empty label of an inference": [bad("label", "value", inference(label=""))],
    "a label three times": [
        sound(statement("@1", label="Z")), bad("label", "label", statement("@2", label="Z")),
        bad("label", "label", inference(label="Z"))],
    "a label that a rejected record has first": [
        bad("supports", "reference", statement("@1", label="Z", supports="@none")),
        sound(statement("@2", label="Z"))],
    "a label that waits for its reference": [
        sound(statement("@1", label="Z", supports="@3")),
        bad("label", "label", statement("@2", label="Z")), sound(statement("@3"))],
    "a main claim that a rejected record would be first": [
        sound(document()),
        bad("supports", "reference", statement("@1", document="@d", main=True, supports="@none")),
        sound(statement("@2", document="@d", main=True))],
    "two main claims of which the first waits": [
        sound(document()), sound(statement("@1", document="@d", main=True, supports="@3")),
        bad("main", "main", statement("@2", document="@d", main=True)),
        sound(statement("@3", document="@d"))],
    "its own support": [bad("supports", "value", statement(supports="@x"))],
    "support of what comes later": [sound(statement(supports="@y")), sound(proof())],
    "support of an inference that comes later": [
        sound(statement(opposes="@i")), sound(inference())],
    "support of a rejected inference": [
        bad("opposes", "reference", statement(opposes="@i")),
        bad("premises[0]", "reference", inference(premises=["@none"]))],
    "support of a statement elsewhere": [
        sound(document()), sound(statement("@1", document="@d")),
        bad("supports", "reference", statement(supports="@1"))],
    "support and opposition of one": [
        bad("opposes", "stance", statement(supports="@c", opposes="@c"))],
    "support twice": [sound(statement(supports=["@c", "@c"]))],
    "a main item that comes later": [sound(statement(main_item="@y")), sound(proof())],
    "a main item that turns out to be a claim": [
        bad("main_item", "reference", statement(main_item="@y")), sound(statement("@y"))],
    "a chain of supports from the last to the first": [
        sound(statement("@1", supports="@2")), sound(statement("@2", supports="@3")),
        sound(statement("@3", supports="@4")), sound(statement("@4"))],
    "a chain of supports to nothing": [
        bad("supports", "reference", statement("@1", supports="@2")),
        bad("supports", "reference", statement("@2", supports="@3")),
        bad("supports", "reference", statement("@3", supports="@none"))],
    "an inference before its statements": [
        sound(inference(premises=["@y"], conclusion="@x")), sound(statement()), sound(proof())],
    "inferences about each other": [
        sound(inference("@i", conclusion="@j")), sound(inference("@j", conclusion="@i"))],
    "an inference of a shorthand, and one of its own": [
        sound(proof(supports="@c")),
        bad("stance", "stance", inference(premises=["@y"], stance="opposes"))],
    "sources of each other": [
        sound(source("@1", derives_from=["@2"])), sound(source("@2", derives_from=["@1"]))],
    "a source of a source that comes later": [
        sound(source("@1", derives_from=["@2"], same_origin=["@3"])), sound(source("@2")),
        sound(source("@3"))],
    "a source with the id of a statement that comes later": [
        sound(source("@x")), bad("id", "id", statement())],
    "a shorthand with a source that comes later": [
        sound(proof(attribution={"class": "named_person", "source": "@s2"})), sound(source())],
    "a shorthand with a rejected source": [
        bad("attribution[1].chain[1]", "reference", proof(attribution=[hedged(), {
            "class": "named_person", "chain": ["@s", "@s2"]}])),
        bad("kind", "value", source(kind="voice"))],
    "a shorthand whose id is taken": [
        sound(said()), bad("attribution.id", "id", proof(attribution=hedged(id="@at")))],
    "a shorthand whose id is taken later": [
        sound(proof(attribution=hedged(id="@at"))), bad("id", "id", said())],
    "a shorthand with other words at the cue": [
        bad("attribution.cue_start", "value", proof(attribution=hedged(cue="says", cue_start=0)))],
    "ratings of a statement twice": [
        sound(statement(ratings={"directness": 1})), bad("answer", "answer", rating(
            statement="@x", answer=2))],
    "a rating of a statement that comes later": [sound(rating(statement="@x")), sound(statement())],
    "a rating under a rubric that comes later": [
        sound(rating(rubric="@r", criterion="good")), sound(RUBRIC | {"id": "@r"})],
    "a rating under a rejected rubric": [
        bad("rubric", "reference", rating(rubric="@r", criterion="good")),
        bad("cuts", "value", RUBRIC | {"id": "@r", "cuts": "none"})],
    "letters of one source": [
        sound(letter()), bad("id", "id", letter(letter="C")), sound(letter(topic="t"))],
    "a letter of a source that comes later": [sound(letter(source="@s2")), sound(source())],
    "an A without a reason of a source that comes later": [
        bad("because", "missing", letter(source="@s2", letter="A")), sound(source())],
    "an E of a source that turns out to be a person": [
        bad("because", "missing", letter(source="@s2", letter="E")), sound(source())],
    "numbers of one statement": [
        sound(number()), bad("id", "id", number(number=3)), sound(number())],
    "a document after its statements": [
        sound(statement("@1", document="@d", quote="it fell")),
        bad("supports", "reference", statement("@2", document="@d", supports="@3")),
        bad("quote", "quote", statement("@3", document="@d", quote="It stays.")),
        sound(document())],
    "a document that is rejected after its statements": [
        bad("document", "reference", statement("@1", document="@d")),
        bad("document", "reference", statement("@2", document="@d", supports="@1")),
        bad("published", "value", document(published="2023-02-30"))],
    "a document twice, with another text": [
        sound(document()), bad("id", "id", document(text=TEXT + " So.")),
        sound(statement(document="@d", quote="it fell"))],
    "a document twice, the first rejected": [
        bad("published", "value", document(published="2023-02-30")),
        sound(statement(document="@d", quote="it fell")), sound(document())],
    "two records with one made id, the first with more": [
        sound(unnamed(nature="causal", label="Z")), bad("id", "id", unnamed())],
    "two records with one made id, the second with no such main item": [
        sound(unnamed()), bad("id", "id", unnamed(main_item="@none"))],
    "two records with one made id, the second with more in a shorthand": [
        sound(unnamed()), bad("id", "id", unnamed(ratings={"directness": 1}, opposes="@none"))],
    "an id twice, the second with what its kind has not": [
        sound(statement()), bad("id", "id", statement(stated=False, label="Z"))],
    "an id twice, the second with a label that a rejected record has first": [
        sound(statement()), bad("premises[0]", "reference", inference(premises=["@none"], label="Z")),
        bad("id", "id", statement(stated=False, label="Z"))],
    "an id twice, the second with a quote that is not there": [
        sound(statement()), bad("id", "id", statement(quote="The bus"))],
    "an id twice, the second with no such source": [
        sound(statement()), bad("id", "id", statement(
            attribution={"class": "named_person", "source": "@none"}))],
    "no conclusion, and a premise that is rejected later": [
        bad("conclusion", "reference", inference(premises=["@y"], conclusion="@none")),
        bad("supports", "reference", proof(supports="@none"))],
    "no conclusion, and a premise that is rejected with its document": [
        bad("conclusion", "reference", inference(premises=["@y"], conclusion="@none")),
        bad("document", "reference", proof(document="@none"))],
    "no document, and premises that are rejected later": [
        bad("document", "reference", inference(document="@none", premises=["@y", "@z"])),
        bad("document", "reference", proof(document="@none")),
        bad("text", "value", proof("@z", text=5))],
    "a conclusion that is rejected later, and a premise that is rejected before": [
        SPOILT,
        bad("premises[0]", "reference", inference(premises=["@bad"], conclusion="@j")),
        bad("conclusion", "reference", inference("@j", conclusion="@none"))],
    "no document, and no statement that comes later": [
        bad("document", "reference", proof(document="@none", supports="@none")),
        bad("document", "reference", proof("@z", document="@none", supports="@x")),
        sound(statement())],
    "no conclusion, but a premise that comes later": [
        bad("conclusion", "reference", inference(premises=["@y"], conclusion="@none")),
        sound(proof())],
    "a premise elsewhere that comes later, and no conclusion": [
        sound(document()),
        bad("conclusion", "reference", inference(premises=["@y"], conclusion="@none")),
        sound(proof(document="@d"))],
    "a wrong quote before its document": [
        bad("quote", "quote", statement(document="@d", quote="Report said")), sound(document())],
    "a document that has the id of a statement in it": [
        bad("document", "reference", statement("@x", document="@x")),
        bad("id", "id", document("@x")), bad("document", "reference", proof(document="@x"))],
    "an id that looks made": [sound(statement("~@")), bad("id", "id", statement("~@", note="n"))],
}  # fmt: skip
"""Each collision by name, as lines in order."""

CHANGES: Final[dict[str, tuple[Sequence[Line], Sequence[Line]]]] = {
    "a part of what is there": ((), [sound(part("@c", note="n")), sound(part("@e", tags=["t"]))]),
    "a part of what is there, twice": (
        (), [sound(part("@c", note="n")), bad("id", "id", part("@c", note="m"))]),
    "a part that says what is there": ((), [sound(part("@c", main=True))]),
    "labels that change places": (
        [sound(statement("@1", label="Y")), sound(statement("@2", label="Z"))],
        [bad("label", "label", part("@1", label="Z")),
         bad("label", "label", part("@2", label="Y"))]),
    "a label that is taken there": ((), [bad("label", "label", statement(label="C1"))]),
    "a label that is given up later": (
        [sound(statement("@1", label="Z"))],
        [bad("label", "label", statement("@2", label="Z")), sound(part("@1", label="Y"))]),
    "a main claim there": ((), [bad("main", "main", statement(main=True))]),
    "a main claim that is one no longer": (
        (), [sound(statement(main=True)), sound(part("@c", main=False))]),
    "a main claim that would be one no longer": (
        (), [bad("main", "main", statement(main=True)),
             bad("supports", "reference", part("@c", main=False, supports="@none"))]),
    "a main item that changes its kind": (
        [sound(statement(main_item="@e"))],
        [bad("kind", "kind", part("@e", kind="claim"))]),
    "another document": ((), [sound(document()), bad("document", "id", part("@e", document="@d"))]),
    "another type": ((), [bad("id", "id", source("@c"))]),
    "another text of a document": ((), [bad("text", "id", document("@", text="Short."))]),
    "a part of a document": ((), [sound({"type": "document", "id": "@", "author": "A"})]),
    "a shorthand that is replaced": (
        [sound(proof(supports="@c"))], [sound(part("@y", supports="@e"))]),
    "a shorthand that is taken away": ([sound(proof(supports="@c"))], [
        sound(part("@y", supports=None))]),
    "a shorthand that is turned round": (
        [sound(proof(supports="@c"))], [sound(part("@y", supports=None, opposes="@c"))]),
    "a shorthand that both supports and opposes": (
        [sound(proof(supports="@c"))], [bad("opposes", "stance", part("@y", opposes="@c"))]),
    "other attributions": (
        [sound(proof(attribution=hedged(cue="it seems")))],
        [sound(part("@y", attribution=[hedged(), hedged(cue="as if")]))]),
    "a rejected change, and what refers to it": (
        (), [bad("supports", "reference", part("@e", supports="@none")),
             sound(statement(supports="@e"))]),
    "another answer": (
        [sound(rating())], [sound(rating(answer=2)), bad("id", "id", rating(answer=3))]),
    "another letter": ([sound(letter())], [sound(letter(letter="C")), sound(letter(letter="C"))]),
    "a statement without an id again": (
        [sound(unnamed())], [sound(unnamed()), bad("id", "id", unnamed(note="n"))]),
    "a rubric of other content": (
        [sound(RUBRIC | {"id": "@r"})], [bad("version", "id", RUBRIC | {"id": "@r", "title": "O"})]),
    "a place in a document that the file brings again": (
        (), [sound(document("@", title="The toll", text=TEXT)), sound(proof(quote="it fell"))]),
}  # fmt: skip
"""Changes of existing records: the lines imported before, and the lines that change them."""
