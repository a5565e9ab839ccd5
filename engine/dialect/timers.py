"""Arming timers: when they are due, and the statutory periods among them.

SpiffWorkflow reads a timer's text as Python, counts months as fixed seconds and in UTC, and fires a cycle once for each turn that
was missed. Here the text is ISO 8601 or FEEL, and engine.calendars counts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine import calendars
from engine.errors import Trouble

from .library import SpiffTask
from .nodes import Node, unquoted
from .rules import DAY_KIND, DEADLINE, WORKING
from .scopes import Variables


def arm(node: Node, task: SpiffTask, chain: list[Variables]) -> dict[str, Any]:
    """What is kept of a timer with its token; all JSON."""
    event = node.element.event
    assert event is not None
    at: datetime = task.workflow.top_workflow.at
    properties = {name: node.value(task, text, chain) for name, text in node.element.zeebe.properties.items()}
    text = node.value(task, event.value, chain, str)
    try:
        timing = (_deadline if DEADLINE in properties else _plain)(event.timer, text, properties, at)
    except Trouble as error:
        said = unquoted(str(error), event.value, text)
        said = unquoted(said, node.element.zeebe.properties.get("countedFrom"), properties.get("countedFrom"))
        raise Trouble(f"The timer “{node.element.title}”: {said}") from error
    return {**timing, **({"properties": properties} if properties else {})}


def rearm(timer: dict[str, Any], at: datetime) -> dict[str, Any] | None:
    """A repeating timer after one firing, or None when it is over."""
    if "every" not in timer:
        return None
    due, anchor = datetime.fromisoformat(timer["due"]), datetime.fromisoformat(timer["anchor"])
    firing = calendars.Firing(due, anchor, timer["every"], timer["number"], timer["left"])
    following = calendars.next_firing(firing, max(at, due))
    return {**timer, **_kept(following)} if following else None


def _plain(kind: str, text: str, properties: dict[str, Any], at: datetime) -> dict[str, Any]:
    if properties.get(DAY_KIND) == WORKING:
        return _kept(calendars.Firing(calendars.end_of_day(_last_day(calendars.civil_date(at), text, properties))))
    kept = _kept(calendars.first_firing(kind, text, at))
    return {**kept, "on": text} if kind == "timeDate" and calendars.is_date(text) else kept


def _kept(firing: calendars.Firing) -> dict[str, Any]:
    kept: dict[str, Any] = {"due": firing.due.isoformat()}
    if firing.anchor:
        kept |= {"anchor": firing.anchor.isoformat(), "every": firing.every, "number": firing.number, "left": firing.left}
    return kept


def _deadline(kind: str, text: str, properties: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A statutory period: over at the end of its last day."""
    if kind == "timeDate":
        last, counting = calendars.read_date(text), {}
    else:
        start = _counted_from(properties, at)
        last, counting = _last_day(start, text, properties), {"from": start.isoformat(), "period": text}
    return {"due": calendars.end_of_day(last).isoformat(), "on": last.isoformat(), **counting}


def _counted_from(properties: dict[str, Any], at: datetime) -> date:
    """The day before the first that counts: given in the diagram, else the day on which the period begins to run."""
    if "countedFrom" not in properties:
        return calendars.civil_date(at)
    text = properties["countedFrom"]
    if not isinstance(text, str) or not text:
        raise Trouble("the date it counts from is not known. Correct the variables that “countedFrom” reads.")
    return calendars.read_date(text)


def _last_day(start: date, period: str, properties: dict[str, Any]) -> date:
    if properties.get(DAY_KIND) != WORKING:
        return calendars.add_days_and_months(start, period)
    length = calendars.parse_duration(period)
    if length.months or length.seconds:
        raise Trouble(f"“{period}” cannot be counted in working days. Write whole days, such as P5D.")
    return calendars.add_working_days(start, length.days)
