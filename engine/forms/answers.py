"""Turns one field of a form-js file into ours, and says which of its rules and options it cannot turn."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.errors import FeelError

from .attachments import FilePicker
from .attributes import Attributes
from .choices import Choosing
from .dates import Timed
from .model import Field
from .numbers import Number
from .vocabulary import DATES, FIELDS, OTHER_RULES, RULES
from .words import TextField

TIME_FORMATS = ("no_timezone", "utc_offset", "utc_normalized")
LENGTHS, BOUNDS = ("minLength", "maxLength"), ("min", "max")


def field(drawn: Attributes, shared: dict[str, Any], keys: tuple[str, ...]) -> Field:
    """The field, with its rules."""
    kind = _kind(drawn)
    rules = _rules(drawn)
    shared["label"] = shared["label"] or drawn.text("dateLabel") or drawn.text("timeLabel")
    if not shared["label"]:
        drawn.say("The field has no label. Give it one: it is what people are asked.")
    common = {
        **shared, "keys": keys, "required": rules.pop("required", False) is True, "readonly": _readonly(drawn), "rules": rules,
        "default": drawn.get("defaultValue"), **_adorners(drawn),
    }  # fmt: skip
    return kind(**common, **_details(drawn, kind))


def _kind(drawn: Attributes) -> type[Field]:
    if drawn.kind != "datetime":
        return FIELDS[drawn.kind]
    subtype = drawn.get("subtype", "date")
    if str(subtype) not in DATES:
        drawn.say("“subtype” must be date, time or datetime.")
    return DATES.get(str(subtype), DATES["date"])


def _readonly(drawn: Attributes) -> bool | str:
    readonly = drawn.get("readonly", False)
    if drawn.get("disabled") is True or readonly is True:
        return True
    return (drawn.feel("readonly") or False) if readonly else False


def _adorners(drawn: Attributes) -> dict[str, str]:
    appearance = drawn.get("appearance") or {}
    if not isinstance(appearance, dict) or set(appearance) - {"prefixAdorner", "suffixAdorner"}:
        drawn.say("“appearance” can only have a prefix and a suffix.")
        return {}
    return {"prefix": str(appearance.get("prefixAdorner") or ""), "suffix": str(appearance.get("suffixAdorner") or "")}


def _rules(drawn: Attributes) -> dict[str, Any]:
    rules = drawn.get("validate") or {}
    if not isinstance(rules, dict):
        drawn.say("“validate” must be an object.")
        return {}
    honoured = RULES.get(drawn.kind, OTHER_RULES)
    for name in sorted(set(rules) - honoured):
        drawn.say(f"The rule “{name}” of a {drawn.kind} is not honoured. Take it away, or use one of: {', '.join(sorted(honoured))}.")
    if not isinstance(rules.get("required", False), bool):
        drawn.say("The rule “required” must be true or false.")
    for name in (*LENGTHS, *BOUNDS):
        if not _is_limit(rules.get(name), whole=name in LENGTHS):
            drawn.say(f"The rule “{name}” must be a number, or FEEL that gives one.")
            rules = {key: value for key, value in rules.items() if key != name}
    for least, most in (LENGTHS, BOUNDS):
        if _is_number(rules.get(least)) and _is_number(rules.get(most)) and rules[least] > rules[most]:
            drawn.say(f"“{least}” is more than “{most}”: nothing can be entered. Change one of them.")
    if rules.get("validationType", "custom") not in ("email", "phone", "custom", "", None):
        drawn.say("The rule “validationType” must be email or phone.")
    _check_pattern(drawn, rules.get("pattern"))
    return {name: value for name, value in rules.items() if name in honoured and value not in (None, "")}


def _check_pattern(drawn: Attributes, pattern: Any) -> None:
    if pattern in (None, ""):
        return
    try:
        read = isinstance(pattern, str) and feel.evaluate("matches(value, pattern)", {"value": "", "pattern": pattern}) is not None
    except FeelError:
        read = False
    if not read:
        drawn.say(f"The pattern “{pattern}” cannot be read as a regular expression. Correct it.")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_limit(value: Any, *, whole: bool) -> bool:
    if value in (None, "") or feel.is_expression(value):
        return True
    return _is_number(value) and (not whole or (isinstance(value, int) and value >= 0))


def _details(drawn: Attributes, kind: type[Field]) -> dict[str, Any]:
    if issubclass(kind, Choosing):
        return {"source": _source(drawn)}
    if issubclass(kind, Number):
        return {"places": drawn.whole("decimalDigits", None, most=10), "step": _step(drawn)}
    if issubclass(kind, Timed):
        return {"time_format": _time_format(drawn), "no_past": drawn.get("disallowPassedDates") is True}
    if issubclass(kind, FilePicker):
        return {"multiple": drawn.get("multiple") is True, "kinds": _file_kinds(drawn)}
    if issubclass(kind, TextField) and not isinstance(drawn.get("defaultValue", ""), str):
        drawn.say("“defaultValue” must be a text.")
    return {}


def _step(drawn: Attributes) -> float | None:
    if drawn.get("serializeToString") is True:
        drawn.say("Numbers are kept as numbers: switch “Output value as string” off.")
    step = drawn.get("increment")
    try:
        found = float(step) if step not in (None, "") else None
    except (TypeError, ValueError):
        found = 0.0
    if found is not None and not 0 < found < float("inf"):
        drawn.say("“increment” must be a number above 0.")
        return None
    return found


def _time_format(drawn: Attributes) -> str:
    found = drawn.get("timeSerializingFormat") or TIME_FORMATS[0]
    if found not in TIME_FORMATS:
        drawn.say(f"“timeSerializingFormat” must be one of: {', '.join(TIME_FORMATS)}.")
        return TIME_FORMATS[0]
    return str(found)


def _file_kinds(drawn: Attributes) -> tuple[str, ...]:
    kinds = [kind.strip().lower() for kind in drawn.text("accept").split(",") if kind.strip()]
    if not all(kind.startswith(".") for kind in kinds):
        drawn.say("“accept” must be ends of file names, such as “.pdf, .docx”.")
    return tuple(kind for kind in kinds if kind.startswith("."))


def _source(drawn: Attributes) -> Any:
    """Where the options come from."""
    values, key, expression = drawn.get("values"), drawn.get("valuesKey"), drawn.get("valuesExpression")
    if sum(one not in (None, "") for one in (values, key, expression)) != 1:
        drawn.say("Say in one place which options there are: static values, a key of known data, or an expression.")
        return ()
    if expression:
        return drawn.feel("valuesExpression") or ()
    if key:
        return "= " + ".".join(f"`{part}`" if " " in part else part for part in drawn.keys("valuesKey"))
    return _static_options(drawn, values)


def _static_options(drawn: Attributes, values: Any) -> Any:
    if not isinstance(values, list) or not values or not all(isinstance(one, dict) and set(one) == {"label", "value"} for one in values):
        drawn.say("The options must be a list, each with a label and a value.")
        return ()
    found = [one["value"] for one in values]
    if not all(isinstance(value, str) and value for value in found):
        drawn.say("Each option's value must be a text, and not empty.")
    for value in sorted({str(value) for value in found if found.count(value) > 1}):
        drawn.say(f"Two options have the value “{value}”. Give one of them another.")
    for one in values:
        if not isinstance(one["label"], str) or not one["label"].strip():
            drawn.say(f"The option “{one['value']}” has no label. Give it one.")
    return values
