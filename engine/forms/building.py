"""Turns the components of a form-js file into ours, and says what it cannot turn."""

from __future__ import annotations

from typing import Any

from .answers import field
from .attributes import Attributes, Say
from .model import Component, Computed, Group, Mark, Repeating, Table, Text
from .vocabulary import ATTRIBUTES, REFUSED

DEEPEST = 8  # groups and lists inside each other
TYPES = ", ".join(sorted(ATTRIBUTES))


class Builder:
    """Builds the components of one form. Remembers which ids are taken."""

    def __init__(self, say: Say, form_id: str) -> None:
        self.say = say
        self.form_id = form_id
        self.ids: set[str] = set()

    def build_all(self, drawn: list[Any], path: tuple[str, ...] = (), depth: int = 0) -> tuple[Component, ...]:
        """The components of a list; `path` is that of the groups around, up to the form or row."""
        if depth > DEEPEST:
            self.say("", f"Groups and lists stand more than {DEEPEST} deep inside each other. Use fewer.")
            return ()
        found = [self._build(Attributes(one, self.say), path, depth) for one in drawn if isinstance(one, dict)]
        if len(found) < len(drawn):
            self.say("", "A component is not an object. Save the form again from the form editor.")
        return tuple(one for one in found if one is not None)

    def _build(self, drawn: Attributes, path: tuple[str, ...], depth: int) -> Component | None:
        self._note_id(drawn)
        if drawn.kind not in ATTRIBUTES:
            drawn.say(f"Components of the type “{drawn.kind}” are not supported. {REFUSED.get(drawn.kind, f'Use one of: {TYPES}.')}")
            return None
        shared = drawn.shared()
        match drawn.kind:
            case "group":
                return self._group(drawn, shared, path, depth)
            case "dynamiclist":
                return self._repeating(drawn, shared, path, depth)
            case "separator" | "spacer":
                return Mark(**shared)
            case "text":
                return Text(**shared, text=drawn.text("text", required=True))
            case "table":
                return _table(drawn, shared)
            case "expression":
                return Computed(**shared, keys=path + drawn.keys("key"), expression=drawn.feel("expression") or "= null")
            case _:
                return field(drawn, shared, path + drawn.keys("key"))

    def _note_id(self, drawn: Attributes) -> None:
        if drawn.get("id") != drawn.id:
            drawn.say("The component has no id. Save the form again from the form editor.")
        if drawn.id == self.form_id:
            drawn.say("This is the id of the form itself; editors cannot open that. Give the component another.")
        if drawn.id in self.ids:
            drawn.say("Two components have this id. Give one of them another.")
        self.ids.add(drawn.id)

    def _inside(self, drawn: Attributes, path: tuple[str, ...], depth: int) -> tuple[Component, ...]:
        inside = drawn.get("components")
        if isinstance(inside, list) and inside:
            return self.build_all(inside, path, depth + 1)
        drawn.say("There are no components in it. Put something in, or take it away.")
        return ()

    def _group(self, drawn: Attributes, shared: dict[str, Any], path: tuple[str, ...], depth: int) -> Group:
        keys = path + (drawn.keys("path") if drawn.get("path") else ())
        return Group(**shared, keys=keys, components=self._inside(drawn, keys, depth))

    def _repeating(self, drawn: Attributes, shared: dict[str, Any], path: tuple[str, ...], depth: int) -> Repeating:
        if not shared["label"] and "rowName" not in shared["properties"]:
            drawn.say("The list has no label. Give it one, and the custom property “rowName” for what one row is called.")
        repeating = Repeating(
            **shared, keys=path + drawn.keys("path"), components=self._inside(drawn, (), depth),
            first_rows=drawn.whole("defaultRepetitions", 1, most=100), may_add=drawn.get("allowAddRemove", True) is True,
        )  # fmt: skip
        if repeating.least > repeating.most:
            drawn.say("It must have more rows than it may have. Change “minRows” or “maxRows”.")
        return repeating


def _table(drawn: Attributes, shared: dict[str, Any]) -> Table:
    columns, expression = drawn.get("columns"), drawn.get("columnsExpression")
    found: tuple[tuple[str, str], ...] = ()
    if expression:
        drawn.feel("columnsExpression")
    elif isinstance(columns, list) and columns and all(isinstance(one, dict) and {"label", "key"} <= set(one) for one in columns):
        found = tuple((str(one["label"]), str(one["key"])) for one in columns)
    else:
        drawn.say("The table has no columns. Add them, each with a label and a key.")
    return Table(**shared, rows=drawn.feel("dataSource") or "= []", columns=found, columns_expression=expression or None)
