"""Procedures: what is deployed, in each version: diagrams, decision tables, forms, letters, roles; to read and to take away."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, TypeVar

from flask import Blueprint, Response, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import access, deployments, procedures
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import NOT_ENDED, DeployedFile, Deployment, ProcessDefinition, ProcessInstance
from engine.procedures import Deployed
from web.diagrams import diagrams_of
from web.documents import as_file
from web.unit_of_work import in_transaction

from . import preview, tables

bp = Blueprint("studio", __name__, url_prefix="/procedures")

Thing = TypeVar("Thing")
FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)

GONE = "There is no such part of a procedure."


@bp.app_template_filter()
def blanks(text: str) -> str:
    """A letter's text with “…” for everything that is filled in."""
    return FILLED_IN.sub("…", text)


@bp.get("", endpoint="procedures")
@in_transaction
def list_all(db: Session, actor: Actor) -> str:
    """Every procedure, in its newest version."""
    newest = [(deployed, db.get_one(Deployment, deployed.deployment_id)) for deployed in procedures.all_deployed(db)]
    running = _running(db, actor)
    by_procedure = {
        deployed.procedure.key: sum(running.get(one.id, 0) for one in deployments.versions(db, deployed.procedure.key))
        for deployed, _ in newest
    }
    return render_template("studio/procedures.html", newest=newest, running=by_procedure, seen=access.seen_procedures(db, actor))


@bp.get("/<procedure_key>")
@bp.get("/<procedure_key>/versions/<int:version>")
@in_transaction
def procedure(db: Session, actor: Actor, procedure_key: str, version: int | None = None) -> str:
    """What one version of a procedure is made of."""
    about = _about(db, procedure_key, version)
    return render_template(
        "studio/procedure.html", **about, diagrams=diagrams_of(about["deployed"]), forms=_forms(about["deployed"]),
        running=_running(db, actor), seen=access.seen_procedures(db, actor), decisions=tables.files(about["files"]),
    )  # fmt: skip


@bp.get("/<procedure_key>/versions/<int:version>/processes/<process_key>")
@in_transaction
def process(db: Session, actor: Actor, procedure_key: str, version: int, process_key: str) -> str:
    """One diagram: drawn, and in words."""
    about = _about(db, procedure_key, version)
    diagrams = diagrams_of(about["deployed"])
    shown = next((diagram for diagram in diagrams if diagram.process_key == process_key), None)
    return render_template("studio/process.html", **about, diagrams=diagrams, shown=_found(shown))


@bp.get("/<procedure_key>/versions/<int:version>/decisions/<path:path>")
@in_transaction
def decision(db: Session, actor: Actor, procedure_key: str, version: int, path: str) -> str:
    """The decision tables of one file."""
    about = _about(db, procedure_key, version)
    shown = next((file for file in tables.files(about["files"]) if file.path == path), None)
    return render_template("studio/decision.html", **about, shown=_found(shown))


@bp.get("/<procedure_key>/versions/<int:version>/forms/<form_id>")
@in_transaction
def form(db: Session, actor: Actor, procedure_key: str, version: int, form_id: str) -> str:
    """A form as people see it, without sending anything."""
    about = _about(db, procedure_key, version)
    shown = _found(about["deployed"].forms.get(form_id))
    return render_template(
        "studio/form.html", **about, form=shown, users=_users(about["deployed"]).get(form_id, []), pages=preview.pages(shown)
    )


@bp.get("/<procedure_key>/versions/<int:version>/letters/<letter_key>")
@in_transaction
def letter(db: Session, actor: Actor, procedure_key: str, version: int, letter_key: str) -> str:
    """A letter before it is filled in."""
    about = _about(db, procedure_key, version)
    return render_template("studio/letter.html", **about, letter=_found(about["deployed"].letters.get(letter_key)))


@bp.get("/<procedure_key>/versions/<int:version>/documents/<paper_key>")
@in_transaction
def paper(db: Session, actor: Actor, procedure_key: str, version: int, paper_key: str) -> str:
    """A document before it is filled in."""
    about = _about(db, procedure_key, version)
    return render_template("studio/paper.html", **about, paper=_found(about["deployed"].papers.get(paper_key)))


@bp.get("/<procedure_key>/versions/<int:version>/lists/<list_key>")
@in_transaction
def terms(db: Session, actor: Actor, procedure_key: str, version: int, list_key: str) -> str:
    """A list of terms that texts are searched for."""
    about = _about(db, procedure_key, version)
    return render_template("studio/terms.html", **about, list=_found(about["deployed"].lists.get(list_key)))


@bp.get("/<procedure_key>/versions/<int:version>/files/<path:path>")
@in_transaction
def file(db: Session, actor: Actor, procedure_key: str, version: int, path: str) -> Response:
    """One file as it was deployed."""
    content = _found(_about(db, procedure_key, version)["files"].get(path))
    return as_file(content, path.rpartition("/")[2])


@bp.get("/<procedure_key>/versions/<int:version>/files.zip")
@in_transaction
def files(db: Session, actor: Actor, procedure_key: str, version: int) -> Response:
    """All files of one version in their folders, ready to be edited and deployed again."""
    about = _about(db, procedure_key, version)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in about["files"].items():
            archive.writestr(f"{procedure_key}/{path}", content)
    return as_file(packed.getvalue(), f"{procedure_key}-{version}.zip", "application/zip")


def _about(db: Session, procedure_key: str, version: int | None) -> dict[str, Any]:
    """A version and its files; NotFound where there is none."""
    versions = deployments.versions(db, procedure_key)
    deployment = _found(next((one for one in versions if version in (None, one.version)), None))
    deployed = procedures.of_deployment(db, deployment)
    paths = select(DeployedFile.path, DeployedFile.content).where(DeployedFile.deployment_id == deployment.id).order_by(DeployedFile.path)
    return {
        "deployment": deployment, "deployed": deployed, "procedure": deployed.procedure, "versions": versions,
        "files": {path: content for path, content in db.execute(paths)},
    }  # fmt: skip


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise NotFound(GONE)
    return thing


def _running(db: Session, actor: Actor) -> dict[int, int]:
    """Running cases by deployment, of those the actor may know of: counts tell of cases too."""
    counted = (
        select(ProcessDefinition.deployment_id, func.count()).join(ProcessInstance, ProcessInstance.definition_id == ProcessDefinition.id)
        .where(access.seen(actor), ProcessInstance.state.in_(NOT_ENDED)).group_by(ProcessDefinition.deployment_id)
    )  # fmt: skip
    return {deployment: count for deployment, count in db.execute(counted)}


def _users(deployed: Deployed) -> dict[str, list[str]]:
    """For each form the steps that ask for it, by name."""
    found: dict[str, list[str]] = {}
    for element in (e for process in deployed.definitions.processes.values() for e in process.elements.values() if e.form_key):
        if (name := element.name or element.id) not in found.setdefault(element.form_key, []):
            found[element.form_key].append(name)
    return found


def _forms(deployed: Deployed) -> list[tuple[str, str]]:
    """Each form's id and what people know it by: the steps that ask for it."""
    users = _users(deployed)
    return sorted(
        ((form_id, ", ".join(users.get(form_id, ["Asked for by no step"]))) for form_id in deployed.forms), key=lambda form: form[1]
    )
