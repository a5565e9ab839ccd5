"""A procedure: its descriptor `procedure.toml`, and everything deployed with it, compiled and kept ready.

The descriptor says what BPMN has no words for: the procedure's name, who may start it, how references look,
its roles, the organisations that take part, and its registers.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import chronology, declared_access, declared_registers, descriptor, feel, forms, letters, papers, spiff, terms
from .declared_access import Access
from .declared_registers import Register
from .errors import FeelError, NotFound, Problem
from .forms import Form
from .letters import LetterTemplate
from .models import UNCLASSIFIED, DeployedFile, Deployment, ProcessInstance
from .papers import PaperTemplate
from .terms import TermList

DESCRIPTOR = descriptor.FILE
CLASSIFICATION = "classification"  # the property that says how sensitive something is
SEES_ALL = "cases"  # what a role's `sees` says where it may open every case
KEPT = 16  # so many bundles are kept compiled
Written = TypeVar("Written")  # a template of one kind


@dataclass(frozen=True)
class Role:
    """What people act as in a procedure. With `per_organisation` its groups are "role:organisation"; with `per_case` a case gives it."""

    key: str
    name: str
    sees_cases: bool = False
    per_organisation: bool = False
    per_case: bool = False
    email: str = ""
    classification: str = UNCLASSIFIED  # how sensitive it is who acts as it in a case


@dataclass(frozen=True)
class Organisation:
    """A body that takes part."""

    key: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Signpost:
    """Answers of the start form that lead to a letter instead of a case."""

    when: str  # "= FEEL"
    letter: str


@dataclass(frozen=True)
class Start:
    """How a case begins."""

    process: str
    who: frozenset[str] = frozenset()  # roles
    public: bool = False
    signposts: tuple[Signpost, ...] = ()
    prefix: str | None = None  # of the references of cases that begin so; without one, the procedure's

    @property
    def by_people(self) -> bool:
        """False where only a message, a signal or a time begins it."""
        return self.public or bool(self.who)


@dataclass(frozen=True)
class Reference:
    """How references look: the prefix, then random characters, so that they neither count nor tell anything."""

    prefix: str = ""
    length: int = 4


@dataclass(frozen=True)
class Procedure:
    """The descriptor."""

    key: str
    name: str
    summary: str = ""
    starts: tuple[Start, ...] = ()
    reference: Reference = Reference()
    roles: Mapping[str, Role] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    access: Access = field(default_factory=Access)
    registers: Mapping[str, Register] = field(default_factory=dict)
    chronology: tuple[chronology.Source, ...] = ()

    def reference_of(self, process: str) -> Reference:
        """How references of cases look that begin with this process."""
        prefix = next((start.prefix for start in self.starts if start.process == process and start.prefix is not None), None)
        return self.reference if prefix is None else replace(self.reference, prefix=prefix)

    def start_of(self, process: str | None = None) -> Start:
        """The start of this process; without one, the procedure's first."""
        for start in self.starts:
            if process in (None, start.process):
                return start
        raise NotFound("There is nothing here to start.")

    def role_of(self, group: str) -> Role | None:
        """The role of a group: "senior_manager:police" is of the role "senior_manager"."""
        return self.roles.get(group.partition(":")[0])

    def group_for(self, text: str) -> str:
        """The group that a diagram means: a lane may carry a role's key or its name."""
        if self.role_of(text):
            return text
        return next((role.key for role in self.roles.values() if role.name == text.strip()), text)

    def group_name(self, group: str) -> str:
        """How people call a group: "Senior Manager, Police Scotland"."""
        role, organisation = self.role_of(group), self.organisations.get(group.partition(":")[2])
        if role is None:
            return group
        return f"{role.name}, {organisation.name}" if organisation else role.name


@dataclass(frozen=True)
class Deployed:
    """One deployment, compiled: what every running instance of it needs."""

    deployment_id: int
    version: int
    procedure: Procedure
    definitions: spiff.Definitions
    forms: Mapping[str, Form]
    letters: Mapping[str, LetterTemplate]
    papers: Mapping[str, PaperTemplate]
    lists: Mapping[str, TermList]
    diagrams: Mapping[str, bytes]
    deadline_hosts: frozenset[str]  # elements that must be finished by some deadline
    watchers: frozenset[str]  # roles that may see cases of this procedure, whatever case it is

    def form(self, key: str) -> Form:
        """The form of this name, as it was deployed."""
        return self.forms[key]

    def element(self, process_key: str, element_id: str) -> spiff.ElementFacts | None:
        """An element as it is drawn."""
        process = self.definitions.processes.get(process_key)
        return process.elements.get(element_id) if process else None

    def classifier(self, form: Form | None, process_key: str, element_id: str) -> Callable[[str], str]:
        """How sensitive a file is that came with a form at this element, by its control: as its field says, else as the element does."""
        fields = form.classifications() if form is not None else {}
        return lambda control: fields.get(forms.shape(control)) or self.classification_of(process_key, element_id)

    def classification_of(self, process_key: str, element_id: str) -> str:
        """How sensitive what is given in or written at an element is: as the element says, else its process."""
        process, element = self.definitions.processes.get(process_key), self.element(process_key, element_id)
        if process is None:
            return UNCLASSIFIED
        own = element.properties.get(CLASSIFICATION) if element else None
        return own or process.properties.get(CLASSIFICATION) or UNCLASSIFIED


def read(bundle: Mapping[str, bytes]) -> tuple[Procedure, list[Problem]]:
    """The descriptor of a bundle, and what is wrong with it."""
    empty = Procedure("", "")
    if DESCRIPTOR not in bundle:
        return empty, [Problem(DESCRIPTOR, "", "The file is missing. Add procedure.toml with at least key and name.")]
    try:
        data = tomllib.loads(bundle[DESCRIPTOR].decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return empty, [Problem(DESCRIPTOR, "", f"The file cannot be read: {error}. Correct that line.")]
    except RecursionError:
        return empty, [Problem(DESCRIPTOR, "", "The file cannot be read: its lists are nested too deeply. Write them flat.")]
    misshapen = descriptor.problems(data)
    return (empty, misshapen) if misshapen else (_procedure(data), _problems(data))


def _problems(data: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem(DESCRIPTOR, key, f"“{key}” is missing. Give it as text.") for key in ("key", "name") if not isinstance(data.get(key), str)
    ]
    for section in ("roles", "organisations"):
        for key, entry in _table(data, section).items():
            if not _is_named(entry):
                found.append(Problem(DESCRIPTOR, f"{section}.{key}", 'A name is missing. Add name = "…".'))
    for start in _starts(data):
        if not _is_start(start):
            found.append(Problem(DESCRIPTOR, "start", 'The process that starts a case is missing. Add process = "…".'))
            continue
        found += [
            Problem(DESCRIPTOR, "start.who", f"There is no role “{role}”. Add it under [roles] or correct it.")
            for role in start.get("who", [])
            if role not in _table(data, "roles")
        ]
        found += [problem for signpost in start.get("signpost", []) for problem in _signpost_problems(signpost)]
    found += chronology.problems(data.get(chronology.SECTION, []), DESCRIPTOR)
    found += declared_registers.problems(_table(data, "registers"), _table(data, "roles"), DESCRIPTOR)
    return found


def _signpost_problems(signpost: Mapping[str, Any]) -> list[Problem]:
    if not {"when", "letter"} <= set(signpost):
        return [Problem(DESCRIPTOR, "start.signpost", "A signpost needs `when` (a FEEL condition) and `letter`.")]
    try:
        feel.names(signpost["when"].removeprefix("="))
    except FeelError as error:
        return [Problem(DESCRIPTOR, "start.signpost", f"The condition cannot be read: {error}")]
    return []


def _table(data: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    table = data.get(section, {})
    return table if isinstance(table, dict) else {}


def _starts(data: Mapping[str, Any]) -> list[Any]:
    start = data.get("start", [])
    return start if isinstance(start, list) else [start]


def _procedure(data: Mapping[str, Any]) -> Procedure:
    """As much of the descriptor as can be understood."""
    reference = _table(data, "reference")
    return Procedure(
        key=str(data.get("key") or ""),
        name=str(data.get("name") or ""),
        summary=data.get("summary", ""),
        starts=tuple(_start(start) for start in _starts(data) if _is_start(start)),
        reference=Reference(reference.get("prefix", ""), int(reference.get("length", 4))),
        roles={key: _role(key, role) for key, role in _table(data, "roles").items() if _is_named(role)},
        organisations={
            key: Organisation(key, o["name"], o.get("email", "")) for key, o in _table(data, "organisations").items() if _is_named(o)
        },
        chronology=chronology.read(data.get(chronology.SECTION, [])),
        registers=declared_registers.read(_table(data, "registers")),
        access=declared_access.read(_table(data, "access")),
    )


def _is_named(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("name"), str)


def _is_start(start: Any) -> bool:
    return isinstance(start, dict) and isinstance(start.get("process"), str)


def _role(key: str, role: Mapping[str, Any]) -> Role:
    per = role.get("per")
    email, classification = role.get("email", ""), role.get(CLASSIFICATION, UNCLASSIFIED)
    return Role(key, role["name"], role.get("sees") == SEES_ALL, per == "organisation", per == "case", email, classification)


def _start(start: Mapping[str, Any]) -> Start:
    signposts = tuple(Signpost(s["when"], s["letter"]) for s in start.get("signpost", []) if {"when", "letter"} <= set(s))
    return Start(start["process"], frozenset(start.get("who", [])), bool(start.get("public")), signposts, start.get("prefix"))


@dataclass(frozen=True)
class Compiled:
    """The files of a bundle, read."""

    procedure: Procedure
    definitions: spiff.Definitions
    forms: Mapping[str, Form]
    letters: Mapping[str, LetterTemplate]
    papers: Mapping[str, PaperTemplate]
    lists: Mapping[str, TermList]
    problems: Sequence[Problem]  # of each file by itself
    known: bool  # read in the knowledge that nothing is wrong


_compiled: dict[str, Compiled] = {}  # by checksum: the same files are read once in this process


@dataclass(frozen=True)
class _Known:
    """What this process has read of a database's deployments. None of it is ever edited."""

    # A deployment that is rolled back leaves its number to the next one, but not its files' checksum.
    deployments: dict[tuple[int, str], Deployed] = field(default_factory=dict)
    of_definitions: dict[UUID, Deployed] = field(default_factory=dict)


_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()  # by database


def deployed(session: Session, procedure_key: str) -> Deployed:
    """The newest deployment of this procedure; NotFound where there is none."""
    of_key = select(Deployment).where(Deployment.procedure_key == procedure_key)
    newest = session.scalar(of_key.order_by(Deployment.version.desc()).limit(1))
    if newest is None:
        raise NotFound("There is no such procedure.")
    return of_deployment(session, newest)


def all_deployed(session: Session) -> list[Deployed]:
    """The newest deployment of every procedure, by name."""
    keys = session.scalars(select(Deployment.procedure_key).distinct())
    return sorted((deployed(session, key) for key in keys), key=lambda one: one.procedure.name)


def of_deployment(session: Session, deployment: Deployment) -> Deployed:
    """This deployment, compiled once in this process: what is deployed is never edited."""
    known, key = _known.setdefault(session.get_bind(), _Known()).deployments, (deployment.id, deployment.checksum)
    if key not in known:
        known[key] = _load(session, deployment)
    return known[key]


def of_instance(session: Session, instance: ProcessInstance) -> Deployed:
    """The deployment that this instance was started with and stays with."""
    known = _known.setdefault(session.get_bind(), _Known()).of_definitions
    if instance.definition_id not in known:
        known[instance.definition_id] = of_deployment(session, instance.definition.deployment)
    return known[instance.definition_id]


def _load(session: Session, deployment: Deployment) -> Deployed:
    rows = session.execute(select(DeployedFile.path, DeployedFile.content).where(DeployedFile.deployment_id == deployment.id))
    bundle = {path: content for path, content in rows}
    files = compile_bundle(bundle, known=True)
    diagrams = {path: content for path, content in bundle.items() if path.endswith(".bpmn")}
    return Deployed(
        deployment.id, deployment.version, files.procedure, files.definitions, files.forms, files.letters, files.papers, files.lists,
        diagrams, _deadline_hosts(files.definitions), _watchers(files.procedure, files.definitions),
    )  # fmt: skip


def compile_bundle(bundle: Mapping[str, bytes], *, known: bool = False) -> Compiled:
    """Read every file of a bundle, each by itself, with all that is wrong in any of them.

    known: the bundle was found right when it was deployed. Reading it is then several times quicker: its FEEL is compiled
    when it is first needed, and nothing is said about what it reads.
    """
    key = checksum(bundle)
    if key not in _compiled or (_compiled[key].known and not known):
        procedure, problems = read(bundle)
        definitions, in_diagrams = spiff.compile_procedure(bundle, known=known)
        read_forms, in_forms = _forms(bundle, known)
        read_letters, in_letters = _templates(bundle, "letters", letters.read, known)
        read_papers, in_papers = _templates(bundle, "documents", papers.read, known)
        read_lists, in_lists = terms.read_all(bundle)
        if len(_compiled) >= KEPT:
            _compiled.pop(next(iter(_compiled)))
        _compiled[key] = Compiled(
            procedure, definitions, read_forms, read_letters, read_papers, read_lists,
            [*problems, *in_diagrams, *in_forms, *in_letters, *in_papers, *in_lists], known,
        )  # fmt: skip
    return _compiled[key]


def checksum(bundle: Mapping[str, bytes]) -> str:
    """The fingerprint of a bundle: changes with any file's name or content."""
    digest = hashlib.sha256()
    for path, content in sorted(bundle.items()):
        digest.update(f"{len(path)}:{path}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _deadline_hosts(definitions: spiff.Definitions) -> frozenset[str]:
    elements = (element for process in definitions.processes.values() for element in process.elements.values())
    return frozenset(element.host for element in elements if "deadline" in element.properties)


def _watchers(procedure: Procedure, definitions: spiff.Definitions) -> frozenset[str]:
    """The roles that see cases; with an access table those it names that are not of single cases or organisations."""
    if not procedure.access.decision:
        return frozenset(role.key for role in procedure.roles.values() if role.sees_cases)
    named = declared_access.words_in(definitions.columns(procedure.access.decision).get("who", []))
    return frozenset(word for word in named if (role := procedure.roles.get(word)) and not role.per_case and not role.per_organisation)


def _forms(bundle: Mapping[str, bytes], known: bool) -> tuple[dict[str, Form], list[Problem]]:
    read = [forms.read(content, path, known=known) for path, content in sorted(bundle.items()) if path.endswith(".form")]
    return {form.id: form for form, _ in read}, [problem for _, problems in read for problem in problems]


def _templates(
    bundle: Mapping[str, bytes], folder: str, read: Callable[..., tuple[Written, list[Problem]]], known: bool
) -> tuple[dict[str, Written], list[Problem]]:
    """The templates of one folder by their keys, and what is wrong in any of them."""
    paths = sorted(path for path in bundle if PurePosixPath(path).parent.name == folder and path.endswith(".md"))
    found = {PurePosixPath(path).stem: read(bundle[path], path, known=known) for path in paths}
    return {key: template for key, (template, _) in found.items()}, [problem for _, problems in found.values() for problem in problems]
