"""Records for long imports: bare statements, and statements with everything people add."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PER_DOCUMENT: Final = 1000
"""Statements per document of bare statements."""

WORDS: Final = [
    "toll", "road", "traffic", "fell", "fifth", "year", "officials", "report", "city", "council",
    "plan", "cost", "harbour", "board", "evidence", "growth", "rents", "wages", "school", "water",
    "bridge", "study",
]  # fmt: skip
KINDS: Final = ("claim", "evidence", "evidence", "assumption")

STATEMENTS: Final = (200, 500)
"""Statements of the shortest and the longest document of mixed records."""

TEXT_WORDS: Final = (400, 800)
SOURCES: Final = (4, 12)
QUOTED_WORDS: Final = (5, 12)
RATED: Final = 10
"""One mixed statement in this many has ratings; it is a claim, as the default rubric requires."""

CRITERIA: Final = (
    "directness", "fit", "corroboration", "specificity", "contrary", "currency",
    "identification", "access", "interest", "traceability", "fidelity",
)  # fmt: skip
CUES: Final = ("says", "told this newspaper", "according to", "reports", "claimed last week")
SOURCE_KINDS: Final = {
    "person": "named_person", "organisation": "named_organisation", "document": "named_document",
    "unnamed": "unnamed_role", "vague": "vague_report",
}  # fmt: skip
"""Kinds of sources, each with the class of attribution that cites it."""

EXTRAS: Final = ("quote", "supports", "attribution", "ratings")
"""The parts that a mixed statement has and its plain yardstick lacks."""


def plain_records(count: int, *, with_inferences: bool) -> Iterator[dict[str, Any]]:
    """Yield documents, then *count* bare statements, in the order of their documents."""
    chance = random.Random(7)  # noqa: S311  (no secret)
    for n in range(-(-count // PER_DOCUMENT)):
        text = " ".join(chance.choices(WORDS, k=400))
        yield {"type": "document", "id": f"d{n}", "title": f"Op-ed {n}", "text": f"{text} {n}."}
    for n in range(count):
        text = f"{' '.join(chance.choices(WORDS, k=14))} {n}."
        record = {"type": "statement", "id": f"s{n:07}", "document": f"d{n // PER_DOCUMENT}",
                  "kind": KINDS[n % len(KINDS)], "text": text}  # fmt: skip
        if with_inferences and n % PER_DOCUMENT:
            record["supports"] = f"s{n - n % PER_DOCUMENT:07}"
        yield record


def mixed_records(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield *count* realistic statements, each document and its sources before them."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    made = 0
    while made < count:
        size = min(count - made, chance.randint(*STATEMENTS))
        yield from _op_ed(f"m{made}", size, chance)
        made += size


def _op_ed(id_: str, size: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    words = sentence_words(chance, chance.randint(*TEXT_WORDS))
    text = " ".join(words)
    yield {"type": "document", "id": id_, "title": f"Op-ed {id_}", "text": text}
    sources = []
    for n in range(chance.randint(*SOURCES)):
        kind = chance.choice(list(SOURCE_KINDS))
        sources.append((f"{id_}-o{n}", SOURCE_KINDS[kind]))
        yield {"type": "source", "id": f"{id_}-o{n}", "name": f"Voice {n} of {id_}", "kind": kind}
    claims: list[str] = []
    for n in range(size):
        record: dict[str, Any] = {
            "type": "statement", "id": f"{id_}-s{n}", "document": id_,
            "kind": KINDS[n % len(KINDS)] if n % RATED else "claim",
            "text": f"{' '.join(chance.choices(WORDS, k=14))} {n}.",
            "quote": sole_quote(words, text, chance),
        }  # fmt: skip
        if claims:
            record["supports"] = chance.choice(claims)
        source, class_ = chance.choice(sources)
        record["attribution"] = {"class": class_, "source": source, "cue": chance.choice(CUES)}
        if n % RATED == 0:
            asked = chance.sample(CRITERIA, chance.randint(2, 3))
            record["ratings"] = {criterion: chance.randint(0, 4) for criterion in asked}
        if record["kind"] == "claim":
            claims.append(record["id"])
        yield record


def sentence_words(chance: random.Random, count: int) -> list[str]:
    """Return at least *count* words in sentences of 8 to 24."""
    words: list[str] = []
    while len(words) < count:
        sentence = chance.choices(WORDS, k=chance.randint(8, 24))
        words += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
    return words


def sole_quote(words: list[str], text: str, chance: random.Random) -> str:
    """Return a run of *words* that occurs once in *text*, which consists of these words."""
    while True:
        length = chance.randint(*QUOTED_WORDS)
        first = chance.randrange(len(words) - length)
        quote = " ".join(words[first : first + length])
        if text.count(quote) == 1:
            return quote


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write *records* to *path* as JSON Lines and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for count, record in enumerate(records, 1):  # noqa: B007  (the last is the total)
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def bare(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the documents and statements of *records*, without the extra parts."""
    for record in records:
        if record["type"] != "source":
            yield {key: value for key, value in record.items() if key not in EXTRAS}
