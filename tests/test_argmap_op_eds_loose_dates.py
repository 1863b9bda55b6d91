"""Dates in the words of a page: months in four languages, their short forms, and times."""

from __future__ import annotations

import pytest

from argmap.op_eds.loose_dates import date_from_words

MONTHS = {
    1: "January Jan januar jänner janvier janv enero ene",
    2: "February Feb februar février fevrier févr fév febrero",
    3: "March Mar märz mär mrz mars marzo",
    4: "April Apr avril avr abril abr",
    5: "May mai mayo",
    6: "June Jun juni juin junio",
    7: "July Jul juli juillet juil julio",
    8: "August Aug août aout agosto ago",
    9: "September Sept Sep septembre septiembre setiembre",
    10: "October Oct oktober okt octobre octubre",
    11: "November Nov novembre noviembre",
    12: "December Dec dezember dez décembre decembre déc diciembre dic",
}


@pytest.mark.parametrize(
    ("month", "name"), [(n, name) for n, names in MONTHS.items() for name in names.split()]
)
def test_a_month_is_known_by_its_names_and_short_names(month: int, name: str) -> None:
    for word in (name, name.upper(), f"{name}."):
        assert date_from_words(f"2 {word} 2024") == f"2024-{month:02}-02"
    assert date_from_words(f"{name} 2024") == f"2024-{month:02}"


@pytest.mark.parametrize("words", ["2 Ju 2024", "2 M 2024", "2 Brumaire 2024", "13.13.2024", "May"])
def test_words_that_are_no_one_date_are_none(words: str) -> None:
    assert date_from_words(words) is None


@pytest.mark.parametrize(
    "words",
    ["2.3.2024", "20240302", "2024/3/2", "Samstag, den 2. März 2024", "sábado, 2 de marzo de 2024",
     "samedi le 2 mars 2024 à 10h15", "10:15 a.m. EST on March 2, 2024", "2. März 2024, 10.15 Uhr",
     "March 2nd 2024 at 9:15 pm ET"],
)  # fmt: skip
def test_the_day_is_read_without_its_weekday_and_time(words: str) -> None:
    assert date_from_words(words) == "2024-03-02"
