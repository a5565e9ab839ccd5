"""Which component types, attributes, rules and custom properties of form-js are honoured. Anything else is refused by name."""

from __future__ import annotations

import re
import unicodedata

from .attachments import FilePicker
from .choices import Checkbox, Choice, Choices
from .dates import Date, DateTime, Time
from .model import Field
from .numbers import Number
from .words import TextArea, TextField

SCHEMA_VERSION = 19
FORM_ATTRIBUTES = {
    "$schema",
    "id",
    "type",
    "components",
    "schemaVersion",
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
    "versionTag",
}

FIELDS: dict[str, type[Field]] = {
    "textfield": TextField, "textarea": TextArea, "number": Number, "checkbox": Checkbox, "radio": Choice, "select": Choice,
    "checklist": Choices, "taglist": Choices, "filepicker": FilePicker,
}  # fmt: skip
DATES: dict[str, type[Field]] = {"date": Date, "time": Time, "datetime": DateTime}

REFUSED = {
    "html": "Write the words in a “text” component, which takes Markdown.",
    "iframe": "Put a link into a “text” component.",
    "image": "Describe what it shows in a “text” component.",
    "button": "Take it away: every page has the buttons it needs.",
    "documentPreview": "Take it away: the documents stand on the page of the case.",
}

_EVERY = {"id", "type", "label", "conditional", "layout", "properties", "showOutline", "verticalAlignment"}
_ANY_FIELD = _EVERY | {"key", "description", "readonly", "disabled", "defaultValue", "validate", "appearance"}
_OPTIONS = {"values", "valuesKey", "valuesExpression", "searchable"}
ATTRIBUTES: dict[str, set[str]] = {
    "textfield": _ANY_FIELD,
    "textarea": _ANY_FIELD,
    "number": _ANY_FIELD | {"decimalDigits", "increment", "serializeToString"},
    "datetime": _ANY_FIELD
    | {"subtype", "dateLabel", "timeLabel", "use24h", "timeInterval", "timeSerializingFormat", "disallowPassedDates"},
    "checkbox": _ANY_FIELD,
    "radio": _ANY_FIELD | _OPTIONS,
    "select": _ANY_FIELD | _OPTIONS,
    "checklist": _ANY_FIELD | _OPTIONS,
    "taglist": _ANY_FIELD | _OPTIONS,
    "filepicker": _ANY_FIELD | {"accept", "multiple"},
    "group": _EVERY | {"path", "components"},
    "dynamiclist": _EVERY
    | {"path", "components", "isRepeating", "allowAddRemove", "defaultRepetitions", "nonCollapsedItems", "disableCollapse"},
    "text": _EVERY | {"text"},
    "table": _EVERY | {"dataSource", "columns", "columnsExpression", "rowCount"},
    "separator": _EVERY,
    "spacer": _EVERY | {"height"},
    "expression": _EVERY | {"key", "expression", "computeOn"},
}

_LENGTHS = {"required", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}
RULES: dict[str, set[str]] = {"textfield": _LENGTHS, "textarea": _LENGTHS, "number": {"required", "min", "max"}}
OTHER_RULES = {"required"}

_FIELD_PROPERTIES = {"requiredMessage", "called", "hint"}
PROPERTIES: dict[str, set[str]] = {
    "textfield": _FIELD_PROPERTIES | {"width", "autocomplete"},
    "textarea": _FIELD_PROPERTIES | {"rows", "autocomplete"},
    "number": _FIELD_PROPERTIES | {"width", "autocomplete"},
    "datetime": _FIELD_PROPERTIES | {"earliest", "latest", "earliestMessage", "latestMessage", "autocomplete"},
    "radio": _FIELD_PROPERTIES | {"inline"},
    "filepicker": _FIELD_PROPERTIES | {"classification"},
    "group": {"page", "slug", "hint"},
    "dynamiclist": {"rowName", "minRows", "maxRows", "requiredMessage", "hint"},
}
PROPERTY_VALUES = {
    "page": "yes",
    "inline": "yes",
    "width": "2|3|4|5|10|20|30",
    "rows": "[1-9][0-9]?",
    "minRows": "[0-9]{1,3}",
    "maxRows": "[0-9]{1,3}",
    "slug": "[a-z0-9]+(?:-[a-z0-9]+)*",
}


def properties_of(kind: str) -> set[str]:
    """The custom properties that are honoured on components of this type."""
    return PROPERTIES.get(kind, _FIELD_PROPERTIES if kind in FIELDS else set())


def slug(label: str) -> str:
    """A label as it stands in an address."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
