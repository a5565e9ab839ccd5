"""What `procedure.toml` may say, and what is told of everything else."""

from __future__ import annotations

import pytest

from engine import checks, declared_procedure

HEAD = 'key = "garden"\nname = "Garden"\n'


def told(text: str) -> list[tuple[str, str]]:
    _, problems = declared_procedure.read({"procedure.toml": text.encode()})
    return [(problem.element, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("text", "where", "cure"),
    [
        (HEAD + "summary = 5", "summary", "must be a text"),
        (HEAD + '[reference]\nlength = "four"', "reference.length", "whole number from 2 to 40"),
        (HEAD + "[reference]\nlength = 1", "reference.length", "whole number from 2 to 40"),
        (HEAD + '[start]\nprocess = "p"\nwho = "clerk"', "start.who", "Put it in square brackets"),
        (HEAD + '[start]\nprocess = "p"\nwho = [["clerk"]]', "start.who", "must be a text"),
        (HEAD + '[start]\nprocess = "p"\npublic = "no"', "start.public", "must be true or false"),
        (HEAD + '[start]\nprocess = "p"\npubic = true', "start.pubic", "not known here"),
        (HEAD + '[[start]]\nprocess = "p"\n[[start.signpost]]\nwhen = 5\nletter = "x"', "start.signpost.when", "must be a text"),
        (HEAD + '[roles.clerk]\nname = "Clerk"\nsees = "all"', "roles.clerk.sees", "“cases” or “tasks”"),
        (HEAD + '[roles."clerk:north"]\nname = "Clerk"', "roles.clerk:north", "small letters"),
        (HEAD + "organisations = 5", "organisations", "[organisations] above"),
        ('key = "a/b"\nname = "Garden"', "key", "small letters"),
        (HEAD + "x = " + "[" * 5000, "", "nested too deeply"),
    ],
)
def test_what_is_not_as_it_must_be_is_told_with_its_place(text: str, where: str, cure: str) -> None:
    [(element, message)] = told(text)

    assert element == where
    assert cure in message


def test_everything_wrong_is_told_at_once_and_nothing_else_is_guessed_from_it() -> None:
    text = HEAD + 'summary = 5\n[start]\nwho = 5\n[roles]\nclerk = "Clerk"\n'

    assert [element for element, _ in told(text)] == ["summary", "start.who", "roles.clerk"]
    assert {problem.file for problem in checks.check({"procedure.toml": text.encode()})} == {"procedure.toml"}
