"""What meets each requirement of the procedure and each of its traps stands in a table, and everything they name is there."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DIAGRAMS = ROOT / "bpmn" / "learning_review"
FORMS = ROOT / "forms" / "learning_review"


def table(name: str) -> dict[str, dict[str, str]]:
    """The rows of a table beside this file, by what stands in their first column; no row stands there twice."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), "a row has more or fewer columns than the first line names"
    found = {next(iter(row.values())): row for row in rows}
    assert len(found) == len(rows)
    return found


REQUIREMENTS = table("requirements.csv")
TRAPS = table("traps.csv")


@cache
def names_in(path: Path) -> frozenset[str]:
    """What a file gives a name to: ids of elements and decisions, keys of questions and of a table, functions, tests."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".form":
        return frozenset(key for one in _components(json.loads(content)) for key in (one.get("key"), one.get("path")) if key)
    if path.suffix == ".py":
        return frozenset(re.findall(r"^(?:def|class) (\w+)", content, re.MULTILINE))
    if path.suffix == ".toml":
        return frozenset(tomllib.loads(content))
    return frozenset(re.findall(r'\bid="(\w+)"', content))


def _components(drawn: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in drawn.get("components", []):
        yield one
        yield from _components(one)


def leads_nowhere(path: Path, name: str) -> bool:
    """True where there is no such file, or nothing of that name in it."""
    return not path.is_file() or (name != "" and name not in names_in(path))


def named(cell: str) -> list[str]:
    """The names in a cell of a table, which semicolons divide."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def place(file: str) -> Path:
    """Where a file is that meets a requirement: a diagram or table, a form, letter or document, or a rule of the engine."""
    if file.startswith("engine/"):
        return ROOT / file
    return (FORMS if file.endswith((".form", ".md")) else DIAGRAMS) / file


def missing_tests(cell: str) -> list[str]:
    """Of the tests that a cell names, those that do not exist."""
    parted = {name: name.partition("::") for name in named(cell)}
    return [name for name, (file, _, test) in parted.items() if not test.startswith("test_") or leads_nowhere(HERE / file, test)]


def test_every_requirement_is_listed_in_its_order():
    everything = [f"R{number}" for number in range(1, 222)]

    assert [number for number in everything if number in REQUIREMENTS] == list(REQUIREMENTS)
    assert set(everything) <= set(REQUIREMENTS)


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_what_meets_a_requirement_is_there(number):
    requirement = REQUIREMENTS[number]
    met_by = [name.partition("#") for name in named(requirement["met_by"])]

    assert [name for name in met_by if leads_nowhere(place(name[0]), name[2])] == []
    assert missing_tests(requirement["shown_by"]) == []


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_a_requirement_is_met_and_shown_or_says_why_it_is_not_built(number):
    requirement = REQUIREMENTS[number]
    met, shown, why = (requirement[column].strip() for column in ("met_by", "shown_by", "not_built"))

    assert requirement["asks"].endswith(".")
    assert (met and shown and not why) or (why.endswith(".") and not shown)


def test_every_trap_has_its_story():
    assert list(TRAPS) == list("abcdefghijklmnopqrst")
    for letter, trap in TRAPS.items():
        assert trap["trap"].endswith("."), letter
        assert named(trap["told_by"]), letter
        assert missing_tests(trap["told_by"]) == [], letter


def test_a_name_that_leads_nowhere_is_noticed():
    assert leads_nowhere(DIAGRAMS / "consideration.bpmn", "no_such_element")
    assert leads_nowhere(FORMS / "notification.form", "no_such_question")
    assert leads_nowhere(DIAGRAMS / "no_such_diagram.bpmn", "")
    assert not leads_nowhere(DIAGRAMS / "consideration.bpmn", "decide_criteria")
    assert missing_tests("test_requirements.py::test_no_such_test; test_requirements.py") == [
        "test_requirements.py::test_no_such_test", "test_requirements.py",
    ]  # fmt: skip
    assert missing_tests("test_requirements.py::named") == ["test_requirements.py::named"]
