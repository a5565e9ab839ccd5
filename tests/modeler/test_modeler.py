"""The diagrams and forms open cleanly in Camunda Modeler: its own linters, the public ones, find nothing in them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from web.configuration import ROOT
from web.frontend.build import FRONTEND, find_node


def lint(*files: Path) -> dict[str, list[str]]:
    """What the linters say, by file."""
    node, _ = find_node()
    said = subprocess.run([node, ROOT / "tests/modeler/lint.mjs", FRONTEND, *files], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_camunda_modeler_finds_nothing_in_our_diagrams_and_forms():
    files = [*ROOT.glob("bpmn/*/*.bpmn"), *ROOT.glob("forms/*/*.form")]
    assert files

    found = lint(*files)

    assert {file: problems for file, problems in found.items() if problems} == {}


def test_the_linters_do_look(tmp_path):
    whole = next(ROOT.glob("bpmn/*/*.bpmn")).read_text(encoding="utf-8")
    for_another = tmp_path / "for_another_release.bpmn"
    for_another.write_text(whole.replace('executionPlatformVersion="8.8.0"', 'executionPlatformVersion="8.0.0"'), encoding="utf-8")
    with_button = tmp_path / "with_button.form"
    button = {"type": "button", "id": "send", "label": "Send", "action": "submit"}
    head = {"type": "default", "id": "x", "schemaVersion": 19, "executionPlatform": "Camunda Cloud", "executionPlatformVersion": "8.8.0"}
    with_button.write_text(json.dumps({**head, "components": [button]}), encoding="utf-8")

    found = lint(for_another, with_button)

    assert all(found.values()), found
