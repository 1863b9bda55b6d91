"""One document of varied records: its sources, its statements, and all records about them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field
from benchmarks.big_maps import WORDS
from benchmarks.bulk_records import CRITERIA, CUES, KINDS, SOURCE_KINDS
from support.drivers.desk import RUBRIC as PLAIN_RUBRIC

from argmap.model.vocabulary import ACCESSES, CERTAINTIES, CLASSES_WITHOUT_CHAIN, NATURES
from argmap.records.ids import attribution_id, inference_id, rating_id, statement_id

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

Record = dict[str, Any]
Place = tuple[int, int]

FOREIGN: Final = (
    "Zölle", "naïve", "тарифы", "关税", "🙂", "cafe\u0301", "الرسوم", "ﬁnance", "—", "“so-called”",
    "l’État", "ἀγορά", "A\u200dB",
)  # fmt: skip
"""Words beyond ASCII: composed or decomposed, right to left, with joiners, beyond 16 bits."""

SIZES: Final = ((0, 3), (5, 60), (5, 60), (5, 60), (200, 500))
"""Ranges for the number of statements of a document."""

TEXT_WORDS: Final = (150, 800)
LONG_TEXT_WORDS: Final = (5_000, 20_000)
LONG: Final = 0.03
"""Share of texts and of notes that are long."""

ASSESSORS: Final = ("amy", "Bóris", None)
"""Names of assessors; None for the assessor that the import names."""

RUBRIC: Final[Record] = PLAIN_RUBRIC | {"id": "varied"}
"""A rubric that applies to sources and documents too; it occurs once in a file."""


class Style(Enum):
    """The style in which the records of a document are written."""

    SHORTHANDS = "all that goes with a statement stands in it"
    RECORDS = "inferences, attributions and ratings are records of their own"
    MIXED = "both"
    NAMELESS = "as MIXED, and hardly anything has an id"
    EXPORTED = "as an export writes them: places, labels, made ids"


@define
class Made:
    """A statement, as seen by the records that refer to it."""

    id: str
    kind: str
    is_named: bool
    """Whether its record has an id."""


@define
class VariedDocument:
    """A maker of the records of one document."""

    chance: random.Random
    name: str
    style: Style
    known: list[tuple[str, str]]
    """Sources of other documents, each with the class of attribution that cites it."""
    sources: list[tuple[str, str]] = field(factory=list)
    id: str = field(init=False)
    _words: list[str] = field(init=False)
    _starts: list[int] = field(init=False)
    _text: str = field(init=False)
    _made: list[Made] = field(factory=list, init=False)
    _seen: set[object] = field(factory=set, init=False)
    """Keys that may occur only once: linked statements, answered criteria, quotes used as texts."""
    _labels: dict[str, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Write the text."""
        self.id = self.name if self._is_likely(0.9) else f"Ä {self.name} 文"
        size = LONG_TEXT_WORDS if self._is_likely(LONG) else TEXT_WORDS
        foreign = self._is_likely(0.4)
        self._words, self._starts, length = [], [], 0
        for number in range(self.chance.randint(*size)):
            word = self.chance.choice(FOREIGN if foreign and self._is_likely(0.2) else WORDS)
            word += "." if number % 15 == 14 else ""
            self._words.append(word)
            self._starts.append(length)
            length += len(word) + 1
        self._text = " ".join(self._words)

    def records(self) -> Iterator[Record]:
        """Yield every record of the document, each after the records that it refers to."""
        yield self._document()
        yield from self._sources()
        low, high = self.chance.choice(SIZES)
        for number in range(self.chance.randint(low, high)):
            yield from self._statement(number)
        if self.style is not Style.SHORTHANDS:
            yield from self._more_inferences()
            yield from self._other_judgements()

    def _is_likely(self, share: float) -> bool:
        return self.chance.random() < share

    def _document(self) -> Record:
        record = {"type": "document", "id": self.id, "title": f"Op-ed {self.name}"}
        record["text"] = self._text
        if self._is_likely(0.5):
            record |= {"author": "Ö. Ames", "publisher": "The Argus", "language": "en",
                       "url": f"https://example.org/{self.name}"}  # fmt: skip
            record["published"] = self.chance.choice(("2023", "2023-08", "2023-08-14"))
        return record

    def _sources(self) -> Iterator[Record]:
        for number in range(self.chance.randint(1, 9)):
            kind = self.chance.choice(list(SOURCE_KINDS))
            id_ = f"{self.name}-o{number}"
            record: Record = {"type": "source", "id": id_, "name": f"Voice {number}", "kind": kind}
            if self._is_likely(0.2):
                record |= {"description": "Heard once; 一度。", "interest": "Owns the pier."}
            others = [id_ for id_, _ in self.sources]
            if others and self._is_likely(0.3):
                record["derives_from"] = [self.chance.choice(others)]
            if others and self._is_likely(0.1):
                record["same_origin"] = [self.chance.choice(others)]
            self.sources.append((id_, SOURCE_KINDS[kind]))
            yield record

    def _statement(self, number: int) -> Iterator[Record]:
        kind = "claim" if number == 0 else self.chance.choice(KINDS)
        record: Record = {"type": "statement", "document": self.id, "kind": kind}
        places = self._place(record)
        text = self._say(record, number)
        made_id = statement_id(self.id, kind, text, places)
        exported = self.style is Style.EXPORTED
        is_named = exported or self.style is not Style.NAMELESS or self._is_likely(0.1)
        id_ = f"{self.name}-s{number}"
        if not is_named or (exported and self._is_likely(0.5)):
            id_ = made_id
        if is_named:
            record["id"] = id_
        self._describe(record, number)
        made = Made(id_, kind, is_named)
        yield record | self._shorthands(made)
        if self.style not in (Style.SHORTHANDS, Style.NAMELESS):
            yield from self._own_records(made)
        self._made.append(made)

    # Where a statement stands in the text, and what it says.

    def _place(self, record: Record) -> list[Place]:
        """Give *record* a passage, several or none, in any of the forms; return their places."""
        form = self.chance.choice(("none", "quote", "quote", "offsets", "both", "two", "prefix"))
        if self.style is Style.EXPORTED and form != "none":
            form = "both"
        if form == "none":
            return []
        first = self._run(5, 12)
        start, end = first
        quote = self._text[start:end]
        if form == "quote":
            record["quote"] = quote
        elif form == "offsets":
            record |= {"start": start, "end": end}
        elif form == "both":
            record |= {"quote": quote, "start": start, "end": end}
        elif form == "prefix":
            return self._place_by_prefix(record)
        else:
            second = self._run(5, 12)
            if second[0] < end and start < second[1]:
                record["quote"] = quote
                return [first]
            record["quote"] = [quote, self._text[second[0] : second[1]]]
            return [first, second]
        return [first]

    def _run(self, low: int, high: int) -> Place:
        """Return the place of a run of words that occurs once in the text."""
        while True:
            length = self.chance.randint(low, high)
            first = self.chance.randrange(len(self._words) - length)
            last = first + length - 1
            start, end = self._starts[first], self._starts[last] + len(self._words[last])
            quote = self._text[start:end]
            if self._text.find(quote, self._text.find(quote) + 1) < 0:
                return start, end

    def _place_by_prefix(self, record: Record) -> list[Place]:
        """Quote the last word of a passage, with the words before it as a prefix."""
        start, end = self._run(7, 12)
        split = self._text.rindex(" ", start, end) + 1
        record |= {"quote": self._text[split:end], "prefix": self._text[start:split]}
        return [(split, end)]

    def _say(self, record: Record, number: int) -> str:
        """Give *record* a text, unless its quote serves as one; return the text."""
        quote = record.get("quote")
        if isinstance(quote, str) and "prefix" not in record and self._is_likely(0.05):
            key = ("text", record["kind"], quote)
            if key not in self._seen:
                self._seen.add(key)
                return quote
        words = self.chance.choices(WORDS, k=self.chance.randint(4, 20))
        if self._is_likely(0.3):
            words.insert(1, self.chance.choice(FOREIGN))
        if self._is_likely(LONG / 3):
            words *= 60
        record["text"] = f"{' '.join(words).capitalize()} {number}."
        return str(record["text"])

    def _describe(self, record: Record, number: int) -> None:
        """Give *record* keys that refer to no other record."""
        kind = record["kind"]
        if self.style is Style.EXPORTED:
            record["label"] = self._label(kind[0].upper())
        elif self._is_likely(0.05):
            record["label"] = f"Point {number}"
        if kind == "claim" and self._is_likely(0.4):
            record["nature"] = self.chance.choice(NATURES)
        if kind == "assumption" and self._is_likely(0.4):
            record["stated"] = self._is_likely(0.5)
        if number == 0 and self._is_likely(0.7):
            record["main"] = True
        if self._is_likely(0.1):
            record["tags"] = ["costs", "naïve"][: self.chance.randint(1, 2)]
        if self._is_likely(0.1):
            record["note"] = "See page 3. " * (300 if self._is_likely(LONG) else 1)
        if self._is_likely(0.05):
            record["order"] = self.chance.randint(1, 9)

    def _label(self, letter: str) -> str:
        self._labels[letter] = self._labels.get(letter, 0) + 1
        return f"{letter}{self._labels[letter]}"

    # What goes with a statement, in its record or in records of its own.

    def _shorthands(self, made: Made) -> Record:
        """Return the keys of *made* that are shorthands for other records."""
        found: Record = {}
        if self.style in (Style.RECORDS, Style.EXPORTED):
            return found
        if self._is_likely(0.8):
            targets = [t for t in self._targets(1 + self._is_likely(0.1)) if self._join([made], t)]
            if targets:
                stance = self.chance.choice(("supports", "supports", "supports", "opposes"))
                found[stance] = targets[0] if len(targets) == 1 else targets
        if self._is_likely(0.6):
            said = [self._said(made), self._said(made)]
            differ = any(said[0].get(key) != said[1].get(key) for key in ("class", "cue"))
            found["attribution"] = said if differ and self._is_likely(0.1) else said[0]
        if made.kind == "claim" and self._is_likely(0.4):
            found["ratings"] = {
                criterion: self._answer()
                for criterion in self.chance.sample(CRITERIA, self.chance.randint(1, 4))
            }
            self._seen.update((made.id, criterion, None) for criterion in found["ratings"])
        return found

    def _own_records(self, made: Made) -> Iterator[Record]:
        """Yield records that refer to *made*."""
        if self._is_likely(0.7):
            for target in self._targets(1):
                if self._join([made], target):
                    yield self._inference([made], target)
        if self._is_likely(0.5):
            yield self._attribution(made)
        if made.kind == "claim" and self._is_likely(0.4):
            for criterion in self.chance.sample(CRITERIA, self.chance.randint(1, 11)):
                assessor = self.chance.choice(ASSESSORS)
                if (made.id, criterion, assessor) not in self._seen:
                    self._seen.add((made.id, criterion, assessor))
                    yield self._rating(made, criterion, assessor)

    def _targets(self, count: int) -> list[str]:
        """Return the ids of up to *count* earlier statements, most of them claims."""
        claims = [m.id for m in self._made if m.kind == "claim"]
        among = claims if self._is_likely(0.95) else [m.id for m in self._made]
        return self.chance.sample(among, min(count, len(among)))

    def _join(self, premises: list[Made], conclusion: str) -> bool:
        """Return whether *premises* and *conclusion* were not linked yet, and record the link."""
        key = (frozenset(premise.id for premise in premises), conclusion)
        if key in self._seen or conclusion in key[0]:
            return False
        self._seen.add(key)
        return True

    def _inference(self, premises: list[Made], conclusion: str) -> Record:
        ids = [premise.id for premise in premises]
        stance = self.chance.choice(("supports", "supports", "opposes"))
        record: Record = {"type": "inference", "document": self.id, "premises": ids,
                          "conclusion": conclusion, "stance": stance}  # fmt: skip
        if self.style is Style.EXPORTED:
            record |= {"id": inference_id(ids, conclusion, stance), "label": self._label("I")}
        if self._is_likely(0.1):
            record |= {"scheme": "expert opinion", "note": "Où ?", "order": 2}
        return record

    def _said(self, made: Made) -> Record:
        """Return the attribution of *made*, as a shorthand."""
        known = self.sources + self.known
        chain = dict(self.chance.sample(known, min(len(known), self.chance.randint(1, 3))))
        record: Record = {"class": [*chain.values()][-1], "chain": [*chain]}
        if self._is_likely(0.1):
            record = {"class": self.chance.choice(sorted(CLASSES_WITHOUT_CHAIN)), "chain": []}
        elif len(chain) == 1 and self.style is not Style.EXPORTED:
            record["source"] = record.pop("chain")[0]
        if self._is_likely(0.6):
            record["cue"] = self.chance.choice(CUES)
        elif self._is_likely(0.3):
            record["cue_start"], end = self._run(2, 4)
            record["cue"] = self._text[record["cue_start"] : end]
        if self._is_likely(0.2):
            record |= {"access": self.chance.choice(ACCESSES), "locator": "page 6",
                       "text_certainty": self.chance.choice(CERTAINTIES),
                       "source_certainty": self.chance.choice(CERTAINTIES)}  # fmt: skip
        if self._is_likely(0.1):
            record |= {"accessed": "2024-03-02", "note": "By hand."}
        if self.style is Style.EXPORTED:
            parts = (record["class"], record["chain"], record.get("cue"), record.get("cue_start"))
            record["id"] = attribution_id(made.id, *parts)
        return record

    def _attribution(self, made: Made) -> Record:
        return {"type": "attribution", "statement": made.id, **self._said(made)}

    def _answer(self) -> int | str:
        return self.chance.choice((0, 1, 2, 3, 4, "not_rated", "cannot_judge", "not_applicable"))

    def _rating(self, made: Made, criterion: str, assessor: str | None) -> Record:
        record: Record = {"type": "rating", "statement": made.id, "criterion": criterion}
        record["answer"] = self._answer()
        if assessor:
            record["assessor"] = assessor
        if self._is_likely(0.3):
            record |= {"because": "No report is named.", "at": "2024-03-02T10:15:00Z"}
        if self.style is Style.EXPORTED:
            rubric, version = "evidence-attribution", "1.1"
            record |= {"rubric": rubric, "version": version, "assessor": assessor or "tess"}
            record["id"] = rating_id(made.id, rubric, version, criterion, record["assessor"])
        return record

    # What refers to several statements, to a source or to the document.

    def _more_inferences(self) -> Iterator[Record]:
        """Yield inferences with several premises, and some that oppose an inference."""
        for number in range(len(self._made) // 8):
            premises = self.chance.sample(self._made, min(len(self._made), 3))
            conclusion = self.chance.choice(self._made).id
            if not self._join(premises, conclusion):
                continue
            record = self._inference(premises, conclusion)
            other = self.chance.choice(self._made)
            if self._is_likely(0.3) and self._join([other], f"{self.name}-i{number}"):
                record["id"] = f"{self.name}-i{number}"
                yield self._inference([other], record["id"])  # before the one that it opposes
            yield record

    def _other_judgements(self) -> Iterator[Record]:
        """Yield Admiralty letters and numbers, and ratings under the rubric in the file."""
        for source, _ in self.sources:
            if self._is_likely(0.2):
                yield {"type": "reliability", "source": source, "assessor": "amy",
                       "letter": self.chance.choice("BCDF"), "topic": "tolls"}  # fmt: skip
            if self._is_likely(0.1):
                yield {"type": "rating", "source": source, "rubric": RUBRIC["id"],
                       "criterion": "good", "answer": self.chance.randint(0, 2)}  # fmt: skip
        for made in self._made:
            if made.kind == "evidence" and self._is_likely(0.05):
                yield {"type": "credibility", "statement": made.id, "assessor": "amy",
                       "number": self.chance.randint(1, 6)}  # fmt: skip
        if self._is_likely(0.2):
            yield {"type": "rating", "document": self.id, "rubric": RUBRIC["id"], "answer": 1,
                   "criterion": "good", "because": "—"}  # fmt: skip
