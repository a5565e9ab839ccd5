"""What happens if nothing happens: the armed timer that is nearest to an open step, and what the diagram draws behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from .. import calendars, clock, deadlines
from ..models import Job
from ..spiff import Definitions, ElementFacts
from .sentences import last_day

ACTIVITIES = frozenset({
    "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity", "subProcess",
    "transaction", "adHocSubProcess", "task", "manualTask",
})  # fmt: skip
GATEWAY = "eventBasedGateway"


def sentence(definitions: Definitions, timers: Sequence[Job], token: UUID, process_key: str, element_id: str, subject: str = "") -> str:
    """ "“Send a reminder” on 5 May 2026", or nothing where no timer is armed around this step.

    timers: the armed ones of the instance, the next one first. The innermost activity or scope that has one counts.
    Where several run side by side on the same activity and it cannot be told which belongs to this step, nothing is said.
    """
    for process, host in _hosts(definitions, process_key, element_id):
        armed = [timer for timer in timers if (timer.process_key, timer.headers.get("host")) == (process, host)]
        mine: Sequence[Job]
        if host == element_id and not _is_repeated(definitions, process, host):
            mine = [timer for timer in armed if timer.headers.get("host_token") in (str(token), "", None)]
        else:
            mine = _around(armed, subject)
        if mine:
            return says(definitions, mine[0])
    return ""


def _is_repeated(definitions: Definitions, process_key: str, element_id: str) -> bool:
    """True for an activity done once for each of several: its timers are armed once, for all of them."""
    element = definitions.processes[process_key].elements.get(element_id) if process_key in definitions.processes else None
    return element is not None and element.multi_instance


def _around(armed: Sequence[Job], subject: str) -> Sequence[Job]:
    """Of the timers on an activity or scope around a step, those of the one it is in."""
    if subject and any(timer.headers.get("subject") for timer in armed):
        return [timer for timer in armed if timer.headers.get("subject") == subject]
    return armed if len({timer.headers.get("host_token") for timer in armed}) <= 1 else []


def _hosts(definitions: Definitions, process_key: str, element_id: str) -> Iterator[tuple[str, str]]:
    """The step itself, then what encloses it, innermost first: sub-processes, the process, the activity that called it, …"""
    yield process_key, element_id
    seen: set[str] = set()
    while process_key not in seen and process_key in definitions.processes:
        seen.add(process_key)
        elements = definitions.processes[process_key].elements
        while element_id in elements:
            element_id = elements[element_id].scope
            yield process_key, element_id
        callers = [(key, e) for key, p in definitions.processes.items() for e in p.elements.values() if e.called_process == process_key]
        around = {(key, e.scope) for key, e in callers}
        if len(around) != 1:
            return
        # Called from several places of one scope, it cannot be told from which; what is around them all is around this one.
        process_key, element_id = (callers[0][0], callers[0][1].id) if len(callers) == 1 else around.pop()
        yield process_key, element_id


def says(definitions: Definitions, timer: Job) -> str:
    elements = definitions.processes[timer.process_key].elements
    day = calendars.say_date(timer.due_at.astimezone(clock.CIVIL).date())
    if follows := first_step(elements, timer.element_id):
        whom = f" goes to {follows.lane}" if follows.kind == "userTask" and follows.lane else ""
        return f"“{follows.name}”{whom} on {day}"
    missed = elements[timer.element_id].properties.get(deadlines.NAME) if timer.element_id in elements else None
    return f"the deadline “{missed}” is missed after {calendars.say_date(last_day(timer.due_at))}" if missed else f"“{timer.name}” on {day}"


def first_step(elements: dict[str, ElementFacts], element_id: str) -> ElementFacts | None:
    """The first activity on the way from an element, if there is exactly one way to it."""
    seen = {element_id}
    flows = elements[element_id].flows if element_id in elements else []
    while len(flows) == 1 and flows[0] not in seen:
        step = elements[flows[0]]
        seen.add(step.id)
        if step.kind in ACTIVITIES and step.name:
            return step
        flows = step.flows
    return None


def raced_timers(definitions: Definitions, timers: Sequence[Job], process_key: str, element_id: str) -> Sequence[Job]:
    """The timers that race a message behind the same event gateway."""
    elements = definitions.processes[process_key].elements
    behind = {target for source in elements[element_id].incoming if elements[source].kind == GATEWAY for target in elements[source].flows}
    return [timer for timer in timers if timer.process_key == process_key and timer.element_id in behind]
