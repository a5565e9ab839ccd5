"""What a decision may read is what its drawing says that it requires; and functions give results of their type."""

from __future__ import annotations

from typing import Any

import pytest

from engine import dmn
from engine.errors import FeelError
from tests.engine.decided import decision, literal, model, text, value


def knowledge(ident: str, body: str, parameters: str = "", typed: str = "", needs: str = "") -> str:
    """A business knowledge model."""
    formal = "".join(f'<formalParameter name="{name}"/>' for name in parameters.split())
    variable = f'<variable name="{ident}" typeRef="{typed}"/>' if typed else ""
    return (
        f'<businessKnowledgeModel id="{ident}" name="{ident}">{variable}<encapsulatedLogic>{formal}{body}</encapsulatedLogic>'
        f"{knows(needs) if needs else ''}</businessKnowledgeModel>"
    )


def knows(ident: str) -> str:
    return f'<knowledgeRequirement><requiredKnowledge href="#{ident}"/></knowledgeRequirement>'


INPUT = '<inputData id="i_age" name="age"/>'
RISK, OTHER = decision("risk", literal('"high"')), decision("other", literal("risk"), ["risk"])


def answer(*parts: str, **variables: Any) -> tuple[Any, list[str]]:
    return dmn.read(model(*parts), "d.dmn")[0].answer("d", variables)


def problems(*parts: str) -> list[str]:
    return [problem.message for problem in dmn.read(model(*parts), "d.dmn")[1]]


UNDRAWN = {
    "a decision": (RISK, decision("d", literal("risk"))),
    "a decision that another one requires": (RISK, OTHER, decision("d", literal("[other, risk][2]"), ["other"])),
    "a decision read by a table": (
        RISK,
        decision("d", f"<decisionTable><input>{text('inputExpression', 'risk')}</input><output/><rule>{text('inputEntry', '-')}"
                      f"{text('outputEntry', 'risk')}</rule></decisionTable>"),
    ),
    "a decision read by a function": (RISK, knowledge("f", literal("risk")), decision("d", knows("f") + literal("f()"), ["risk"])),
    "an input read by a function": (INPUT, knowledge("f", literal("age")), decision("d", knows("f") + literal("f()"))),
}  # fmt: skip


@pytest.mark.parametrize("parts", UNDRAWN.values(), ids=UNDRAWN)
def test_what_is_not_required_is_nothing_and_told_when_it_is_deployed(parts: tuple[str, ...]) -> None:
    assert answer(*parts, age=70)[0] is None
    (said,) = problems(*parts)
    assert "which it does not require, so it would be nothing here. " in said


def test_a_value_from_outside_does_not_stand_for_a_decision_that_is_not_required() -> None:
    assert answer(RISK, decision("d", literal("risk")), risk="low")[0] is None
    assert answer(RISK, decision("d", literal("risk"), ["risk"]), risk="low")[0] == "low"


def test_the_problem_says_which_arrow_is_missing() -> None:
    (of_decision,) = problems(RISK, decision("d", literal("risk"), name="Route"))
    (of_function,) = problems(knowledge("f", literal("age"), "age"), decision("d", literal("f(1)")))

    assert of_decision == (
        "“Route” reads “risk”, which it does not require, so it would be nothing here. "
        "Draw an arrow from it to this one: an information requirement."
    )
    assert of_function.endswith("Draw an arrow from it to this one: a knowledge requirement.")


DRAWN = {
    "a parameter": (RISK, knowledge("f", literal("risk"), "risk"), decision("d", knows("f") + literal("f(1)"))),
    "an entry of a context": (
        RISK,
        decision("d", f'<context><contextEntry><variable name="risk"/>{literal("1")}</contextEntry>'
                      f"<contextEntry>{literal('risk')}</contextEntry></context>"),
    ),
    "a loop": (RISK, decision("d", f'<for iteratorVariable="risk"><in>{literal("[1]")}</in><return>{literal("risk")}</return></for>')),
    "a field of an item": (RISK, decision("d", literal("[{risk: 1}][risk = 1].risk[1]"))),
    "itself": (
        knowledge("f", literal("if n = 0 then 1 else n * f(n - 1)"), "n"), decision("d", knows("f") + literal("f(1)")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("parts", DRAWN.values(), ids=DRAWN)
def test_a_name_of_its_own_needs_no_arrow(parts: tuple[str, ...]) -> None:
    assert problems(*parts) == []
    assert value(*parts) in (1, [1])


def test_a_function_may_call_itself_and_others_that_it_requires() -> None:
    inner, outer = knowledge("twice", literal("n * 2"), "n"), knowledge("four", literal("twice(twice(n))"), "n", needs="twice")

    assert value(inner, outer, decision("d", knows("four") + literal("four(5)"))) == 20
    assert value(knowledge("f", literal("if n = 0 then 1 else n * f(n - 1)"), "n"), decision("d", knows("f") + literal("f(5)"))) == 120


FUNCTION_TYPE = '<itemDefinition name="tF"><functionItem outputTypeRef="string"/></itemDefinition>'
RESULTS = [("number", "5", 5), ("number", "[5]", 5), ("tList", "5", [5]), ("date", '"2026-03-04"', "2026-03-04"), ("tF", '"x"', "x")]


@pytest.mark.parametrize(("typed", "body", "result"), RESULTS)
def test_a_function_gives_results_of_the_type_that_its_variable_names(typed: str, body: str, result: Any) -> None:
    listed = '<itemDefinition name="tList" isCollection="true"><typeRef>number</typeRef></itemDefinition>'

    assert answer(FUNCTION_TYPE, listed, knowledge("f", literal(body), typed=typed), decision("d", knows("f") + literal("f()"))) == (
        result,
        [],
    )


@pytest.mark.parametrize("typed", ["number", "tF"])
def test_a_result_of_another_type_is_nothing_in_an_answer_and_a_problem_in_a_case(typed: str) -> None:
    parts = FUNCTION_TYPE, knowledge("f", literal("true"), typed=typed), decision("d", knows("f") + literal("f()"))

    assert answer(*parts) == (None, [f"The function “f”: its value is not of the type “{typed}”."])
    with pytest.raises(FeelError, match=f"The function “f”: its value is not of the type “{typed}”"):
        value(*parts)
