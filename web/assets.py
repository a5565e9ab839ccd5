"""The built scripts and styles: Vite's manifest says under which name each entry of web/frontend was built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, url_for
from markupsafe import Markup

if TYPE_CHECKING:
    from .configuration import Configuration

log = structlog.get_logger()

BUILD = "build"  # inside web/static


def prepare(app: Flask, configuration: Configuration) -> None:
    """Give the templates `script(entry)` and `stylesheet(entry)`."""
    manifest = Manifest(Path(str(app.static_folder)) / BUILD / "manifest.json")
    # Built files carry a hash in their name: what a name holds never changes.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600
    app.jinja_env.globals["script"] = lambda entry: _script(manifest.entries().get(entry))
    app.jinja_env.globals["stylesheet"] = lambda entry: _stylesheets(manifest.entries(), entry)


class Manifest:
    """What was built. Read again when it was built again, for a new build takes the old files away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[float, dict[str, Any]] = (0, {})

    def entries(self) -> dict[str, Any]:
        """Every entry by its source's name; none where nothing is built."""
        try:
            built_at = self.path.stat().st_mtime
            if built_at != self._read[0]:
                self._read = (built_at, json.loads(self.path.read_text()))
        except (OSError, ValueError):
            log.warning("the scripts and styles are not built; pages will look plain", missing=str(self.path))
        return self._read[1]


def _script(built: dict[str, Any] | None) -> Markup:
    if built is None:
        return Markup()
    return Markup('<script type="module" src="{}"></script>').format(_url(built["file"]))


def _stylesheets(manifest: dict[str, Any], entry: str) -> Markup:
    sheets = _sheets(manifest, entry, seen=set())
    return Markup("\n").join(Markup('<link rel="stylesheet" href="{}">').format(_url(sheet)) for sheet in sheets)


def _sheets(manifest: dict[str, Any], entry: str, seen: set[str]) -> list[str]:
    """The style sheets of an entry and of everything it imports, each once."""
    if entry in seen or entry not in manifest:
        return []
    seen.add(entry)
    built = manifest[entry]
    own = [built["file"]] if built["file"].endswith(".css") else built.get("css", [])
    return [*own, *(sheet for other in built.get("imports", []) for sheet in _sheets(manifest, other, seen))]


def _url(file: str) -> str:
    return url_for("static", filename=f"{BUILD}/{file}")
