"""How the tree is kept: sizes, names, and nothing in it that belongs to one machine or one registry."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE_HERE = frozenset({".git", ".venv", "instance", "node_modules", "build", "dist", "__pycache__", ".hypothesis"})
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SAYS_NOTHING = re.compile(r"(^|_)(utils?|common|helpers?|managers?|misc)(_|$)|Service$|Manager$|Helper$")
# Written in pieces, so that this file does not find itself.
ELSEWHERE = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            "pythonhosted" + r"\.",
            r"registry\." + "npmjs",
            r"deb\." + "debian",
            r"unpkg\." + "com",
            "js" + "delivr",
            r"(?<![\w.])/(work|root|home|opt|Users)" + r"/\w",
        ]
    )
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def files() -> Iterator[Path]:
    """Every file that is or would be committed."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir() and path.name not in MADE_HERE and not path.name.endswith(("_cache", ".egg-info")):
                folders.append(path)
            elif path.is_file() and path.name not in MADE_HERE:  # in a second working tree, .git is a file
                yield path


FILES = list(files())
PYTHON = [path for path in FILES if path.suffix == ".py"]
# A revision lists tables, is written by a program, and nobody reads it twice.
READ = [path for path in PYTHON if path.parent.name != "versions"]


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def definitions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def test_the_tree_is_found():
    assert {"engine", "web", "tests"} <= {told(path).partition("/")[0] for path in PYTHON}
    assert any(path.name == "pyproject.toml" for path in FILES)


def test_no_module_is_too_long_to_read():
    long = [(told(path), lines) for path in READ if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE]

    assert long == []


def test_no_function_is_too_long_to_read():
    long = [
        f"{told(path)}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in READ
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and node.end_lineno and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_names_say_what_a_thing_is():
    modules = [told(path) for path in PYTHON if SAYS_NOTHING.search(path.stem) or SAYS_NOTHING.search(path.parent.name)]
    names = [f"{told(path)}: {node.name}" for path in PYTHON for node in definitions(path) if SAYS_NOTHING.search(node.name)]

    assert modules + names == []


def test_every_module_says_what_it_is_for():
    silent = [told(path) for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert silent == []


def test_nothing_names_a_registry_or_a_machine():
    found = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            if match := ELSEWHERE.search(line):
                found.append(f"{told(path)}:{number}: {match.group()}")

    assert found == []


def test_nothing_is_left_for_later_in_a_comment():
    found = [
        told(path)
        for path in FILES
        if path.suffix in {".py", ".js", ".mjs", ".scss", ".html"} and UNFINISHED.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_lock_of_the_node_packages_has_hashes_and_no_addresses():
    lock = (ROOT / "web/frontend/package-lock.json").read_text(encoding="utf-8")

    assert lock.count('"integrity"') > 50
    assert '"resolved"' not in lock


@pytest.mark.parametrize("name", ["app", "test", "node", "uv"])
def test_every_requirement_has_a_version_and_a_hash(name):
    text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    assert lines
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
