"""Checks of a form as a whole: keys that meet, expressions that do not parse, pages, and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine import feel
from engine.errors import FeelError

from .attributes import Say
from .choices import Choosing
from .model import CHECK, Component, Computed, Container, Field, Group, Page, Repeating, Table, Text

OWN = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})


def reads(components: Sequence[Component], say: Say) -> frozenset[str]:
    """The variables a form must be given. Says which expressions cannot be read."""
    read: set[str] = set()
    for component in every(components):
        for text in expressions(component):
            try:
                read |= feel.names(text[1:]) if feel.is_expression(text) else feel.template_names(text) if "{{" in text else frozenset()
            except FeelError as error:
                say(component.id, f"{error} Correct the expression.")
    facts = {field.keys[0] for field in in_scope(components) if isinstance(field, Field) and field.readonly is True}
    asked = {one.keys[0] for one in in_scope(components) if not isinstance(one, Field) or one.readonly is not True}
    return frozenset((read - OWN | facts) - asked)


def every(components: Sequence[Component]) -> Iterator[Component]:
    """All components, also those inside others."""
    for component in components:
        yield component
        if isinstance(component, Container):
            yield from every(component.components)


def in_scope(components: Sequence[Component]) -> Iterator[Field | Computed | Repeating]:
    """Those with a key in the same form or row; lists stand for what is in them."""
    for component in components:
        if isinstance(component, Group):
            yield from in_scope(component.components)
        elif isinstance(component, (Field, Computed, Repeating)):
            yield component


def expressions(component: Component) -> list[str]:
    """Every text of a component that is or may hold FEEL."""
    found: list[object] = [component.label, component.hint, component.hide]
    found += [component.properties.get(name) for name in ("requiredMessage", "earliest", "latest", "rowName")]
    if isinstance(component, Text):
        found.append(component.text)
    elif isinstance(component, Table):
        found += [component.rows, component.columns_expression]
    elif isinstance(component, Computed):
        found.append(component.expression)
    elif isinstance(component, Field):
        found += [component.readonly, component.prefix, component.suffix, *component.rules.values()]
        found += [component.source] if isinstance(component, Choosing) else []
    return [text for text in found if isinstance(text, str) and (feel.is_expression(text) or "{{" in text)]


def check_pages(components: Sequence[Component], pages: Sequence[Page], say: Say) -> None:
    """Question pages are groups at the top, and then nothing stands beside them."""
    top = {component.id for component in components}
    for component in every(components):
        if isinstance(component, Group) and component.is_page:
            if component.id not in top:
                say(component.id, "A question page cannot stand inside another component. Move the group to the top of the form.")
            if not component.label:
                say(component.id, "The question page has no label. Give the group one: it is the page's heading.")
    if pages[0].group is None:
        return
    for component in components:
        if not isinstance(component, Computed) and not (isinstance(component, Group) and component.is_page):
            say(component.id, "It stands outside the question pages. Move it into one of the groups with the custom property “page”.")
    slugs = [page.slug for page in pages]
    for page in pages:
        if page.group and (slugs.count(page.slug) > 1 or page.slug == CHECK):
            say(
                page.group.id, f"Another page has the address “{page.slug}”. Give this group the custom property “slug”, with another word."
            )


def check_rows(components: Sequence[Component], say: Say) -> None:
    """Keys that meet in the same form or row; FEEL in a row that forgets to say `this`; conditions on their own answer."""
    _check_keys(list(in_scope(components)), say)
    outside = {one.keys[0] for one in in_scope(components)}
    for component in every(components):
        if isinstance(component, Repeating):
            _check_keys(list(in_scope(component.components)), say)
            _check_this(component, outside, say)


def _check_keys(keyed: Sequence[Field | Computed | Repeating], say: Say) -> None:
    seen: dict[tuple[str, ...], Component] = {}
    for one in keyed:
        key = ".".join(one.keys)
        if one.keys in seen:
            say(one.id, f"The key “{key}” is taken by “{seen[one.keys].id}”. Give one of them another key.")
        inner = next(
            (other for other in keyed if other is not one and len(other.keys) > len(one.keys) and other.keys[: len(one.keys)] == one.keys),
            None,
        )
        if inner is not None:
            say(one.id, f"The key “{key}” is also the path of “{inner.id}” ({'.'.join(inner.keys)}). Give one of them another key.")
        if isinstance(one, Field) and one.readonly is False and one.hide and len(one.keys) == 1 and _names(one.hide) == {one.keys[0]}:
            say(one.id, "Its condition depends on its own answer only. Let it depend on another one.")
        seen.setdefault(one.keys, one)


def _check_this(repeating: Repeating, outside: set[str], say: Say) -> None:
    own = {one.keys[0] for one in in_scope(repeating.components)} - outside
    for component in in_row(repeating.components):
        read = set().union(*(_names(text) for text in expressions(component)))
        for name in sorted(read & own):
            say(component.id, f"Inside a list, “{name}” of the same row is written “this.{name}”.")


def in_row(components: Sequence[Component]) -> Iterator[Component]:
    """All components of a row; not those in the rows of a list inside it."""
    for component in components:
        yield component
        if isinstance(component, Group):
            yield from in_row(component.components)


def _names(text: str) -> frozenset[str]:
    try:
        return feel.names(text[1:]) if feel.is_expression(text) else feel.template_names(text)
    except FeelError:
        return frozenset()
