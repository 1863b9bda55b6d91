"""Turn a draft of a Markdown file into records: labels become ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from argmap.model.document import Passage
from argmap.quotes.anchoring import PassageSelector, find_passage
from argmap.records.ids import inference_id, made_id, statement_id

from .draft import Draft, refuse
from .op_ed import find_quoted_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .draft import AnnotationDraft, InferenceDraft, StatementDraft

PlacedRecord = tuple[int, bool, dict[str, Any]]
"""A record's line, whether its entity is found by its label, and its content."""


def records_from_draft(draft: Draft) -> Iterator[PlacedRecord]:
    """Yield the records of *draft*.

    Ids that are not in the file are derived from the content, as for any record.

    Raises:
        InputError: a label or number is not in the file; the message names the line.
    """
    names = _Names(draft)
    yield 1, False, draft.document
    for line, rubric in draft.rubrics:
        yield line, False, rubric | {"type": "rubric"}
    for source in draft.sources:
        links = {k: [names.source(source.line, n) for n in v] for k, v in source.links.items()}
        yield source.line, False, {"type": "source"} | source.values | links
    for statement in draft.statements:
        yield statement.line, "id" not in statement.values, names.statement_record(statement)
    for inference in draft.inferences:
        by_label = "id" not in inference.values and inference.label is not None
        yield inference.line, by_label, names.inference_record(inference)
    for judgement in draft.annotations:
        yield judgement.line, False, names.annotation_record(judgement)


@define
class _Names:
    """The ids of every label and number in a file."""

    draft: Draft
    _sources: dict[str, str] = field(factory=dict)
    _statements: dict[str, str] = field(factory=dict)
    _inferences: dict[str, str] = field(factory=dict)
    _used: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        for source in self.draft.sources:
            self._sources[source.number] = source.values.get("id", "")
        used: set[str] = set()
        text = self.draft.document["text"]
        for statement in self.draft.statements:
            statement.quotes = [
                (find_quoted_words(words, start, end, text), start, end)
                for words, start, end in statement.quotes
            ]
            statement.id = self._statement_id(statement)
            if statement.id in used:  # two were edited to the same words
                statement.id = made_id(self._document, "label", statement.label)
            used.add(statement.id)
            self._statements[statement.label] = statement.id
        self._name_inferences()

    def source(self, line: int, number: str) -> str:
        """Return the id of the source with that number."""
        if number not in self._sources:
            refuse(line, f"there is no source {number} in this file")
        return self._sources[number]

    def statement(self, line: int, label: str) -> str:
        """Return the id of the statement with that label."""
        if label not in self._statements:
            refuse(line, f"there is no statement {label} in this file")
        return self._statements[label]

    def statement_record(self, draft: StatementDraft) -> dict[str, Any]:
        """Return the record of a statement's section."""
        record: dict[str, Any] = {
            "type": "statement",
            "document": self._document,
            "kind": draft.kind,
            "label": draft.label,
        }
        record |= {k: v for k, v in self._passage_keys(draft).items() if v}
        if draft.text is not None:
            record["text"] = draft.text
        if draft.main_item is not None:
            record["main_item"] = self.statement(*draft.main_item)
        return record | draft.values | {"id": draft.id}

    def inference_record(self, draft: InferenceDraft) -> dict[str, Any]:
        """Return the record of an inference's item."""
        record: dict[str, Any] = {
            "type": "inference",
            "document": self._document,
            "premises": [self.statement(draft.line, label) for label in draft.premises],
            "conclusion": self._conclusion_id(draft),
            "stance": draft.stance,
        }
        if draft.label is not None:
            record["label"] = draft.label
        return record | draft.values | {"id": draft.id}

    def annotation_record(self, draft: AnnotationDraft) -> dict[str, Any]:
        """Return the record of an attribution, a rating, or an Admiralty letter or number."""
        type_, name = draft.subject
        ids = {"statement": self.statement, "source": self.source}
        subject = self._document if type_ == "document" else ids[type_](draft.line, name)
        record: dict[str, Any] = {"type": draft.type, type_: subject} | draft.values
        if draft.chain:
            record["chain"] = [self.source(draft.line, number) for number in draft.chain]
        return record

    @property
    def _document(self) -> str:
        return str(self.draft.document["id"])

    def _passage_keys(self, draft: StatementDraft) -> dict[str, Any]:
        """Return the keys of a statement's passages."""
        words = [quote for quote, _, _ in draft.quotes]
        starts = [start for _, start, _ in draft.quotes]
        ends = [end for _, _, end in draft.quotes]
        if None in starts or None in ends:  # one was added by hand: find all by words
            return {"quote": words}
        return {"quote": words, "start": starts, "end": ends}

    def _statement_id(self, draft: StatementDraft) -> str:
        if "id" in draft.values:
            return str(draft.values["id"])
        text = self.draft.document["text"]
        places = []
        wording = draft.text or ""
        for n, (words, start, end) in enumerate(draft.quotes):
            # The id must match the stored statement, which has the text's own characters.
            found = find_passage(PassageSelector(words, None, start, end), text)
            if isinstance(found, Passage):
                places.append((found.start, found.end))
            else:
                begin = text.find(words) if start is None else start
                places.append((begin, begin + len(words) if end is None else end))
            if n == 0 and draft.text is None:
                wording = found.words if isinstance(found, Passage) else words
        return statement_id(self._document, draft.kind, wording, places)

    def _conclusion_id(self, draft: InferenceDraft) -> str:
        if draft.conclusion in self._statements:
            return self._statements[draft.conclusion]
        if draft.conclusion not in self._inferences:
            refuse(
                draft.line, f"there is no statement or inference {draft.conclusion} in this file"
            )
        return self._inferences[draft.conclusion]

    def _name_inferences(self) -> None:
        """Give each inference its id; one that targets another gets its id after that one."""
        labelled: dict[str, InferenceDraft] = {}
        for each in self.draft.inferences:
            if each.label is None:
                continue
            if each.label in labelled or each.label in self._statements:
                refuse(each.line, f"the label {each.label} is used twice")
            labelled[each.label] = each
        for first in self.draft.inferences:
            trail = [first]
            passed = {first.label}
            while (
                (target := labelled.get(trail[-1].conclusion))
                and not target.id
                and trail[-1].conclusion not in self._statements
                and target.label not in passed
            ):
                trail.append(target)
                passed.add(target.label)
            for draft in reversed(trail):
                self._name_inference(draft)

    def _name_inference(self, draft: InferenceDraft) -> None:
        if draft.id:
            return
        target = self._statements.get(draft.conclusion) or self._inferences.get(draft.conclusion)
        if "id" in draft.values:
            draft.id = str(draft.values["id"])
        elif target is not None:
            premises = [self.statement(draft.line, label) for label in draft.premises]
            draft.id = inference_id(premises, target, draft.stance)
        else:  # in a circle of inferences, no id can be derived from content alone
            draft.id = made_id(self._document, "label", draft.label)
        if draft.id in self._used and draft.label is not None:  # two now join the same statements
            draft.id = made_id(self._document, "label", draft.label)
        self._used.add(draft.id)
        if draft.label is not None:
            self._inferences[draft.label] = draft.id
