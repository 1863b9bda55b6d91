"""Labels of operations for the history, in words that stay true afterwards.

A label is stored with its operation and read long after its subject was removed or renamed.
So it names statements by their labels, sources by their names, and inferences by their
premises and conclusion, never by an id; and it gives the old and the new value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import asdict

from argmap.analysis.names import describe_premises, describe_target
from argmap.text.display import SHORT, counted, short, visible

from .field_words import describe_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from attrs import AttrsInstance

    from argmap.model.map import ArgumentMap, Change
    from argmap.model.rating import Rating
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Inference, Statement
    from argmap.model.vocabulary import Stance

_MOST_ANSWERS: Final = 3
"""The most answers that a label lists; it counts the others."""
_FREE: Final = frozenset({
    "text", "note", "scheme", "cue", "locator", "name", "url", "description", "interest", "label",
    "title", "author", "publisher",
})  # fmt: skip
"""Fields of free text, whose values are quoted."""
_UNNAMED: Final = frozenset({"chain", "derives_from", "same_origin"})
"""Fields that hold ids of sources, which mean nothing to people, so no values are shown."""
_NAMED: Final = frozenset({"main_item", "premises", "conclusion"})
"""Fields that hold ids of statements and inferences, shown as labels."""
_CLASS_WORDS: Final = {
    "firsthand_author": "the author",
    "author_assertion": "the author",
    "common_knowledge": "common knowledge",
    "evidential_hedge": "no source",
}
"""Words for the speaker of an attribution without a source, by its class."""


def changed_label(
    what: str, before: AttrsInstance, after: AttrsInstance, labels: Mapping[str, str] | None = None
) -> str:
    """Return the label of a change to some fields of one entity.

    Args:
        what: The name people use for the entity.
        before: The entity before the change, of the same class as *after*.
        after: The entity after the change.
        labels: Labels of statements and inferences, by id, for fields that hold ids.

    Returns:
        Such as `changed C2: nature factual → causal`.
    """
    old, new = (asdict(each, recurse=False) for each in (before, after))
    differing = (name for name in new if old[name] != new[name])
    parts = [_format_change(name, old[name], new[name], labels or {}) for name in differing]
    return f"changed {what}: {', '.join(parts)}" if parts else f"changed {what}"


def rated_label(
    argument_map: ArgumentMap, ratings: Sequence[Rating], changes: Sequence[Change]
) -> str:
    """Return the label of ratings, such as `rated C2: directness 2 → 3 (reader)`.

    Args:
        argument_map: The map before the operation.
        ratings: All ratings given, including unchanged ones.
        changes: The changes that they make.
    """
    statements = sorted({argument_map.statements[r.target].label for r in ratings})
    head = f"rated {', '.join(map(short, statements))}"
    who = ", ".join(short(name) for name in sorted({r.assessor for r in ratings}))
    told = [_format_answer(change) for change in changes]
    if not told:
        return f"{head} ({who})" if who else head
    if len(statements) > 1:
        return f"{head}: {counted(len(told), 'answer')} ({who})"
    more = len(told) - _MOST_ANSWERS
    listed = ", ".join(told[:_MOST_ANSWERS]) + (f" and {more} more" if more > 0 else "")
    count = f"{counted(len(told), 'answer')}, " if len(told) > 1 else ""
    return f"{head}: {count}{listed} ({who})"


def linked_label(argument_map: ArgumentMap, inference: Inference) -> str:
    """Return the label of a new inference: `C4 supports C1`."""
    several = len(inference.premises) > 1
    verb = _VERBS[inference.stance][several]
    target = describe_target(argument_map, inference.conclusion)
    return f"{describe_premises(argument_map, inference)} {verb} {target}"


def unlinked_label(argument_map: ArgumentMap, gone: Sequence[Inference]) -> str:
    """Return the label of a removal, named after the first of *gone*: `unlinked E5 from C4`."""
    more = len(gone) - 1
    also = f", with {counted(more, 'link')} to it" if more else ""
    inference = gone[0]
    premises = describe_premises(argument_map, inference)
    return f"unlinked {premises} from {describe_target(argument_map, inference.conclusion)}{also}"


def reversed_label(argument_map: ArgumentMap, new: Inference) -> str:
    """Return the label of a reversed stance: `E5 opposes C4 instead of supporting it`."""
    was = "supporting" if new.stance == "opposes" else "opposing"
    return f"{linked_label(argument_map, new)} instead of {was} it"


def attributed_label(
    statement: Statement,
    new: Attribution,
    sources: Mapping[str, Source],
    old: Attribution | None = None,
) -> str:
    """Return the label of an attribution: `E5 attributed to X`.

    Args:
        statement: The statement that is attributed.
        new: The new attribution.
        sources: The sources of both attributions, by id.
        old: The attribution that it replaces, if any.
    """
    who = describe_speaker(new, sources)
    head = f"{short(statement.label)} attributed to {who}"
    if old is None:
        return head
    if (was := describe_speaker(old, sources)) != who:
        return f"{head} instead of {was}"
    before, after = (asdict(each, recurse=False) for each in (old, new))
    parts = [
        _format_change(name, before[name], after[name], {})
        for name in after
        if name != "id" and before[name] != after[name]
    ]
    return f"{head}: {', '.join(parts)}" if parts else head


def describe_speaker(attribution: Attribution, sources: Mapping[str, Source]) -> str:
    """Return the innermost speaker's name, or words for a class that has no source."""
    if attribution.chain:
        return short(sources[attribution.chain[-1]].name)
    return _CLASS_WORDS.get(attribution.class_, "an unnamed source")


def format_step(old: object, new: object) -> str:
    """Return the old and new value as `2 → 3`, or the new one alone if there was none."""
    words = "none" if new is None else str(new).replace("_", " ")
    return words if old is None or old == new else f"{str(old).replace('_', ' ')} → {words}"


def _format_answer(change: Change) -> str:
    old: Any = change.before
    new: Any = change.after
    words = format_step(None if old is None else old.answer, new.answer)
    if old is not None and old.answer == new.answer and old.because != new.because:
        words += f", reason {_describe_edit(old.because, new.because)}"
    return f"{short(new.criterion)} {words}"


def _describe_edit(old: str | None, new: str | None) -> str:
    return "added" if old is None else "cleared" if new is None else "changed"


def _format_change(name: str, old: object, new: object, labels: Mapping[str, str]) -> str:
    """Return a field with its values if they are short: `nature factual → causal`."""
    field = describe_field(name)
    if name in _UNNAMED:
        return field
    if name == "passages":
        counts = [len(each) for each in (old, new) if isinstance(each, tuple)]
        return f"{field} {counts[0]} → {counts[1]}" if counts[0] != counts[1] else field
    before, after = (_format_value(name, each, labels) for each in (old, new))
    if before is None or after is None:
        return field
    return f"{field} {before} → {after or 'none'}" if before else f"{field} {after}"


def _format_value(name: str, value: object, labels: Mapping[str, str]) -> str | None:
    """Return a value in words: empty if there is none, None if it is too long."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    values = value if isinstance(value, tuple) else (value,)
    if name in _NAMED:
        words = " and ".join(labels.get(str(each), "none") for each in values)
    elif isinstance(value, tuple):
        words = ", ".join(map(str, value))
    else:
        words = str(value) if name in _FREE else str(value).replace("_", " ")
    if len(words) > SHORT or "\n" in words:
        return None
    return f"“{visible(words)}”" if name in _FREE else visible(words)


_VERBS: Final[dict[Stance, tuple[str, str]]] = {
    "supports": ("supports", "support"),
    "opposes": ("opposes", "oppose"),
}
