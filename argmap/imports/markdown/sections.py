"""Read the sections of argmap's Markdown into a draft, and skip the computed parts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import from_line, names_in
from argmap.text.display import unsigned

from .blocks import FenceBlock, HeadingBlock, ListBlock, ParagraphBlock, QuotationBlock, TableBlock
from .draft import (
    AnnotationDraft,
    Draft,
    InferenceDraft,
    SourceDraft,
    StatementDraft,
    refuse,
    refuse_item,
)
from .older_words import present_key, present_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .blocks import ListItem, MarkdownBlock

# argmap writes emphasis with stars; some formatters rewrite it with underscores.
_PLACE = re.compile(
    r"(?:\A|\n)[ \t]*[*_][^*_]*characters\s+(\d{1,9})[–-](\d{1,9})[*_]\s*\Z", re.ASCII
)
_TITLE = re.compile(r"(?:\*\*([^*]+)\*\*|__([^_]+)__)(.*)", re.DOTALL)
_HEAD = re.compile(r"\*\*((?:`[^`]*`|[^*`])+)\*\*|__((?:`[^`]*`|[^_`])+)__", re.DOTALL)
_SECTION = re.compile(r"(`[^`]*`|\S+)(?: · (.*))?", re.DOTALL)
_KINDS: Final = {title: kind for kind, title in form.KIND_TITLES.items()}
_STANCES: Final = {form.FOR: "supports", form.ASSUMES: "supports", form.AGAINST: "opposes"}
_PARTS: Final = (
    "Map", *form.COMPUTED, *_KINDS, form.INFERENCES, form.DOCUMENT, form.SOURCES, form.RUBRICS,
)  # fmt: skip
_GROUPS: Final = (
    *_STANCES, form.REASONING, form.ORIGINS, form.ATTRIBUTED, form.RATED, form.GRADED,
    form.RELIABILITY, form.CREDIBILITY,
)  # fmt: skip
_REASONS: Final = (*_STANCES, form.REASONING)
_VOICE_KEYS: Final = {
    "class": "class",
    "reporting words": "cue",
    "reporting words at": "cue_start",
    "access": "access",
    "certainty in the text": "text_certainty",
    "certainty in the source": "source_certainty",
    "locator": "locator",
    "accessed": "accessed",
    "note": "note",
    "id": "id",
}
_WORDS: Final = ("class", "access")
"""Keys whose values are words of a vocabulary, written with spaces."""
_NUMBERS: Final = ("cue_start", "checked", "valid", "order")
_LINKS: Final = {"derives from": "derives_from", "same origin": "same_origin"}
_ANSWERS: Final = {s.replace("_", " "): s for s in ("not_rated", "cannot_judge", "not_applicable")}


@define
class Reader:
    """Reads the blocks of a file and tracks the current part, section and group."""

    draft: Draft
    part: str = ""
    group: str = ""
    statement: StatementDraft | None = None
    source: SourceDraft | None = None
    rated: tuple[str, str, str] | None = None
    """The assessor, rubric and version of the table that follows."""
    _labels: set[str] = field(factory=set)

    def read(self, blocks: Iterable[MarkdownBlock]) -> None:
        """Read all *blocks* into the draft.

        Raises:
            InputError: a block has the wrong form; the message names its line.
        """
        for block in blocks:
            if isinstance(block, HeadingBlock):
                self._read_heading(block)
            elif self.part in _KINDS and self.statement is not None:
                self._read_statement_block(block, self.statement)
            elif self.part == form.SOURCES and self.source is not None:
                self._read_source_block(block, self.source)
            elif self.part == form.DOCUMENT:
                self._read_annotations(block, ("document", ""))
            elif self.part == form.INFERENCES and isinstance(block, ListBlock):
                self.group = form.REASONING
                self._read_inferences(block, "")
            elif self.part == form.RUBRICS and isinstance(block, FenceBlock):
                self._read_rubric(block)

    def _read_heading(self, heading: HeadingBlock) -> None:
        self.group, self.rated = "", None
        if heading.level == 2:  # noqa: PLR2004  (the level of the parts)
            self.part = present_title(from_line(heading.source))
            if self.part not in _PARTS:
                refuse(
                    heading.line,
                    f"{self.part!r} is not a part of this form; use {', '.join(_PARTS)}",
                )
            self.statement = self.source = None
            return
        if heading.level != 3 or self.part not in (*_KINDS, form.SOURCES):  # noqa: PLR2004
            return
        match = _SECTION.fullmatch(heading.source)
        if match is None:  # skipped, its content would join the section before
            example = "S1 · name" if self.part == form.SOURCES else "C1 · words"
            refuse(heading.line, f"a section needs a label: ### {example}")
        label, words = names_in(match[1])[0], match[2]
        if label in self._labels:
            refuse(heading.line, f"section {label} appears twice")
        self._labels.add(label)
        if self.part == form.SOURCES:
            name = {"name": from_line(words)} if words else {}
            self.source = SourceDraft(heading.line, label, name)
            self.draft.sources.append(self.source)
            return
        text = from_line(words) if words else None
        self.statement = StatementDraft(heading.line, label, _KINDS[self.part], text)
        self.draft.statements.append(self.statement)

    def _read_statement_block(self, block: MarkdownBlock, statement: StatementDraft) -> None:
        if isinstance(block, QuotationBlock):
            statement.quotes += _parse_quotation(block)
        elif isinstance(block, ParagraphBlock) and self._begins_group(block):
            return
        elif isinstance(block, ParagraphBlock):
            if statement.text is not None:
                refuse(
                    block.line,
                    f"this paragraph belongs to no group; make it a note of {statement.label}",
                )
            statement.text = from_line(block.source)
        elif isinstance(block, ListBlock) and not self.group:
            for item in block.items:
                _statement_field(statement, item)
        elif isinstance(block, ListBlock) and self.group in _REASONS:
            self._read_inferences(block, statement.label)
        elif isinstance(block, ListBlock) and self.group == form.ATTRIBUTED:
            self.draft.annotations += (
                _parse_attribution(item, statement.label) for item in block.items
            )
        else:
            self._read_annotations(block, ("statement", statement.label))

    def _read_source_block(self, block: MarkdownBlock, source: SourceDraft) -> None:
        if isinstance(block, ParagraphBlock) and self._begins_group(block):
            return
        if isinstance(block, ListBlock) and not self.group:
            for item in block.items:
                key, value = _split_field(item)
                if key in _LINKS:
                    source.links[_LINKS[key]] = [n.strip(",") for n in names_in(value)]
                else:
                    source.values[key] = from_line(value)
        else:
            self._read_annotations(block, ("source", source.number))

    def _begins_group(self, paragraph: ParagraphBlock) -> bool:
        """Begin a group and return True if *paragraph* is the title of one."""
        match = _TITLE.fullmatch(paragraph.source)
        if not match:
            return False
        self.group = present_title(match[1] or match[2])
        if self.group not in _GROUPS:
            refuse(
                paragraph.line,
                f"{self.group!r} is not a group of this form; use {', '.join(_GROUPS)}",
            )
        if self.group == form.RATED:
            words = names_in(match[3])
            if len(words) < 5 or words[0] != "by" or words[2] != "under":  # noqa: PLR2004  (by X under Y Z)
                refuse(paragraph.line, "expected **Rated** by ASSESSOR under RUBRIC VERSION")
            self.rated = (words[1], words[3], words[4])
        return True

    def _read_inferences(self, block: ListBlock, target: str) -> None:
        for item in block.items:
            self.draft.inferences.append(_parse_inference(item, self.group, target))

    def _read_annotations(self, block: MarkdownBlock, subject: tuple[str, str]) -> None:
        if isinstance(block, ParagraphBlock):
            self._begins_group(block)
        elif isinstance(block, TableBlock) and self.group == form.RATED and self.rated:
            self.draft.annotations += _parse_ratings(block, subject, self.rated)
        elif isinstance(block, ListBlock) and self.group in (form.RELIABILITY, form.CREDIBILITY):
            self.draft.annotations += (
                _parse_admiralty(item, self.group, subject) for item in block.items
            )

    def _read_rubric(self, fence: FenceBlock) -> None:
        try:
            record = json.loads(unsigned(fence.content))
        except ValueError as error:
            refuse(fence.line, f"the rubric is not JSON: {error}")
        self.draft.rubrics.append((fence.line, record))


def _parse_quotation(quotation: QuotationBlock) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield the words of each passage in *quotation*, with its offsets if given.

    There are several if a formatter joined adjacent quotations.
    """
    words: list[str] = []
    for paragraph in quotation.paragraphs:
        match = _PLACE.search(paragraph)
        before = paragraph[: match.start()] if match else paragraph
        words += [before] if before else []
        if match and words:
            yield from_line("\\\n\\\n".join(words)), int(match[1]), int(match[2])
            words = []
    if words:
        yield from_line("\\\n\\\n".join(words)), None, None


def _split_field(item: ListItem) -> tuple[str, str]:
    """Return the key and the written value of an item such as `- nature: causal`."""
    key, _, value = item.source.partition(":")
    return " ".join(key.split()), value.strip()


def _statement_field(statement: StatementDraft, item: ListItem) -> None:
    key, value = _split_field(item)
    if key == "main claim":
        statement.values["main"] = True
    elif key == "main item":
        statement.main_item = (item.line, _one_name(item, value))
    elif key == "stated":
        statement.values["stated"] = value == "yes"
    elif key == "tag":
        statement.values.setdefault("tags", []).append(from_line(value))
    elif key in ("nature", "order", "note", "id"):
        _set_value(statement.values, key, from_line(value), item)
    else:
        expected = "main claim, main item, nature, stated, order, tag, note or id"
        refuse_item(item, f"{expected}, not {key!r}")


def _one_name(item: ListItem, value: str) -> str:
    names = names_in(value)
    if len(names) != 1:
        refuse_item(item, f"one label, not {value!r}")
    return names[0]


def _bold_head(item: ListItem) -> str | None:
    """Return the bold words at the beginning of *item*."""
    match = _HEAD.match(item.source)
    return match and (match[1] or match[2])


def _parse_inference(item: ListItem, group: str, target: str) -> InferenceDraft:
    """Return the inference of an item such as `- **I5: E3 + A1** …`."""
    head = _bold_head(item)
    if head is None:
        refuse_item(item, "an inference such as **I5: E3 + A1**")
    label, premises, rest = _parse_inference_head(head)
    values: dict[str, Any] = {}
    for inner in item.inner:
        _set_value(values, *_decode_field(inner), inner)
    if group != form.REASONING:
        stance, conclusion = _STANCES[group], target
    elif len(rest) == 2 and rest[0] in form.STANCE_WORDS:  # noqa: PLR2004  (a stance, a label)
        stance, conclusion = rest
    else:
        refuse_item(item, "an inference such as **I9: E7 opposes I5**")
    if not premises or (rest and group != form.REASONING):
        refuse_item(item, "an inference such as **I5: E3 + A1**")
    return InferenceDraft(item.line, label, premises, stance, conclusion, values)


def _parse_inference_head(head: str) -> tuple[str | None, list[str], list[str]]:
    """Return the label, the premises and the remaining words of an inference's head."""
    spaced = re.sub(r"(`[^`]*`)|(:)(?=\s)", lambda m: m[1] or " : ", head)
    words = [(w, w if not w.startswith("`") else names_in(w)[0]) for w in _split_words(spaced)]
    marks = [raw for raw, _ in words]
    label = None
    if ":" in marks[:2]:
        label, words = words[0][1], words[2:]
    premises = [words[0][1]] if words else []
    position = 1
    while position + 1 < len(words) and words[position][0] == "+":
        premises.append(words[position + 1][1])
        position += 2
    return label, premises, [word for _, word in words[position:]]


def _split_words(text: str) -> list[str]:
    return re.findall(r"`[^`]*`|[^\s`]+", text)


def _decode_field(item: ListItem) -> tuple[str, str]:
    key, value = _split_field(item)
    return key, from_line(value)


def _parse_attribution(item: ListItem, label: str) -> AnnotationDraft:
    head = _bold_head(item)
    if head is None:
        refuse_item(item, "the sources such as **S1 → S4**, or **no source**")
    chain = [] if head == form.NO_SOURCE else [n for n in names_in(head) if n != "→"]
    values: dict[str, Any] = {}
    for inner in item.inner:
        key, value = _decode_field(inner)
        key = present_key(key)
        if key not in _VOICE_KEYS:
            refuse_item(inner, f"one of {', '.join(_VOICE_KEYS)}, not {key!r}")
        _set_value(values, _VOICE_KEYS[key], value, inner)
    return AnnotationDraft(item.line, "attribution", ("statement", label), values, chain)


def _set_value(values: dict[str, Any], key: str, value: str, item: ListItem) -> None:
    """Store *value* under *key*, as the number or word that it is."""
    if key in _NUMBERS:
        if not re.fullmatch(r"\d{1,16}", value, re.ASCII):
            refuse_item(item, f"a number, not {value!r}")
        values[key] = int(value)
    else:
        values[key] = value.replace(" ", "_") if key in _WORDS else value


def _parse_admiralty(item: ListItem, group: str, subject: tuple[str, str]) -> AnnotationDraft:
    words = names_in(_bold_head(item) or "")
    if len(words) != 2:  # noqa: PLR2004  (what it is, and which)
        refuse_item(item, "a head such as **letter C** or **number 2**")
    values: dict[str, Any] = {}
    if words[0] == "letter":
        values["letter"] = words[1]
    elif words[0] == "number" and words[1].isdecimal():
        values["number"] = int(words[1])
    for inner in item.inner:
        key, value = _decode_field(inner)
        if key == "conflict":
            values[key] = value == "yes"
        else:
            _set_value(values, key, value, inner)
    type_ = "reliability" if group == form.RELIABILITY else "credibility"
    return AnnotationDraft(item.line, type_, subject, values)


def _parse_ratings(
    table: TableBlock, subject: tuple[str, str], rated: tuple[str, str, str]
) -> Iterator[AnnotationDraft]:
    assessor, rubric, version = rated
    (_, head), *rows = table.rows
    keys = [from_line(cell).casefold() for cell in head]
    for line, cells in rows:
        row = {key: cell for key, cell in zip(keys, cells, strict=False) if cell}
        if not {"criterion", "answer"} <= row.keys():
            refuse(line, "expected a criterion and an answer")
        answer = from_line(row["answer"])
        values: dict[str, Any] = {
            "criterion": from_line(row["criterion"]),
            "answer": int(answer) if answer.isdecimal() else _ANSWERS.get(answer, answer),
            "assessor": assessor,
            "rubric": rubric,
            "version": version,
        }
        for key, column in (("because", "because"), ("at", "when"), ("id", "id")):
            if column in row:
                values[key] = from_line(row[column])
        yield AnnotationDraft(line, "rating", subject, values)
