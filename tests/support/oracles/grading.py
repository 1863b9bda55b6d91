"""Grades computed a second time, from the specification alone and in another way.

Whole numbers and cross-multiplication instead of fractions, plain dictionaries instead
of values: nothing of argmap is used, so that a mistake there is not repeated here.
The rubric is the content of its JSON; weights and cuts are whole numbers.
"""

from __future__ import annotations

import math
from typing import Any

Answers = dict[str, Any]
Content = dict[str, Any]


def expected_grade(answers: Answers, nature: str | None, rubric: Content) -> Content:
    """Return the expected output of `argmap grade --json` for *answers*, given by criterion."""
    weights = {c["id"]: round(c["weight"]) for b in rubric["blocks"] for c in b["criteria"]}
    return weighed_grade(answers, nature, rubric, weights)


def weighed_grade(
    answers: Answers, nature: str | None, rubric: Content, weights: dict[str, int]
) -> Content:
    """Return the same with other *weights*."""
    gone = set_aside(answers, nature, rubric)
    blocks = {b["id"]: _block(b, answers, gone, rubric, weights) for b in rubric["blocks"]}
    return blocks | _claim(blocks, rubric)


def set_aside(answers: Answers, nature: str | None, rubric: Content) -> set[str]:
    """Return the criteria that do not apply because of other answers."""
    gone: set[str] = set()
    for rule in rubric.get("implies", ()):
        name = rule.get("criterion")
        hit = name in answers and answers[name] == rule["answer"] if name else False
        if hit or nature in rule.get("nature", ()):
            gone |= set(rule.get("not_applicable", ()))
            for block in rubric["blocks"]:
                if block["id"] == rule.get("not_applicable_block"):
                    gone |= {c["id"] for c in block["criteria"]}
    return gone


def _block(
    block: Content, answers: Answers, gone: set[str], rubric: Content, weights: dict[str, int]
) -> Content:
    bands = rubric["bands"]
    tops = {
        c["id"]: len(c["levels"]) - 1
        for c in block["criteria"]
        if c["id"] not in gone and answers.get(c["id"]) != "not_applicable"
    }
    values = {name: answers[name] for name in tops if answers.get(name) in range(8)}
    if not tops:
        return {"state": "not_applicable"}
    all_weight = sum(weights[name] for name in tops)
    rated_weight = sum(weights[name] for name in values)
    # Levels of criteria with different tops meet over one common denominator.
    common = math.prod(tops.values())
    points = sum(weights[n] * v * (common // tops[n]) for n, v in values.items())
    open_points = (all_weight - rated_weight) * common

    def band(part: int, whole: int, levels: Answers) -> tuple[int, list[str]]:
        place = sum(100 * part >= round(cut) * whole for cut in rubric["cuts"])
        reached = [
            (f"{cap['criterion']}<={cap['at_most']}", bands.index(cap["band"]))
            for cap in block.get("caps", ())
            if levels.get(cap["criterion"], 99) <= cap["at_most"]
        ]
        lowest = min([place, *(limit for _, limit in reached)])
        return lowest, _once_each([each for each in reached if each[1] < place])

    low, _ = band(points, all_weight * common, {n: values.get(n, 0) for n in tops})
    high, caps = band(
        points + open_points, all_weight * common, {n: values.get(n, tops[n]) for n in tops}
    )
    found: Content = {
        "coverage": rated_weight / all_weight,
        "low": 100 * points / (all_weight * common),
        "high": 100 * (points + open_points) / (all_weight * common),
        "band_low": bands[low],
        "band_high": bands[high],
        "state": "not_assessed", "score": None, "band": None, "caps": [],
    }  # fmt: skip
    if rated_weight and 100 * rated_weight >= round(100 * rubric["minimum_coverage"]) * all_weight:
        place, bit = band(points, rated_weight * common, values)
        found["score"] = 100 * points / (rated_weight * common)
        found["band"], found["caps"] = bands[place], bit
        found["state"] = "final" if rated_weight == all_weight else "provisional"
    elif low == high:
        found["band"], found["caps"], found["state"] = bands[low], caps, "provisional"
    return found


def _once_each(bit: list[tuple[str, int]]) -> list[str]:
    """Return the lowest cap for each criterion, among the caps that lowered a band."""

    def rank(each: tuple[str, int]) -> tuple[int, int]:
        return each[1], int(each[0].rpartition("<=")[2])

    groups: dict[str, list[tuple[str, int]]] = {}
    for each in bit:
        groups.setdefault(each[0].rpartition("<=")[0], []).append(each)
    return [min(group, key=rank)[0] for group in groups.values()]


def _claim(blocks: Content, rubric: Content) -> Content:
    bands = rubric["bands"]
    base_name = rubric["combination"]["base"]
    base_word = "evidence" if rubric["id"] == "evidence-attribution" else base_name
    base = blocks[base_name]
    if base["state"] == "not_applicable":
        return {
            "grade": "Not gradable", "state": "not_applicable", "range": None, "limited_by": None,
        }  # fmt: skip
    limits = [
        (limit["block"], limit["raised_by"])
        for limit in rubric["combination"]["limits"]
        if blocks[limit["block"]]["state"] != "not_applicable"
    ]

    def place_of(block: str, key: str) -> int:
        return int(bands.index(blocks[block][key]))

    def least(key: str) -> int:
        return min([place_of(base_name, key), *(place_of(n, key) + int(up) for n, up in limits)])

    low, high = least("band_low"), least("band_high")
    range_ = [bands[low], bands[high]]
    states = [base["state"]] + [blocks[name]["state"] for name, _ in limits]
    if "not_assessed" in states:
        if low != high:
            return {
                "grade": "Not assessed", "state": "not_assessed",
                "range": range_, "limited_by": None,
            }  # fmt: skip
        alone = base["band_low"] == base["band_high"] == bands[low]
        grade, state, place = bands[low], "provisional", low
    else:
        place = least("band")
        grade, alone = bands[place], base["band"] == bands[place]
        state = "final" if set(states) == {"final"} else "provisional"
    key = "band_high" if "not_assessed" in states else "band"
    blamed = [n for n, up in limits if place_of(n, key) + up == place]
    return {
        "grade": grade, "state": state, "range": range_,
        "limited_by": base_word if alone else blamed[0],
    }  # fmt: skip


def expected_flips(
    answers: Answers, nature: str | None, rubric: Content
) -> tuple[list[list[Any]], list[list[Any]]]:
    """Return the changes by one level, and of one weight, that change the grade."""
    before = expected_grade(answers, nature, rubric)["grade"]
    gone = set_aside(answers, nature, rubric)
    steps: list[list[Any]] = []
    weighed: list[list[Any]] = []
    for block in rubric["blocks"]:
        for criterion in block["criteria"]:
            name, level = criterion["id"], answers.get(criterion["id"])
            for step in (-1, 1):
                if name in gone or not isinstance(level, int):
                    continue
                if not 0 <= level + step < len(criterion["levels"]):
                    continue
                after = dict(answers, **{name: level + step})
                for lifted in gone - set_aside(after, nature, rubric):
                    after.pop(lifted, None)
                grade = expected_grade(after, nature, rubric)["grade"]
                if grade != before:
                    steps.append([name, step, grade])
            for word, by in (("x0.5", 1), ("x1.5", 3)):
                weights = {
                    c["id"]: 2 * round(c["weight"])
                    for b in rubric["blocks"] for c in b["criteria"]
                }  # fmt: skip
                weights[name] = weights[name] // 2 * by
                grade = weighed_grade(answers, nature, rubric, weights)["grade"]
                if grade != before:
                    weighed.append([name, word, grade])
    return steps, weighed
