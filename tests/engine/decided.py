"""Decision models written in Python, for the tests of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from engine import dmn

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Row = tuple[Sequence[str], Sequence[str]]


def model(*parts: str, namespace: str = NAMESPACE) -> bytes:
    return f'<definitions xmlns="{namespace}" id="x" name="x" namespace="n">{"".join(parts)}</definitions>'.encode()


def text(tag: str, content: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}><text>{escape(content)}</text></{tag}>"


def table(
    rows: Sequence[Row],
    inputs: Sequence[str] = ("age",),
    outputs: Sequence[str] = ("",),
    policy: str = "UNIQUE",
    more: str = "",
    **said: str,
) -> str:
    """A decision table. `said`: typeRef and values of the first input, allowed and default of the first output."""
    columns = "".join(_input(name, said if i == 0 else {}) for i, name in enumerate(inputs))
    columns += "".join(_output(name, said if i == 0 else {}) for i, name in enumerate(outputs))
    rules = "".join(
        "<rule>" + "".join(text("inputEntry", c) for c in ins) + "".join(text("outputEntry", c) for c in outs) + "</rule>"
        for ins, outs in rows
    )
    return f'<decisionTable hitPolicy="{policy}"{more}>{columns}{rules}</decisionTable>'


def _input(name: str, said: dict[str, str]) -> str:
    typed = f' typeRef="{said["typeRef"]}"' if "typeRef" in said else ""
    values = text("inputValues", said["values"]) if "values" in said else ""
    return f"<input>{text('inputExpression', name, typed)}{values}</input>"


def _output(name: str, said: dict[str, str]) -> str:
    values = text("outputValues", said["allowed"]) if "allowed" in said else ""
    default = text("defaultOutputEntry", said["default"]) if "default" in said else ""
    return f'<output name="{name}">{values}{default}</output>'


def decision(ident: str, logic: str, requires: Sequence[str] = (), name: str = "") -> str:
    arrows = "".join(f'<informationRequirement><requiredDecision href="#{other}"/></informationRequirement>' for other in requires)
    return f'<decision id="{ident}" name="{name or ident}">{arrows}{logic}</decision>'


def literal(content: str) -> str:
    return text("literalExpression", content)


def read(*parts: str) -> dmn.Decisions:
    decisions, problems = dmn.read(model(*parts), "d.dmn")
    assert problems == []
    return decisions


def value(*parts: str, **variables: Any) -> Any:
    """The value of the decision d."""
    return read(*parts).decide("d", variables)[0]
