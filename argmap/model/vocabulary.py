"""The closed vocabularies of the model, each as a type and as a tuple."""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal["claim", "evidence", "assumption"]
Nature = Literal["factual", "causal", "prediction", "value", "definition", "policy"]
Stance = Literal["supports", "opposes"]
SourceKind = Literal["person", "organisation", "document", "outlet", "unnamed", "vague"]
AttributionClass = Literal[
    "firsthand_author",
    "named_person",
    "named_organisation",
    "named_document",
    "partial_document",
    "described_anonymous",
    "unnamed_role",
    "vague_report",
    "evidential_hedge",
    "author_assertion",
    "common_knowledge",
]
Access = Literal["took_part", "measured", "inspected", "investigated", "judged", "told", "unknown"]
Certainty = Literal["certain", "probable", "possible"]
State = Literal["not_rated", "cannot_judge", "not_applicable"]
"""An answer that is not a number."""
Answer = int | State
"""A level from 0 to the criterion's top, or a state."""
Letter = Literal["A", "B", "C", "D", "E", "F"]
Logical = Literal["yes", "partly", "no", "unknown"]
Consistency = Literal["consistent", "partly", "none", "contradicted", "unknown"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NATURES: Final[tuple[Nature, ...]] = get_args(Nature)
STANCES: Final[tuple[Stance, ...]] = get_args(Stance)
SOURCE_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
ATTRIBUTION_CLASSES: Final[tuple[AttributionClass, ...]] = get_args(AttributionClass)
ACCESSES: Final[tuple[Access, ...]] = get_args(Access)
CERTAINTIES: Final[tuple[Certainty, ...]] = get_args(Certainty)
STATES: Final[tuple[State, ...]] = get_args(State)
LETTERS: Final[tuple[Letter, ...]] = get_args(Letter)
LOGICALS: Final[tuple[Logical, ...]] = get_args(Logical)
CONSISTENCIES: Final[tuple[Consistency, ...]] = get_args(Consistency)

AUTHOR_CLASSES: Final[tuple[AttributionClass, ...]] = ("author_assertion", "firsthand_author")
"""The classes of statements for which the document's author is the source."""

CLASSES_WITHOUT_CHAIN: Final = frozenset(
    {"evidential_hedge", "author_assertion", "firsthand_author", "common_knowledge"}
)
"""Attribution classes whose chain of sources may be empty."""

DEFAULT_RUBRIC: Final = "evidence-attribution"
"""The id of the rubric for ratings that name none."""

LABEL_PREFIX: Final[dict[str, str]] = {
    "claim": "C",
    "evidence": "E",
    "assumption": "A",
    "inference": "I",
}
"""The first letter of a generated label, by kind."""
