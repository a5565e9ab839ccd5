"""Decisions as the standard has them: types and what they allow, decision services, boxed expressions of every kind, and answers
where something cannot be decided.
"""

from __future__ import annotations

from typing import Any

import pytest

from engine import dmn
from engine.errors import FeelError
from tests.engine.decided import decision, literal, model, read, table, text, value

NUMBERS = '<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="born on"><typeRef>date</typeRef></itemComponent></itemDefinition>'
)
GRADES = text("allowedValues", '"low","high"')
GRADE = f'<itemDefinition name="tGrade"><typeRef>string</typeRef>{GRADES}</itemDefinition>'


def given(name: str, typed: str) -> str:
    return f'<inputData id="i_{name}" name="{name}"><variable name="{name}" typeRef="{typed}"/></inputData>'


def typed(ident: str, type_: str, expression: str) -> str:
    return decision(ident, f'<variable name="{ident}" typeRef="{type_}"/>{literal(expression)}')


def answer(*parts: str, ask: str = "d", **variables: Any) -> tuple[Any, list[str]]:
    return dmn.read(model(*parts), "d.dmn")[0].answer(ask, variables)


CONVERTED = {
    ("number", "[5]"): 5,
    ("tNumbers", "5"): [5],
    ("tNumbers", "null"): None,
    ("tPerson", '{name: "Jo", born on: null, age: 3}'): {"name": "Jo", "born on": None, "age": 3},
    ("date and time", 'date("2026-03-04")'): "2026-03-04T00:00:00Z",
    ("date", '"2026-03-04"'): "2026-03-04",
    ("feel:number", "1"): 1,
    ("context&lt;a: number>", "{a: 1}"): {"a": 1},
}


@pytest.mark.parametrize(("said", "result"), CONVERTED.items(), ids=map(str, CONVERTED))
def test_a_value_becomes_one_of_its_type_where_the_standard_says_so(said, result):
    assert answer(NUMBERS, PERSON, typed("d", *said)) == (result, [])


UNLIKE = [("string", "1"), ("number", '["x"]'), ("tNumbers", '[1, "x"]'), ("tPerson", '{name: "Jo"}'), ("date", '"tomorrow"')]


@pytest.mark.parametrize(("type_", "expression"), UNLIKE)
def test_a_value_of_another_type_is_nothing_in_an_answer_and_a_problem_in_a_case(type_, expression):
    parts = (NUMBERS, PERSON, typed("d", type_, expression))

    assert answer(*parts) == (None, [f"The decision “d”: its value is not of the type “{type_}”."])
    with pytest.raises(FeelError, match=f"The decision “d”: its value is not of the type “{type_}”"):
        value(*parts)


def test_inputs_are_read_as_their_types_say_however_deep():
    people = '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
    drawn = decision("d", literal("for p in people return p.born on.year"))

    assert value(people, PERSON, given("people", "tPeople"), drawn, people=[{"name": "Jo", "born on": "1999-03-04"}]) == [1999]


def test_what_an_input_may_be_is_held_to():
    parts = (GRADE, given("grade", "tGrade"), decision("d", literal("grade = null")))

    assert value(*parts, grade="low") is False
    assert value(*parts, grade=None) is True
    assert answer(*parts, grade="secret") == (True, ['The input “grade”: its value is not allowed, only "low","high".'])
    with pytest.raises(FeelError, match='The input “grade”: its value is not allowed, only "low","high"'):
        value(*parts, grade="secret")


def test_a_collection_may_be_held_to_a_rule_of_its_own():
    rule = text("typeConstraint", "count(?) < 3")
    few = f'<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>{rule}</itemDefinition>'
    parts = (few, given("xs", "tFew"), decision("d", literal("sum(xs)")))

    assert answer(*parts, xs=[1, 2]) == (3, [])
    assert answer(*parts, xs=[1, 2, 3])[0] is None


def test_a_type_may_be_made_of_itself():
    tree = (
        '<itemDefinition name="tTree"><itemComponent name="n"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="below" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>'
    )
    leaf = {"n": 2, "below": []}

    assert answer(tree, given("t", "tTree"), decision("d", literal("t.below.n")), t={"n": 1, "below": [leaf]}) == ([2], [])
    assert answer(tree, given("t", "tTree"), decision("d", literal("t")), t={"n": 1, "below": [{"n": "x", "below": []}]})[0] is None


def test_a_name_of_a_type_can_be_asked_for():
    assert value(PERSON, decision("d", literal("{name: 1} instance of tPerson"))) is False
    assert value(NUMBERS, decision("d", literal("[1, 2] instance of tNumbers"))) is True


SERVICE = (
    '<decisionService id="s" name="Total"><outputDecision href="#total"/><encapsulatedDecision href="#total"/>'
    '<inputDecision href="#base"/><inputData href="#i_more"/></decisionService>'
)
SERVED = (
    SERVICE,
    given("more", "number"),
    decision("base", literal("100")),
    decision("total", literal("base + more"), ["base"]),
)
NEEDS_SERVICE = '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'


def test_a_decision_service_is_a_function_of_its_inputs_then_its_decisions():
    assert value(*SERVED, decision("d", NEEDS_SERVICE + literal("Total(1, 2)")), more=50) == 3
    assert value(*SERVED, decision("d", NEEDS_SERVICE + literal("Total(base: 2, more: 1)")), more=50) == 3
    assert answer(*SERVED, decision("d", NEEDS_SERVICE + literal("Total(1)")))[0] is None


def test_a_decision_service_can_be_asked_itself():
    assert answer(*SERVED, ask="s", more=1, base=2) == (3, [])
    assert answer(*SERVED, ask="Total", more=1, base=2) == (3, [])
    assert read(*SERVED).decide("s", {"more": 1})[0] is None


def test_a_decision_service_with_several_results_gives_all():
    service = '<decisionService id="s" name="S"><outputDecision href="#a"/><outputDecision href="#b"/></decisionService>'

    assert answer(service, decision("a", literal("1")), decision("b", literal("2")), ask="s") == ({"a": 1, "b": 2}, [])


def test_what_a_decision_service_decides_is_in_the_trace():
    service = '<decisionService id="s" name="S"><outputDecision href="#young"/></decisionService>'
    drawn = read(
        service,
        decision("young", table([(["-"], ["true"])], ["1"]), name="young"),
        decision("d", NEEDS_SERVICE + literal("S()")),
    )

    assert drawn.decide("d", {})[1] == [{"decision": "young", "rules": [1]}]


def test_a_business_knowledge_model_can_be_asked_itself():
    years = '<itemDefinition name="Years"><functionItem outputTypeRef="tYears"/></itemDefinition>'
    years += '<itemDefinition name="tYears" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    parameters = '<formalParameter name="day" typeRef="date"/><formalParameter name="more" typeRef="number"/>'
    body = f"<encapsulatedLogic>{parameters}{literal('day.year + more')}</encapsulatedLogic>"
    drawn = (
        years,
        f'<businessKnowledgeModel id="b" name="Later year"><variable name="Later year" typeRef="Years"/>{body}</businessKnowledgeModel>',
    )

    assert answer(*drawn, ask="b", day="2026-03-04", more=2) == ([2028], [])
    assert answer(*drawn, ask="Later year", day="2026-03-04", more=2) == ([2028], [])
    value, warnings = answer(*drawn, ask="b", day="2026-03-04", more="two")
    assert (value, "“more”" in warnings[0]) == (None, True)
    with pytest.raises(FeelError, match="no decision “b”"):
        read(*drawn, decision("d", literal("1"))).decide("b", {})


def test_a_value_given_for_a_required_decision_stands_for_it_in_an_answer_and_never_in_a_case():
    parts = (decision("base", literal("1")), decision("d", literal("base + 1"), ["base"]))

    assert answer(*parts, base=10) == (11, [])
    assert value(*parts, base=10) == 2


BOXED = {
    f"<filter><in>{literal('xs')}</in><match>{literal('item > 1')}</match></filter>": [2, 3],
    f"<filter><in>{literal('ks')}</in><match>{literal('k = 2')}</match></filter>": [{"k": 2}],
    f'<for iteratorVariable="x"><in>{literal("xs")}</in><return>{literal("x * 2 + count(partial)")}</return></for>': [2, 5, 8],
    f'<for iteratorVariable="x"><in>{literal("1..2")}</in><return>{literal("x")}</return></for>': None,
    f'<for iteratorVariable="x"><in>{literal("[1..2]")}</in><return>{literal("x")}</return></for>': [1, 2],
    f'<every iteratorVariable="x"><in>{literal("xs")}</in><satisfies>{literal("x > 1")}</satisfies></every>': False,
    f'<some iteratorVariable="x"><in>{literal("xs")}</in><satisfies>{literal("x > 2")}</satisfies></some>': True,
    f'<some iteratorVariable="x"><in>{literal("[null]")}</in><satisfies>{literal("x > 2")}</satisfies></some>': None,
    f"<conditional><if>{literal('null')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>": 2,
    f"<conditional><if>{literal('1')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>": None,
    f'<functionDefinition kind="Java">{literal("1")}</functionDefinition>': None,
}


@pytest.mark.parametrize(("logic", "result"), BOXED.items(), ids=[f"boxed {i}" for i in range(len(BOXED))])
def test_every_kind_of_boxed_expression_is_decided(logic, result):
    assert answer(decision("d", logic), xs=[1, 2, 3], ks=[{"k": 1}, {"k": 2}])[0] == result


def test_a_boxed_function_is_a_value():
    function = f'<functionDefinition><formalParameter name="n" typeRef="number"/>{literal("n + base")}</functionDefinition>'
    drawn = (decision("base", literal("10")), decision("f", function, ["base"]), decision("d", literal('[f(1), f("x")]'), ["f"]))

    assert answer(*drawn)[0] == [11, None]


def test_entries_and_bindings_are_held_to_their_types():
    entry = f'<contextEntry><variable name="n" typeRef="number"/>{literal("[4]")}</contextEntry>'
    assert answer(decision("d", f"<context>{entry}</context>")) == ({"n": 4}, [])

    wrong = f'<contextEntry><variable name="n" typeRef="number"/>{literal("true")}</contextEntry>'
    assert answer(decision("d", f"<context>{wrong}</context>")) == (
        {"n": None},
        ["The decision “d”, “n”: its value is not of the type “number”."],
    )


def test_an_entry_that_is_a_function_says_the_type_of_its_results():
    function = f'<functionDefinition><formalParameter name="n"/>{literal("n > 1")}</functionDefinition>'
    entry = f'<contextEntry><variable name="many" typeRef="boolean"/>{function}</contextEntry>'
    result = f"<contextEntry>{literal('many(2)')}</contextEntry>"

    assert answer(decision("d", f"<context>{entry}{result}</context>")) == (True, [])


def test_a_function_that_everybody_has_can_be_invoked():
    binding = f'<binding><parameter name="list"/>{literal("[1, 2]")}</binding>'

    assert value(decision("d", f"<invocation>{literal('sum')}{binding}</invocation>")) == 3


def test_the_trace_tells_the_rules_that_counted():
    rows = [(["> 1"], ['"b"']), (["> 2"], ['"a"'])]

    def counted(policy: str) -> Any:
        return read(decision("d", table(rows, ["n"], policy=policy, allowed='"a","b"'))).decide("d", {"n": 3})[1][0]["rules"]

    assert counted("FIRST") == [1]
    assert counted("PRIORITY") == [2]
    assert counted("RULE ORDER") == [1, 2]


def test_a_cell_that_fails_is_told_by_rule_and_input():
    rows = [(["-"], ["1"]), (['assert(1, ? = 2, "not two")'], ["2"])]

    with pytest.raises(FeelError, match="The decision “Route”, rule 2, input “n”: not two"):
        value(decision("d", table(rows, ["n"]), name="Route"), n=1)


def test_what_made_no_sense_in_a_cell_is_told_by_rule_and_input():
    _, warnings = answer(decision("d", table([(["nowhere"], ["1"])], ["n"]), name="Route"), n=1)

    assert warnings == ["The decision “Route”, rule 1, input “n”: Variable 'nowhere' not found."]


def test_an_answer_comes_although_another_decision_of_the_file_is_wrong():
    parts = (decision("d", literal("1")), decision("broken", literal("1 +")))

    assert answer(*parts) == (1, [])
    assert answer(*parts, ask="broken") == (None, ["The decision “broken”: this is not a complete FEEL expression."])


def test_a_table_that_contradicts_itself_has_no_answer():
    drawn = decision("d", table([(["-"], ["1"]), (["-"], ["2"])], ["n"]))

    assert answer(drawn, n=1) == (None, ["The decision “d” allows one rule to match (UNIQUE), but rules 1 and 2 do."])


def test_an_answer_tells_its_types():
    kinds = 'for x in [1, "a", null, true, date("2026-03-04"), @"P1D", {a: @"10:00:00"}] return x'

    found, _ = dmn.read(model(decision("d", literal(kinds))), "d.dmn")[0].answer("d", {}, types=True)

    assert found["type"] == "list"
    assert found["value"] == [
        {"type": "number", "value": 1},
        {"type": "string", "value": "a"},
        {"type": "Null", "value": None},
        {"type": "boolean", "value": True},
        {"type": "date", "value": "2026-03-04"},
        {"type": "days and time duration", "value": "P1D"},
        {"type": "context", "value": {"a": {"type": "time", "value": "10:00:00"}}},
    ]


def test_names_may_hold_signs_and_words_of_feel():
    named = '<inputData id="i" name="pre-approved by a+b"/>'

    assert value(named, decision("d", literal("pre-approved by a+b and true")), **{"pre-approved by a+b": True}) is True
    assert value(named, decision("d", literal("pre - approved by a + b")), **{"pre-approved by a+b": True}) is True


def test_a_name_may_hold_a_dot_that_elsewhere_leads_into_a_context():
    body = f'<encapsulatedLogic><formalParameter name="person.name" typeRef="string"/>{literal("person.name")}</encapsulatedLogic>'
    greet = f'<businessKnowledgeModel id="b" name="greet">{body}</businessKnowledgeModel>'
    binding = f'<binding><parameter name="person.name"/>{literal("person.name")}</binding>'
    needs = '<knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>'

    assert value(greet, decision("d", f"{needs}<invocation>{literal('greet')}{binding}</invocation>"), person={"name": "Jo"}) == "Jo"


def test_dmn_1_1_writes_types_as_elements_with_a_prefix():
    old = (
        '<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" xmlns:feel="http://www.omg.org/spec/FEEL/20140401"'
        ' xmlns:own="own" id="x" name="x" namespace="own">'
        '<itemDefinition name="tDay"><typeRef>feel:date</typeRef></itemDefinition>'
        '<inputData id="i" name="day"><variable name="day" typeRef="own:tDay"/></inputData>'
        f'<decision id="d" name="d">{literal("day.year")}</decision></definitions>'
    )
    assert dmn.read(old.encode(), "d.dmn")[0].answer("d", {"day": "2026-03-04"}) == (2026, [])
