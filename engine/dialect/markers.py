"""Reading how often and in what order activities happen: multi-instance, standard loops, token quantities, ad-hoc sub-processes."""

from __future__ import annotations

from functools import partial
from typing import Any

from .event_definitions import EventReader
from .extensions import BPMN, Refuse, read_zeebe
from .model import AdHoc, Behaviour, Loop, StandardLoop, Zeebe

MOST_TOKENS = 1_000  # at once, from one activity
BEHAVIOURS = {"All", "None", "One", "Complex"}
_EVENT_OF = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}


class MarkerReader:
    """Reads the markers of one file's activities."""

    def __init__(self, root: Any, events: EventReader) -> None:
        self._events = events
        self._data = {
            node.get("id"): node.get("name") or node.get("id") for node in root.iter(*(BPMN + kind for kind in _DATA)) if node.get("id")
        }

    def standard_loop(self, node: Any, refuse: Refuse) -> StandardLoop | None:
        marker = node.find(BPMN + "standardLoopCharacteristics")
        if marker is None:
            return None
        condition = read_feel(marker, "loopCondition", refuse)
        maximum = marker.get("loopMaximum")
        if maximum is not None and (not maximum.isdecimal() or int(maximum) < 1):
            refuse(f"The loop maximum is “{maximum}”. Write a whole number of 1 or more, or leave it out.")
            maximum = "1"
        if not condition and maximum is None:
            refuse("The loop has neither a condition nor a maximum, so it would never end. Give it a loop condition such as =n < 3.")
        return StandardLoop(condition, int(maximum) if maximum else None, marker.get("testBefore") == "true")

    def multi_instance(self, node: Any, refuse: Refuse) -> Loop | None:
        marker = node.find(BPMN + "multiInstanceLoopCharacteristics")
        if marker is None:
            return None
        zeebe = read_zeebe(marker, "multiInstanceLoopCharacteristics", refuse)
        get = partial(zeebe.get, "loopCharacteristics")
        behaviour = marker.get("behavior", "All")
        results = get("outputCollection") or self._variable(marker, "loopDataOutputRef", refuse)
        result = get("outputElement") or _item(marker, "outputDataItem", "=")
        return Loop(
            get("inputCollection") or _prefixed(self._variable(marker, "loopDataInputRef", refuse)),
            get("inputElement") or _item(marker, "inputDataItem"),
            results,
            result,
            marker.get("isSequential") == "true",
            read_feel(marker, "completionCondition", refuse),
            (marker.findtext(BPMN + "loopCardinality") or "").strip(),
            behaviour,
            tuple(self._behaviours(marker, behaviour, refuse)),
        )

    def _variable(self, marker: Any, tag: str, refuse: Refuse) -> str:
        """The variable behind a reference to a data object: it is called as the data object is."""
        reference = (marker.findtext(BPMN + tag) or "").strip().rpartition(":")[2]
        if reference and reference not in self._data:
            refuse(f"{tag} refers to “{reference}”, which is no data object of this file. Correct it, or give an input collection.")
        return self._data.get(reference, "")

    def _behaviours(self, marker: Any, behaviour: str, refuse: Refuse) -> list[Behaviour]:
        """The events thrown when an instance completes."""
        if behaviour not in BEHAVIOURS:
            refuse(f"The behaviour “{behaviour}” is not known. Write All, None, One or Complex.")
        if behaviour == "Complex":
            return [found for one in marker.findall(BPMN + "complexBehaviorDefinition") if (found := self._complex(one, refuse))]
        if behaviour not in _EVENT_OF:
            return []
        name = _EVENT_OF[behaviour]
        event = self._events.implicit(self._events.shared(marker.get(name, "")), refuse)
        return [Behaviour(event)] if event else []

    def _complex(self, node: Any, refuse: Refuse) -> Behaviour | None:
        condition = read_feel(node, "condition", refuse)
        if not condition:
            refuse("A complex behaviour needs a condition in FEEL: when its event is thrown.")
        holder = node.find(BPMN + "event")
        definitions = self._events.definitions_in(holder) if holder is not None else []
        event = self._events.implicit(definitions[0] if definitions else None, refuse)
        return Behaviour(event, condition) if event else None


def read_ad_hoc(node: Any, zeebe: Zeebe, refuse: Refuse) -> AdHoc:
    """The order, and what ends it."""
    ordering = node.get("ordering", "Parallel")
    if ordering not in ("Parallel", "Sequential"):
        refuse(f"The ordering “{ordering}” is not known. Write Parallel or Sequential.")
    enabled = zeebe.get("adHoc", "activeElementsCollection")
    if enabled and not enabled.startswith("="):
        refuse(f"The active elements “{enabled}” are not FEEL. Write a list of ids with a leading “=”.")
    until = read_feel(node, "completionCondition", refuse)
    return AdHoc(enabled, ordering == "Sequential", until, node.get("cancelRemainingInstances", "true") == "true")


def read_quantity(node: Any, attribute: str, refuse: Refuse) -> int:
    """How many tokens an activity needs to start, or sends on."""
    text = node.get(attribute, "1")
    if text.isdecimal() and 1 <= int(text) <= MOST_TOKENS:
        return int(text)
    refuse(f"{attribute} is “{text}”. Write a whole number from 1 to {MOST_TOKENS:,}, or leave it out.")
    return 1


_DATA = ("dataObject", "dataInput", "dataOutput", "property", "dataObjectReference")


def read_feel(node: Any, tag: str, refuse: Refuse) -> str:
    """The text of a child element that must be FEEL."""
    text = (node.findtext(BPMN + tag) or "").strip()
    if text and not text.startswith("="):
        refuse(f"{tag}: “{text}” is not FEEL. Write it with a leading “=”.")
        return ""
    return text


def _prefixed(variable: str) -> str:
    return f"={variable}" if variable else ""


def _item(marker: Any, tag: str, prefix: str = "") -> str:
    node = marker.find(BPMN + tag)
    return prefix + (node.get("name") or node.get("id") or "") if node is not None else ""
