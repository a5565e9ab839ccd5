"""Decisions: every hit policy, what one decision requires of another, boxed expressions, and what is wrong in a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import dmn
from engine.errors import FeelError
from tests.engine.decided import Row, decision, literal, model, read, table, value

AGES: Sequence[Row] = [(["< 18"], ['"child"']), ([">= 16"], ['"adult"']), (["> 90"], ['"old"'])]


def by_policy(policy: str, age: int, more: str = "", rows: Sequence[Row] = AGES, **said: str) -> Any:
    return value(decision("d", table(rows, policy=policy, more=more, **said)), age=age)


APART: Sequence[Row] = [(["< 18"], ['"child"']), (["[17+1..120]"], ['"adult"'])]
TOGETHER: Sequence[Row] = [(["< 18"], ['"child"']), (["[17+0..120]"], ['"adult"'])]


def test_unique_gives_the_one_rule_that_matches():
    assert by_policy("UNIQUE", 5, rows=APART) == "child"


def test_unique_refuses_two_rules_that_match():
    """SpiffWorkflow takes the first."""
    with pytest.raises(FeelError, match=r"rules 1 and 2 do"):
        by_policy("UNIQUE", 17, rows=TOGETHER)


def test_first_gives_the_first():
    assert by_policy("FIRST", 17) == "child"


def test_any_wants_the_rules_to_agree():
    same: Sequence[Row] = [(["< 18"], ["1"]), (["< 20"], ["1"]), (["> 90"], ["2"]), (["> 95"], ["3"])]
    assert by_policy("ANY", 5, rows=same) == 1
    with pytest.raises(FeelError, match="rules 3 and 4 do not"):
        by_policy("ANY", 99, rows=same)


def test_priority_and_output_order_go_by_the_allowed_values():
    """SpiffWorkflow knows neither."""
    allowed = '"adult","child","old"'
    assert by_policy("PRIORITY", 17, allowed=allowed) == "adult"
    assert by_policy("OUTPUT ORDER", 17, allowed=allowed) == ["adult", "child"]


def test_rule_order_gives_all_in_the_order_of_the_rules():
    assert by_policy("RULE ORDER", 17) == ["child", "adult"]


COLLECTED = [("", [3, 5]), ("SUM", 8), ("MIN", 3), ("MAX", 5), ("COUNT", 2)]


@pytest.mark.parametrize(("aggregation", "result"), COLLECTED)
def test_collect_gives_all_or_what_they_come_to(aggregation, result):
    more = f' aggregation="{aggregation}"' if aggregation else ""
    assert by_policy("COLLECT", 7, more, rows=[(["> 1"], ["3"]), (["> 2"], ["5"]), (["> 9"], ["7"])]) == result


def test_without_a_match_the_default_answers_else_nothing():
    assert by_policy("UNIQUE", 1, rows=[(["> 5"], ["1"])]) is None
    assert by_policy("UNIQUE", 1, rows=[(["> 5"], ["1"])], default='"none"') == "none"
    assert by_policy("COLLECT", 1, ' aggregation="COUNT"', rows=[(["> 5"], ["1"])]) == 0


def test_several_outputs_make_a_group_of_values():
    rows: Sequence[Row] = [(['"child"', "-"], ['"social"', "42"]), (['not("child")', "> 2"], ['"adult"', ""])]
    drawn = decision("d", table(rows, ["kind", "n"], ["group", "days"]))

    assert value(drawn, kind="child", n=1) == {"group": "social", "days": 42}
    assert value(drawn, kind="other", n=3) == {"group": "adult", "days": None}


def test_the_trace_tells_which_rules_of_which_tables_matched():
    drawn = read(decision("d", table([(["true"], ["1"])], ["young"]), ["young"], "Route"), decision("young", table(AGES[:1]), name="young"))

    assert drawn.decide("d", {"age": 5})[1] == [{"decision": "young", "rules": [1]}, {"decision": "Route", "rules": []}]


def test_a_cell_that_names_a_boolean_compares_with_it():
    rows: Sequence[Row] = [(["expected"], ['"as expected"']), (["-"], ['"other"'])]
    drawn = decision("d", table(rows, ["given"], policy="FIRST"))

    assert value(drawn, given=False, expected=False) == "as expected"
    assert value(drawn, given=False, expected=True) == "other"


def test_a_typed_input_reads_dates_from_text():
    drawn = decision("d", table([(['> date("2026-01-01")'], ["1"]), (["-"], ["2"])], ["received"], policy="FIRST", typeRef="date"))

    assert value(drawn, received="2026-03-01") == 1
    assert value(drawn, received="2025-03-01") == 2


def test_an_input_that_is_not_allowed_is_told_without_its_value():
    with pytest.raises(FeelError, match=r"does not allow this value for “kind”, only \"a\",\"b\""):
        value(decision("d", table([(["-"], ["1"])], ["kind"], values='"a","b"')), kind="secret")


def test_a_decision_uses_what_it_requires_and_each_is_made_once():
    category = decision("cat", literal('if age < 18 then "child" else "adult"'), name="cat")
    drawn = decision("d", table([(['"child"'], ["1"]), (['"adult"'], ["2"])], ["cat"]), ["cat"])

    assert value('<inputData id="i" name="age"/>', category, drawn, age=40) == 2


def test_a_business_knowledge_model_is_a_function():
    body = f'<encapsulatedLogic><formalParameter name="n"/>{literal("n * 2")}</encapsulatedLogic>'
    double = f'<businessKnowledgeModel id="b" name="double">{body}</businessKnowledgeModel>'
    needs = '<knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>'
    binding = f'<binding><parameter name="n"/>{literal("age")}</binding>'

    assert value(double, decision("d", needs + literal("double(age) + 1")), age=3) == 7
    assert value(double, decision("d", f"{needs}<invocation>{literal('double')}{binding}</invocation>"), age=3) == 6


def test_boxed_contexts_lists_relations_and_conditionals():
    entry = '<contextEntry><variable name="half"/>' + literal("age / 2") + "</contextEntry>"
    result = "<contextEntry>" + literal("half + 1") + "</contextEntry>"
    assert value(decision("d", f"<context>{entry}</context>"), age=4) == {"half": 2}
    assert value(decision("d", f"<context>{entry}{result}</context>"), age=4) == 3
    assert value(decision("d", f"<list>{literal('age')}{literal('1')}</list>"), age=4) == [4, 1]
    columns = '<column name="a"/><column name="b"/>'
    assert value(decision("d", f"<relation>{columns}<row>{literal('1')}{literal('age')}</row></relation>"), age=4) == [{"a": 1, "b": 4}]
    branches = f"<if>{literal('age > 3')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
    assert value(decision("d", f"<conditional>{branches}</conditional>"), age=4) == 1


def test_names_may_hold_spaces():
    drawn = decision("d", table([(['"child"'], ["1"])], ["Kind of person.sub kind"]))
    kind = '<itemDefinition name="k"><itemComponent name="sub kind"/></itemDefinition><inputData id="i" name="Kind of person"/>'

    assert value(kind, drawn, **{"Kind of person": {"sub kind": "child"}}) == 1


def test_the_moment_of_a_decision_is_the_one_asked_about():
    drawn = read(decision("d", literal("string(today())")))

    assert drawn.decide("d", {}, now=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))[0] == "2026-07-02"


def test_a_file_tells_its_decisions_and_the_variables_it_reads():
    drawn = read(decision("cat", literal("age > limit")), decision("d", literal("cat or urgent"), ["cat"], "Route"))

    assert drawn.ids == {"cat": "cat", "d": "Route"}
    assert drawn.names == {"age", "limit", "urgent"}


@pytest.mark.parametrize("namespace", ["http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"])
def test_older_and_newer_versions_of_dmn_are_read(namespace):
    decisions, problems = dmn.read(model(decision("d", literal("1")), namespace=namespace), "d.dmn")

    assert problems == []
    assert decisions.decide("d", {})[0] == 1


def test_asking_for_a_decision_that_is_not_there_is_told():
    with pytest.raises(FeelError, match="It has: d"):
        read(decision("d", literal("1"))).decide("e", {})


WRONG = {
    "a cell": (decision("d", table([(["> >"], ["1"])]), name="Route"), "Route, rule 1, input “age”: “> >” cannot be read"),
    "an answer": (decision("d", table([(["1"], ["1 +"])]), name="Route"), "Route, rule 1, output 1: “1 +”"),
    "an input": (decision("d", table([], ["a b +"]), name="Route"), "Route, input “a b +”"),
    "an expression": (decision("d", literal("nope(1)"), name="Route"), "Route: “nope(1)” cannot be read: there is no function “nope”"),
    "a default": (decision("d", table([], default="1 +"), name="Route"), "the default of output 1"),
    "no logic": (decision("d", ""), "has no logic"),
    "a circle": (decision("d", literal("1"), ["d"]), "requires itself"),
    "an arrow to nowhere": (decision("d", literal("1"), ["nope"]), "“nope”, which is not in this file"),
    "a hit policy": (decision("d", table([], policy="BEST")), "“BEST” does not exist"),
    "an aggregation": (decision("d", table([], more=' aggregation="SUM"')), "does not go with the hit policy UNIQUE"),
    "an order": (decision("d", table([], policy="PRIORITY")), "needs the order of the answers"),
    "missing cells": (decision("d", table([(["1", "2"], ["1"])])), "Rule 1 does not have a cell for every column"),
    "an empty answer": (decision("d", table([(["1"], ["-"])])), "“-” is no answer"),
    "unnamed outputs": (decision("d", table([], outputs=["a", "a"])), "a name of its own"),
    "an empty input": (decision("d", table([], [""])), "Input 1 has no expression"),
}


@pytest.mark.parametrize(("drawn", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_by_decision_rule_and_cell(drawn, words):
    _, problems = dmn.read(model(drawn), "d.dmn")

    assert any(problem.element == "d" and words in problem.message for problem in problems), problems


def test_a_file_that_is_no_decision_model_is_told():
    assert "not readable as XML" in dmn.read(b"<broken", "d.dmn")[1][0].message
    assert "not a decision model" in dmn.read(b"<html/>", "d.dmn")[1][0].message
    assert "no decision" in dmn.read(model(), "d.dmn")[1][0].message


def test_two_decisions_with_one_id_are_told():
    assert "Give each its own" in dmn.read(model(decision("d", literal("1")), decision("d", literal("2"))), "d.dmn")[1][0].message
