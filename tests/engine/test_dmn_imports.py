"""Decision models that import others: what they call them, what each sees, and where the files are found."""

from __future__ import annotations

from typing import Any

import pytest

from engine import dmn
from engine.errors import FeelError
from tests.engine.decided import NAMESPACE, decision, literal

GRADES = '<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"low","high"</text></allowedValues></itemDefinition>'
DOUBLE = (
    '<businessKnowledgeModel id="double" name="twice as much"><encapsulatedLogic><formalParameter name="n" typeRef="number"/>'
    f"{literal('n * 2')}</encapsulatedLogic></businessKnowledgeModel>"
)
INPUT = '<inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>'
SERVICE = '<decisionService id="s" name="S"><outputDecision href="#old"/><inputData href="#age"/></decisionService>'


def model(namespace: str, *parts: str) -> bytes:
    return f'<definitions xmlns="{NAMESPACE}" id="x" name="x" namespace="{namespace}">{"".join(parts)}</definitions>'.encode()


def imported(alias: str, namespace: str, location: str = "") -> str:
    return f'<import name="{alias}" namespace="{namespace}" locationURI="{location}" importType="{NAMESPACE}"/>'


def needs(*references: str) -> str:
    return "".join(f'<informationRequirement><requiredDecision href="{ref}"/></informationRequirement>' for ref in references)


BASE = model("base", GRADES, INPUT, DOUBLE, decision("old", literal("age > 65")), SERVICE)


def answer(*parts: str, **variables: Any) -> tuple[Any, list[str]]:
    decisions, problems = dmn.read(model("own", imported("the base", "base"), *parts), "own.dmn", beside={"base.dmn": BASE})
    assert problems == []
    return decisions.answer("d", variables)


def test_a_decision_of_another_model_goes_by_the_name_of_the_import():
    assert answer(decision("d", needs("base#old") + literal("the base.old")), age=70) == (True, [])


def test_an_input_of_another_model_may_stand_under_the_name_of_the_import():
    drawn = decision("d", needs("base#old") + literal("[age, the base.age, the base.old]"))

    decisions, _ = dmn.read(model("own", imported("the base", "base"), drawn), "own.dmn", beside={"base.dmn": BASE})

    assert decisions.answer("d", {"age": 1, "the base": {"age": 70}}) == ([1, 70, True], [])


def test_a_function_and_a_service_of_another_model_are_called():
    drawn = decision("d", needs("base#double", "base#s") + literal("[the base.twice as much(4), the base.S(70)]"))

    assert answer(drawn) == ([8, True], [])


def test_a_type_of_another_model_is_held_to():
    own = '<itemDefinition name="tOwn"><typeRef>the base.tGrade</typeRef></itemDefinition>'

    drawn = decision("d", f'<variable name="d" typeRef="tOwn"/>{literal("grade")}')

    assert answer(own, drawn, grade="low") == ("low", [])
    assert answer(own, drawn, grade="none") == (None, ['The decision “d”: its value is not allowed, only "low","high".'])


def test_each_model_sees_its_own_names():
    """Both have a decision called old; neither hides the other."""
    drawn = decision("old", needs("base#old") + literal("the base.old = false"))

    assert answer(drawn, decision("d", literal("old"), ["old"]), age=70) == (False, [])


def test_a_model_may_import_one_that_imports_another():
    middle = model("middle", imported("b", "base"), decision("m", needs("base#old") + literal('if b.old then "yes" else "no"')))
    files = {"middle.dmn": middle, "base.dmn": BASE}

    decisions, problems = dmn.read(
        model("own", imported("mid", "middle"), decision("d", needs("middle#m") + literal("mid.m"))), "own.dmn", beside=files
    )

    assert problems == []
    assert decisions.names >= {"age"}
    assert decisions.decide("d", {"age": 70})[0] == "yes"
    with pytest.raises(FeelError, match="The input “age”: its value is not of the type “number”"):
        decisions.decide("d", {"age": "old"})


def test_of_two_files_with_one_namespace_the_one_that_is_named_is_taken():
    files = {f"{n}/base.dmn": model("base", decision("old", literal(str(n)))) for n in (1, 2)}
    drawn = decision("d", needs("base#old") + literal("b.old"))

    decisions, problems = dmn.read(model("own", imported("b", "base", "2/base.dmn"), drawn), "own.dmn", beside=files)

    assert problems == []
    assert decisions.answer("d", {}) == (2, [])


def test_a_model_that_is_not_there_is_told():
    found = dmn.read(model("own", imported("b", "base"), decision("d", literal("1"))), "own.dmn", beside={"other.dmn": b"<broken"})[1]

    assert [problem.message for problem in found] == ["“b” is imported, but no file here has that model. Add its file."]


def test_models_that_import_each_other_are_read():
    other = model("other", imported("own", "own"), decision("o", literal("1")))
    own = model("own", imported("other", "other"), decision("d", needs("other#o") + literal("other.o")))

    decisions, problems = dmn.read(own, "own.dmn", beside={"other.dmn": other, "own.dmn": own})

    assert problems == []
    assert decisions.answer("d", {}) == (1, [])


def test_what_an_import_without_a_name_brings_goes_by_its_own_names():
    own = decision("d", f'<variable name="d" typeRef="tGrade"/>{needs("base#old", "base#double")}{literal("if old then grade else null")}')
    parts = imported("", "base"), own, decision("e", needs("base#double") + literal("twice as much(age)"))

    decisions, problems = dmn.read(model("own", *parts), "own.dmn", beside={"base.dmn": BASE})

    assert problems == []
    assert decisions.answer("d", {"age": 70, "grade": "low"}) == ("low", [])
    assert decisions.answer("d", {"age": 70, "grade": "none"}) == (None, ['The decision “d”: its value is not allowed, only "low","high".'])
    assert decisions.answer("e", {"age": 35}) == (70, [])
    assert decisions.decide("e", {"age": 35})[0] == 70


def test_of_two_things_of_one_name_that_of_the_model_itself_counts():
    parts = imported("", "base"), decision("old", literal('"mine"')), decision("d", needs("#old", "base#old") + literal("old"))

    decisions, _ = dmn.read(model("own", *parts), "own.dmn", beside={"base.dmn": BASE})

    assert decisions.answer("d", {"age": 70}) == ("mine", [])
