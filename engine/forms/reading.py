"""Reads a form-js .form file and finds everything in it that we would not honour: all of it at once, with the cure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from engine.errors import Problem

from .building import Builder
from .checking import check_pages, check_rows, reads
from .model import CHECK, Component, Form, Group, Page
from .vocabulary import FORM_ATTRIBUTES, SCHEMA_VERSION, slug


def read(content: bytes, path: str, *, known: bool = False) -> tuple[Form, list[Problem]]:
    """The form of a file, and what is wrong with it. With problems the form is what could be read of it.

    known: the file was read before without problems; then its FEEL is not looked at now, and what it reads is not known.
    """
    problems: list[Problem] = []

    def say(element: str, message: str) -> None:
        problems.append(Problem(path, element, message))

    empty = Form(PurePosixPath(path).stem, path)
    try:
        drawn = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        say("", "This is not a form: it cannot be read as JSON. Save it again from the form editor.")
        return empty, problems
    if not isinstance(drawn, dict) or not isinstance(drawn.get("components"), list):
        say("", "This is not a form: it has no list of components. Save it again from the form editor.")
        return empty, problems
    id = _id(drawn, empty.id)
    components = Builder(say, id).build_all(drawn["components"])
    form = Form(id, path, components, pages(components), frozenset() if known else reads(components, say))
    for message in _head_problems(drawn):
        say("", message)
    check_pages(components, form.pages, say)
    check_rows(components, say)
    return form, problems


def _id(drawn: Mapping[str, Any], stem: str) -> str:
    found = drawn.get("id")
    return found if isinstance(found, str) and found else stem


def _head_problems(drawn: Mapping[str, Any]) -> Iterator[str]:
    version = drawn.get("schemaVersion")
    if not isinstance(drawn.get("id"), str) or not drawn["id"]:
        yield "The form has no id. Give it one: tasks ask for the form by it."
    if drawn.get("type") != "default":
        yield "The form's “type” must be “default”."
    if not isinstance(version, int) or isinstance(version, bool) or version > SCHEMA_VERSION:
        yield f"The form's schemaVersion must be {SCHEMA_VERSION} or less. Save it with form-js 1.23 (Camunda Modeler for 8.8)."
    unknown = sorted(set(drawn) - FORM_ATTRIBUTES)
    if unknown:
        yield f"The form has an attribute that is not honoured: {', '.join(unknown)}. Take it away."


def pages(components: tuple[Component, ...]) -> tuple[Page, ...]:
    """The question pages, where groups ask for them; else the one page that is the whole form."""
    groups = [component for component in components if isinstance(component, Group) and component.is_page]
    return tuple(Page(group.properties.get("slug") or slug(group.label) or CHECK, group) for group in groups) or (Page("", None),)
