"""Adds the release being made to the collection: `python -m tests.upgrades save`. Once for each, after its version is set."""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

from argon2 import PasswordHasher

from engine.identity import passwords
from tests.upgrades.collection import HERE, save


def main() -> None:
    if sys.argv[1:] != ["save"]:
        sys.exit("Say: python -m tests.upgrades save")
    project = tomllib.loads((HERE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    folder = HERE / project["project"]["version"]
    if folder.exists():
        sys.exit(f"{folder.name} is in the collection already. What people have in their databases does not change any more.")
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with tempfile.TemporaryDirectory() as scratch:
        save(folder, Path(scratch))
    sys.stdout.write(f"The cases of {folder.name} are saved. Read the folder, then commit it.\n")


main()
