"""A form as it was drawn: components in order, some of them fields. Read from form-js JSON by `reading`; never changed afterwards."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from . import names
from .sentences import demand

CHECK = "check-your-answers"  # the slug of the last page of a form of question pages

Ask = Callable[[Any], Any]  # "= FEEL" evaluated where the field stands; anything else as it is
Entry = Mapping[str, Sequence[str]]  # what was entered in the parts of one field ("" or "-day", "-month", …)


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from. `entry` is what the browser posts for it."""

    value: Any
    label: str
    entry: str


@dataclass(frozen=True, kw_only=True)
class Component:
    """Anything that stands in a form."""

    id: str
    type: str
    label: str = ""  # this and `hint` may hold "= FEEL" or {{ FEEL }}
    hint: str = ""
    hide: str | None = None  # "= FEEL": hidden when exactly true
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Container(Component):
    """A component with others inside it."""

    keys: tuple[str, ...] = ()  # where its fields' values go, seen from the form or from the row it stands in
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group(Container):
    """Components that belong together, under a heading."""

    @property
    def is_page(self) -> bool:
        """True for a group that is a question page of its own."""
        return self.properties.get("page") == "yes"


@dataclass(frozen=True, kw_only=True)
class Repeating(Container):
    """A list whose rows people add and remove (form-js: dynamiclist)."""

    first_rows: int = 1  # how many blank rows it starts with
    may_add: bool = True

    @property
    def row_name(self) -> str:
        """What one row is called: "Agency"."""
        return self.properties.get("rowName") or self.label

    @property
    def least(self) -> int:
        """The fewest rows there may be: one, where the list starts with a row."""
        return int(self.properties.get("minRows", min(self.first_rows, 1)))

    @property
    def most(self) -> int:
        """The most rows there may be."""
        return int(self.properties.get("maxRows", 200))


@dataclass(frozen=True, kw_only=True)
class Text(Component):
    """Words to read: Markdown with {{ FEEL }}."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Table(Component):
    """Facts in rows and columns."""

    rows: str  # "= FEEL": a list of contexts
    columns: tuple[tuple[str, str], ...] = ()  # label and key of each
    columns_expression: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mark(Component):
    """A separator or a spacer."""


@dataclass(frozen=True, kw_only=True)
class Computed(Component):
    """A value nobody enters: it follows from the others (form-js: expression)."""

    keys: tuple[str, ...]
    expression: str


@dataclass(frozen=True, kw_only=True)
class Field(Component):
    """Something to fill in. Each kind turns entries into a value and back, and knows what may be wrong with them."""

    keys: tuple[str, ...]  # seen from the form, or from the row it stands in; the paths of groups included
    required: bool = False
    readonly: bool | str = False  # or "= FEEL". A fact to read, never posted
    default: Any = None
    rules: Mapping[str, Any] = field(default_factory=dict)  # what form-js calls "validate"; limits may be "= FEEL"
    prefix: str = ""  # drawn before the box, such as £
    suffix: str = ""

    parts: ClassVar[tuple[str, ...]] = ("",)  # the controls it is made of
    first: ClassVar[str] = ""  # the one that a link in the error summary goes to
    empty: ClassVar[Any] = None  # the value of an answer left out, as in form-js
    verb: ClassVar[str] = "Enter"

    @abstractmethod
    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> Any:
        """The typed value of what was entered; raises Wrong."""

    @abstractmethod
    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        """What would have been entered for a known value; nothing for one that this kind of field cannot hold."""

    def demand(self, label: str) -> str:
        """Asks for the answer that is missing."""
        return demand(self.verb, label)

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        """Raises Wrong when the value breaks a rule of the field. Never called with an empty value."""

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        """The value in words, by line, for people to read."""
        return [] if value is None else str(value).splitlines()


@dataclass(frozen=True)
class Page:
    """Components that are shown together: the whole form, or one of its question pages."""

    slug: str  # "" when the form is all one page
    group: Group | None


@dataclass(frozen=True)
class Form:
    """A whole form."""

    id: str
    path: str  # of its file in the bundle
    components: tuple[Component, ...] = ()
    pages: tuple[Page, ...] = (Page("", None),)
    reads: frozenset[str] = frozenset()

    def names(self) -> frozenset[str]:
        """The variables it must be given: those that its FEEL and its facts read, and that it does not ask for itself."""
        return self.reads

    def sets(self) -> frozenset[str]:
        """The variables that its answers set."""
        return frozenset(keys[0] for keys in _set_by(self.components))

    def controls(self) -> frozenset[str]:
        """The shape of every control that may be posted."""
        return frozenset(shape for shape, _ in _shapes(self.components, ""))

    def file_controls(self) -> frozenset[str]:
        """The shape of every control at which files may be attached."""
        return frozenset(shape for shape, component in _shapes(self.components, "") if _takes_files(component))

    def classifications(self) -> dict[str, str]:
        """How sensitive what is attached at a control is, by its shape, where the field says so."""
        said = ((shape, component.properties.get("classification")) for shape, component in _shapes(self.components, ""))
        return {shape: classification for shape, classification in said if classification}


def _takes_files(component: Component) -> bool:
    return component.type == "filepicker" and isinstance(component, Field) and component.readonly is not True


def _set_by(components: Sequence[Component]) -> Iterator[tuple[str, ...]]:
    for component in components:
        if isinstance(component, Group):
            yield from _set_by(component.components)
        elif isinstance(component, Repeating):
            if component.may_add or any(_set_by(component.components)):
                yield component.keys
        elif isinstance(component, Computed) or (isinstance(component, Field) and component.readonly is not True):
            yield component.keys


def _shapes(components: Sequence[Component], within: str) -> Iterator[tuple[str, Component]]:
    for component in components:
        if isinstance(component, Group):
            yield from _shapes(component.components, within)
        elif isinstance(component, Repeating):
            row = names.row(names.control(component.keys, within), 0)
            yield names.shape(row), component
            yield from _shapes(component.components, row)
        elif isinstance(component, Field):
            yield from ((names.shape(names.control(component.keys, within) + part), component) for part in component.parts)
