"""The engine and the site are generic: no word of any procedure is in the Python, and a second procedure made of files alone runs."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parent.parent
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CODE = sorted([*(ROOT / "engine").rglob("*.py"), *(p for p in (ROOT / "web").rglob("*.py") if "node_modules" not in p.parts)])


def words_of_procedures() -> set[str]:
    """Every process id, element id, lane name, form id and role key of the procedures in bpmn/."""
    words: set[str] = set()
    for file in (ROOT / "bpmn").rglob("*.bpmn"):
        for element in etree.parse(file).iter(f"{BPMN}*"):
            words.add(element.get("id") or "")
            if element.tag == f"{BPMN}lane":
                words.add(element.get("name") or "")
    words |= {file.stem for file in (ROOT / "forms").rglob("*.form")}
    for file in (ROOT / "bpmn").rglob("procedure.toml"):
        procedure = tomllib.loads(file.read_text(encoding="utf-8"))
        words |= {procedure["key"], *procedure["roles"], *procedure["organisations"]}
    return words - {""}


def strings_in(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


@pytest.mark.parametrize("file", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_word_of_a_procedure_is_in_the_python(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))

    found = {constant.value: constant.lineno for constant in strings_in(tree)}

    words = words_of_procedures()
    assert len(words) > 100, "the procedures were not read"
    assert not {f"line {line}: {word}" for word, line in found.items() if word in words}
