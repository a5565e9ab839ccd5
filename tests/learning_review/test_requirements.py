"""What meets each requirement of the procedure stands in requirements.toml, and everything it names is there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DIAGRAMS = HERE.parents[1] / "bpmn" / "learning_review"
FORMS = HERE.parents[1] / "forms" / "learning_review"
REQUIREMENTS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "requirements.toml").read_text(encoding="utf-8"))
# Sections 1 to 6, and the seats of the Consideration Meeting, which are numbered last.
UP_TO_THE_DECISION = [f"R{number}" for number in (*range(1, 102), 219, 220, 221)]
IN_RANGE = list(REQUIREMENTS)


@cache
def names_in(path: Path) -> frozenset[str]:
    """What a file gives a name to: elements and decisions by their ids, questions by their keys, tests, the keys of a table."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".form":
        return frozenset(key for one in _components(json.loads(content)) for key in (one.get("key"), one.get("path")) if key)
    if path.suffix == ".py":
        return frozenset(re.findall(r"^def (test_\w+)", content, re.MULTILINE))
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


def test_every_requirement_up_to_the_decision_is_listed_and_all_in_their_order():
    assert set(UP_TO_THE_DECISION) <= REQUIREMENTS.keys()
    assert [f"R{number}" for number in range(1, 222) if f"R{number}" in REQUIREMENTS] == IN_RANGE


@pytest.mark.parametrize("number", IN_RANGE)
def test_what_meets_a_requirement_is_there(number):
    requirement = REQUIREMENTS[number]
    met_by = [name.partition("#") for name in requirement.get("met_by", [])]
    shown_by = [name.partition("::") for name in requirement.get("shown_by", [])]

    assert [name for name in met_by if leads_nowhere((FORMS if name[0].endswith((".form", ".md")) else DIAGRAMS) / name[0], name[2])] == []
    assert [name for name in shown_by if not name[2] or leads_nowhere(HERE / name[0], name[2])] == []


@pytest.mark.parametrize("number", IN_RANGE)
def test_a_requirement_is_met_and_shown_or_says_why_it_is_still_to_come(number):
    requirement = REQUIREMENTS[number]

    assert requirement["asks"].endswith(".")
    assert requirement.get("later", "").endswith(".") or (requirement["met_by"] and requirement["shown_by"])
    assert not (requirement.get("later") and requirement.get("shown_by"))


def test_a_name_that_leads_nowhere_is_noticed():
    assert leads_nowhere(DIAGRAMS / "consideration.bpmn", "no_such_element")
    assert leads_nowhere(FORMS / "notification.form", "no_such_question")
    assert leads_nowhere(DIAGRAMS / "no_such_diagram.bpmn", "")
    assert not leads_nowhere(DIAGRAMS / "consideration.bpmn", "decide_criteria")
