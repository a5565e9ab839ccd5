"""How pages find the built scripts and styles."""

from __future__ import annotations

import json
import os
from pathlib import Path

from web.assets import Manifest, _sheets


def test_a_new_build_is_found_without_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"src/main.js": {"file": "main-1.js"}}))
    manifest = Manifest(file)
    assert manifest.entries()["src/main.js"]["file"] == "main-1.js"

    file.write_text(json.dumps({"src/main.js": {"file": "main-2.js"}}))
    os.utime(file, (1, 2))

    assert manifest.entries()["src/main.js"]["file"] == "main-2.js"


def test_pages_are_plain_where_nothing_is_built(tmp_path: Path) -> None:
    assert Manifest(tmp_path / "manifest.json").entries() == {}


def test_a_half_written_manifest_leaves_the_last_one(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"a": {"file": "a.js"}}))
    manifest = Manifest(file)
    manifest.entries()

    file.write_text("{")
    os.utime(file, (1, 2))

    assert manifest.entries() == {"a": {"file": "a.js"}}


def test_an_entry_brings_the_styles_of_what_it_imports_once() -> None:
    manifest = {
        "form.js": {"file": "form.js", "css": ["form.css"], "imports": ["shared.js", "other.js"]},
        "other.js": {"file": "other.js", "imports": ["shared.js", "form.js"]},
        "shared.js": {"file": "shared.js", "css": ["shared.css"]},
        "main.scss": {"file": "main.css"},
    }

    assert _sheets(manifest, "form.js", set()) == ["form.css", "shared.css"]
    assert _sheets(manifest, "main.scss", set()) == ["main.css"]
    assert _sheets(manifest, "missing.js", set()) == []
