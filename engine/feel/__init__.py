"""FEEL, the expression language of every diagram, table and form. An expression is written "= …"; here it comes without the "=".

Values are JSON, in and out: a date is ISO text, and FEEL says date(received). An evaluation sees nothing but the variables it
names, takes at most a second, and never touches anything outside itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .interpreter import Examined, in_turn

__all__ = ["Examined", "decide", "evaluate", "examine", "is_expression", "names", "render", "template_names", "unary", "value"]


def is_expression(text: Any) -> bool:
    """Whether a value written in a diagram is FEEL rather than itself."""
    return isinstance(text, str) and text.startswith("=")


def evaluate(expression: str, variables: Mapping[str, Any], *, now: datetime | None = None, warnings: list[str] | None = None) -> Any:
    """The value of an expression. What FEEL could not make sense of gives null, and a sentence in `warnings`."""
    result, said = in_turn(lambda interpreter: interpreter.run(expression, variables, now))
    if warnings is not None:
        warnings.extend(said)
    return result


def value(text: Any, variables: Mapping[str, Any], *, now: datetime | None = None) -> Any:
    """What an attribute of a diagram or form means: "= FEEL" evaluated, anything else as it is."""
    return evaluate(text[1:], variables, now=now) if is_expression(text) else text


def names(expression: str) -> frozenset[str]:
    """The variables an expression surely reads. Inside a filter, as in xs[key = 1], a name may be the item's, and is left out."""
    return in_turn(lambda interpreter: interpreter.compiled(expression).reads)


def unary(tests: str, value: Any, variables: Mapping[str, Any]) -> bool | None:
    """Whether a value passes the tests of a decision table's cell, such as `< 10, > 20`. What cannot be compared does not."""
    return in_turn(lambda interpreter: interpreter.passes(tests, value, variables))


def render(template: str, variables: Mapping[str, Any], *, now: datetime | None = None) -> str:
    """Text with {{ FEEL }}, {{#if …}} and {{#loop …}} filled in. A FEEL date is written in words: {{ date(received) }}."""
    return in_turn(lambda interpreter: interpreter.render(template, variables, now))


def template_names(template: str) -> frozenset[str]:
    """The variables a text surely reads; those inside a loop may be the item's, and are left out."""
    return in_turn(lambda interpreter: interpreter.template(template).reads)


def examine(model: str) -> Examined:
    """For engine.dmn: the variables that decisions read, what cannot be compiled, and what is read without being required."""
    return in_turn(lambda interpreter: interpreter.examine(model))


def decide(
    key: str, model: str, decision: str, variables: Mapping[str, Any], *,
    now: datetime | None = None, lenient: bool = False, types: bool = False,
) -> tuple[Any, list[dict[str, Any]], list[str]]:  # fmt: skip
    """For engine.dmn: the value of a decision, which rules of which tables counted, and warnings.

    lenient: what cannot be decided is null, with a warning. types: each value with its type.
    """
    return in_turn(lambda interpreter: interpreter.decide(key, model, decision, variables, now, {"lenient": lenient, "types": types}))
