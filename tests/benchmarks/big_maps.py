"""Record files for documents of any number of statements, identical on every run."""

from __future__ import annotations

import json
import random
from collections import deque
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE: Final = "Who pays for the harbour"
FIRST_WORDS: Final = "It is often said"
"""The beginning of every text; no statement contains it."""

DOCUMENT: Final = "big"
"""The id of the document, the only one in its file."""

SENTENCE: Final = 20
"""Number of words in a sentence; every passage is a sentence without its last word.

So marking a whole sentence never matches the passage of an existing statement.
"""

SENTENCES: Final = (30, 1000)
"""Sentences of the shortest and of the longest text; otherwise one for each statement."""

PARAGRAPH: Final = 5
"""Sentences in a paragraph."""

FAN_OUT: Final = (3, 7)
"""Statements that directly support or contradict one claim."""

VOCABULARY: Final = (
    "toll bridge harbour council revenue traffic haulier detour survey quarter budget pier "
    "ferry port crane levy owner tenant report figure estimate share promise vote cost "
    "rises falls pays holds fails counts shows hides grows ends begins would could might "
    "the this that most few more less under over since before without against because"
)
WORDS: Final = tuple(VOCABULARY.split())


def write_map(path: Path, count: int) -> None:
    """Write a document with *count* statements to *path*, in JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for record in records(count):
            out.write(json.dumps(record) + "\n")


def records(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield a document, then *count* statements: a tree below one main claim."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    low, high = SENTENCES
    sentences = [_sentence(number, chance) for number in range(min(max(low, count), high))]
    text, starts = _set(sentences)
    yield {"type": "document", "id": DOCUMENT, "title": TITLE, "text": text}
    for number, statement in enumerate(_statements(count, chance)):
        if number < len(sentences):
            start, length = starts[number], sentences[number].rindex(" ")
            statement |= {"start": start, "end": start + length}
        yield statement


def _sentence(number: int, chance: random.Random) -> str:
    words = chance.choices(WORDS, k=SENTENCE)
    if number == 0:
        words[: len(FIRST_WORDS.split())] = FIRST_WORDS.split()
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def _set(sentences: list[str]) -> tuple[str, list[int]]:
    """Return *sentences* in paragraphs, and the offset of each sentence."""
    text, starts, length = [], [], 0
    for number, sentence in enumerate(sentences):
        if number:
            gap = "\n\n" if number % PARAGRAPH == 0 else " "
            text.append(gap)
            length += len(gap)
        starts.append(length)
        text.append(sentence)
        length += len(sentence)
    return "".join(text), starts


def _statements(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield statements level by level, each linked to an earlier claim."""
    inner = -(-count // 5)
    claims: deque[str] = deque()
    parent, room = "", 0
    for number in range(count):
        kind = "claim" if number < inner else _leaf(chance)
        words = " ".join(chance.choices(WORDS, k=chance.randint(6, 14))).capitalize()
        statement: dict[str, Any] = {
            "type": "statement", "id": f"s{number}", "document": DOCUMENT, "kind": kind,
            "text": f"{words}.",
        }  # fmt: skip
        if number == 0:
            statement["main"] = True
        else:
            if not room:
                parent, room = claims.popleft(), chance.randint(*FAN_OUT)
            room -= 1
            stance = "opposes" if kind != "assumption" and chance.random() < 0.15 else "supports"
            statement[stance] = parent
        if kind == "claim":
            claims.append(f"s{number}")
        yield statement


def _leaf(chance: random.Random) -> str:
    """Return the kind of a statement below the inner claims: six in ten of all are evidence."""
    return chance.choices(("evidence", "claim", "assumption"), (75, 15, 10))[0]
