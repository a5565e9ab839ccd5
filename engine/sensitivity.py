"""Checks who may see what before a procedure is deployed: the access table, and the words that it and the diagrams use."""

from __future__ import annotations

from collections.abc import Iterator

from . import feel, rights
from .declared_access import words_in
from .declared_procedure import CLASSIFICATION, DESCRIPTOR
from .errors import Problem, Trouble
from .models import UNCLASSIFIED
from .procedures import Compiled
from .spiff import ElementFacts

SECTION = "access"


def problems(files: Compiled) -> Iterator[Problem]:
    """Everything that would keep a case from those who should see it, or show it to others."""
    if rights.ANYONE in files.procedure.roles:
        said = "This word stands for every person with an account. Give the role another key."
        yield Problem(DESCRIPTOR, f"roles.{rights.ANYONE}", said)
    decision = files.procedure.access.decision
    if not decision:
        if files.procedure.access.classifications or files.procedure.access.stages:
            yield Problem(DESCRIPTOR, SECTION, "It does not say which table decides who may see what. Add decision = “…”.")
        return
    for role in files.procedure.roles.values():
        if role.sees_cases:
            said = f"The table “{decision}” says who sees what. Take `sees` away, and add the role to the table."
            yield Problem(DESCRIPTOR, f"roles.{role.key}", said)
        if role.classification != UNCLASSIFIED:
            wrong = _of_classification(role.classification, files.procedure.access.classifications)
            yield from (Problem(DESCRIPTOR, f"roles.{role.key}", said) for said in wrong)
    if decision not in files.definitions.decision_ids:
        yield Problem(DESCRIPTOR, SECTION, f"There is no decision “{decision}” among the files. Add it or correct the name.")
        return
    yield from _words_of_the_table(files)
    yield from _answers(files)
    yield from _words_of_the_diagrams(files)


def _words_of_the_table(files: Compiled) -> Iterator[Problem]:
    declared, columns = files.procedure.access, files.definitions.columns(files.procedure.access.decision)
    missing = [column for column in rights.COLUMNS if column not in columns]
    if missing:
        said = f"The table has no answer called {', '.join(f'“{one}”' for one in missing)}. It needs {', '.join(rights.COLUMNS)}."
        yield _in_table(files, said)
        return
    known = {
        "who": ({*files.procedure.roles, rights.ANYONE}, "role in procedure.toml"),
        "what": ({*declared.classifications, rights.ANY}, "classification in procedure.toml, [access]"),
        rights.STAGE: (set(declared.stages), "stage in procedure.toml, [access]"),
    }
    for column, (words, called) in known.items():
        for word in sorted(words_in(columns.get(column, [])) - words):
            yield _in_table(files, f"“{word}” is no {called}. Correct it, or add it there.")


def _answers(files: Compiled) -> Iterator[Problem]:
    """The table is asked once for each stage: what fails here would hide every case at that stage."""
    told = set()
    for process in sorted({start.process for start in files.procedure.starts}):
        for stage in ("", *sorted(files.procedure.access.stages)):
            try:
                rights.asked(files.procedure, files.definitions, process, stage, {})
            except Trouble as error:
                told.add(str(error))
    yield from (_in_table(files, said) for said in sorted(told))


def _in_table(files: Compiled, said: str) -> Problem:
    return Problem(DESCRIPTOR, SECTION, f"The table “{files.procedure.access.decision}”: {said}")


def _words_of_the_diagrams(files: Compiled) -> Iterator[Problem]:
    known = files.procedure.access.classifications
    for process in files.definitions.processes.values():
        own = process.properties
        for said in (*_of_classification(own.get(CLASSIFICATION, ""), known), *_unknown_stage(own.get(rights.STAGE, ""), files)):
            yield Problem(process.path, process.id, said)
        for element in process.elements.values():
            wrong = [*_of_classification(element.properties.get(CLASSIFICATION, ""), known), *_of_stage(element, files)]
            yield from (Problem(process.path, element.id, f"“{element.name or element.id}”: {said}") for said in wrong)
    for paper in files.papers.values():
        yield from (Problem(f"documents/{paper.key}.md", "", said) for said in _of_classification(paper.classification, known))
    for form in files.forms.values():
        for word in sorted(set(form.classifications().values())):
            yield from (Problem(form.path, form.id, said) for said in _of_classification(word, known))


def _of_classification(word: str, known: frozenset[str]) -> Iterator[str]:
    if feel.is_expression(word):
        yield "How sensitive something is must be known before a case begins. Write the classification as plain text."
    elif word and word not in known:
        yield f"The classification “{word}” is not in procedure.toml, [access]. Add it there and to the table, or correct it."


def _of_stage(element: ElementFacts, files: Compiled) -> Iterator[str]:
    stage = element.properties.get(rights.STAGE, "")
    if stage and (element.kind != "intermediateThrowEvent" or element.event):
        yield "Only a milestone, a blank intermediate throw event, begins a stage. Move the property “stage” to one."
    else:
        yield from _unknown_stage(stage, files)


def _unknown_stage(stage: str, files: Compiled) -> Iterator[str]:
    if stage and stage not in files.procedure.access.stages:
        yield f"The stage “{stage}” is not in procedure.toml, [access]. Add it there and to the table, or correct it."
