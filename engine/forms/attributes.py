"""Reads the attributes of one component, and says which cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine import feel

from .vocabulary import ATTRIBUTES, PROPERTY_VALUES, properties_of

Say = Callable[[str, str], None]  # an element's id, and what is wrong with it


class Attributes:
    """The attributes of one component as drawn."""

    def __init__(self, drawn: Mapping[str, Any], say: Say) -> None:
        self.drawn = drawn
        self.kind = str(drawn.get("type"))
        names = (drawn.get(name) for name in ("id", "key", "path", "label", "type"))
        self.id: str = next((name for name in names if isinstance(name, str) and name), "")
        self._say = say

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute as it is."""
        return self.drawn.get(name, default)

    def say(self, message: str) -> None:
        """Notes what is wrong with the component."""
        self._say(self.id, message)

    def shared(self) -> dict[str, Any]:
        """What every component has."""
        for name in sorted(set(self.drawn) - ATTRIBUTES[self.kind]):
            self.say(f"The attribute “{name}” of a {self.kind} is not honoured. Take it away.")
        properties = self._properties()
        hint = self.text("description") or properties.get("hint", "")
        return {"id": self.id, "type": self.kind, "label": self.text("label"), "hint": hint, "hide": self._hide(), "properties": properties}

    def text(self, name: str, *, required: bool = False) -> str:
        """A text, which may hold "= FEEL" or {{ FEEL }}."""
        text = self.drawn.get(name)
        if text is None or text == "":
            if required:
                self.say(f"“{name}” is empty. Write something, or take the component away.")
            return ""
        if not isinstance(text, str):
            self.say(f"“{name}” must be a text.")
            return ""
        return text

    def feel(self, name: str, text: Any = None) -> str | None:
        """An expression, with its "="."""
        text = self.drawn.get(name) if text is None else text
        if feel.is_expression(text):
            return str(text)
        self.say(f"“{name}” must be FEEL: write “=” in front, as in “= age > 15”.")
        return None

    def keys(self, name: str) -> tuple[str, ...]:
        """A key or path, by its dots."""
        key = self.drawn.get(name)
        if not isinstance(key, str) or not key.strip():
            self.say(f"It has no {name}. Set the {name}: what is entered is kept under it.")
            return (self.id,)
        keys = tuple(key.split("."))
        if any(not part or part != part.strip() for part in keys):
            self.say(f"The {name} “{key}” has an empty part, or a space at an end. Write it like “person.name”.")
        return keys

    def whole(self, name: str, default: Any, *, most: int = 1000) -> Any:
        """A whole number that is not negative."""
        found = self.drawn.get(name, default)
        if found is default or (isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= most):
            return found
        self.say(f"“{name}” must be a whole number between 0 and {most}.")
        return default

    def _hide(self) -> str | None:
        conditional = self.drawn.get("conditional")
        if conditional is None:
            return None
        if not isinstance(conditional, dict) or set(conditional) - {"hide"}:
            self.say("“conditional” can only say when to hide. Set the condition anew in the editor, under “Hide if”.")
            return None
        return self.feel("hide", conditional["hide"]) if conditional.get("hide") else None

    def _properties(self) -> dict[str, str]:
        given = self.drawn.get("properties") or {}
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            self.say("“properties” must be pairs of a name and a text.")
            return {}
        return {name: value for name, value in sorted(given.items()) if self._honours(name, value)}

    def _honours(self, name: str, value: str) -> bool:
        honoured = properties_of(self.kind)
        if name not in honoured:
            known = f"It may have: {', '.join(sorted(honoured))}." if honoured else "It can have none."
            self.say(f"The custom property “{name}” of a {self.kind} is not honoured. {known}")
        elif name in PROPERTY_VALUES and not re.fullmatch(PROPERTY_VALUES[name], value):
            self.say(f"The custom property “{name}” cannot be “{value}”. It must be {_wanted(name)}.")
        elif name in ("earliest", "latest") and not feel.is_expression(value):
            self.say(f"The custom property “{name}” must be FEEL that gives a date, such as “= today()”.")
        else:
            return True
        return False


def _wanted(name: str) -> str:
    if name == "width":
        return "one of " + PROPERTY_VALUES[name].replace("|", ", ")
    return {"page": "“yes”", "inline": "“yes”", "slug": "of small letters, digits and hyphens"}.get(name, "a whole number")
