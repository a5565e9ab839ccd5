"""Every setting there is, each read from an environment variable named CASEWORK_ and its name in capitals."""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from engine.errors import Invalid

PREFIX = "CASEWORK_"
ROOT = Path(__file__).resolve().parent.parent
SECRET = frozenset({"secret_key", "smtp_password"})
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
EXAMPLE = "postgresql://name:password@host/casework"


@dataclass(frozen=True)
class Configuration:
    """What a process of Casework is told from outside. Each sentence is what `casework settings` prints."""

    folder: Annotated[Path, "Folder for what is kept in files: the SQLite database and the secret key."] = ROOT / "instance"
    database_url: Annotated[str, "The database as a SQLAlchemy URL. Empty: SQLite in the folder."] = ""
    secret_key: Annotated[str, "Signs cookies. Empty: made once and kept in the folder, for its owner's eyes only."] = ""
    content: Annotated[Path, "Folder with the bpmn and forms folders that a demonstration deploys."] = ROOT
    demonstration: Annotated[bool, "Deploys all procedures, loads their sample cases, lists their accounts at sign-in."] = False
    host: Annotated[str, "Address to serve on. 0.0.0.0 serves other machines too."] = "127.0.0.1"
    port: Annotated[int, "Port to serve on."] = 8000
    base_url: Annotated[str, "The address people use, for links in letters. With https, cookies need it. Empty: host and port."] = ""
    trusted_proxies: Annotated[int, "How many of your own proxies stand in front; their word on a visitor's address is taken."] = 0
    processes: Annotated[int, "How many processes serve pages."] = 1
    threads: Annotated[int, "How many requests each process serves at a time. More than a few get in each other's way: add processes."] = 4
    smtp_host: Annotated[str, "Mail server. Empty: letters stay in the outbox."] = ""
    smtp_port: Annotated[int, "Port of the mail server."] = 587
    smtp_security: Annotated[Literal["starttls", "tls", "none"], "How the connection to the mail server is kept private."] = "starttls"
    smtp_user: Annotated[str, "Account at the mail server. Empty: none."] = ""
    smtp_password: Annotated[str, "Password of that account."] = ""
    smtp_from: Annotated[str, "The sender of letters."] = "casework@localhost"
    scan: Annotated[str, "Command that looks for viruses in a file on its standard input: 0 clean, 1 infected. Empty: none looks."] = ""
    log: Annotated[Literal["text", "json"], "How the log is written."] = "text"

    def __post_init__(self) -> None:
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.folder / 'casework.db'}")
        if not self.base_url:
            object.__setattr__(self, "base_url", f"http://{self.host}:{self.port}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **said: Any) -> Configuration:
        """What the command line said, else the environment, else the defaults. Raises Invalid with a sentence for each wrong value."""
        values = {name: value for name, value in said.items() if value is not None}
        problems: dict[str, str] = {}
        for name, (kind, _) in _settings().items():
            text = environment.get(variable(name), "")
            if text and name not in values:
                try:
                    values[name] = _read(text, kind)
                except ValueError as error:
                    problems[variable(name)] = f"{variable(name)} is “{text}”; {error}."
        if not _is_database(values.get("database_url", "sqlite://")):
            # Not repeated here: it may hold a password.
            problems[variable("database_url")] = f"{variable('database_url')} is not the URL of a database, such as {EXAMPLE}."
        if problems:
            raise Invalid(problems)
        return cls(**values)

    def prepared(self) -> Configuration:
        """The same with its folder there and its secret key known: what a server starts from."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self if self.secret_key else replace(self, secret_key=_kept_key(self.folder / "secret_key"))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def told(configuration: Configuration) -> list[tuple[str, str, str]]:
    """Every setting as (variable, value, meaning), without what is secret."""
    return [(variable(name), _shown(configuration, name), _meaning(kind, sentence)) for name, (kind, sentence) in _settings().items()]


def unknown(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A sentence for each variable that looks like a setting and is none: probably misspelt."""
    known = [variable(name) for name in _settings()]
    return [_unknown(name, known) for name in sorted(environment) if name.startswith(PREFIX) and name not in known]


def _settings() -> dict[str, tuple[Any, str]]:
    """The type and the sentence of each setting, by its name."""
    hints = get_type_hints(Configuration, include_extras=True)
    return {name: (get_args(hint)[0], get_args(hint)[1]) for name, hint in hints.items()}


def _read(text: str, kind: Any) -> Any:
    if kind is bool:
        if text.lower() not in YES | NO:
            raise ValueError("say yes or no")
        return text.lower() in YES
    if kind is int:
        if not text.isdecimal():
            raise ValueError("say a whole number")
        return int(text)
    if get_origin(kind) is Literal and text not in get_args(kind):
        raise ValueError(f"say one of {', '.join(get_args(kind))}")
    return Path(text).expanduser().resolve() if kind is Path else text


def _is_database(url: str) -> bool:
    try:
        return bool(make_url(url))
    except ArgumentError:
        return False


def _kept_key(file: Path) -> str:
    """The key of this installation, made at the first start. Of two processes that start together, one makes it for both."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="ascii")


def _shown(configuration: Configuration, name: str) -> str:
    value = getattr(configuration, name)
    if name in SECRET:
        return "(set)" if value else ""
    if name == "database_url":
        return make_url(value).render_as_string(hide_password=True)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _meaning(kind: Any, sentence: str) -> str:
    return f"{sentence} One of {', '.join(get_args(kind))}." if get_origin(kind) is Literal else sentence


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else "")
