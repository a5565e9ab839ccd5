"""What each kind of element must say for itself before it can run."""

from __future__ import annotations

import re

from engine import calendars, feel
from engine.errors import FeelError, Trouble

from . import retries
from .extensions import Refuse
from .model import Element, Loop

DEADLINE = "deadline"  # the property that makes a timer a statutory period
DAY_KIND, WORKING = "dayKind", "working"  # the property that says which days count, and the word for those of the office
LIFE = "timeToLive"  # the property of a thrown message
MOST_TIMES = 5_000  # of a multi-instance activity: each becomes rows in the database
ALWAYS_INTERRUPTING = {"error", "cancel"}
_WHOLE_DAYS = re.compile(r"P\d+D", re.ASCII)


def check_expression(text: str, refuse: Refuse) -> None:
    """Every expression is compiled when it is deployed, so that none fails to be read in a case."""
    if not feel.is_expression(text):
        return
    try:
        feel.names(text[1:])
    except FeelError as error:
        refuse(f"FEEL: {error}")


def check_element(element: Element, refuse: Refuse) -> None:
    """Name what is missing from an element."""
    _needed(element, refuse)
    if element.loop:
        _multi_instance(element.loop, refuse)
    if element.kind == "boundaryEvent" and not element.event:
        refuse("A boundary event needs an event: a timer, message, signal, error, escalation or condition.")
    if not element.interrupting:
        for kind in sorted(element.event_kinds & ALWAYS_INTERRUPTING):
            refuse(f"A {kind} event always interrupts. Draw it with solid lines.")
    if element.triggered and element.scope:
        starts = [inner for inner in element.scope.elements.values() if inner.kind == "startEvent"]
        if len(starts) != 1 or not starts[0].event:
            refuse("An event sub-process has exactly one start event, and it waits for something (a timer, message, …). Draw it so.")
    _life(element, refuse)
    if element.instantiates and element.parent != element.process:
        refuse("Only what stands in the process itself can start it. Remove the mark “instantiate”.")
    if element.instantiates and (element.loop or element.standard_loop):
        refuse("It starts the process, so it cannot be repeated. Remove the marker, or start the process with a message start event.")
    if element.ad_hoc and element.scope:
        for inner in element.scope.elements.values():
            if inner.kind in ("startEvent", "endEvent"):
                refuse(f"Nothing begins or ends at “{inner.title}”: an ad-hoc sub-process has neither start nor end events. Remove it.")
    if element.triggered and (element.loop or element.standard_loop):
        refuse("An event sub-process happens as often as its event does, so it cannot be repeated. Remove the marker.")
    if element.triggered and (element.start_quantity, element.completion_quantity) != (1, 1):
        refuse("An event sub-process starts by its event, not by tokens. Remove startQuantity and completionQuantity.")
    if DEADLINE in element.zeebe.properties:
        _deadline(element, refuse)
    if DAY_KIND in element.zeebe.properties:
        _day_kind(element, refuse)


def _multi_instance(loop: Loop, refuse: Refuse) -> None:
    if loop.items and loop.times:
        refuse("It has both an input collection and a loop cardinality. Keep one of them.")
    elif loop.times and not loop.times.startswith("=") and not (loop.times.isdecimal() and int(loop.times) <= MOST_TIMES):
        refuse(f"The loop cardinality is “{loop.times}”. Write a whole number from 0 to {MOST_TIMES:,}, or FEEL with a leading “=”.")
    elif not loop.times and not loop.items.startswith("="):
        refuse("A multi-instance activity needs an input collection: a list in FEEL, with a leading “=”; or a loop cardinality.")
    if bool(loop.results) != bool(loop.result):
        refuse("The output collection and the output element belong together. Give both, or neither.")


def _needed(element: Element, refuse: Refuse) -> None:
    zeebe = element.zeebe
    has_job = bool(zeebe.get("taskDefinition", "type"))
    if element.kind == "serviceTask" and not has_job:
        refuse("It has no job type, so no worker would do it. Give it one (task definition, type).")
    if element.kind == "sendTask" and not has_job and not element.event:
        refuse("It has neither a job type nor a message, so nothing would be sent. Give it one of them.")
    if element.kind == "scriptTask" and not has_job:
        _script(element, refuse)
    decided = zeebe.get("calledDecision", "decisionId") and zeebe.get("calledDecision", "resultVariable")
    if element.kind == "businessRuleTask" and not has_job and not decided:
        refuse("A business rule task needs a called decision (its id) and a result variable.")
    if element.kind == "callActivity" and not zeebe.get("calledElement", "processId"):
        refuse("A call activity needs the id of the process it calls.")
    if element.kind in ("intermediateThrowEvent", "endEvent") and "taskDefinition" in zeebe.parts and element.event_kind != "message":
        refuse("Only a message event can be a job. Draw it as a message event, or as a service task.")
    _variable_names(element, refuse)
    _retries(element, refuse)


def _retries(element: Element, refuse: Refuse) -> None:
    written = [element.zeebe.get("taskDefinition", "retries"), element.zeebe.properties.get(retries.BACK_OFF, "")]
    if "taskDefinition" not in element.zeebe.parts:
        if written[1]:
            refuse(f"The property {retries.BACK_OFF} means nothing here, for this is no job. Remove it.")
        return
    try:
        retries.plan(*("" if feel.is_expression(text) else text for text in written))
    except Trouble as error:
        refuse(str(error))


def _script(element: Element, refuse: Refuse) -> None:
    if not element.zeebe.get("script", "expression").startswith("="):
        refuse("A script task needs a FEEL expression with a leading “=”. No other language is run.")
    elif not element.zeebe.get("script", "resultVariable"):
        refuse.note("A script task needs a result variable. Give it one; without it only the entries of a context are kept.")


def _life(element: Element, refuse: Refuse) -> None:
    """How long a thrown message is kept."""
    life = element.zeebe.properties.get(LIFE, "")
    if life and not feel.is_expression(life) and element.event_kind == "message":
        try:
            calendars.parse_duration(life)
        except Trouble as error:
            refuse(str(error))


def _variable_names(element: Element, refuse: Refuse) -> None:
    zeebe, loop = element.zeebe, element.loop
    named = [zeebe.get("script", "resultVariable"), zeebe.get("calledDecision", "resultVariable")]
    for name in named + ([loop.item, loop.results] if loop else []):
        if name and not name.isidentifier():
            refuse(f"“{name}” is not a variable name. Write one word of letters, digits and underscores.")


def _deadline(element: Element, refuse: Refuse) -> None:
    event = element.event
    if not event or event.kind != "timer" or event.timer == "timeCycle":
        refuse("Only a timer with a date or a duration can be a deadline. Use warnings of their own for what repeats.")
        return
    handler = element.kind == "startEvent" and element.inside
    if element.interrupting or not (element.kind == "boundaryEvent" or handler):
        refuse("A deadline never blocks: draw it as a dashed (non-interrupting) timer on an activity, or starting an event sub-process.")


def _day_kind(element: Element, refuse: Refuse) -> None:
    event, kind = element.event, element.zeebe.properties[DAY_KIND]
    if kind not in ("calendar", WORKING):
        refuse(f"dayKind is “{kind}”. Write “calendar” or “working”.")
    elif kind == WORKING and (not event or event.timer != "timeDuration"):
        refuse("Only a timer with a duration counts working days. Give it a duration such as P5D, or remove dayKind.")
    elif event and kind == WORKING and not event.value.startswith("=") and not _WHOLE_DAYS.fullmatch(event.value):
        refuse(f"“{event.value}” cannot be counted in working days. Write whole days, such as P5D.")
