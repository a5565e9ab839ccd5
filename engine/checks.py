"""Everything that would stop a case later, found before a procedure is deployed: each problem with its element and its cure.

Each kind of file is checked where it is read; here is what only shows when the files are put side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import access, chronology, feel, procedures, sensitivity, separation, starts, workers
from .declared_procedure import DESCRIPTOR
from .errors import FeelError, Problem
from .procedures import Compiled
from .spiff import COUNTED, ElementFacts, ProcessFacts

# What every form or letter may read although no file sets it.
GIVEN = COUNTED | {"reference", "case", "me", "by_office", "today", "link", "passwordLink", "toName", "this", "parent", "i"}

RESERVED = "This is the role of those who look after the machine and see no case. Give the procedure's role another key."


def check(bundle: Mapping[str, bytes]) -> list[Problem]:
    """All problems of a procedure's files at once; none means it can be deployed."""
    files = procedures.compile_bundle(bundle)
    side_by_side = _side_by_side(files) if files.procedure.key else ()
    return sorted({*files.problems, *side_by_side})


def check_files(bundle: Mapping[str, bytes]) -> list[Problem]:
    """All problems of files that are looked at without the procedure they belong to."""
    files = procedures.compile_bundle(bundle)
    by_themselves = [problem for problem in files.problems if problem.file in bundle]
    unable = [Problem(process.path, e.id, f"“{e.name or e.id}” {said}") for process, e in _elements(files) for said in _unable(e)]
    return sorted({*by_themselves, *unable})


def _elements(files: Compiled) -> Iterator[tuple[ProcessFacts, ElementFacts]]:
    """Every element of every process."""
    for process in files.definitions.processes.values():
        for element in process.elements.values():
            yield process, element


def _side_by_side(files: Compiled) -> Iterator[Problem]:
    if access.ADMINISTRATOR in files.procedure.roles:
        yield Problem(DESCRIPTOR, f"roles.{access.ADMINISTRATOR}", RESERVED)
    yield from sensitivity.problems(files)
    yield from _starts(files)
    yield from _beginnings(files)
    for process, element in _elements(files):
        for message in (*_missing(files, element), *_unentered(files, element), *_nobody(files, element)):
            yield Problem(process.path, element.id, f"“{element.name or element.id}” {message}")
    yield from _separated(files)
    yield from _unset(files)
    yield from chronology.missing(files.procedure.chronology, files.forms, DESCRIPTOR)


def _separated(files: Compiled) -> Iterator[Problem]:
    """User tasks to be kept apart from something that is no user task, and no role that a case gives."""
    apart_from = {element.id for _, element in _elements(files) if element.kind == "userTask"}
    apart_from |= {role.key for role in files.procedure.roles.values() if role.per_case}
    for process, element in _elements(files):
        for wanted in separation.elements_of(element.properties.get(separation.NAME)):
            if wanted not in apart_from or element.kind != "userTask":
                may = f"The property {separation.NAME} names user tasks and roles of single cases, and stands on a user task."
                said = f"is to be kept apart from “{wanted}”. {may}"
                yield Problem(process.path, element.id, f"“{element.name or element.id}” {said} Correct it.")


def _beginnings(files: Compiled) -> Iterator[Problem]:
    """Events with which no case could begin, wherever a process starts with them."""
    refused = {problem.element for problem in files.problems}  # the facts lack an event that cannot be read
    for process in files.definitions.processes.values():
        for element in (process.elements[ident] for ident in process.starts):
            if element.kind != "startEvent" and not element.event and element.id not in refused:
                yield Problem(process.path, element.id, "It waits for nothing, so no case could begin with it. Give it an event.")
            yield from (Problem(process.path, element.id, message) for one in element.beginnings for message in _begins(one))


def _begins(element: ElementFacts) -> Iterator[str]:
    """Before there is a case there are no variables to read."""
    if element.event not in starts.KINDS:
        yield f"A process is not started by a {element.event} here. Give it a blank start event; call it or give it a form."
    if feel.is_expression(element.event_name):
        yield f"Before a case begins nobody can work out the name of the {element.event}. Write it as plain text."
    if feel.is_expression(element.timer_value) and _names(element.timer_value):
        yield "Before a case begins there are no variables that its timer could read. Write a date, a duration or a cycle."


def _starts(files: Compiled) -> Iterator[Problem]:
    for start in files.procedure.starts:
        process = files.definitions.processes.get(start.process)
        if process is None:
            yield Problem(
                DESCRIPTOR,
                "start",
                f"There is no process “{start.process}” in the diagrams. Correct its name or add the diagram.",
            )
        elif not any(process.elements[ident].form_key for ident in process.starts) and (start.by_people or not _by_itself(process)):
            yield Problem(process.path, start.process, "Nothing asks for what a case begins with. Give the start event a form.")
        elif start.by_people:
            yield from _unasked(process)
        for signpost in start.signposts:
            if signpost.letter not in files.letters:
                yield Problem(DESCRIPTOR, "start.signpost", f"There is no letter “{signpost.letter}”. Add letters/{signpost.letter}.md.")


def _unasked(process: ProcessFacts) -> Iterator[Problem]:
    """Of several blank start events those that nobody could begin at."""
    for ident in process.blank_starts if len(process.blank_starts) > 1 else ():
        if not process.elements[ident].form_key:
            said = "is one of several blank start events, but asks for nothing, so nobody could begin there. Give it a form."
            yield Problem(process.path, ident, f"“{process.elements[ident].name or ident}” {said}")


def _by_itself(process: ProcessFacts) -> bool:
    """True if a message, a signal or a time begins cases of this process."""
    return any(process.elements[ident].by_trigger for ident in process.starts)


def _missing(files: Compiled, element: ElementFacts) -> Iterator[str]:
    """What an element asks for that is not among the files."""
    if _literal(element.form_key) and element.form_key not in files.forms:
        yield f"asks for the form “{element.form_key}”, which is not among the files. Add {element.form_key}.form or choose another form."
    yield from _unable(element)
    yield from _missing_template(files, element)
    for name in workers.lists_of(element.headers) if element.job_type else []:
        if _literal(name) and name not in files.lists:
            yield f"looks for the terms of “{name}”, which is not among the files. Add lists/{name}.txt or choose another list."


def _missing_template(files: Compiled, element: ElementFacts) -> Iterator[str]:
    template = element.headers.get(workers.TEMPLATE, "")
    if element.job_type == workers.WRITES_DOCUMENTS:
        if not template:
            yield "does not say which document it writes. Give it the header “template”."
        elif _literal(template) and template not in files.papers:
            yield f"writes the document “{template}”, which is not among the files. Add documents/{template}.md or choose another."
    elif _literal(template) and template not in files.letters:
        yield f"sends the letter “{template}”, which is not among the files. Add letters/{template}.md or choose another letter."


def _unentered(files: Compiled, element: ElementFacts) -> Iterator[str]:
    """Registers and columns that a service task means and procedure.toml does not declare."""
    key = element.headers.get(workers.REGISTER, "")
    if not _literal(element.job_type) or not workers.uses_register(element.job_type):
        return
    register = files.procedure.registers.get(key)
    if register is None:
        yield f"means the register “{key}”, which procedure.toml does not declare. Add [registers.{key}] or name another."
        return
    entry = element.inputs.get(workers.ENTRY, "").removeprefix("=").strip()
    for column in _written_keys(entry):
        if register.column(column) is None:
            yield f"enters “{column}”, which is no column of the register “{key}”. Add it to procedure.toml or correct its name."


def _written_keys(expression: str) -> list[str]:
    """The keys of a context that is written out; they are the same whatever the variables hold."""
    if not expression.startswith("{"):
        return []
    try:
        value = feel.evaluate(expression, {})
    except FeelError:
        return []  # said by the diagram's own check
    return list(value) if isinstance(value, dict) else []


def _unable(element: ElementFacts) -> Iterator[str]:
    """What keeps an element from being done, whatever files stand beside it."""
    if _literal(element.job_type) and not workers.known(element.job_type):
        known = ", ".join(sorted(workers.WORKERS))
        yield f"is of the type “{element.job_type}”, which no worker does. Choose one of: {known}."
    if element.kind == "userTask" and not element.form_key:
        yield "has no form, so nobody could complete it. Choose a form."


def _nobody(files: Compiled, element: ElementFacts) -> Iterator[str]:
    """A task that nobody could ever do."""
    if element.kind != "userTask":
        return
    groups = [g.strip() for g in element.candidate_groups.split(",")] if _literal(element.candidate_groups) else []
    if not element.candidate_groups and not element.assigned:
        groups = [element.lane]
    for group in groups:
        if files.procedure.role_of(files.procedure.group_for(group)) is None:
            yield (
                f"is for “{group}”, which is no role. Add the role to procedure.toml or correct the name." if group
                else "is in no lane and for nobody in particular. Put it in a lane or give it candidate groups."
            )  # fmt: skip


def _unset(files: Compiled) -> Iterator[Problem]:
    """Names that something reads and nothing sets: most often a slip of the pen."""
    known = _set_names(files)
    for process, element in _elements(files):
        for expression in element.expressions:
            for name in sorted(_names(expression) - known):
                yield Problem(
                    process.path,
                    element.id,
                    f"“{element.name or element.id}” reads “{name}”, which nothing sets. Correct the name or set it first.",
                )
    for form in files.forms.values():
        for name in sorted(form.names() - known):
            yield Problem(f"{form.id}.form", "", f"The form reads “{name}”, which nothing sets. Correct the name or set it first.")
    for folder, called, templates in (("letters", "letter", files.letters), ("documents", "document", files.papers)):
        for key, template in templates.items():
            for name in sorted(template.names() - known):
                said = f"The {called} reads “{name}”, which nothing sets. Correct the name or set it first."
                yield Problem(f"{folder}/{key}.md", "", said)


def _set_names(files: Compiled) -> frozenset[str]:
    by_elements = {name for _, element in _elements(files) for name in element.sets}
    by_forms = {name for form in files.forms.values() for name in form.sets()}
    by_workers = {name for results in workers.RESULTS.values() for name in results}
    return GIVEN | by_elements | by_forms | by_workers


def _names(expression: str) -> frozenset[str]:
    try:
        return feel.names(expression.removeprefix("="))
    except FeelError:
        return frozenset()  # said by the diagram's own check


def _literal(text: str) -> bool:
    return bool(text) and not feel.is_expression(text)
