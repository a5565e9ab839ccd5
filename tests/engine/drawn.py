"""Forms for tests, drawn in a line or two."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine import forms
from engine.errors import Problem

Drawn = Mapping[str, Any]


def content(*components: Drawn, **head: Any) -> bytes:
    """The content of a .form file with these components; those without an id take their key."""
    return json.dumps({"type": "default", "id": "form", "schemaVersion": 19, "components": _with_ids(components), **head}).encode()


def _with_ids(components: Iterable[Drawn], start: str = "") -> list[Drawn]:
    whole: list[Drawn] = []
    for number, one in enumerate(components):
        id = start + str(one.get("key") or one.get("path") or one.get("label") or f"component{number}")
        inside = {"components": _with_ids(one["components"], f"{one.get('id', id)}_")} if one.get("components") else {}
        whole.append({"id": id, **one, **inside})
    return whole


def form_of(*components: Drawn) -> forms.Form:
    """A form with these components, in which nothing may be wrong."""
    form, problems = forms.read(content(*components), "form.form")
    assert problems == []
    return form


def problems_of(*components: Drawn, **head: Any) -> list[Problem]:
    """What is wrong in a form with these components."""
    return forms.read(content(*components, **head), "form.form")[1]


def text(key: str, **more: Any) -> Drawn:
    """A line of text."""
    return {"type": "textfield", "key": key, "label": key.capitalize(), **more}


def needed(**more: Any) -> Drawn:
    """What makes a field one that must be answered."""
    return {"validate": {"required": True, **more}}


def radio(key: str, *values: str, **more: Any) -> Drawn:
    """One of these values."""
    return {
        "type": "radio",
        "key": key,
        "label": key.capitalize(),
        "values": [{"label": v.capitalize(), "value": v} for v in values],
        **more,
    }


def day(key: str, **more: Any) -> Drawn:
    """A date."""
    return {"type": "datetime", "subtype": "date", "key": key, "dateLabel": key.capitalize(), **more}


def rows(path: str, *components: Drawn, **more: Any) -> Drawn:
    """A list of rows."""
    return {"type": "dynamiclist", "path": path, "label": path.capitalize(), "components": components, **more}


def page(label: str, *components: Drawn, **more: Any) -> Drawn:
    """A question page."""
    return {"type": "group", "id": f"page_{label}", "label": label, "components": components, "properties": {"page": "yes"}, **more}


def hidden_if(condition: str) -> Drawn:
    """A condition to hide by."""
    return {"conditional": {"hide": f"={condition}"}}
