"""The text twin of a diagram: the same steps in their order, in words, for everyone who cannot or need not see the drawing.

A pure function of a deployed process: each step with who does it, what may happen meanwhile, what follows under which
condition, and whether a case stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from . import calendars
from .errors import EngineError
from .spiff import ElementFacts, ProcessFacts

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI"

GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})

# How a step is done, by the kind of its element.
DONE = {
    "userTask": "A person does this", "manualTask": "A person does this outside Casework", "task": "Passed at once",
    "serviceTask": "Casework does this by itself", "sendTask": "Casework sends this by itself",
    "scriptTask": "Casework works this out by itself", "businessRuleTask": "Casework asks a decision table",
    "receiveTask": "Waits for a message",
    "callActivity": "A procedure of its own", "subProcess": "A part with steps of its own", "transaction": "A part with steps of its own",
    "adHocSubProcess": "A part whose steps have no fixed order",
    "startEvent": "Begins", "endEvent": "This way ends here",
    "intermediateThrowEvent": "A stage is reached", "intermediateCatchEvent": "Waits",
}  # fmt: skip

# What the ways out of a gateway have in common.
SPLITS = {
    "exclusiveGateway": "One of these ways:", "parallelGateway": "All of these at the same time:",
    "inclusiveGateway": "Every way that applies:", "complexGateway": "Every way that applies:",
    "eventBasedGateway": "Whichever happens first:",
}  # fmt: skip

BRANCHES = {
    "exclusiveGateway": "A question", "inclusiveGateway": "A question with several answers", "complexGateway": "A question of its own kind",
    "parallelGateway": "Goes on in several ways at once", "eventBasedGateway": "Waits for whichever happens first",
}  # fmt: skip

TOGETHER = "Waits for each of these to happen"
_ALL_ARRIVED = "Waits until every way that leads here has arrived"
WAITS = {"parallelGateway": _ALL_ARRIVED, "inclusiveGateway": _ALL_ARRIVED, "complexGateway": "Waits until enough has arrived, once"}

EVENTS = {
    "message": "when the message “{}” arrives", "signal": "when the signal “{}” is heard", "error": "when “{}” goes wrong inside",
    "escalation": "when “{}” is raised inside", "conditional": "as soon as this is so: “{}”", "cancel": "when it is called off",
    "compensate": "when what was done here has to be undone",
}  # fmt: skip
ENDS = {
    "terminate": "Everything ends here", "message": "Ends and sends the message “{}”", "signal": "Ends and gives the signal “{}”",
    "error": "Ends here and says that something went wrong", "escalation": "Ends and raises this with the steps around it",
    "cancel": "Calls the whole part off", "compensate": "Undoes {}, the last first, and ends",
}  # fmt: skip
THROWS = {
    "message": "Sends the message “{}”", "signal": "Gives the signal “{}”", "escalation": "Raises this with the steps around it",
    "link": "Goes on at “{}”", "compensate": "Undoes {}, the last first",
}  # fmt: skip
THROWN = {"endEvent": ENDS, "intermediateThrowEvent": THROWS}


@dataclass(frozen=True)
class Arrow:
    """An arrow as it is labelled in the drawing."""

    target: str
    label: str = ""
    condition: str = ""
    default: bool = False


@dataclass(frozen=True)
class Way:
    """What follows a step."""

    when: str  # "yes", "otherwise"; empty where there is only one way
    condition: str  # the FEEL behind it
    step: str  # id of the step that follows; empty where the way ends
    number: str
    name: str
    back: bool  # the step stands further up
    next: bool  # it is the very next one in the text


@dataclass(frozen=True)
class Aside:
    """Something that may happen while a step is going on."""

    id: str
    name: str
    text: str  # "After 14 calendar days", "When the message “…” arrives"
    stops: bool  # True: the step is taken back
    ways: Sequence[Way]


@dataclass(frozen=True)
class Step:
    """One numbered step."""

    id: str
    number: str  # "3"; inside a part "3.2"
    kind: str
    name: str
    done: str  # how, in words
    who: str  # the lane
    about: str  # the diagram's own explanation
    here: int  # how often a case stands here
    leads: str  # "One of these ways:"
    ways: Sequence[Way]
    asides: Sequence[Aside]
    inside: Sequence[Step]
    called: str  # the process it calls


def describe(process: ProcessFacts, diagram: bytes, *, here: Mapping[str, int], names: Mapping[str, str]) -> list[Step]:
    """The steps of a process in the order in which they are reached.

    diagram: the file it is drawn in, for what is written on the arrows. here: how many times a case stands at an element.
    names: what processes are called, by their ids.
    """
    return _Twin(process, _arrows(diagram), here, names).steps(process.id, "")


def is_drawn(process: ProcessFacts, diagram: bytes) -> bool:
    """Whether the file has a drawing of this process; a diagram may be only its steps and arrows."""
    shapes = _root(diagram).iter(f"{{{DRAWING}}}BPMNShape")
    return any(shape.get("bpmnElement", "").rpartition(":")[2] in process.elements for shape in shapes)


def _root(diagram: bytes) -> Any:
    return etree.fromstring(diagram, etree.XMLParser(resolve_entities=False, no_network=True))


def _arrows(diagram: bytes) -> dict[str, list[Arrow]]:
    """The arrows of a file by the element they leave."""
    root = _root(diagram)
    defaults = {node.get("default") for node in root.iter() if node.get("default")}
    found: dict[str, list[Arrow]] = {}
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        condition = (flow.findtext(f"{BPMN}conditionExpression") or "").strip()
        arrow = Arrow(flow.get("targetRef", ""), " ".join(flow.get("name", "").split()), condition, flow.get("id") in defaults)
        found.setdefault(flow.get("sourceRef", ""), []).append(arrow)
    return found


class _Twin:
    def __init__(self, process: ProcessFacts, arrows: Mapping[str, list[Arrow]], here: Mapping[str, int], names: Mapping[str, str]) -> None:
        self.elements, self.arrows, self.here, self.names = process.elements, arrows, here, names
        self.starts = set(process.starts)
        self.numbers: dict[str, str] = {}
        self.positions: dict[str, int] = {}  # within their scope
        self._number(process.id, "")

    def _number(self, scope: str, prefix: str) -> None:
        """Number everything first, so that a way can name a step further down."""
        shown = [e for e in _in_order(self._of(scope)) if not self._is_silent(e)]
        for number, element in enumerate(shown, 1):
            self.numbers[element.id], self.positions[element.id] = f"{prefix}{number}", number
            self._number(element.id, f"{prefix}{number}.")

    def steps(self, scope: str, prefix: str) -> list[Step]:
        """The numbered steps of one scope."""
        return [self._step(e) for e in _in_order(self._of(scope)) if e.id in self.numbers]

    def _of(self, scope: str) -> list[ElementFacts]:
        return [e for e in self.elements.values() if e.scope == scope]

    def _is_silent(self, element: ElementFacts) -> bool:
        """True for what is no step in words: boundary events, told with their activity; bare starts and ends; gateways that only join."""
        bare = element.kind in ("startEvent", "endEvent") and not element.name and not element.event
        if element.kind == "boundaryEvent" or bare:
            return True
        merges = element.kind == "exclusiveGateway" and len(element.flows) == 1
        return (merges and not element.name) or (element.kind in JOINS and len(element.incoming) < 2 and len(element.flows) < 2)

    def _step(self, element: ElementFacts) -> Step:
        number = self.numbers[element.id]
        ways = self._ways(element)
        return Step(
            id=element.id, number=number, kind=element.kind, name=self._name(element), done=self._done(element), who=element.lane,
            about=element.documentation, here=self.here.get(element.id, 0), leads=self._leads(element, ways), ways=ways,
            asides=[self._aside(e) for e in self.elements.values() if e.host == element.id and e.kind == "boundaryEvent"],
            inside=self.steps(element.id, f"{number}."), called=element.called_process,
        )  # fmt: skip

    def _name(self, element: ElementFacts) -> str:
        return element.name or self.names.get(element.called_process, "")

    def _done(self, element: ElementFacts) -> str:
        kind, event = element.kind, element.event
        if kind in GATEWAYS:
            joins = kind in JOINS and len(element.incoming) > 1
            return WAITS[kind] if joins else TOGETHER if element.together else BRANCHES[kind]
        if kind in THROWN and event:
            return self._thrown(element)
        if event and kind in ("startEvent", "intermediateCatchEvent", "receiveTask"):
            begins = kind == "startEvent" or (kind == "receiveTask" and element.id in self.starts)
            return f"{'Begins' if begins else 'Waits'}: {_moment(element)}"
        if self._is_triggered(element):
            return "A part that begins by itself"
        again = ", once for each of several" if element.multi_instance else ", again and again" if element.looped else ""
        called = self.names.get(element.called_process, "")
        which = f": {called}" if called and element.name and called != element.name else ""
        return f"{DONE.get(kind, 'A step')}{which}{again}"

    def _thrown(self, element: ElementFacts) -> str:
        """ "Sends the message “…”"; of several event definitions all of them."""
        words = THROWN[element.kind]
        return ", and: ".join(words.get(each.event, DONE[element.kind]).format(self._what(each)) for each in element.by_trigger)

    def _what(self, element: ElementFacts) -> str:
        """What an event throws, as it is called; what is undone, as its step is called."""
        undone = self.elements.get(element.event_name) if element.event == "compensate" else None
        if element.event == "compensate" and undone is None:
            return "what was done so far"
        return f"“{self._name(undone) or undone.id}”" if undone else element.event_name

    def _is_triggered(self, element: ElementFacts) -> bool:
        """True for an event sub-process: its start event is attached to what is around it."""
        return any(e.scope == element.id and e.kind == "startEvent" and e.host for e in self.elements.values())

    def _leads(self, element: ElementFacts, ways: Sequence[Way]) -> str:
        if len(ways) < 2:
            return "Then:" if ways else ""
        if element.together:
            return "All of these, each when it happens:"
        if element.kind in SPLITS:
            return SPLITS[element.kind]
        return "Every way that applies:" if any(way.condition for way in ways) else "All of these at the same time:"

    def _ways(self, element: ElementFacts) -> list[Way]:
        arrows = self.arrows.get(element.id) or [Arrow(target) for target in element.flows]
        return [self._way(element, arrow, only=len(arrows) == 1) for arrow in arrows]

    def _way(self, element: ElementFacts, arrow: Arrow, *, only: bool) -> Way:
        when = arrow.label or ("otherwise" if arrow.default and not only else "")
        target = self._heard(arrow.target)
        position = self.positions.get(target, -1)
        stands = self.positions.get(element.host if element.kind == "boundaryEvent" else element.id, -1)
        return Way(
            when, arrow.condition, target, self.numbers.get(target, ""), self._called(target),
            back=0 <= position <= stands, next=position == stands + 1,
        )  # fmt: skip

    def _heard(self, element_id: str) -> str:
        """The step that a way leads to, past gateways that say nothing."""
        seen: set[str] = set()
        while element_id not in self.numbers and element_id in self.elements and element_id not in seen:
            seen.add(element_id)
            flows = self.elements[element_id].flows
            element_id = flows[0] if flows else ""
        return element_id

    def _called(self, element_id: str) -> str:
        if element_id not in self.elements:
            return ""
        element = self.elements[element_id]
        return self._name(element) or self._done(element)

    def _aside(self, event: ElementFacts) -> Aside:
        text = _moment(event)
        return Aside(event.id, "" if event.name in text else event.name, _upper(text), event.interrupting, self._ways(event))


def _in_order(elements: Sequence[ElementFacts]) -> list[ElementFacts]:
    """Each element after those that lead to it, one branch after the other; ways back are not followed."""
    known = {e.id: e for e in elements}
    hosted: dict[str, list[str]] = {}
    for e in elements:
        if e.kind == "boundaryEvent":
            hosted.setdefault(e.host, []).append(e.id)
    starts = sorted((e for e in elements if not e.incoming and e.kind != "boundaryEvent"), key=lambda e: e.kind != "startEvent")
    found: list[str] = []
    entered: set[str] = set()
    for start in [*starts, *elements]:
        if start.id not in entered:
            found += _behind(start.id, known, hosted, entered)
    return [known[id_] for id_ in found]


def _behind(first: str, known: Mapping[str, ElementFacts], hosted: Mapping[str, Sequence[str]], entered: set[str]) -> list[str]:
    """An element and all behind it. Depth first: one is done when everything behind it is, so the reverse is the order of reading."""
    done: list[str] = []
    path = [(first, _next(known[first], known, hosted))]
    entered.add(first)
    while path:
        id_, behind = path[-1]
        following = next((other for other in behind if other not in entered), None)
        if following is None:
            done.append(id_)
            path.pop()
        else:
            entered.add(following)
            path.append((following, _next(known[following], known, hosted)))
    return done[::-1]


def _next(element: ElementFacts, known: Mapping[str, ElementFacts], hosted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What to read after an element, last first: where its ways lead, then what its boundary events bring."""
    behind = [*element.flows, *hosted.get(element.id, ())]
    return (other for other in reversed(behind) if other in known)


def _moment(event: ElementFacts) -> str:
    """ "after 14 calendar days", "when the message “…” arrives"; of several event definitions each."""
    if len(event.triggers) > 1:
        said = (_moment(replace(each, name="")) for each in event.by_trigger)
        return (" and " if event.event == "parallelMultiple" else " or ").join(said)
    if event.event == "timer":
        return _time(event)
    words = EVENTS.get(event.event, "when it happens")
    return words.format(event.name or event.event_name)


def _time(event: ElementFacts) -> str:
    drawn, text = event.timer, event.timer_value
    if text.startswith("="):
        again = "again and again: " if drawn == "timeCycle" else ""
        return f"{again}{event.name or 'at a time that Casework works out'}"
    working = event.properties.get("dayKind") == "working"
    try:
        if drawn == "timeDuration":
            return f"after {calendars.say_duration(text, working=working)}"
        if drawn == "timeCycle" and "/" in text:
            return f"every {calendars.say_duration(text.rpartition('/')[2])}"
    except EngineError:
        return f"at {text}"
    return f"on {calendars.say_date(calendars.read_date(text[:10]))}" if calendars.is_date(text[:10]) else f"at {text}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
