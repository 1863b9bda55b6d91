"""Records that refer to missing ids have the same reasons in an input of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from support.drivers.desk import Desk, lines
from support.drivers.import_lengths import Input, Way, differences, in_spans

from argmap.records.ids import statement_id
from store.ingest import pipeline
from store.ingest.check.validation import Validator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.ingest.check.verdict import Verdict
    from store.ingest.inputs import NumberedRecord

DOCUMENT: Final = {"type": "document", "id": "p", "title": "P", "text": "It fell. It stays."}

MADE: Final = statement_id("p", "evidence", "It gives no id.", ())


def evidence(**keys: Any) -> dict[str, Any]:  # noqa: ANN401  (the keys of a record)
    return {"type": "statement", "document": "p", "kind": "evidence", **keys}


OTHERS: Final = {
    "gives no id and is made late": evidence(text="It gives no id.", supports="late"),
    "gives no id and is rejected": evidence(text="It gives no id.", supports="none 2"),
    "gives no id and is another one": evidence(text="Other words.", supports="none 2"),
    "gives an id and is rejected": evidence(id="y", text="It is y.", supports="none 2"),
    "gives an id and is faulty": evidence(id="y", quote="No such words.", supports="none 2"),
    "gives an id, is faulty, and refers back": evidence(
        id="y", quote="No such words.", supports="both"
    ),
}
"""Records that refer to a later or missing one, and to which `both` refers in turn."""


@pytest.mark.parametrize("name", OTHERS)
def test_a_second_missing_id_is_in_the_reason_in_spans_of_any_length(name: str) -> None:
    file = lines([
        DOCUMENT,
        evidence(id="both", text="It names two.", supports=["none", "y", MADE]),
        OTHERS[name],
        evidence(id="third", text="It names one.", supports="none 3"),
        evidence(id="late", text="It is late."),
    ])  # fmt: skip
    for span in (1, 2, 3):
        assert differences(Way(Input((file,)), span)) == []


SAME: Final = {
    "a given id": ("e", "e"),
    "a made id that the second gives": ("", MADE),
    "a made id that the first gives": (MADE, ""),
}
"""Two records that have the same id, each with what it gives."""


@pytest.mark.parametrize("name", SAME)
def test_a_record_with_a_missing_id_does_not_overtake_an_earlier_one_of_its_id(name: str) -> None:
    first, second = ({"id": id_} if id_ else {} for id_ in SAME[name])
    voice = {"class": "common_knowledge", "chain": ["none 1", "none 2"]}
    file = lines([
        DOCUMENT,
        evidence(id="doomed", text="It names one.", supports="none 3"),
        evidence(text="It gives no id.", supports="doomed", **first),
        evidence(id="third", text="It names one too.", supports="none 4"),
        evidence(text="It gives no id.", attribution=[voice], **second),
    ])  # fmt: skip
    for span in (1, 2, 3):
        assert differences(Way(Input((file,)), span)) == []


@pytest.mark.parametrize("together", [20, 1])
def test_a_long_chain_in_a_missing_document_is_rejected_span_by_span(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    chain = [evidence(id=f"e{n}", text=f"{n}", supports=f"e{n + 1}") for n in range(12)]
    lengths = []
    validate = Validator.validate

    def noted(self: Validator, records: Sequence[NumberedRecord]) -> Verdict:
        lengths.append(len(records))
        return validate(self, records)

    monkeypatch.setattr(Validator, "validate", noted)
    monkeypatch.setattr(pipeline, "_MOST_TOGETHER", together)
    with in_spans(2):
        account = desk.land_bytes(lines(chain))
    assert account.rejected_total == 12
    assert {entry.path for entry in account.rejected} == {"document"}
    assert (max(lengths) <= 2) == (together == 1)
