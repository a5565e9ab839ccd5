"""Sets up a demonstration: every procedure of the content folder live, with its sample cases and accounts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine import database, demonstration, deployments, procedures
from engine.errors import Refused

if TYPE_CHECKING:
    from .configuration import Configuration


def demonstrate(configuration: Configuration, sessions: database.Sessions) -> None:
    """Deploy what has changed since the last start, and load what has not been loaded. A second time does nothing."""
    for folder in sorted(file.parent for file in configuration.content.glob("bpmn/*/procedure.toml")):
        forms = configuration.content / "forms" / folder.name
        if _deploy(sessions, [folder, forms] if forms.is_dir() else [folder]):
            loaded = demonstration.load(sessions, folder, folder.name, base_url=configuration.base_url)
            if loaded:
                _say(f"loaded {loaded} sample cases of {folder.name}")


def _deploy(sessions: database.Sessions, folders: list[Path]) -> bool:
    """Make this procedure live unless it is; True if it is in any version. One that is broken must not keep the others from people."""
    key, bundle = folders[0].name, deployments.read(folders)
    with database.transaction(sessions, reading=True) as session:
        known = deployments.versions(session, key)
    if known and known[0].checksum == procedures.checksum(bundle):
        return True
    try:
        with database.transaction(sessions) as session:
            deployment = deployments.deploy(session, bundle)
    except Refused as error:
        _say(f"{key} was not deployed, because:\n{error}")
        return bool(known)
    _say(f"deployed {deployment.name}, version {deployment.version}")
    return True


def _say(text: str) -> None:
    sys.stderr.write(f"demonstration: {text}\n")
