"""A record that gives an id which argmap makes for another one comes in its order."""

from __future__ import annotations

from typing import Any

import pytest
from support.drivers.desk import lines
from support.drivers.import_lengths import Input, Way, differences

from argmap.records.ids import made_head, statement_id

MADE = statement_id("first", "evidence", "It pays.", ())


def test_every_made_id_begins_with_the_head_of_its_owner() -> None:
    assert MADE.startswith(made_head("first"))
    assert MADE.rfind("-") + 1 == len(made_head("first"))


@pytest.mark.parametrize("span", [1, 2, 4])
def test_an_id_made_for_another_document_is_taken_by_the_first_that_gives_it(span: int) -> None:
    late: dict[str, Any] = {"type": "document", "id": "second", "title": "B", "text": "It stays."}
    statement = {"type": "statement", "kind": "evidence"}
    file = lines([
        {"type": "document", "id": "first", "title": "A", "text": "It fell."},
        {**statement, "id": MADE, "document": "second", "text": "It is late."},
        {**statement, "document": "first", "text": "It pays."},
        late,
    ])  # fmt: skip
    assert differences(Way(Input((file,)), span)) == []
