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


def type_of(node: Any) -> str | None:
    """The type an element says it is of: an attribute, or an element in the oldest files."""
    if node is None:
        return None
    written = child(node, "typeRef")
    said = (written.text or "").strip() if written is not None else node.get("typeRef")
    # feel:number of DMN 1.1, where the name before the colon is that of a namespace.
    return said.split(":", 1)[1] if said and ":" in said and "<" not in said and said.split(":", 1)[0] in node.nsmap else said


def first_logic(node: Any) -> Logic | None:
    """The boxed expression in an element, if there is one."""
    if node is None:
        return None
    return next((logic for logic in map(boxed, node) if logic), None)


def boxed(node: Any) -> Logic | None:
    read = _READERS.get(local(node))
    logic = read(node) if read else None
    typed = type_of(node)
    return {**logic, "type": typed} if logic and typed else logic


def function(node: Any) -> Logic:
    """A function with its parameters, as a business knowledge model holds it."""
    parameters = [[part.get("name"), type_of(part)] for part in children(node, "formalParameter")]
    foreign = node.get("kind") in ("Java", "PMML", "J", "P")
    return {"kind": "function", "parameters": parameters, "body": None if foreign else first_logic(node), "foreign": foreign}


def _literal(node: Any) -> Logic:
    return {"kind": "literal", "text": text_of(node)}


def _table(node: Any) -> Logic:
    outputs = children(node, "output")
    return {
        "kind": "table",
        "policy": node.get("hitPolicy", "UNIQUE"),
        "aggregation": node.get("aggregation"),
        "inputs": [_input(part) for part in children(node, "input")],
        "outputs": [_output(part) for part in outputs],
        "rules": [_rule(part) for part in children(node, "rule")],
    }


def _input(node: Any) -> Logic:
    expression = child(node, "inputExpression")
    text = text_of(expression)
    title = node.get("label") or text
    return {"text": text, "title": title, "type": type_of(expression), "values": text_of(child(node, "inputValues"))}


def _output(node: Any) -> Logic:
    values = [value.strip() for value in _LISTED.findall(text_of(child(node, "outputValues")))]
    name = node.get("name")
    default = text_of(child(node, "defaultOutputEntry"))
    return {"name": name, "title": node.get("label") or name, "type": type_of(node), "values": values or None, "default": default}


def _rule(node: Any) -> Logic:
    return {
        "inputs": [text_of(cell) for cell in children(node, "inputEntry")],
        "outputs": [text_of(cell) for cell in children(node, "outputEntry")],
    }


def _context(node: Any) -> Logic:
    entries = [[_name_of(child(entry, "variable")), first_logic(entry), type_of(child(entry, "variable"))] for entry in _entries(node)]
    return {"kind": "context", "entries": entries}


def _entries(node: Any) -> list[Any]:
    return children(node, "contextEntry")


def _list(node: Any) -> Logic:
    return {"kind": "list", "items": [logic for logic in map(boxed, node) if logic]}


def _relation(node: Any) -> Logic:
    rows = [[logic for logic in map(boxed, row) if logic] for row in children(node, "row")]
    return {"kind": "relation", "columns": [column.get("name") for column in children(node, "column")], "rows": rows}


def _invocation(node: Any) -> Logic:
    bound = [(child(binding, "parameter"), binding) for binding in children(node, "binding")]
    bindings = [[_name_of(parameter), first_logic(binding), type_of(parameter)] for parameter, binding in bound]
    return {"kind": "invocation", "callee": text_of(child(node, "literalExpression")), "bindings": bindings}


def _conditional(node: Any) -> Logic:
    return {"kind": "conditional", **{part: first_logic(child(node, part)) for part in ("if", "then", "else")}}


def _filter(node: Any) -> Logic:
    return {"kind": "filter", "source": first_logic(child(node, "in")), "test": first_logic(child(node, "match"))}


def _iterator(node: Any) -> Logic:
    what = local(node)
    body = first_logic(child(node, "return" if what == "for" else "satisfies"))
    variable = node.get("iteratorVariable")
    return {"kind": "iterator", "what": what, "variable": variable, "source": first_logic(child(node, "in")), "body": body}


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
    "filter": _filter,
    "for": _iterator,
    "every": _iterator,
    "some": _iterator,
}
