"""Reading, checking and deploying a procedure: folders of files that are made live together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from . import checks, clock, declared_procedure, procedures, starts
from .declared_procedure import DESCRIPTOR, Procedure
from .errors import Invalid, Problem, Refused
from .identity import SYSTEM, Actor
from .models import DeployedFile, Deployment, ProcessDefinition

KINDS = (".bpmn", ".dmn", ".form", ".md", ".toml", ".txt")
TURN = 2028  # any number, as long as nobody else locks it
NOT_DEPLOYED = frozenset({"demonstration.toml", "README.md"})


def read(folders: Iterable[Path]) -> dict[str, bytes]:
    """The files of a procedure's folders, by their path inside them; and files by themselves, by their path as it is given."""
    bundle: dict[str, bytes] = {}
    for folder in folders:
        if folder.is_file():
            bundle[folder.as_posix()] = _alone(folder)
            continue
        if not folder.is_dir():
            raise Invalid({str(folder): f"There is no folder {folder}. Name the folders of one procedure, such as bpmn/x forms/x."})
        for file in sorted(folder.rglob("*")):
            if file.suffix in KINDS and file.name not in NOT_DEPLOYED:
                bundle[file.relative_to(folder).as_posix()] = file.read_bytes()
    return bundle


def _alone(file: Path) -> bytes:
    if file.suffix.lower() not in (".bpmn", ".dmn", ".form"):
        raise Invalid({str(file): f"{file} cannot be checked by itself. Name a .bpmn, .dmn or .form file, or the folders of a procedure."})
    return file.read_bytes()


def deploy(session: Session, bundle: Mapping[str, bytes], *, actor: Actor = SYSTEM) -> Deployment:
    """Make these files live together as the next version; running cases stay on theirs.

    Raises Refused with everything that would stop a case later; then nothing is stored. The same files again
    give the deployment they already have.
    """
    procedure, _ = declared_procedure.read(bundle)
    if session.get_bind().dialect.name == "postgresql":  # two that deploy at once take turns; in SQLite they do anyway
        session.execute(select(func.pg_advisory_xact_lock(TURN)))
    before = versions(session, procedure.key)
    if before and before[0].checksum == procedures.checksum(bundle):
        return before[0]
    if problems := [*checks.check(bundle), *_taken_roles(session, procedure)]:
        raise Refused(problems)
    return _store(session, bundle, procedure, before[0].version + 1 if before else 1, actor)


def _taken_roles(session: Session, procedure: Procedure) -> Iterator[Problem]:
    """People hold a role by its key, whatever the procedure: one key with two meanings would give the one to who was given the other."""
    for other in procedures.all_deployed(session):
        for key, role in other.procedure.roles.items() if other.procedure.key != procedure.key else ():
            if key in procedure.roles and procedure.roles[key].name != role.name:
                yield Problem(
                    DESCRIPTOR,
                    f"roles.{key}",
                    f"“{other.procedure.name}” has this role too and calls it “{role.name}”, and whoever is given the one has the other. "
                    f"Give it the same name if it is the same, else another key.",
                )


def versions(session: Session, procedure_key: str) -> list[Deployment]:
    """Every deployment of a procedure, newest first."""
    of_key = select(Deployment).where(Deployment.procedure_key == procedure_key)
    return list(session.scalars(of_key.order_by(Deployment.version.desc())))


def _store(session: Session, bundle: Mapping[str, bytes], procedure: Procedure, version: int, actor: Actor) -> Deployment:
    definitions = procedures.compile_bundle(bundle).definitions
    deployment = Deployment(
        procedure_key=procedure.key, name=procedure.name, version=version, checksum=procedures.checksum(bundle),
        deployed_at=clock.now(), deployed_by=actor.name,
        files=[DeployedFile(path=path, content=content) for path, content in bundle.items()],
        processes=[ProcessDefinition(id=uuid4(), key=key, name=p.name or key, path=p.path) for key, p in definitions.processes.items()],
    )  # fmt: skip
    session.add(deployment)
    session.flush()
    starts.arm(session, deployment, definitions)
    return deployment
