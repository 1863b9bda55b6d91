"""Mutations of Python files: the source with one small change, such as `<` to `<=`.

The changes are those of mutmut, and two more that people make by mistake: a statement that is
missing, and a condition that is reversed.
"""

from __future__ import annotations

import difflib
import random
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import libcst as cst
from attrs import frozen
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_FOR_READERS: Final = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator)
"""Types, imports and decorators: a change to them does nothing, or breaks the import."""

_SEEN_BY_TYPES: Final = (
    mutators.operator_arg_removal,
    mutators.operator_assignment,
    mutators.operator_lambda,
)
"""Changes to None or to fewer arguments. The type checker refuses them, and every test dies of
them, so that they would raise the score and say nothing."""


@frozen
class Mutant:
    """A file with one change."""

    file: str
    """The path of the file, from the root of the project."""
    line: int
    source: str
    """The whole file with the change."""
    change: str
    """The changed lines before and after, with the signs of a diff."""


@frozen
class Change:
    """One possible change of a file, not yet made."""

    file: str
    line: int
    module: Any
    node: Any
    replacement: Any

    def made(self) -> Mutant:
        """Make the change."""
        before, after = self.module.code, self.module.deep_replace(self.node, self.replacement).code
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        changed = "\n".join(f"    {x}" for x in lines if x[:2] not in ("--", "++", "@@"))
        return Mutant(self.file, self.line, after, changed)


def changes_of(root: Path, file: str) -> list[Change]:
    """Return every possible change of the file at *file* in *root*."""
    # The wrapper copies the tree, so that each node is at one place and can be replaced there.
    wrapper = MetadataWrapper(cst.parse_module((root / file).read_text(encoding="utf-8")))
    places = wrapper.resolve(PositionProvider)
    return [
        Change(file, places[node].start.line, wrapper.module, node, replacement)
        for node, replacement in _changes(wrapper.module)
    ]


def sample(changes: Sequence[Change], count: int, seed: int) -> list[Change]:
    """Return *count* of *changes*: one on each of the lines chosen at random, while there are lines.

    A line with many possible changes, such as a long condition, is chosen as often as any other.
    """
    chance = random.Random(seed)  # noqa: S311  (no secret)
    by_line: dict[tuple[str, int], list[Change]] = {}
    for change in chance.sample(changes, len(changes)):
        by_line.setdefault((change.file, change.line), []).append(change)
    longest = max(map(len, by_line.values()), default=0)
    turns = (
        changes_here[turn]
        for turn in range(longest)
        for changes_here in by_line.values()
        if turn < len(changes_here)
    )
    return sorted(islice(turns, count), key=lambda change: (change.file, change.line))


def _changes(module: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  (libcst is not in CI)
    """Yield nodes, each with one that can take its place."""
    operators = [each for each in mutators.mutation_operators if each[1] not in _SEEN_BY_TYPES]
    waiting = [module]
    while waiting:
        node = waiting.pop()
        if _is_for_readers(node):
            continue
        waiting += node.children
        for kind, operator in (*operators, *_OPERATORS):
            if isinstance(node, kind):
                yield from (
                    (node, changed) for changed in operator(node) if not _is_same(node, changed)
                )


def _is_same(node: Any, changed: Any) -> bool:  # noqa: ANN401
    """Return whether only the case of a pattern is changed, which patterns here ignore."""
    match node:
        case cst.SimpleString(value=value) if "r" in node.prefix.lower():
            return bool(value.casefold() == changed.value.casefold())
    return False


def _is_for_readers(node: Any) -> bool:  # noqa: ANN401
    match node:
        case cst.Subscript(value=cst.Name("Literal")) | cst.If(test=cst.Name("TYPE_CHECKING")):
            return True
        case cst.SimpleStatementLine(body=[cst.Expr(cst.SimpleString())]):
            return True
        case cst.Assign(targets=[cst.AssignTarget(cst.Name("__all__"))]):
            return True
    return isinstance(node, _FOR_READERS)


def _missing(line: Any) -> Iterator[Any]:  # noqa: ANN401
    """Leave out a statement that changes something; without a name or a result, all would fail."""
    match line.body:
        case [cst.Assign(targets=[cst.AssignTarget(cst.Name() | cst.Tuple())])]:
            return
        case [cst.Expr() | cst.Assign() | cst.AugAssign() | cst.Raise() | cst.Continue()]:
            yield line.with_changes(body=[cst.Pass()])


def _reversed(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """Reverse the condition of an `if`, in a statement, an expression or a comprehension."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


_OPERATORS: Final[tuple[tuple[Any, Callable[[Any], Iterator[Any]]], ...]] = (
    (cst.SimpleStatementLine, _missing),
    ((cst.If, cst.IfExp, cst.CompIf), _reversed),
)
