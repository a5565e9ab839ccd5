"""A procedure: its descriptor and everything deployed with it, compiled and kept ready."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import declared_access, declared_procedure, forms, letters, papers, spiff, terms
from .declared_procedure import CLASSIFICATION, Procedure
from .errors import NotFound, Problem
from .forms import Form
from .letters import LetterTemplate
from .models import UNCLASSIFIED, DeployedFile, Deployment, ProcessInstance
from .papers import PaperTemplate
from .terms import TermList

KEPT = 16  # so many bundles are kept compiled
Written = TypeVar("Written")  # a template of one kind


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
        procedure, problems = declared_procedure.read(bundle)
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
