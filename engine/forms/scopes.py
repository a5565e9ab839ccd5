"""What FEEL sees where a component stands: every variable and answer, and inside a row also `this`, `parent` and `i`, as in form-js."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from engine import feel

_OWN = ("this", "parent", "i")


class Scope(Mapping[str, Any]):
    """The whole form, or one row of a list. `data` is changed while the form is being filled in."""

    def __init__(self, data: MutableMapping[str, Any], around: Scope | None = None, position: int = 0, control: str = "") -> None:
        self.data = data
        self.around = around
        self.root: Scope = around.root if around else self
        self.positions: list[int] = [*around.positions, position] if around else []
        self.control = control  # of the row; "" for the whole form

    def ask(self, text: Any) -> Any:
        """The value of "= FEEL" here; anything else as it is."""
        return feel.value(text, self)

    def tell(self, text: str) -> str:
        """A label or a hint as people read it here."""
        if feel.is_expression(text):
            value = self.ask(text)
            return "" if value is None else str(value)
        return feel.render(text, self) if "{{" in text else text

    def __getitem__(self, name: str) -> Any:
        if name in self.root.data:
            return self.root.data[name]
        own = name.strip("_") if name.startswith("_") and name.endswith("_") else name
        if own == "this":
            return dict(self.data)
        if own == "i" and self.around:
            return self.positions
        if own == "parent" and self.around:
            return {**self.around.data, "this": dict(self.around.data), "i": self.around.positions}
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        own = str(name).strip("_")
        return name in self.root.data or own == "this" or (self.around is not None and own in _OWN)

    def __iter__(self) -> Iterator[str]:
        return iter([*self.root.data, *(name for name in _OWN if name in self and name not in self.root.data)])

    def __len__(self) -> int:
        return len(list(iter(self)))


class Answers(MutableMapping[str, Any]):
    """Answers over what is known of the case. What is known is read when it is asked for, and never changed."""

    def __init__(self, known: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.known, self.given = known, given
        self.hidden: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        if name in self.given:
            return self.given[name]
        if name in self.hidden:
            raise KeyError(name)
        return self.known[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.given[name] = value

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.given.pop(name, None)
        self.hidden.add(name)

    def __contains__(self, name: object) -> bool:
        return name in self.given or (name not in self.hidden and name in self.known)

    def __iter__(self) -> Iterator[str]:
        return iter([*self.given, *(name for name in self.known if name not in self.given and name not in self.hidden)])

    def __len__(self) -> int:
        return len(list(iter(self)))


_GROUPS = (dict, Answers)


def get(values: Any, keys: Sequence[str]) -> Any:
    """The value at a path, None where there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, _GROUPS) else None
    return values


def put(values: MutableMapping[str, Any], keys: Sequence[str], value: Any) -> None:
    """Sets the value at a path. Contexts are made on the way; what is no context gives way to one."""
    for key in keys[:-1]:
        if not isinstance(values.get(key), dict):
            values[key] = {}
        values = values[key]
    values[keys[-1]] = value


def remove(values: MutableMapping[str, Any], keys: Sequence[str]) -> None:
    """Takes the value at a path away, if it is there."""
    within = get(values, keys[:-1])
    if isinstance(within, _GROUPS):
        within.pop(keys[-1], None)
