"""BPMN XML to a model. Everything the engine would not honour is a problem here, with the element and the cure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import partial
from typing import Any

from engine.errors import Problem

from .collaboration import Collaboration, read_collaboration
from .data import DataReader
from .event_definitions import EventReader
from .extensions import BPMN, ZEEBE, Refuse, local, read_zeebe
from .flows import join
from .handlers import attach, check_thrown
from .markers import MarkerReader, read_ad_hoc, read_feel, read_quantity
from .model import Element, Flow, Process, Scope
from .references import check_references
from .rules import check_element, check_expression
from .source import Unreadable, parse
from .tolerance import forgive

INSIDES = {"subProcess", "transaction", "adHocSubProcess"}
TASKS = {
    "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity",
    *INSIDES,
}  # fmt: skip
# Drawn nowhere and called by call activities: each is read as a process with nothing but this in it.
GLOBAL_TASKS = {
    "globalTask": "task", "globalManualTask": "manualTask", "globalUserTask": "userTask", "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}  # fmt: skip
EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
GATEWAYS = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
# Drawn for people to read; they change nothing.
NOTES = {
    "documentation", "extensionElements", "sequenceFlow", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference",
    "textAnnotation", "association", "group", "ioSpecification", "incoming", "outgoing", "property", "auditing", "monitoring",
    "dataInputAssociation", "dataOutputAssociation", "category", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
    "completionCondition", "supportedInterfaceRef", "ioBinding", "resourceRole", "performer", "humanPerformer", "potentialOwner",
}  # fmt: skip
INNER = {"activationCondition", "script", "inputSet", "outputSet", "dataInput", "dataOutput", "rendering"}
INSTANTIATE = {"receiveTask", "eventBasedGateway"}


class Reader:
    """Reads one file. `processes`, `problems` and `notes` are its results."""

    def __init__(
        self, file: str, content: bytes, executable: Collection[str] = (), *, known: bool = False, forgiving: bool = False
    ) -> None:
        """`executable`: processes to read although the file does not mark them so. `known`: its FEEL was found right before.
        `forgiving`: for a rehearsal, which goes on without some of what a deployment needs; `notes` says which."""
        self.file, self._known, self._forgiving = file, known, forgiving
        self.processes: dict[str, Process] = {}
        self.drafts: list[str] = []  # processes that are not read, for they are not executable
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.collaboration = Collaboration()
        try:
            root = parse(content)
        except Unreadable as error:
            self.problem("", str(error))
            return
        if forgiving:
            forgive(root, self.note)
        self._events, self._data = EventReader(root), DataReader(root)
        self.collaboration = read_collaboration(root)
        self._markers = MarkerReader(root, self._events)
        self._lanes = {ref.text: lane.get("name") or "" for lane in root.iter(BPMN + "lane") for ref in lane.findall(BPMN + "flowNodeRef")}
        self._associations = [(node.get("sourceRef"), node.get("targetRef")) for node in root.iter(BPMN + "association")]
        self._read(root, executable)

    def problem(self, element: str, message: str) -> None:
        self.problems.append(Problem(self.file, element, message))

    def note(self, element: str, message: str) -> None:
        """What a deployment refuses and a rehearsal does without."""
        (self.notes if self._forgiving else self.problems).append(Problem(self.file, element, message))

    def _refuse(self, element: str) -> Refuse:
        return Refuse(partial(self.problem, element), partial(self.note, element))

    def _check(self, text: str, refuse: Refuse) -> None:
        if not self._known:
            check_expression(text, refuse)

    def _read(self, root: Any, executable: Collection[str]) -> None:
        every = root.findall(BPMN + "process")
        ids = Counter(node.get("id") for node in root.iter() if local(node) and node.tag.startswith(BPMN) and node.get("id"))
        for ident in [ident for ident, count in ids.items() if count > 1]:
            self.problem(ident, f"{ids[ident]} elements have this id. Give each its own.")
        chosen = [node for node in every if node.get("isExecutable") == "true" or node.get("id") in executable]
        drafts = [node for node in every if node not in chosen]
        self.drafts = [node.get("id") or "" for node in drafts]
        elsewhere = {inner.get("id") for node in drafts for inner in node.iter()}
        self.notes = [note for note in self.notes if note.element not in elsewhere]
        if not chosen:
            self.note("", "No process in this file is executable. Tick “Executable” in the properties of the process.")
        calls = {_called(node) for node in root.iter(BPMN + "callActivity")}
        tasks = [node for node in root if local(node) in GLOBAL_TASKS and node.get("id") in calls]
        self._global_tasks = {node.get("id") for node in tasks}
        for node in tasks:
            self._global_task(node)
        for node in chosen:
            if self._forgiving and node.get("isExecutable") != "true":
                self.note(node.get("id"), "The process is not marked as executable. Tick “Executable” in its properties.")
        # Whoever marks it as executable is told now what else there is to do.
        read = chosen or ([] if self._forgiving else every)
        for node in read:
            self._process(node)
        if not self._known:
            unread = [node for node in every if node not in read]
            check_references(root, lambda node: not _is_in(node, unread), self.note)

    def _process(self, node: Any) -> None:
        ident = node.get("id") or ""
        if not ident:
            self.problem("", "A process has no id. Give it one.")
        zeebe = read_zeebe(node, "process", self._refuse(ident))
        scope = self._scope(node, ident, "")
        check_thrown(scope, {}, self.problem)
        self.processes[ident] = Process(ident, self.file, scope, _documentation(node), zeebe.properties)

    def _global_task(self, node: Any) -> None:
        process = _process_of(node.get("id"))
        element = self._element(node, GLOBAL_TASKS[local(node)], process, process, "", inside=False)
        scope = Scope(process, element.name, {element.id: element})
        join(scope, self.problem)
        self.processes[process] = Process(process, self.file, scope, element.documentation)

    def _scope(self, node: Any, process: str, lane: str) -> Scope:
        scope = Scope(node.get("id") or "", node.get("name") or "")
        for child in node:
            kind = local(child)
            if kind in TASKS | EVENTS | GATEWAYS:
                element = self._element(child, kind, process, scope.id, lane, inside=node.get("triggeredByEvent") == "true")
                scope.elements[element.id] = element
            elif kind == "correlationSubscription":
                self.note(scope.id, "A correlation subscription is not honoured. Give the message a correlation key.")
            elif kind not in NOTES and child.tag.startswith(BPMN):
                self.problem(child.get("id") or scope.id, f"{kind} is not supported. Remove it.")
        for flow in node.findall(BPMN + "sequenceFlow"):
            self._flow(flow, scope)
        attach(scope, self._associations, self.problem)
        join(scope, self.problem)
        return scope

    def _element(self, node: Any, kind: str, process: str, parent: str, lane: str, *, inside: bool) -> Element:
        ident = node.get("id") or ""
        refuse = self._refuse(ident)
        zeebe = read_zeebe(node, kind, refuse)
        if called := _called(node):
            called = _process_of(called) if called in self._global_tasks else called
            zeebe.parts.setdefault("calledElement", {})["processId"] = called
        if not ident:
            self.problem(parent, f"A {kind} in it has no id. Open and save the file in a modeller.")
        element = Element(
            ident,
            kind,
            process,
            " ".join((node.get("name") or "").split()),
            _documentation(node),
            self._lanes.get(ident, lane),
            zeebe,
            default=node.get("default") or "",
            host=(node.get("attachedToRef") or "") if kind == "boundaryEvent" else "",
            interrupting=node.get("cancelActivity", node.get("isInterrupting", "true")) == "true",
            triggered=kind == "subProcess" and node.get("triggeredByEvent") == "true",
            parent=parent,
            inside=inside,
            for_compensation=kind in TASKS and node.get("isForCompensation") == "true",
            instantiates=kind in INSTANTIATE and node.get("instantiate") == "true",
            parallel=node.get("eventGatewayType") == "Parallel",
            start_quantity=read_quantity(node, "startQuantity", refuse),
            completion_quantity=read_quantity(node, "completionQuantity", refuse),
        )
        self._parts(element, node, refuse)
        self._data.read(element, node, refuse)
        self._attributes(node, ident)
        for text in element.texts():  # the conditions of its arrows come later, each by its own id
            self._check(text, refuse)
        check_element(element, refuse)
        return element

    def _parts(self, element: Element, node: Any, refuse: Refuse) -> None:
        """What is written inside an element."""
        if element.kind in EVENTS | {"receiveTask", "sendTask"}:
            element.event = self._events.read(node, element.kind, element.inside, element.zeebe, refuse)
        if element.kind in INSIDES:
            element.scope = self._scope(node, element.process, element.lane)
            if element.triggered:  # by what it is started with, whatever its marker says
                element.for_compensation = any(
                    e.kind == "startEvent" and e.event_kind == "compensate" for e in element.scope.elements.values()
                )
        if element.kind == "adHocSubProcess":
            element.ad_hoc = read_ad_hoc(node, element.zeebe, refuse)
        if element.kind == "complexGateway":
            element.activation = read_feel(node, "activationCondition", refuse)
        element.loop = self._markers.multi_instance(node, refuse)
        element.standard_loop = self._markers.standard_loop(node, refuse)

    def _attributes(self, node: Any, ident: str) -> None:
        if node.get("instantiate", "false") != "false" and local(node) not in INSTANTIATE:
            self.problem(
                ident, "Only a receive task or an event-based gateway can instantiate. Remove the attribute, or use a start event."
            )
        if node.get("eventGatewayType", "Exclusive") not in ("Exclusive", "Parallel"):
            self.problem(ident, f"The eventGatewayType “{node.get('eventGatewayType')}” is not known. Write Exclusive or Parallel.")
        if local(node) not in INSIDES:
            for inner in map(local, node):
                if inner not in NOTES | INNER and not inner.lower().endswith(("eventdefinition", "eventdefinitionref")):
                    self.problem(ident, f"{inner} is not supported here. Remove it.")

    def _flow(self, node: Any, scope: Scope) -> None:
        ident = node.get("id") or ""
        source, target = scope.elements.get(node.get("sourceRef")), scope.elements.get(node.get("targetRef"))
        if source is None or target is None:
            self.problem(ident, "The arrow does not join two elements of the same process or sub-process. Draw it again.")
            return
        condition = node.find(BPMN + "conditionExpression")
        text = (condition.text or "").strip() if condition is not None else ""
        if text and not text.startswith("="):
            self.problem(ident, f"The condition “{text}” is not FEEL. Write it with a leading “=”.")
            text = "=false"  # it is no arrow without a condition
        self._check(text, self._refuse(ident))
        source.flows.append(Flow(ident, target.id, text))


def _is_in(node: Any, processes: list[Any]) -> bool:
    return any(around in processes for around in (node, *node.iterancestors()))


def _documentation(node: Any) -> str:
    return "\n\n".join((part.text or "").strip() for part in node.findall(BPMN + "documentation"))


def _called(node: Any) -> str:
    """What a call activity calls: as zeebe says it, else as BPMN does."""
    zeebe = node.find(f"{BPMN}extensionElements/{ZEEBE}calledElement")
    said: str = (zeebe.get("processId") if zeebe is not None else None) or node.get("calledElement") or ""
    return said


def _process_of(task: str) -> str:
    """The id of the process that a global task is."""
    return f"{task}.process"
