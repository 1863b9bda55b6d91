"""Read op-eds critically: claims, evidence, assumptions, and who said what.

This package is the domain, with the commands in `argmap.cli`. Nothing else in it opens a
file or a database. `store` does that, and its docstring shows a script that uses both.

- Nouns are frozen attrs values: `ArgumentMap` holds one `Document` with its `Statement`s,
  `Inference`s, `Source`s, `Attribution`s and `Rating`s, by id. A `Passage` is a stretch of
  the document's text, in code points, half-open.
- Verbs take a map, return an `Operation`, and change nothing: the modules `argmap.edit`,
  and `argmap.marking` for several edits in one. A statement is named by its label or id.
  `ArgumentMap.apply` applies an operation in memory, `store.apply` in the database.
- Readers take a map: `passage_of`, `grades_of`, `origins_of`, `export_text`, and
  `argmap.findings.findings` for the findings on it.

Errors that users should read are subclasses of `ArgmapError` with a message of one line; the
module `argmap.errors` draws them as a tree.
Values and verbs may be used in any thread. Names are loaded on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from . import edit, errors
    from .analysis import findings as findings
    from .edit import compound as marking
    from .errors import ArgmapError
    from .model.document import Document, Passage
    from .model.map import ArgumentMap, Operation
    from .model.rating import Rating
    from .model.source import Attribution, Source
    from .model.statement import Inference, Statement
    from .scripting import export_text, grades_of, origins_of, passage_of

_HOME: Final = {
    "ArgmapError": "argmap.errors",
    "ArgumentMap": "argmap.model.map",
    "Attribution": "argmap.model.source",
    "Document": "argmap.model.document",
    "Inference": "argmap.model.statement",
    "Operation": "argmap.model.map",
    "Passage": "argmap.model.document",
    "Rating": "argmap.model.rating",
    "Source": "argmap.model.source",
    "Statement": "argmap.model.statement",
    "export_text": "argmap.scripting",
    "grades_of": "argmap.scripting",
    "origins_of": "argmap.scripting",
    "passage_of": "argmap.scripting",
}
"""The module that defines each name."""

_MODULES: Final = {
    "edit": "argmap.edit",
    "errors": "argmap.errors",
    "findings": "argmap.analysis.findings",
    "marking": "argmap.edit.compound",
}
"""The modules that scripts import from `argmap`, by the names that scripts use."""

__all__ = [
    "ArgmapError",
    "ArgumentMap",
    "Attribution",
    "Document",
    "Inference",
    "Operation",
    "Passage",
    "Rating",
    "Source",
    "Statement",
    "edit",
    "errors",
    "export_text",
    "findings",
    "grades_of",
    "marking",
    "origins_of",
    "passage_of",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any of the names above)
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = importlib.import_module(_HOME[name] if name in _HOME else _MODULES[name])
    value = getattr(module, name) if name in _HOME else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
