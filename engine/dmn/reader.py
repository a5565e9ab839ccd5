"""DMN XML (1.1 to 1.5) to the model that engine/feel runs, with everything that is wrong in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from engine.errors import Problem

from .boxed import child, first_logic, function, local, text_of, type_of
from .boxed import children as children_named
from .items import definitions
from .library import PARSER, Import, Library

NAMESPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/")
# Where a name is declared that may hold spaces or signs.
_DECLARED = (
    "inputData", "decision", "businessKnowledgeModel", "decisionService", "variable", "contextEntry", "formalParameter", "column", "output",
)  # fmt: skip
_PARTS = ("itemComponent", "contextEntry", "column", "output")
POLICIES = {"UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"}
AGGREGATIONS = {None, "SUM", "MIN", "MAX", "COUNT"}


class Reader:
    """Reads one file. `model` and `problems` are its results."""

    def __init__(self, file: str, content: bytes, beside: Mapping[str, bytes]) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.model: dict[str, Any] = {"decisions": {}, "functions": {}, "services": {}, "inputs": {}, "homes": {}}
        self._library = Library(beside)
        self._namespace = self._home = ""
        try:
            root = etree.fromstring(content, PARSER)
        except etree.XMLSyntaxError as error:
            self.problem("", f"The file is not readable as XML: {error.msg}. Save it again from the modeller.")
            return
        if local(root) != "definitions" or not NAMESPACE.match(etree.QName(root).namespace or ""):
            self.problem("", "The file is not a decision model (DMN). Save it from a DMN modeller.")
            return
        self._namespace = root.get("namespace") or ""
        self._model_of(root, "")
        self._check(root)

    def _model_of(self, root: Any, home: str) -> None:
        """Read a model: the file's own, whose home is "", or an imported one, whose home is its namespace."""
        shape = _shape(root)
        entry = self.model["homes"][home] = {"types": definitions(root), "shape": shape, "imports": {}, "open": []}
        for node in children_named(root, "import"):
            if NAMESPACE.match(node.get("importType", "")):
                self._import(node, home, entry)
        self._home = home
        for node in root:
            self._node(node)

    def _import(self, node: Any, home: str, entry: dict[str, Any]) -> None:
        wanted = Import.of(node)
        root = self._library.find(wanted)
        if root is None:
            if not home:
                what = f"“{wanted.alias or wanted.namespace}” is imported, but no file here has that model"
                self.problem(node.get("id") or "", f"{what}. Add its file.")
            return
        if wanted.namespace not in self.model["homes"]:
            self._model_of(root, wanted.namespace)
        other = self.model["homes"][wanted.namespace]
        # Without the names of its own imports, which may lead back here.
        names = {name: parts for name, parts in other["shape"].items() if name not in other["imports"]}
        if wanted.alias:
            entry["imports"][wanted.alias] = wanted.namespace
            entry["shape"][wanted.alias] = names
        else:  # what it brings goes by its own names
            entry["open"].append(wanted.namespace)
            entry["shape"] |= {name: parts for name, parts in names.items() if name not in entry["shape"]}

    def _key(self, reference: str) -> str:
        """Where a reference of the model that is being read leads: to an id of the file, or to one of an imported model."""
        namespace, _, ident = reference.rpartition("#")
        home = self._home if not namespace else "" if namespace == self._namespace else namespace
        return f"{home}#{ident}" if home else ident

    def problem(self, element: str, message: str) -> None:
        self.problems.append(Problem(self.file, element, message))

    def _node(self, node: Any) -> None:
        kind, ident, title = local(node), self._key(node.get("id") or node.get("name") or ""), node.get("name") or node.get("id") or ""
        variable = child(node, "variable")
        name = (variable.get("name") if variable is not None else None) or title
        known = {"name": name, "title": title, "type": type_of(variable), "home": self._home, "requires": self._requires(node)}
        if kind == "decision":
            self._unique(ident)
            self.model["decisions"][ident] = {**known, "logic": first_logic(node)}
        elif kind == "businessKnowledgeModel":
            self._unique(ident)
            body = child(node, "encapsulatedLogic")
            self.model["functions"][ident] = {**known, "logic": function(body) if body is not None else None}
        elif kind == "decisionService":
            self._unique(ident)
            # What it is given: its inputs, and the decisions that are made outside of it.
            given = {"inputs": self._refers(node, "inputData"), "given": self._refers(node, "inputDecision")}
            self.model["services"][ident] = {**known, "outputs": self._refers(node, "outputDecision"), **given}
        elif kind == "inputData":
            self.model["inputs"][ident] = known

    def _requires(self, node: Any) -> list[str]:
        if local(node) == "decisionService":
            return self._refers(node, "outputDecision")
        wanted = [part for part in node.iter() if local(part) in ("requiredDecision", "requiredKnowledge")]
        return list(dict.fromkeys(self._key(part.get("href", "")) for part in wanted))

    def _refers(self, node: Any, name: str) -> list[str]:
        return [self._key(part.get("href", "")) for part in children_named(node, name)]

    def _unique(self, ident: str) -> None:
        if any(ident in self.model[kind] for kind in ("decisions", "functions", "services")):
            self.problem(ident, "Two decisions of this file have this id. Give each its own.")

    def _check(self, root: Any) -> None:
        known = {**self.model["decisions"], **self.model["functions"], **self.model["services"]}
        if not any(part["home"] == "" for part in self.model["decisions"].values()):
            self.problem("", "There is no decision in this file. Draw one.")
        for ident, part in known.items():
            if part["home"] == "":
                self._check_part(ident, part, known)
        for table in root.iter(f"{{{etree.QName(root).namespace}}}decisionTable"):
            for message in _table_problems(table):
                self.problem(_owner(table), message)

    def _check_part(self, ident: str, part: dict[str, Any], known: dict[str, Any]) -> None:
        if ident not in self.model["services"] and part["logic"] in (None, {"kind": "literal", "text": ""}):
            self.problem(ident, f"“{part['title']}” has no logic. Give it a table or an expression.")
        for required in part["requires"]:
            if required not in known:
                self.problem(
                    ident, f"“{part['title']}” requires “{required}”, which is not in this file. Draw it here or remove the arrow."
                )
        if ident in _reachable(ident, known):
            self.problem(ident, f"“{part['title']}” requires itself in a circle. Remove one of the arrows.")


def _reachable(ident: str, known: dict[str, Any]) -> set[str]:
    seen: set[str] = set()
    todo = list(known[ident]["requires"])
    while todo:
        required = todo.pop()
        if required not in seen and required in known:
            seen.add(required)
            todo += known[required]["requires"]
    return seen


def _owner(node: Any) -> str:
    while node is not None and local(node) not in ("decision", "businessKnowledgeModel"):
        node = node.getparent()
    return (node.get("id") or node.get("name") or "") if node is not None else ""


def _table_problems(table: Any) -> Iterator[str]:
    policy, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation")
    inputs, outputs = children_named(table, "input"), children_named(table, "output")
    if policy not in POLICIES:
        yield f"The hit policy “{policy}” does not exist. Choose one of {', '.join(sorted(POLICIES))}."
    if aggregation not in AGGREGATIONS or (aggregation and policy != "COLLECT"):
        yield f"The aggregation “{aggregation}” does not go with the hit policy {policy}. Remove it, or choose COLLECT."
    if aggregation and len(outputs) > 1:
        yield f"The aggregation “{aggregation}” works with one output only. Split the table."
    if not outputs:
        yield "The table has no output. Add one."
    if policy in ("PRIORITY", "OUTPUT ORDER") and not any(text_of(child(output, "outputValues")) for output in outputs):
        yield f"The hit policy {policy} needs the order of the answers. List an output's allowed values, the most important first."
    names = Counter(output.get("name") for output in outputs)
    if len(outputs) > 1 and (None in names or len(names) < len(outputs)):
        yield "Every output of a table with several needs a name of its own. Name them."
    for number, rule in enumerate(children_named(table, "rule"), 1):
        if (len(children_named(rule, "inputEntry")), len(children_named(rule, "outputEntry"))) != (len(inputs), len(outputs)):
            yield f"Rule {number} does not have a cell for every column. Add the missing cells."
        for place, cell in enumerate(children_named(rule, "outputEntry"), 1):
            if text_of(cell) == "-":
                yield f"Rule {number}, output {place}: “-” is no answer. Leave the cell empty, or write null."
    for place, column in enumerate(inputs, 1):
        if not text_of(child(column, "inputExpression")):
            yield f"Input {place} has no expression. Write what it tests."


def _shape(root: Any) -> dict[str, Any]:
    """Names with spaces or signs: every declared name may hold every declared part, whatever the data of the day."""
    parts: dict[str, Any] = {name: None for name in _names(root, _PARTS) if not name.isidentifier()}
    nested = {**parts, **{name: dict(parts) for name in _names(root, ("itemComponent", "output"))}} if parts else None
    return dict.fromkeys(_names(root, _DECLARED), nested)


def _names(root: Any, tags: tuple[str, ...]) -> set[str]:
    return {node.get("name") for node in root.iter() if local(node) in tags and node.get("name")}
