"""Decision tables as people read them: what is asked, the rules one below the other, and how they are combined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from engine import dmn

POLICIES = {
    "UNIQUE": "Exactly one rule applies.",
    "FIRST": "The first rule that applies counts.",
    "ANY": "Any rule that applies counts; they must all give the same.",
    "PRIORITY": "Of the rules that apply, the one with the most important result counts.",
    "COLLECT": "Every rule that applies counts; the results are collected in a list.",
    "RULE ORDER": "Every rule that applies counts; the results are listed in the order of the rules.",
    "OUTPUT ORDER": "Every rule that applies counts; the results are listed by their importance.",
}
AGGREGATIONS = {"SUM": "added up", "COUNT": "counted", "MIN": "compared: the smallest counts", "MAX": "compared: the largest counts"}

ANY = "any"
TEXTS = re.compile(r'"[^"\\]*"(\s*,\s*"[^"\\]*")*')
NOT = re.compile(r"not\((.*)\)", re.DOTALL)
PLAIN = {"true": "yes", "false": "no", "null": "nothing", "-": ANY, "": ANY}

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


@dataclass(frozen=True)
class Cell:
    """What stands in one field of a table: plain words where it can be said so, else its FEEL."""

    text: str
    is_feel: bool = False


@dataclass(frozen=True)
class Column:
    """The head of a column."""

    title: str
    feel: str = ""  # where it says more than the title


@dataclass(frozen=True)
class Rule:
    """One line."""

    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    note: str


@dataclass(frozen=True)
class Decision:
    """A decision: a table, or one expression."""

    id: str
    name: str
    about: str
    combined: str  # how the rules are combined, in words
    needs: tuple[str, ...]  # other decisions whose results it uses
    inputs: tuple[Column, ...] = ()
    outputs: tuple[Column, ...] = ()
    rules: tuple[Rule, ...] = ()
    expression: str = ""
    gap: str = ""  # where no rule applies, in words


@dataclass(frozen=True)
class DecisionFile:
    """The decisions of one file."""

    path: str
    name: str
    decisions: tuple[Decision, ...]


def files(bundle: Mapping[str, bytes]) -> list[DecisionFile]:
    """Every decision file of a bundle."""
    return [_file(path, content) for path, content in sorted(bundle.items()) if path.endswith(".dmn")]


def _file(path: str, content: bytes) -> DecisionFile:
    root = etree.fromstring(content, _PARSER)
    named = root.iter("{*}decision", "{*}inputData", "{*}businessKnowledgeModel")
    names = {str(e.get("id")): str(e.get("name") or e.get("id")) for e in named}
    gaps = dmn.gaps(content, path)
    decisions = tuple(replace(_decision(e, names), gap=gaps.get(str(e.get("id")), "")) for e in root.findall("{*}decision"))
    return DecisionFile(path, root.get("name") or path, decisions)


def _decision(node: Any, names: Mapping[str, str]) -> Decision:
    table = node.find("{*}decisionTable")
    needed = [e.get("href", "").removeprefix("#") for e in node.iter("{*}requiredDecision")]
    common = {
        "id": node.get("id"), "name": node.get("name") or node.get("id"), "needs": tuple(names.get(id_, id_) for id_ in needed),
        "about": _text(node, "{*}description") or _text(node, "{*}question"),
    }  # fmt: skip
    if table is None:
        return Decision(**common, combined="", expression="\n".join(_expressions(node)))
    return Decision(
        **common, combined=_combined(table), rules=tuple(_rule(e) for e in table.findall("{*}rule")),
        inputs=tuple(_input(e) for e in table.findall("{*}input")),
        outputs=tuple(_output(e, common["name"]) for e in table.findall("{*}output")),
    )  # fmt: skip


def _combined(table: Any) -> str:
    policy, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation")
    if policy == "COLLECT" and aggregation in AGGREGATIONS:
        return f"Every rule that applies counts; the results are {AGGREGATIONS[aggregation]}."
    return POLICIES.get(policy, policy)


def _input(node: Any) -> Column:
    expression = _text(node, "{*}inputExpression/{*}text")
    label = node.get("label") or expression
    return Column(label, expression if expression != label else "")


def _output(node: Any, decision: str) -> Column:
    name = node.get("name") or ""
    label = node.get("label") or name or decision
    return Column(label, name if name != label else "")


def _rule(node: Any) -> Rule:
    notes = [_text(e, "{*}text") for e in node.findall("{*}annotationEntry")]
    return Rule(
        inputs=tuple(_cell(_text(e, "{*}text")) for e in node.findall("{*}inputEntry")),
        outputs=tuple(_cell(_text(e, "{*}text"), empty="") for e in node.findall("{*}outputEntry")),
        note="; ".join(note for note in [*notes, _text(node, "{*}description")] if note),
    )


def _cell(text: str, empty: str = ANY) -> Cell:
    if text in PLAIN:
        return Cell(PLAIN[text] or empty if text != "" else empty)
    if TEXTS.fullmatch(text):
        return Cell(_listed(text))
    inside = NOT.fullmatch(text)
    if inside and TEXTS.fullmatch(inside[1].strip()):
        return Cell(f"not {_listed(inside[1])}")
    return Cell(text, is_feel=True)


def _listed(texts: str) -> str:
    """ "a", "b" as: a or b."""
    return " or ".join(re.findall(r'"([^"]*)"', texts))


def _expressions(node: Any) -> Iterator[str]:
    for text in node.iter("{*}text"):
        if text.getparent() is not None and etree.QName(text.getparent()).localname == "literalExpression":
            yield (text.text or "").strip()


def _text(node: Any, path: str) -> str:
    return (node.findtext(path) or "").strip()
