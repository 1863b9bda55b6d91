"""Hypothesis strategies: small files in which ids, labels, references and passages collide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from argmap.records.ids import inference_id, statement_id
from support.drivers.desk import EVERYTHING, RUBRIC, lines
from support.drivers.import_lengths import Input, Interruption, Way
from support.strategies.records import record_files, spoilt_files

if TYPE_CHECKING:
    from collections.abc import Callable

Content = dict[str, Any]

TEXT = "The toll pays. Reports say it fell. It stays. It stays."
"""The text of every document; the last sentence occurs twice."""
WORDS = ["It pays.", "It is late."]
MADE = statement_id("d0", "evidence", WORDS[0], ())
"""An id that argmap makes for one of the statements without an id."""
SHORTHAND = inference_id(["s1"], "s0", "supports")
"""The id that argmap makes for the shorthand of a sound record."""

DOCUMENTS = st.sampled_from(["d0", "d0", "d0", "d1"])
STATEMENTS = st.sampled_from(["s0", "s1", "s2", "s3", "s0", "s1", "s2", MADE, "~odd"])
SOURCES = st.sampled_from(["o0", "o1", "o2", "o0", "o1", "none"])
ANYTHING = st.sampled_from(
    ["s0", "s1", "s2", "s3", "i0", "i1", "none", "o0", "d0", MADE, SHORTHAND]
)
"""Ids that a statement or an inference may name, valid or not."""
QUOTES = st.sampled_from(
    ["The toll pays.", "it fell", "It stays.", "The bus pays.", "Reports said it fell",
     ["The toll pays.", "it fell"]]
)  # fmt: skip
LABELS = st.sampled_from(["Toll", "Toll", "C40", "I40", ""])
ONE_OR_MORE = st.one_of(ANYTHING, ANYTHING, st.lists(ANYTHING, max_size=2))
CLASSES = st.sampled_from(["named_person", "vague_report", "common_knowledge", "gossip"])

SAID = st.fixed_dictionaries(
    {"class": CLASSES},
    optional={
        "source": SOURCES, "chain": st.lists(SOURCES, max_size=2), "id": st.just("a0"),
        "cue": st.sampled_from(["Reports say", "says"]), "cue_start": st.sampled_from([15, 0]),
    },
)  # fmt: skip
"""An attribution in a statement."""
RATINGS = st.sampled_from([{"directness": 1}, {"directness": 2, "fit": 3}, {"charm": 1}, None])


def _some(always: Content, sometimes: Content) -> st.SearchStrategy[Content]:
    """Return records with all keys of *always* and some of *sometimes*."""
    names = st.lists(st.sampled_from(sorted(sometimes)), max_size=3, unique=True)

    @st.composite
    def records(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Content:
        found = {key: draw(value) for key, value in always.items()}
        return found | {key: draw(sometimes[key]) for key in draw(names)}

    return records()


def _any(**values: Any) -> Content:  # noqa: ANN401  (strategies, and values that stay)
    return {k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in values.items()}


_STATEMENT_KEYS: Content = {
    "quote": QUOTES, "start": st.sampled_from([0, 15]), "note": st.sampled_from(["a", "b", None]),
    "label": LABELS, "main": st.sampled_from([True, True, False, None]), "main_item": ANYTHING,
    "supports": st.one_of(ONE_OR_MORE, ONE_OR_MORE, st.none()), "opposes": ONE_OR_MORE,
    "attribution": st.one_of(SAID, st.lists(SAID, max_size=2), st.none()), "ratings": RATINGS,
    "nature": st.just("causal"), "stated": st.booleans(), "colour": st.just("red"),
    "tags": st.just(["a", "b"]), "order": st.sampled_from([1, 2]),
}  # fmt: skip
_WORDS = st.sampled_from([*WORDS, *WORDS, ""])
_KINDS = st.sampled_from(["claim", "evidence", "evidence", "assumption"])
_UNNAMED = _any(type="statement", document=DOCUMENTS, kind=_KINDS, text=_WORDS)

RECORDS: dict[str, st.SearchStrategy[Content]] = {
    "statement": _some({"id": STATEMENTS} | _UNNAMED, _STATEMENT_KEYS),
    "statement without an id": _some(_UNNAMED, _STATEMENT_KEYS),
    "quoting statement": _some(
        _any(type="statement", id=STATEMENTS, document=DOCUMENTS, kind=_KINDS, quote=QUOTES),
        _STATEMENT_KEYS,
    ),
    "a part of a statement": _some(_any(type="statement", id=STATEMENTS), _STATEMENT_KEYS),
    "inference": _some(
        _any(type="inference", document=DOCUMENTS, stance=st.sampled_from(["supports", "opposes"]),
             premises=st.lists(ANYTHING, min_size=1, max_size=2), conclusion=ANYTHING),
        {"id": st.sampled_from(["i0", "i1"]), "label": LABELS, "note": st.just("n")},
    ),
    "a part of an inference": _some(
        _any(type="inference", id=st.sampled_from(["i0", "i1"])),
        {"note": st.just("p"), "label": LABELS, "conclusion": ANYTHING},
    ),
    "attribution": _some(
        _any(type="attribution", statement=STATEMENTS) | {"class": CLASSES},
        {"id": st.sampled_from(["a0", "a1"]), "chain": st.lists(SOURCES, max_size=2),
         "source": SOURCES, "cue": st.just("says"), "cue_start": st.just(3),
         "note": st.just("n")},
    ),
    "rating": _some(
        _any(type="rating", criterion=st.sampled_from(["directness", "fit", "good"]),
             answer=st.sampled_from([0, 1, 9])),
        {"id": st.sampled_from(["r0", "r1"]), "statement": STATEMENTS, "source": SOURCES,
         "rubric": st.just("plain"), "because": st.just("so"), "document": DOCUMENTS},
    ),
    "reliability": _some(
        _any(type="reliability", source=SOURCES, letter=st.sampled_from(["A", "B", "C", "G"])),
        {"id": st.just("l0"), "because": st.just("so"), "topic": st.just("tolls")},
    ),
    "credibility": _some(
        _any(type="credibility", statement=STATEMENTS, number=st.sampled_from([1, 2, 7])),
        {"id": st.just("n0"), "because": st.just("so")},
    ),
    "source": _some(
        _any(type="source", id=st.sampled_from(["o0", "o1", "o2", "s0"]),
             name=st.sampled_from(["Ames", "Bell"]),
             kind=st.sampled_from(["person", "person", "voice"])),
        {"derives_from": st.lists(SOURCES, max_size=2),
         "same_origin": st.lists(SOURCES, max_size=2), "url": st.just("u")},
    ),
    "a part of a source": _some(
        _any(type="source", id=st.sampled_from(["o0", "o1"])),
        {"derives_from": st.lists(SOURCES, max_size=2), "url": st.just("v")},
    ),
    "document": _some(
        _any(type="document", id=DOCUMENTS, title=st.sampled_from(["The toll", "The toll", "B"]),
             text=st.sampled_from([TEXT, TEXT, TEXT, "Short."])),
        {"published": st.sampled_from(["2023", "2023-02-30"]), "author": st.just("Ames")},
    ),
    "rubric": st.sampled_from(
        [RUBRIC, RUBRIC, RUBRIC | {"title": "Other"}, RUBRIC | {"version": "2"},
         RUBRIC | {"cuts": "none"}]
    ),
}  # fmt: skip
"""Records by their type."""

SOUND = (
    {"type": "document", "id": "d0", "title": "The toll", "text": TEXT},
    {"type": "document", "id": "d1", "title": "The toll", "text": TEXT},
    {"type": "source", "id": "o0", "name": "Ames", "kind": "person"},
    {"type": "source", "id": "o1", "name": "Bell", "kind": "person"},
    {"type": "statement", "id": "s0", "document": "d0", "kind": "claim", "text": "It pays.",
     "label": "Toll", "main": True, "main_item": "s2"},
    {"type": "statement", "id": "s1", "document": "d0", "kind": "evidence", "text": "It pays.",
     "supports": "s0"},
    {"type": "statement", "id": "s2", "document": "d0", "kind": "evidence", "quote": "it fell",
     "attribution": {"class": "named_person", "source": "o0", "cue": "say"}},
    {"type": "inference", "id": "i0", "document": "d0", "premises": ["s2"], "conclusion": "s0",
     "stance": "supports"},
)  # fmt: skip
"""Sound records; most files have most of them."""

NO_RECORDS = (b"nonsense", b'{"type": "statement", "id": "s0"', b"[1]", b"", b"\xff",
              b'{"type": "opinion", "id": "s1"}', b'{"id": "s2"}',
              b'{"note": "a", "note": "a", "type": "statement", "id": "s0"}')  # fmt: skip
"""Lines that are not records."""


@st.composite
def colliding_lines(draw: st.DrawFn, most: int = 17) -> list[bytes]:
    """Return the lines of a file: most of the sound records, and others that collide with them."""
    kept = [record for record in SOUND if draw(st.integers(0, 9)) != 9]
    found = [json.dumps(record).encode() for record in kept]
    weighted = [*RECORDS, "statement", "statement", "statement without an id",
                "statement without an id", "quoting statement"]  # fmt: skip
    names = draw(st.lists(st.sampled_from(weighted), max_size=most))
    found += [json.dumps(draw(RECORDS[name])).encode() for name in names]
    if draw(st.integers(0, 5)) == 5:
        found.append(draw(st.sampled_from(NO_RECORDS)))
    order = draw(st.sampled_from(["as it is", "any", "any", "backwards"]))
    if order == "any":
        return list(draw(st.permutations(found)))
    return found[::-1] if order == "backwards" else found


@st.composite
def colliding_files(draw: st.DrawFn) -> tuple[bytes, ...]:
    """Return one or two files."""
    found = draw(colliding_lines())
    cut = draw(st.integers(0, len(found))) if draw(st.integers(0, 3)) == 3 else len(found)
    return tuple(b"\n".join(part) for part in (found[:cut], found[cut:]) if part) or (b"",)


def befores() -> st.SearchStrategy[bytes]:
    """Return the database's earlier records: none, the sound records, or some that collide."""
    sound = b"\n".join(json.dumps(record).encode() for record in SOUND)
    some = st.one_of(st.just(b""), st.just(sound), colliding_lines(4).map(b"\n".join))
    return st.one_of(st.just(b""), some)


def interruptions() -> st.SearchStrategy[tuple[Interruption, ...]]:
    """Return the interruptions of an import of a small file: none, one or two."""
    when = st.one_of(
        st.integers(1, 60).map(lambda n: Interruption(records=n)),
        st.integers(1, 15).map(lambda n: Interruption(commits=n)),
    )
    return st.one_of(st.just(()), st.lists(when, min_size=1, max_size=2).map(tuple))


@st.composite
def any_inputs(draw: st.DrawFn) -> Input:
    """Return a sound or damaged file with all kinds of records, some of them already imported."""
    records = draw(record_files())
    content = draw(st.one_of(st.just(lines(records)), spoilt_files(records)))
    before = st.one_of(st.just(b""), record_files().map(lines), st.just(lines(EVERYTHING)))
    return Input((content,), draw(before))


def inputs() -> st.SearchStrategy[Input]:
    is_loose = st.sampled_from([False, False, True])
    return st.builds(Input, colliding_files(), befores(), is_loose=is_loose)


def ways_of_importing(some: st.SearchStrategy[Input]) -> st.SearchStrategy[Way]:
    times = st.sampled_from([1, 1, 1, 2])
    return st.builds(Way, some, st.integers(1, 8), interruptions(), times)
