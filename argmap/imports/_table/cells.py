"""Turn the cells of one row into records: a statement, and the entities that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from argmap.formats import table_syntax
from argmap.model.faults import Fault
from argmap.model.vocabulary import STANCES, STATES
from argmap.text.display import excerpt

from .cell_values import flag_from_cell, is_ambiguous, whole_number_from_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argmap.model.vocabulary import Answer

Content = dict[str, Any]

_LONGEST: Final = 40
"""The most code points of a cell that a message shows."""
_PLAIN_VOICES: Final = ("cue", "locator", "attribution_note")
"""Columns of attributions that hold text, where a semicolon separates nothing."""
_WORD_VOICES: Final = ("class", "attribution_access", "text_certainty", "source_certainty")


def records_from_cells(cells: Mapping[str, str]) -> tuple[list[Content], list[Fault]]:
    """Return the records of a row and its faults.

    Args:
        cells: The cells as written, by the names of their columns, without blank ones.
    """
    row = _Row(
        {
            name: table_syntax.name_from_cell(cell)
            if name in table_syntax.NAMES
            else table_syntax.text_from_cell(cell)
            for name, cell in cells.items()
        }
    )
    sources = list(row.sources())
    statement = row.statement()
    return [*sources, statement, *row.inferences(), *row.ratings()], row.faults


@define
class _Row:
    """Reads the cells of one row and gathers their faults."""

    cells: Mapping[str, str]
    faults: list[Fault] = field(factory=list)

    def statement(self) -> Content:
        record: Content = {"type": "statement"}
        record |= {name: self.cells[name] for name in table_syntax.TEXTS if name in self.cells}
        record |= {
            name: _vocabulary_word(self.cells[name])
            for name in table_syntax.WORDS
            if name in self.cells
        }
        record |= {name: self._flag(name) for name in table_syntax.FLAGS if name in self.cells}
        for name in table_syntax.QUOTES:
            values = [value or "" for value in self._values(name, table_syntax.BETWEEN_TEXTS)]
            record |= _one_or_list(name, values)
        for name in table_syntax.PLACES:
            numbers = [self._number(name, value) for value in self._values(name) if value]
            record |= _one_or_list(name, numbers)
        if tags := [tag for tag in self._values("tags") if tag is not None]:
            record["tags"] = tags
        for stance in STANCES:
            made = [goal for goal, own in self._conclusions(stance) if own is None]
            record |= _one_or_list(stance, made)
        record |= _one_or_list("attribution", self._attributions())
        names_none = (
            table_syntax.ASSESSOR not in self.cells and table_syntax.VERSION not in self.cells
        )
        if names_none and (ratings := self._own_ratings()):
            record["ratings"] = ratings
        return record

    def sources(self) -> Iterator[Content]:
        """Yield the sources that the row adds: those with a name or a kind."""
        if "source_name" not in self.cells and "source_kind" not in self.cells:
            return
        chains = self._chains("source")
        names = self._parallel_chains("source_name", chains)
        kinds = self._parallel_chains("source_kind", chains)
        for ids, *about in zip(chains, names, kinds, strict=True):
            for id_, name, kind in zip(ids, *about, strict=True):
                if id_ is None or (name is None and kind is None):
                    continue
                record: Content = {"type": "source", "id": id_, "name": name or id_}
                yield record if kind is None else record | {"kind": _vocabulary_word(kind)}

    def inferences(self) -> Iterator[Content]:
        """Yield the inferences to which the row gives an id."""
        for stance in STANCES:
            for goal, own in self._conclusions(stance):
                if own is not None:
                    yield {
                        "type": "inference",
                        "id": own,
                        "document": self.cells.get("document", ""),
                        "premises": [self._id(f"{stance}_id")],
                        "conclusion": goal,
                        "stance": stance,
                    }

    def ratings(self) -> Iterator[Content]:
        """Yield the ratings by the assessors, or under the version, that the row names."""
        assessors = self._values(table_syntax.ASSESSOR, table_syntax.BETWEEN_TEXTS)
        named = table_syntax.ASSESSOR if assessors else table_syntax.VERSION
        count = len(assessors or self._values(table_syntax.VERSION))
        versions = self._parallel_values(table_syntax.VERSION, count, named)
        rubric = table_syntax.default_rubric()
        for criterion in filter(self.cells.__contains__, rubric.criteria) if count else ():
            answers = self._parallel_values(criterion, count, named)
            for assessor, version, answer in zip(
                assessors or [None] * count, versions, answers, strict=True
            ):
                if answer is not None:
                    # No version means the newest, as in a record. A table from before versions,
                    # imported again, then finds the ratings that it made.
                    about = {"version": version, "assessor": assessor}
                    yield {
                        "type": "rating",
                        "statement": self._id(named),
                        "rubric": rubric.id,
                        "criterion": criterion,
                        "answer": self._answer(criterion, answer),
                        **{key: value for key, value in about.items() if value is not None},
                    }

    def _own_ratings(self) -> dict[str, Answer | str]:
        found = {}
        for criterion in filter(self.cells.__contains__, table_syntax.default_rubric().criteria):
            values = self._values(criterion)
            if len(values) > 1:
                reason = f"has {len(values)} answers; name their assessors in the assessor column"
                self.faults.append(Fault(criterion, reason))
            elif values and values[0] is not None:
                found[criterion] = self._answer(criterion, values[0])
        return found

    def _attributions(self) -> list[Content]:
        chains = self._chains("source")
        classes = self._values("class")
        given = [name for name in table_syntax.VOICES if name in self.cells]
        if not given and not chains:
            return []
        count = len(classes) or max([len(chains), *(len(self._values(n)) for n in given)])
        found: list[Content] = [{} for _ in range(count)]
        for name in given:
            between = (
                table_syntax.BETWEEN_TEXTS if name in _PLAIN_VOICES else table_syntax.BETWEEN_NAMES
            )
            for attribution, value in zip(
                found, self._parallel_values(name, count, "class", between), strict=True
            ):
                if value is not None:
                    attribution[table_syntax.VOICES[name]] = self._attribution_value(name, value)
        if chains and len(chains) != count:
            self._refuse_count("source", len(chains), count, "class")
        for attribution, chain in zip(found, chains, strict=False):
            ids = [id_ for id_ in chain if id_ is not None]
            attribution.update({"chain": ids} if len(ids) > 1 else _one_or_list("source", ids))
        return found

    def _attribution_value(self, name: str, value: str) -> object:
        if name in _WORD_VOICES:
            return _vocabulary_word(value)
        return self._number(name, value) if name == "cue_start" else value

    def _conclusions(self, stance: str) -> list[tuple[str, str | None]]:
        """Return the conclusions of the statement, each with the inference's id if given."""
        goals = self._values(stance)
        if f"{stance}_id" not in self.cells:
            return [(goal, None) for goal in goals if goal is not None]
        ids = self._parallel_values(f"{stance}_id", len(goals), stance)
        pairs = zip(goals, ids, strict=True)
        return [(goal, own) for goal, own in pairs if goal is not None]

    def _chains(self, name: str) -> list[list[str | None]]:
        return table_syntax.split_chains(self.cells.get(name, ""))

    def _parallel_chains(self, name: str, chains: list[list[str | None]]) -> list[list[str | None]]:
        """Return the values of a column that has one for each source of *chains*."""
        found = self._chains(name)
        blank: list[list[str | None]] = [[None] * len(chain) for chain in chains]
        if not found:
            return blank
        if len(found) == len(chains):
            filled = [own or none for own, none in zip(found, blank, strict=True)]
            if [len(own) for own in filled] == [len(chain) for chain in chains]:
                return filled
        self.faults.append(
            Fault(name, "has another number of values than source; give one for each source")
        )
        return blank

    def _values(self, name: str, between: str = table_syntax.BETWEEN_NAMES) -> list[str | None]:
        return table_syntax.split_values(self.cells[name], between) if name in self.cells else []

    def _parallel_values(
        self, name: str, count: int, beside: str, between: str = table_syntax.BETWEEN_NAMES
    ) -> list[str | None]:
        """Return *count* values of the column *name*; only None if it has another number."""
        values = self._values(name, between)
        if len(values) == count:
            return values
        if values:
            self._refuse_count(name, len(values), count, beside)
        return [None] * count

    def _refuse_count(self, name: str, found: int, count: int, beside: str) -> None:
        reason = (
            f"has {found} values, but {beside} has {count}; put a \\ before a"
            f" {table_syntax.BETWEEN_TEXTS} that is part of a value"
        )
        if all(fault.path != name for fault in self.faults):
            self.faults.append(Fault(name, reason))

    def _id(self, needed_by: str) -> str:
        """Return the row's id, which a value in another column requires."""
        if "id" not in self.cells and all(fault.path != "id" for fault in self.faults):
            reason = f"is missing: a row with {needed_by} needs an id"
            self.faults.append(Fault("id", reason, "missing"))
        return self.cells.get("id", "")

    def _flag(self, name: str) -> bool | None:
        found = flag_from_cell(self.cells[name])
        if found is None:
            self.faults.append(Fault(name, f"{_quote_cell(self.cells[name])} is not true or false"))
        return found

    def _number(self, name: str, value: str) -> int:
        found = whole_number_from_cell(value)
        if found is None:
            reason = _ambiguity_reason(value) or f"{_quote_cell(value)} is not a whole number"
            self.faults.append(Fault(name, reason))
        return found or 0

    def _answer(self, criterion: str, value: str) -> Answer | str:
        word = _vocabulary_word(value)
        if word in STATES:
            return word
        found = whole_number_from_cell(word)
        if found is None:
            none = f"{_quote_cell(value)} is not a level, nor one of {', '.join(STATES)}"
            self.faults.append(Fault(criterion, _ambiguity_reason(value) or none))
        return word if found is None else found


def _ambiguity_reason(value: str) -> str:
    """Return the fault of a figure that may be two numbers; empty for any other value."""
    if not is_ambiguous(value):
        return ""
    return f"{_quote_cell(value)} could mean thousands or decimals; write it without separators"


def _one_or_list(name: str, values: list[Any]) -> Content:
    """Return *values* as a record has them: one by itself, several in a list."""
    return {name: values if len(values) > 1 else values[0]} if values else {}


def _vocabulary_word(value: str) -> str:
    """Return a word of a vocabulary as a record writes it."""
    return "_".join(value.lower().split())


def _quote_cell(value: str) -> str:
    return repr(excerpt(value, _LONGEST))
