"""The boxed expressions of a decision, each as the small dict that engine/feel/js/decisions.mjs runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

Logic = dict[str, Any]
_LISTED = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\([^)]*\)|[^,])+')  # what stands between the commas of a list of allowed values


def local(node: Any) -> str:
    """The name of an XML element without its namespace; nothing for comments."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def child(node: Any, name: str) -> Any:
    """The first child with this name, or None."""
    return next((inner for inner in node if local(inner) == name), None)


def children(node: Any, name: str) -> list[Any]:
    return [inner for inner in node if local(inner) == name]


def text_of(node: Any) -> str:
    """What is written in the <text> of an element; nothing where there is none."""
    inner = child(node, "text") if node is not None else None
    return (inner.text or "").strip() if inner is not None else ""


def first_logic(node: Any) -> Logic | None:
    """The boxed expression in an element, if there is one."""
    if node is None:
        return None
    return next((logic for logic in map(boxed, node) if logic), None)


def boxed(node: Any) -> Logic | None:
    read = _READERS.get(local(node))
    return read(node) if read else None


def function(node: Any) -> Logic:
    """A function with its parameters, as a business knowledge model holds it."""
    return {"kind": "function", "parameters": [part.get("name") for part in children(node, "formalParameter")], "body": first_logic(node)}


def _literal(node: Any) -> Logic | None:
    return {"kind": "literal", "text": text_of(node)} if text_of(node) else None


def _table(node: Any) -> Logic:
    return {
        "kind": "table",
        "policy": node.get("hitPolicy", "UNIQUE"),
        "aggregation": node.get("aggregation"),
        "inputs": [_input(part) for part in children(node, "input")],
        "outputs": [_output(part) for part in children(node, "output")],
        "rules": [_rule(part) for part in children(node, "rule")],
    }


def _input(node: Any) -> Logic:
    expression = child(node, "inputExpression")
    typed = expression.get("typeRef") if expression is not None else None
    return {"text": text_of(expression), "type": typed, "values": text_of(child(node, "inputValues"))}


def _output(node: Any) -> Logic:
    values = [value.strip() for value in _LISTED.findall(text_of(child(node, "outputValues")))]
    return {"name": node.get("name"), "values": values or None, "default": text_of(child(node, "defaultOutputEntry"))}


def _rule(node: Any) -> Logic:
    return {
        "inputs": [text_of(cell) for cell in children(node, "inputEntry")],
        "outputs": [text_of(cell) for cell in children(node, "outputEntry")],
    }


def _context(node: Any) -> Logic:
    entries = [[_name_of(child(entry, "variable")), first_logic(entry)] for entry in children(node, "contextEntry")]
    return {"kind": "context", "entries": entries}


def _list(node: Any) -> Logic:
    return {"kind": "list", "items": [logic for logic in map(boxed, node) if logic]}


def _relation(node: Any) -> Logic:
    rows = [[logic for logic in map(boxed, row) if logic] for row in children(node, "row")]
    return {"kind": "relation", "columns": [column.get("name") for column in children(node, "column")], "rows": rows}


def _invocation(node: Any) -> Logic:
    bindings = [[_name_of(child(binding, "parameter")), first_logic(binding)] for binding in children(node, "binding")]
    return {"kind": "invocation", "callee": text_of(child(node, "literalExpression")), "bindings": bindings}


def _conditional(node: Any) -> Logic:
    return {"kind": "conditional", **{part: first_logic(child(node, part)) for part in ("if", "then", "else")}}


def _name_of(node: Any) -> str | None:
    return node.get("name") if node is not None else None


_READERS: dict[str, Callable[[Any], Logic | None]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": function,
    "invocation": _invocation,
    "conditional": _conditional,
}
