"""The keys of each type of record. `UNSET` marks a key that is not given."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import UNSET, Meta, Struct, UnsetType, field

from argmap.model.faults import LARGEST
from argmap.model.vocabulary import (
    Access,
    AttributionClass,
    Certainty,
    Consistency,
    Kind,
    Letter,
    Logical,
    Nature,
    SourceKind,
    Stance,
    State,
)

Whole = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = str | UnsetType
MaybeText = str | None | UnsetType
MaybeWhole = Whole | None | UnsetType
MaybeOrder = Annotated[int, Meta(ge=1, le=LARGEST)] | None | UnsetType
Names = str | list[str] | None | UnsetType
AnswerWord = Whole | State


class _Wire(Struct, forbid_unknown_fields=True):
    """The base of all records: refuses keys that a record type does not list."""


class DocumentRecord(_Wire, tag_field="type", tag="document"):
    """An op-ed."""

    required: ClassVar = ("title", "text")
    id: Name
    title: Text = UNSET
    text: Text = UNSET
    author: MaybeText = UNSET
    publisher: MaybeText = UNSET
    published: MaybeText = UNSET
    url: MaybeText = UNSET
    language: MaybeText = UNSET


class SourceRecord(_Wire, tag_field="type", tag="source"):
    """A person, organisation, document or outlet, or an unnamed voice."""

    required: ClassVar = ("name", "kind")
    id: Name
    name: Text = UNSET
    kind: SourceKind | UnsetType = UNSET
    url: MaybeText = UNSET
    description: MaybeText = UNSET
    interest: MaybeText = UNSET
    derives_from: list[str] | None | UnsetType = UNSET
    same_origin: list[str] | None | UnsetType = UNSET


class AttributionShorthand(_Wire, rename={"class_": "class"}):
    """An attribution inside the record of its statement."""

    required: ClassVar[tuple[str, ...]] = ("class",)
    id: Name | UnsetType = UNSET
    class_: AttributionClass | UnsetType = UNSET
    chain: list[str] | None | UnsetType = UNSET
    source: MaybeText = UNSET
    cue: MaybeText = UNSET
    cue_start: MaybeWhole = UNSET
    access: Access | None | UnsetType = UNSET
    text_certainty: Certainty | None | UnsetType = UNSET
    source_certainty: Certainty | None | UnsetType = UNSET
    locator: MaybeText = UNSET
    accessed: MaybeText = UNSET
    note: MaybeText = UNSET


class AttributionRecord(
    AttributionShorthand, tag_field="type", tag="attribution", rename={"class_": "class"}
):
    """The sources that are reported to say a statement."""

    required: ClassVar[tuple[str, ...]] = ("statement", "class")
    statement: Text = UNSET


class StatementRecord(_Wire, tag_field="type", tag="statement"):
    """A proposition, with shorthands for its inferences, attributions and ratings."""

    required: ClassVar = ("document", "kind")
    id: Name | UnsetType = UNSET
    document: Text = UNSET
    kind: Kind | UnsetType = UNSET
    text: Text = UNSET
    quote: Names = UNSET
    prefix: Names = UNSET
    start: Whole | list[Whole] | None | UnsetType = UNSET
    end: Whole | list[Whole] | None | UnsetType = UNSET
    nature: Nature | None | UnsetType = UNSET
    label: MaybeText = UNSET
    note: MaybeText = UNSET
    tags: list[str] | None | UnsetType = UNSET
    main: bool | None | UnsetType = UNSET
    main_item: MaybeText = UNSET
    stated: bool | None | UnsetType = UNSET
    order: MaybeOrder = UNSET
    supports: Names = UNSET
    opposes: Names = UNSET
    attribution: AttributionShorthand | list[AttributionShorthand] | None | UnsetType = UNSET
    ratings: dict[str, AnswerWord] | None | UnsetType = UNSET


class InferenceRecord(_Wire, tag_field="type", tag="inference"):
    """An inference from premises to a conclusion."""

    required: ClassVar = ("document", "premises", "conclusion", "stance")
    id: Name | UnsetType = UNSET
    document: Text = UNSET
    premises: list[str] | UnsetType = UNSET
    conclusion: Text = UNSET
    stance: Stance | UnsetType = UNSET
    scheme: MaybeText = UNSET
    note: MaybeText = UNSET
    label: MaybeText = UNSET
    order: MaybeOrder = UNSET


class RatingRecord(_Wire, tag_field="type", tag="rating"):
    """An answer on one criterion."""

    required: ClassVar = ("criterion", "answer")
    id: Name | UnsetType = UNSET
    statement: Text = UNSET
    source: Text = UNSET
    document: Text = UNSET
    rubric: MaybeText = UNSET
    version: MaybeText = UNSET
    criterion: Text = UNSET
    answer: AnswerWord | UnsetType = UNSET
    assessor: MaybeText = UNSET
    because: MaybeText = UNSET
    at: MaybeText = UNSET


class ReliabilityRecord(_Wire, tag_field="type", tag="reliability"):
    """The Admiralty letter of a source."""

    required: ClassVar = ("source",)
    id: Name | UnsetType = UNSET
    source: Text = UNSET
    assessor: MaybeText = UNSET
    letter: Letter | None | UnsetType = UNSET
    topic: MaybeText = UNSET
    checked: MaybeWhole = UNSET
    valid: MaybeWhole = UNSET
    because: MaybeText = UNSET
    at: MaybeText = UNSET


class CredibilityRecord(_Wire, tag_field="type", tag="credibility"):
    """The Admiralty number of an item."""

    required: ClassVar = ("statement",)
    id: Name | UnsetType = UNSET
    statement: Text = UNSET
    assessor: MaybeText = UNSET
    number: MaybeWhole = UNSET
    logical: Logical | None | UnsetType = UNSET
    consistency: Consistency | None | UnsetType = UNSET
    conflict: bool | None | UnsetType = UNSET
    because: MaybeText = UNSET
    at: MaybeText = UNSET


class CriterionPart(_Wire):
    """A criterion of a rubric."""

    id: str
    title: str
    weight: float
    levels: list[str]
    reference: str | None = None
    not_applicable_when: str | None = None


class CapPart(_Wire):
    """A cap of a block."""

    criterion: str
    at_most: Whole
    band: str


class BlockPart(_Wire):
    """A block of a rubric."""

    id: str
    title: str
    criteria: list[CriterionPart]
    caps: list[CapPart] = []


class ImplicationPart(_Wire):
    """A rule that makes criteria not applicable."""

    criterion: str | None = None
    answer: Whole | None = None
    nature: list[Nature] = []
    not_applicable: list[str] = []
    not_applicable_block: str | None = None


class LimitPart(_Wire):
    """A block that limits the base block."""

    block: str
    raised_by: Annotated[int, Meta(ge=0, le=LARGEST)]


class CombinationPart(_Wire):
    """The rule that combines blocks into a grade."""

    base: str
    limits: list[LimitPart] = []


class RubricPart(_Wire, kw_only=True):
    """The content of a rubric file."""

    id: Name
    version: str
    title: str
    applies_to: list[str] = field(default_factory=lambda: ["claim"])
    instructions: list[str] = []
    bands: list[str]
    cuts: list[float]
    minimum_coverage: float = 0.6
    states: dict[State, str] = {}
    implies: list[ImplicationPart] = []
    blocks: list[BlockPart]
    combination: CombinationPart


class RubricRecord(RubricPart, kw_only=True, tag_field="type", tag="rubric"):
    """A rubric as a record."""


Record = (
    DocumentRecord
    | SourceRecord
    | StatementRecord
    | InferenceRecord
    | AttributionRecord
    | RatingRecord
    | ReliabilityRecord
    | CredibilityRecord
    | RubricRecord
)
"""A record of any type."""

RECORD_TYPES: dict[str, type[Struct]] = {
    "document": DocumentRecord,
    "source": SourceRecord,
    "statement": StatementRecord,
    "inference": InferenceRecord,
    "attribution": AttributionRecord,
    "rating": RatingRecord,
    "reliability": ReliabilityRecord,
    "credibility": CredibilityRecord,
    "rubric": RubricRecord,
}
"""The struct of each type of record, by its name on the wire."""
