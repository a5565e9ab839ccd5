"""The engine and the site are generic: no word of any procedure is in the Python, and a second procedure made of files alone runs."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from engine import deployments, scheduler
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import InstanceState, Letter, ProcessInstance
from tests.learning_review.filled_in import entries
from tests.visitors import Visitor

ROOT = Path(__file__).parent.parent
ALLOTMENT = ROOT / "tests" / "procedures" / "allotment"
PLOT = re.compile(r"PLOT-\w{5}")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CODE = sorted([*(ROOT / "engine").rglob("*.py"), *(p for p in (ROOT / "web").rglob("*.py") if "node_modules" not in p.parts)])


def words_of_procedures() -> set[str]:
    """Every process id, element id, lane name, form id and role key of the procedures in bpmn/."""
    words: set[str] = set()
    for file in (ROOT / "bpmn").rglob("*.bpmn"):
        for element in etree.parse(file).iter(f"{BPMN}*"):
            words.add(element.get("id") or "")
            if element.tag == f"{BPMN}lane":
                words.add(element.get("name") or "")
    words |= {file.stem for file in (ROOT / "forms").rglob("*.form")}
    for file in (ROOT / "bpmn").rglob("procedure.toml"):
        procedure = tomllib.loads(file.read_text(encoding="utf-8"))
        words |= {procedure["key"], *procedure["roles"], *procedure["organisations"]}
    return words - {""}


def strings_in(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


@pytest.mark.parametrize("file", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_word_of_a_procedure_is_in_the_python(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))

    found = {constant.value: constant.lineno for constant in strings_in(tree)}

    words = words_of_procedures()
    assert len(words) > 100, "the procedures were not read"
    assert not {f"line {line}: {word}" for word, line in found.items() if word in words}


def test_a_second_procedure_made_of_files_alone_runs_from_start_to_end(
    sessions: Sessions, visitor: Visitor, person: Callable[..., Actor], sign_in: Callable[[Actor], Visitor]
) -> None:
    secretary, digger = person("Sana Kaur", "secretary"), person("Dov Levy", "digger")
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read([ALLOTMENT]))

    # given a plot that somebody without an account asks for
    visitor.open("/start/allotment").send(
        entries({"name": "Ines Roy", "email": "ines@example.org", "wish": "plot", "metres": 120}), button="Send"
    )
    reference = PLOT.search(visitor.text)
    assert reference, visitor.text

    # when the secretary finds one, and it is dug over
    page = sign_in(secretary).open("/tasks")
    page.open(page.links("Find a plot")[0]).send(entries({"answer": "yes"}), button="Complete")
    scheduler.tick(sessions, None, base_url="http://localhost")
    page = sign_in(digger).open("/tasks")
    page.open(page.links("Dig it over")[0]).send(entries({"dug_on": "2026-03-01"}), button="Complete")

    # then they were told, and the case is over
    with transaction(sessions, reading=True) as session:
        letter = session.scalars(select(Letter)).one()
        case = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference[0])).one()
    assert (letter.to_email, letter.subject) == ("ines@example.org", f"Your request {reference[0]}")
    assert case.state is InstanceState.COMPLETED
    assert reference[0] in sign_in(secretary).open(f"/cases/{reference[0]}").text


def test_an_answer_that_belongs_elsewhere_is_pointed_there_and_makes_no_case(sessions: Sessions, visitor: Visitor) -> None:
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read([ALLOTMENT]))

    visitor.open("/start/allotment").send(entries({"name": "Ines Roy", "email": "ines@example.org", "wish": "shed"}), button="Send")

    assert "Sheds are let by the council" in visitor.text
    with transaction(sessions, reading=True) as session:
        assert session.scalars(select(ProcessInstance)).all() == []
