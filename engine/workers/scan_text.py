"""scan-text: looks in texts and files for names, places and other terms that should not be in them. What it finds, a person judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from .. import documents, papers, procedures, terms
from ..errors import Trouble
from ..models import Document
from ..terms import TermList
from .work import Work

Finding: TypeAlias = tuple[str, str, str]  # where, the term, what stands around it

TYPE = "scan-text"
LISTS = "lists"  # the header that names files of terms
RESULTS = frozenset({"findings"})
MOST = 500  # findings; more say no more
UNREADABLE = "This part could not be read. Look through it yourself."
MORE = "There is more than can be listed. Put right what is listed, then look again."


def work(work: Work) -> dict[str, Any]:
    """Header: lists (names of files of terms, with commas between). Inputs: text and files, each optional; terms (names of people).

    Output: findings, a list of {where, term, excerpt}. A part of a file that cannot be read is a finding without a term.
    """
    known = [*_lists(work), terms.names(_names(work))]
    said = dict.fromkeys(_findings(work, known))
    found = [{"where": where, "term": term, "excerpt": excerpt} for where, term, excerpt in islice(said, MOST)]
    return {"findings": found if len(said) <= MOST else [*found, {"where": "", "term": "", "excerpt": MORE}]}


def prepare(work: Work) -> None:
    """Look through the files ahead: large ones take long."""
    for _ in _findings(work, [*_lists(work), terms.names(_names(work))]):
        pass


def _findings(work: Work, known: list[TermList]) -> Iterator[Finding]:
    for where, text in _texts(work.variables.get("text"), ""):
        for found in terms.find(text, known):
            yield where, found.term, found.excerpt
    for document in documents.in_case(work.session, work.instance, ids_in(work.variables.get("files"))):
        yield from work.worked_out((document.sha256, document.name, tuple(known)), partial(_looked_through, document, known))


def _looked_through(document: Document, known: list[TermList]) -> list[Finding]:
    return list(_in_file(document, known))


def _in_file(document: Document, known: list[TermList]) -> Iterator[Finding]:
    for found in terms.find(document.name, known):
        yield f"{document.name}: its name", found.term, found.excerpt
    for words in papers.words_of(document.content):
        where = f"{document.name}: {words.where}" if words.where else document.name
        if words.text is None:
            yield where, "", UNREADABLE
        else:
            for found in terms.find(words.text, known):
                yield where, found.term, found.excerpt


def _lists(work: Work) -> list[TermList]:
    known = procedures.of_instance(work.session, work.instance).lists
    wanted = names_in(str(work.headers.get(LISTS) or ""))
    for name in wanted:
        if name not in known:
            raise Trouble(
                f"There is no list “{name}” in this procedure. Add lists/{name}.txt, or correct the header “{LISTS}” of the service task."
            )
    return [known[name] for name in wanted]


def names_in(header: str) -> list[str]:
    """The lists that a header names."""
    return [name.strip() for name in header.split(",") if name.strip()]


def _names(work: Work) -> list[str]:
    given = work.variables.get("terms")
    names = [] if given is None else given if isinstance(given, list) else [given]
    if not all(name is None or isinstance(name, str) for name in names):
        raise Trouble("The input “terms” must be a list of texts, such as names. Correct its input mapping.")
    return [name for name in names if name]


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text in a value, and what it is called there."""
    if isinstance(value, str):
        yield where or "text", value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _texts(entry, _inside(where, str(key).replace("_", " ")))
    elif isinstance(value, list):
        for number, entry in enumerate(value, 1):
            yield from _texts(entry, _inside(where, str(number)))


def _inside(where: str, part: str) -> str:
    return f"{where}, {part}" if where else part


def ids_in(value: Any) -> list[str]:
    """The ids of all files in an input, however they are nested."""
    return list(_ids(value))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if {"id", "name", "size"} <= set(value):
            yield str(value["id"])
        else:
            for entry in value.values():
                yield from _ids(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _ids(entry)
