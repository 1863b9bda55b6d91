"""Hypothesis strategies: sound files of records, with hostile text, and damaged ones."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

Content = dict[str, Any]

HOSTILE = [
    "\u202e", "\x07", "\x1b[31m", "\u2028", "\r", "\t", "\x85", "\ufeff", "e\u0301", "\U0001f600",
    "<b>", "&amp;", "](x)", "|", "`", "```", "#", "*", "_", "$", "\\", '"', "'", "---", "⟦", "~",
    "%%", "[[x]]", "\u200d", "\x7f", "{", "- ", "1. ",
]  # fmt: skip
"""Texts that break careless writers and readers."""

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
WORDS = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=12),
    st.lists(st.sampled_from([*HOSTILE, "a", "word", " "]), min_size=1, max_size=8).map("".join),
)
TEXTS = WORDS.map(lambda words: words + "x")
"""Text that is more than white space."""
IDS = st.integers(0, 10**6).map(str)
DATES = st.sampled_from(["2023-08-14", "2023-08", "2023"])
TIMES = st.sampled_from(["2024-03-02T10:15:00Z", "2024-03-02T10:15:00.5+01:00"])
ORDERS = st.sampled_from([1, 2, 3, 2**53])
NATURES = ["factual", "causal", "prediction", "value", "definition", "policy"]
CERTAINTIES = ["certain", "probable", "possible"]
ANSWERS = [0, 1, 2, "not_rated", "cannot_judge", "not_applicable"]


def optional(draw: st.DrawFn, **strategies: st.SearchStrategy[Any]) -> Content:
    """Return some of the keys of *strategies*."""
    return {key: draw(s) for key, s in strategies.items() if draw(st.booleans())}


@st.composite
def sources(draw: st.DrawFn) -> list[Content]:
    ids = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    some = st.lists(st.sampled_from(ids), max_size=3)
    kinds = st.sampled_from(["person", "organisation", "document", "outlet", "unnamed", "vague"])
    found: list[Content] = [
        {"type": "source", "id": id_, "name": draw(TEXTS), "kind": draw(kinds)}
        | optional(draw, url=WORDS, interest=WORDS, derives_from=some, same_origin=some)
        for id_ in ids
    ]
    for voice in found:
        for key in {"derives_from", "same_origin"} & voice.keys():
            voice[key] = [id_ for id_ in voice[key] if id_ != voice["id"]]
    return found


@st.composite
def rubrics(draw: st.DrawFn) -> Content:
    criterion = {"id": "good", "title": draw(TEXTS), "levels": ["no", draw(TEXTS), "yes"],
                 "weight": draw(st.sampled_from([1, 0.1, 2.5]))}  # fmt: skip
    return {
        "type": "rubric", "id": "plain", "version": draw(st.sampled_from(["1", "1.10", "v2"])),
        "title": draw(TEXTS), "applies_to": ["claim", "evidence", "assumption", "source",
                                             "document"],
        "bands": ["Low", "High"], "cuts": [0], "combination": {"base": "all"},
        "blocks": [{"id": "all", "title": draw(TEXTS), "criteria": [criterion]}],
    }  # fmt: skip


@st.composite
def places(draw: st.DrawFn, text: str) -> Content:
    """Return keys that name up to two passages of *text*."""
    found = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text) - 1))
        found.append((start, draw(st.integers(start + 1, len(text)))))
    if not found:
        return {}
    starts, ends = (list(column) for column in zip(*found, strict=True))
    if len(found) == 1:
        return {"start": starts[0], "end": ends[0]}
    return {"start": starts, "end": ends}


@st.composite
def statements(draw: st.DrawFn, document: Content) -> list[Content]:
    text = document["text"]
    found = []
    for n in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["claim", "claim", "evidence", "assumption"]))
        record = {"type": "statement", "id": f"{document['id']}-{n}", "document": document["id"],
                  "kind": kind, "text": draw(TEXTS)} | draw(places(text))  # fmt: skip
        record |= optional(draw, note=WORDS, tags=st.lists(TEXTS, max_size=2), order=ORDERS)
        if kind == "claim":
            record |= optional(draw, nature=st.sampled_from(NATURES))
        if kind == "assumption":
            record |= optional(draw, stated=st.booleans())
        found.append(record)
    if found[0]["kind"] == "claim":
        found[0] |= optional(draw, main=st.just(value=True))
        items = [record["id"] for record in found if record["kind"] == "evidence"]
        found[0] |= optional(draw, main_item=st.sampled_from(items)) if items else {}
    if draw(st.booleans()):
        found[-1] |= {"label": draw(st.sampled_from(["C2", "Z9", "main", "I1", "E\u00e9"]))}
    return found


@st.composite
def inferences(draw: st.DrawFn, document: str, ids: list[str]) -> list[Content]:
    """Return linked, convergent and circular inferences, and undercuts of them in chains."""
    found: list[Content] = []
    names = [f"{document}-i{n}" for n in range(draw(st.integers(0, 5)))]
    for name in names:
        premises = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
        targets = [t for t in (*ids, *names) if t not in premises and t != name]
        if not targets:
            continue
        conclusion = draw(st.sampled_from(targets))
        if any((f["conclusion"], sorted(f["premises"])) == (conclusion, sorted(premises))
               for f in found):  # fmt: skip
            continue
        found.append(
            {"type": "inference", "id": name, "document": document, "premises": premises,
             "conclusion": conclusion, "stance": draw(st.sampled_from(["supports", "opposes"]))}
            | optional(draw, scheme=WORDS, note=WORDS, order=ORDERS)
        )  # fmt: skip
    return _without_gaps(found, set(ids))


def _without_gaps(found: list[Content], known: set[str]) -> list[Content]:
    """Leave out records whose conclusion is an inference that was not made."""
    while True:
        there = known | {record["id"] for record in found}
        kept = [record for record in found if record["conclusion"] in there]
        if len(kept) == len(found):
            return kept
        found = kept


@st.composite
def judgements(draw: st.DrawFn, of: Content, voices: list[str], rubric: Content) -> list[Content]:
    """Return attributions, ratings and a credibility of one statement, some without ids."""
    statement: str = of["id"]
    found: list[Content] = []
    chains = st.lists(st.sampled_from(voices), min_size=1, max_size=3)
    found += [
        {"type": "attribution", "id": f"{statement}-a{n}", "statement": statement,
         "class": "named_person", "chain": draw(chains)}
        | optional(draw, cue=TEXTS, access=st.sampled_from(["told", "judged"]), locator=WORDS,
                   text_certainty=st.sampled_from(CERTAINTIES), accessed=DATES, note=WORDS)
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    for assessor in draw(st.lists(st.sampled_from(["amy", "bob \u202e"]), unique=True)):
        keys = optional(draw, because=WORDS, at=TIMES)
        found.append(
            {"type": "rating", "statement": statement, "rubric": "plain", "criterion": "good",
             "version": rubric["version"], "answer": draw(st.sampled_from(ANSWERS)),
             "assessor": assessor} | keys
        )  # fmt: skip
        found.append({"type": "credibility", "statement": statement, "assessor": assessor,
                      "logical": draw(st.sampled_from(["yes", "unknown"]))}
                     | optional(draw, number=st.integers(1, 6), conflict=st.booleans()))  # fmt: skip
        if of["kind"] == "claim":
            found.append({"type": "rating", "statement": statement, "criterion": "fit",
                          "answer": draw(st.integers(0, 4)), "assessor": assessor} | keys)  # fmt: skip
    return found


@st.composite
def documents(draw: st.DrawFn, id_: str, voices: list[str], rubric: Content) -> list[Content]:
    # Without what a text loses when it is stored, so that a place is the same in both.
    text = draw(st.lists(TEXTS, min_size=1, max_size=4).map("\n".join))
    text = text.lstrip("\ufeff").replace("\r\n", "\r")
    document = {"type": "document", "id": id_, "title": draw(TEXTS), "text": text}
    document |= optional(draw, author=WORDS, url=WORDS, language=WORDS, published=DATES)
    own = draw(statements(document))
    steps = draw(inferences(id_, [record["id"] for record in own]))
    said = [record for statement in own for record in draw(judgements(statement, voices, rubric))]
    return [document, *own, *steps, *said]


@st.composite
def record_files(draw: st.DrawFn) -> list[Content]:
    """Return a sound file: one or two documents with all their records, in any order."""
    rubric, voices = draw(rubrics()), draw(sources())
    ids = [voice["id"] for voice in voices]
    records = [rubric, *voices]
    for n in range(draw(st.integers(1, 2))):
        records += draw(documents(f"d{n}", ids, rubric))
    for id_ in draw(st.lists(st.sampled_from(ids), unique=True)):
        letter = optional(draw, letter=st.sampled_from("ABCDEF"), topic=WORDS, because=WORDS)
        if "letter" not in letter:  # which would judge nothing; nor does a count of 0
            letter["checked"] = draw(st.integers(1, 9))
        if letter.get("letter") in ("A", "E"):  # which may need a reason
            letter["because"] = draw(TEXTS)
        records.append({"type": "reliability", "source": id_} | letter)
        records.append({"type": "rating", "source": id_, "rubric": "plain", "criterion": "good",
                        "answer": 1})  # fmt: skip
    return list(draw(st.permutations(records))) if draw(st.booleans()) else records


NAMING = {"id", "document", "statement", "source", "premises", "conclusion", "chain", "main_item",
          "derives_from", "same_origin", "rubric"}  # fmt: skip
"""The keys that hold ids."""


def renamed(records: list[Content], mark: str) -> list[Content]:
    """Return *records* with *mark* before every id, so that they share none with others."""

    def own(value: Any) -> Any:  # noqa: ANN401  (an id, or a list of them)
        return [f"{mark}{v}" for v in value] if isinstance(value, list) else f"{mark}{value}"

    return [{k: own(v) if k in NAMING else v for k, v in r.items()} for r in records]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.just([]), st.just({}),
    st.sampled_from(["d0", "d0-0", "d0-1", "s0", "d0-i0", "", "claim", "supports", "toll", "c1",
                     "e1", "reports", "i1", "at1", "r1", "l1", "n1", "a1", "\ud800", "a\0b"]),
    st.lists(st.sampled_from(["d0-0", "s0", "c1", "e1", "", "i1"]), max_size=3),
    st.just({"class": "vague_report", "source": "reports", "id": "c1"}),
    st.just({"fit": 9, "directness": 1}),
)  # fmt: skip
KEYS = ["id", "type", "document", "kind", "text", "quote", "prefix", "start", "end", "label",
        "main", "main_item", "stated", "supports", "opposes", "attribution", "ratings", "premises",
        "conclusion", "stance", "class", "chain", "source", "cue", "cue_start", "statement",
        "criterion", "answer", "assessor", "rubric", "version", "at", "derives_from", "colour",
        "number", "letter", "nature"]  # fmt: skip


@st.composite
def spoilt_files(draw: st.DrawFn, records: list[Content]) -> bytes:
    """Return *records* as lines with changed, missing and extra keys, and damaged bytes."""
    lines = []
    for record in draw(st.lists(st.sampled_from(records), min_size=1, max_size=12)):
        spoilt = dict(record)
        for _ in range(draw(st.integers(0, 3))):
            key = draw(st.sampled_from([*record, *KEYS]))
            if draw(st.booleans()):
                spoilt.pop(key, None)
            else:
                spoilt[key] = draw(VALUES)
        line = json.dumps(spoilt).encode()
        if draw(st.integers(0, 9)) == 0:
            at = draw(st.integers(0, len(line)))
            line = line[:at] + draw(st.binary(max_size=3)) + line[at + draw(st.integers(0, 2)) :]
        lines.append(line)
    return b"\n".join(lines)
