"""The command `casework`: serving, working, and everything done to procedures from a terminal.

What a command needs is imported inside it, so that asking for help answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.errors import EngineError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.database import Sessions

    from .configuration import Configuration

FOLDERS = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])


class Commands(click.Group):
    """A group whose commands say what is wrong in a sentence and end with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with _said_in_sentences():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="casework", message="Casework %(version)s")
def main() -> None:
    """Run a committee's written procedure as executable BPMN diagrams.

    Start with `casework serve --demonstration`. Settings come from environment variables: `casework settings` lists them.
    """


@main.command()
@click.option("--host", help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve on.")
@click.option("--demonstration", is_flag=True, default=None, help="First deploy all procedures with sample cases and accounts.")
@click.option("--scheduler/--no-scheduler", default=True, help="Do what is due beside the site; --no-scheduler where `casework work` runs.")
def serve(host: str | None, port: int | None, demonstration: bool | None, scheduler: bool) -> None:
    """Serve the site, and do what is due."""
    from . import server

    configuration, sessions = _started(host=host, port=port, demonstration=demonstration)
    server.check_port(configuration)
    if configuration.demonstration:
        from .demonstrate import demonstrate

        demonstrate(configuration, sessions)
    _let_go(sessions)
    server.serve(configuration, ticking=scheduler)


@main.command()
def work() -> None:
    """Do what is due, in a process of its own: timers, service tasks, letters."""
    from . import server

    configuration, sessions = _started()
    server.work(configuration, sessions)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="DIR…|FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON, on standard output.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Find everything in a procedure's folders, or in single files, that would stop a case later.

    DIR… are all folders of one procedure, such as bpmn/my_procedure forms/my_procedure; a FILE (.bpmn, .dmn, .form) is looked at
    without the files it belongs to. Prints a line for each problem: file:line: element: what is wrong and what to do. Ends with 1 if
    there are problems.
    """
    from engine import checks, deployments, places

    bundle = deployments.read(paths)
    problems = checks.check(bundle) if any(path.is_dir() for path in paths) else checks.check_files(bundle)
    found = [(_stands(one.file, paths), places.line_of(bundle.get(one.file, b""), one), one) for one in problems]
    if as_json:
        told = [{"file": str(file), "line": line, "element": one.element, "sentence": one.message} for file, line, one in found]
        click.echo(json.dumps({"files": len(bundle), "problems": told}, ensure_ascii=False))
    else:
        for file, line, one in found:
            click.echo(f"{file}:{line}: {one.element + ': ' if one.element else ''}{one.message}", err=True)
        click.echo(
            _counted(len(problems)) if problems else f"No problems in {len(bundle)} {'file' if len(bundle) == 1 else 'files'}.",
            err=bool(problems),
        )
    sys.exit(1 if problems else 0)


def _stands(file: str, folders: tuple[Path, ...]) -> Path:
    """Where a file of a bundle stands, so that an editor can open it."""
    return next((folder / file for folder in folders if (folder / file).is_file()), Path(file))


def _counted(problems: int) -> str:
    return f"{problems} {'problem' if problems == 1 else 'problems'}."


@main.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDERS, metavar="DIR…")
def deploy(folders: tuple[Path, ...]) -> None:
    """Make a procedure's folders live together as its next version.

    DIR… as for `check`, which is done first; with problems nothing is stored. Running cases stay on their version.
    """
    from engine import database, deployments

    bundle = deployments.read(folders)
    _, sessions = _started()
    with database.transaction(sessions) as session:
        deployment = deployments.deploy(session, bundle)
    click.echo(f"{deployment.name} is live in version {deployment.version}.")


@main.group()
def user() -> None:
    """Accounts of people."""


@user.command()
@click.argument("email")
@click.option("--name", prompt=True, help="The person's name, as others read it.")
@click.option("--group", "groups", multiple=True, help="What the person acts as: a role's key, or role:organisation. Once for each.")
@click.option("--job-title", default="", help="Shown beside the name.")
@click.password_option(help="Asked for when left out, which keeps it out of the shell's history.")
def add(email: str, name: str, groups: tuple[str, ...], job_title: str, password: str) -> None:
    """Add an account that can sign in."""
    from engine import access, database, identity, procedures

    _, sessions = _started()
    with database.transaction(sessions) as session:
        known = {access.ADMINISTRATOR, *(role for deployed in procedures.all_deployed(session) for role in deployed.procedure.roles)}
        access.keep_apart(session, groups)
        identity.add_person(session, email=email, name=name, password=password, groups=groups, job_title=job_title)
    click.echo(f"{name} can sign in as {email}.")
    for group in groups:
        if group.partition(":")[0] not in known:
            click.echo(f"No procedure that is live knows the group {group}; it counts once one does.", err=True)


@main.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@click.option("--process", "processes", multiple=True, help="Id of a process to start. Without it, those of all pools, or the only one.")
@click.option("--start-event", "start_events", multiple=True, help="Id of the start event to begin at, where there are several.")
@click.option("--variables", default="{}", help="What each of them starts with, as JSON.", metavar="JSON")
@click.option("--answers", type=FILE, help="JSON file: for each element's id its answers; and “messages”, “signals” from outside.")
@click.option("--start", type=MOMENT, help="Where the clock stands at first (UTC): 2026-01-05T09:00:00 unless said.")
@click.option("--until", type=MOMENT, help="The clock goes no further than this (UTC).")
@click.option("--complete-jobs", is_flag=True, help="A service task without an answer is done without a result, instead of waiting.")
def play(files: tuple[Path, ...], answers: Path | None, start: datetime | None, until: datetime | None, **said: Any) -> None:
    """Run diagrams on the real engine, in memory and with a clock that jumps to whatever is due.

    FILE… are the .bpmn and .dmn files that belong together. Prints one JSON line for each thing that happens; the last one says how
    it ended: completed (exit code 0), refused (1), waiting (3), incident (4) or stopped because it never ends (5). bpmn/README.md
    describes the lines and the answers.
    """
    from engine import play as player

    lines = player.play(
        {file.as_posix(): file.read_bytes() for file in files}, processes=said["processes"],
        variables=_json("--variables", said["variables"]), answers=_json("--answers", _text(answers)) if answers else {},
        start=start.replace(tzinfo=UTC) if start else player.BEGINNING, until=until and until.replace(tzinfo=UTC),
        complete_jobs=said["complete_jobs"], start_events=said["start_events"],
    )  # fmt: skip
    line: Mapping[str, Any] = {}
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False))
    sys.exit(player.EXIT_CODES[line["state"]])


@main.command()
@click.argument("file", type=FILE)
@click.option("--decision", required=True, help="Id or name of the decision, decision service or knowledge model in the file.")
@click.option("--input", "given", default="{}", help="What the decision is about, as JSON.", metavar="JSON")
@click.option("--types", is_flag=True, help="""Print each value with what it is: {"type": "date", "value": "2026-03-03"}.""")
def decide(file: Path, decision: str, given: str, types: bool) -> None:
    """Decide by a decision table, and print the result as JSON. What cannot be decided is null; why is said beside it."""
    from engine import play as player

    xml = file.read_bytes()
    # Imported models lie with the file; there is no looking for them where nothing is imported.
    others = sorted(file.parent.rglob("*.dmn")) if b"importType" in xml else []
    beside = {other.relative_to(file.parent).as_posix(): other.read_bytes() for other in others if not other.samefile(file)}
    value, warnings = player.decide(xml, file.name, decision, _json("--input", given), beside=beside, types=types)
    for warning in warnings:
        click.echo(warning, err=True)
    click.echo(json.dumps(value, ensure_ascii=False))


@main.command()
@click.argument("name")
@click.option("--key", help="Whose it is, as those say who await it. Leave it out where the message only begins a case.")
@click.option("--variables", default="{}", help="What it brings, as JSON.", metavar="JSON")
@click.option("--time-to-live", default="P30D", show_default=True, help="How long it is kept while nobody awaits it.", metavar="DURATION")
@click.option("--signal", is_flag=True, help="Send a signal instead: to everyone who listens now.")
def message(name: str, key: str | None, variables: str, time_to_live: str, signal: bool) -> None:
    """Send a message to the case that awaits it, or begin one with it. It arrives with the next tick."""
    from engine import database, messages

    brings, life = _json("--variables", variables), messages.lasting(time_to_live)
    _, sessions = _started()
    with database.transaction(sessions) as session:
        messages.publish(session, name, key=key, variables=brings, life=life, kind="signal" if signal else "message")
    click.echo(f"The {'signal' if signal else 'message'} “{name}” is on its way.")


@main.command()
@click.argument("references", nargs=-1, metavar="[REFERENCE]…")
def verify(references: tuple[str, ...]) -> None:
    """Prove that nobody has changed the history of these cases, or of all. Ends with 1 if somebody has."""
    from sqlalchemy import select

    from engine import database, history
    from engine.models import ProcessInstance

    _, sessions = _started()
    with database.transaction(sessions, reading=True) as session:
        chosen = select(ProcessInstance).where(ProcessInstance.business_key.in_(references)) if references else select(ProcessInstance)
        instances = list(session.scalars(chosen))
        wrong = [f"{i.business_key or i.id}: {sentence}" for i in instances for sentence in history.verify(session, i)]
    wrong += [f"{reference}: There is no such case." for reference in references if reference not in {i.business_key for i in instances}]
    if wrong:
        raise EngineError("\n".join(wrong))
    click.echo(f"The history of {len(instances)} cases is as it was written.")


@main.group()
def demo() -> None:
    """The demonstration."""


@demo.command()
def load() -> None:
    """Deploy the procedures of the content folder and load their sample cases and accounts, once."""
    from .demonstrate import demonstrate

    demonstrate(*_started())


@main.command()
def settings() -> None:
    """List every setting: its environment variable, its value now, and what it is for."""
    from .configuration import Configuration, told

    for name, value, meaning in told(Configuration.from_environment()):
        click.echo(f"{click.style(name, bold=True)}={value}\n    {meaning}")
    _point_out_misspelt()


def _started(**said: Any) -> tuple[Configuration, Sessions]:
    """The configuration, and sessions on its database, which is brought up to date first."""
    from engine import database

    from .configuration import Configuration
    from .logs import prepare

    configuration = Configuration.from_environment(**said).prepared()
    prepare(configuration.log)
    _point_out_misspelt()
    database.upgrade(configuration.database_url)
    return configuration, database.sessions(database.connect(configuration.database_url))


def _let_go(sessions: Sessions) -> None:
    """Close the connections: the processes that serve make their own."""
    with sessions() as session:
        session.get_bind().engine.dispose()


def _point_out_misspelt() -> None:
    from .configuration import unknown

    for sentence in unknown():
        click.echo(sentence, err=True)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file} is not written in UTF-8. Save it so.", param_hint="--answers") from error


def _json(option: str, text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"this is not JSON: {error}", param_hint=option) from error
    if not isinstance(value, dict):
        raise click.BadParameter('a JSON object is needed, such as {"name": "value"}', param_hint=option)
    return value


@contextmanager
def _said_in_sentences() -> Iterator[None]:
    """What a person can act on is a sentence, not a trace."""
    try:
        yield
    except Refused as error:
        click.echo(f"{error}\n{_counted(len(error.problems))}", err=True)
        sys.exit(1)
    except EngineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception as error:
        # Only a command that used the database has loaded SQLAlchemy; asking for it here would slow down every other.
        sqlalchemy = sys.modules.get("sqlalchemy")
        if sqlalchemy is None or not isinstance(error, sqlalchemy.exc.OperationalError):
            raise
        click.echo(f"The database cannot be used: {error.orig}\nIts address is the setting CASEWORK_DATABASE_URL.", err=True)
        sys.exit(1)
