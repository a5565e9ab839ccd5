"""The parameters of the GOV.UK macro that draws a field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from engine.forms import Block
from engine.forms.attachments import FilePicker
from engine.forms.choices import Checkbox
from engine.forms.dates import Date, DateTime, Time
from engine.forms.model import Field
from engine.forms.numbers import Number
from engine.forms.words import length_limit

SMALL = {"label": "govuk-label--s", "legend": "govuk-fieldset__legend--s"}
DAY_PARTS = (("-day", "Day", 2), ("-month", "Month", 2), ("-year", "Year", 4))

Problems = Mapping[str, str]


def params(block: Block, problems: Problems) -> tuple[str, dict[str, Any]]:
    """The macro's name and its parameters."""
    component = block.component
    assert isinstance(component, Field)
    shared = _shared(block, component, problems)
    for kind, draw in _DRAWN_BY.items():
        if isinstance(component, kind):
            return draw(block, shared, problems)
    return _BY_TYPE[component.type](block, shared, problems)


def _shared(block: Block, component: Field, problems: Problems) -> dict[str, Any]:
    """Id, hint and error, which all macros take."""
    found: dict[str, Any] = {"id": block.name, "name": block.name}
    if block.hint:
        found["hint"] = {"text": block.hint}
    problem = next((problems[block.name + part] for part in ("", *component.parts) if block.name + part in problems), None)
    if problem:
        found["errorMessage"] = {"text": problem}
    return found


def asked(block: Block) -> str:
    """The label, and whether the answer may be left out."""
    component = block.component
    optional = isinstance(component, Field) and not component.required and not isinstance(component, Checkbox)
    return f"{block.label} (optional)" if optional else block.label


def _label(block: Block) -> dict[str, Any]:
    return {"text": asked(block), "classes": SMALL["label"]}


def _legend(block: Block) -> dict[str, Any]:
    return {"legend": {"text": asked(block), "classes": SMALL["legend"]}}


def entered(block: Block, part: str = "") -> str:
    """What stands in a box."""
    return (block.entered.get(part) or [""])[-1]


def _line(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    component = block.component
    assert isinstance(component, Field)
    width = component.properties.get("width") or ("5" if isinstance(component, Number) else "")
    found = {**shared, "label": _label(block), "value": entered(block), "autocomplete": component.properties.get("autocomplete")}
    if width:
        found["classes"] = f"govuk-input--width-{width}"
    if isinstance(component, Number):
        found |= {"inputmode": "numeric" if component.places == 0 else "decimal", "spellcheck": False}
    kind = component.rules.get("validationType")
    if kind in ("email", "phone"):
        found |= {"type": "email" if kind == "email" else "tel", "spellcheck": False}
    for name, text in (("prefix", component.prefix), ("suffix", component.suffix)):
        if text:
            found[name] = {"text": block.scope.tell(text)}
    return "input", found


def _area(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    component = block.component
    assert isinstance(component, Field)
    value = entered(block)
    # The browser takes the first line end of a text area away.
    found = {**shared, "label": _label(block), "value": f"\n{value}" if value[:1] in ("\n", "\r") else value}
    found |= {"rows": component.properties.get("rows", "5"), "autocomplete": component.properties.get("autocomplete")}
    most = length_limit(component, "maxLength", block.scope.ask)
    return ("character_count", {**found, "maxlength": most, "threshold": 50}) if most else ("textarea", found)


def _select(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    chosen = entered(block)
    items = [
        {"value": option.entry, "text": option.label, "selected": option.entry == chosen, "attributes": _typed(option)}
        for option in block.options
    ]
    return "select", {**shared, "label": _label(block), "items": [{"value": "", "text": "Choose one"}, *items]}


def _radios(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    found = _items(block, shared)
    if block.component.properties.get("inline") == "yes":
        found["classes"] = "govuk-radios--inline"
    return "radios", found


def _checkboxes(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    return "checkboxes", _items(block, shared)


def _items(block: Block, shared: dict[str, Any]) -> dict[str, Any]:
    chosen = block.entered.get("", [])
    items = [
        {"value": option.entry, "text": option.label, "checked": option.entry in chosen, "attributes": _typed(option)}
        for option in block.options
    ]
    return {**shared, "idPrefix": block.name, "fieldset": _legend(block), "items": items, "formGroup": _marker(block)}


def _checkbox(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    item = {"value": "yes", "text": asked(block), "checked": any(block.entered.get("", []))}
    return "checkboxes", {**shared, "idPrefix": block.name, "items": [item], "formGroup": _marker(block)}


def _marker(block: Block) -> dict[str, Any]:
    """Boxes without a tick are not posted: an empty value beside them says that they were asked."""
    return {"beforeInputs": {"html": Markup('<input type="hidden" name="{}" value="">').format(block.name)}}


def _typed(option: Any) -> dict[str, str]:
    """For the script: a value that is no text."""
    return {} if isinstance(option.value, str) else {"data-value": json.dumps(option.value)}


def _date(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    wrong = {part for part, _, _ in DAY_PARTS if block.name + part in problems}
    birthday = block.component.properties.get("autocomplete") == "bday"
    items = [
        {
            "name": block.name + part, "id": block.name + part, "label": label, "value": entered(block, part),
            "autocomplete": f"bday{part}" if birthday else None,
            # A date that is wrong as a whole is linked to its day.
            "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if part in wrong or "-day" in wrong else ""),
        }
        for part, label, width in DAY_PARTS
    ]  # fmt: skip
    return "date", {**shared, "fieldset": _legend(block), "items": items}


def _time_box(block: Block, problems: Problems) -> dict[str, Any]:
    wrong = " govuk-input--error" if f"{block.name}-time" in problems else ""
    return {
        "id": f"{block.name}-time",
        "name": f"{block.name}-time",
        "value": entered(block, "-time"),
        "classes": f"govuk-input--width-5{wrong}",
    }


def _time(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    hint = shared.get("hint") or {"text": "For example, 14:30 or 2:30pm"}
    return "input", {**shared, **_time_box(block, problems), "hint": hint, "label": _label(block)}


def _moment(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    name, found = _date(block, shared, problems)
    found["items"].append({**_time_box(block, problems), "label": "Time", "inputmode": "text"})
    return name, found


def _files(block: Block, shared: dict[str, Any], problems: Problems) -> tuple[str, dict[str, Any]]:
    component = block.component
    assert isinstance(component, FilePicker)
    found = {**shared, "label": _label(block), "multiple": component.multiple, "attached": block.value or []}
    if component.kinds:
        found["attributes"] = {"accept": ",".join(component.kinds)}
    return "files", found


Draw = Callable[[Block, dict[str, Any], Problems], tuple[str, dict[str, Any]]]
_DRAWN_BY: dict[type[Field], Draw] = {Date: _date, Time: _time, DateTime: _moment}
_BY_TYPE: dict[str, Draw] = {
    "textfield": _line, "number": _line, "textarea": _area, "select": _select, "radio": _radios, "checkbox": _checkbox,
    "checklist": _checkboxes, "taglist": _checkboxes, "filepicker": _files,
}  # fmt: skip
