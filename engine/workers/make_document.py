"""make-document: writes a document from one of the procedure's templates, as PDF and as Word, and keeps both in the case."""

from __future__ import annotations

from collections import ChainMap
from typing import Any

from .. import calendars, clock, documents, history, papers, procedures
from ..documents import Place
from ..errors import Invalid, Trouble
from ..models import Document
from ..papers import Paper, PaperTemplate
from .work import Work

TYPE = "make-document"
TEMPLATE = "template"  # the header that names the document
RESULTS = frozenset({"document", "word"})


def work(work: Work) -> dict[str, Any]:
    """Header: template. Inputs: name; optionally series, note, classification, readers (email addresses); and whatever the template reads.

    Outputs: document (the PDF: id, name, size, version, sha256) and word (the same as Word). With a `series` that was used before in
    this case it becomes the next version. Twice changes nothing.
    """
    if (made := documents.written_as(work.session, work.key)) is None:
        made = _make(work)
    if work.variables.get("readers"):
        _name_readers(work, made[0])
    return {"document": _value(made[0]), "word": _value(made[1])}


def prepare(work: Work) -> None:
    """Draw it ahead: that takes long, and needs nothing but what the case knows."""
    if documents.written_as(work.session, work.key) is None:
        _draw(work)


def _draw(work: Work) -> tuple[Paper, Place, tuple[bytes, bytes]]:
    known = ChainMap({"reference": work.instance.business_key}, work.variables)
    paper = papers.fill(_template(work), known)
    place = documents.next_place(work.session, work.instance, _optional(work, "series") or work.key)
    paper = papers.with_note(paper, f"Version {place.version}, {calendars.say_date(clock.today())}")
    return paper, place, work.worked_out(paper, lambda: (papers.to_pdf(paper), papers.to_word(paper)))


def _name_readers(work: Work, document: Document) -> None:
    given = work.variables["readers"]
    emails = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) for one in emails):
        raise Trouble("The input “readers” must be an email address, or a list of them. Correct its input mapping.")
    try:
        documents.name_readers(work.session, work.instance, document, emails, actor=work.actor)
    except Invalid as error:
        raise Trouble(" ".join(error.problems.values())) from error


def _make(work: Work) -> tuple[Document, Document]:
    name, template = work.text("name"), _template(work)
    paper, place, contents = _draw(work)
    said = _optional(work, "classification") or template.classification
    by_element = procedures.of_instance(work.session, work.instance).classification_of(work.process_key, work.element_id)
    made = documents.keep_written(
        work.session, work.instance, place, contents, name=name, source=paper.body, key=work.key,
        note=_optional(work, "note"), classification=said or by_element,
    )  # fmt: skip
    told: dict[str, Any] = {"document": name, "file": made[0].id, "version": place.version}
    history.record(work.session, "document_written", instance=work.instance, actor=work.actor, **told)
    return made


def _template(work: Work) -> PaperTemplate:
    key, known = str(work.headers.get(TEMPLATE) or ""), procedures.of_instance(work.session, work.instance).papers
    if key not in known:
        raise Trouble(
            f"There is no document “{key}” in this procedure. Add documents/{key}.md, or correct the header “template” of the service task."
        )
    return known[key]


def _optional(work: Work, name: str) -> str:
    return work.text(name) if work.variables.get(name) not in (None, "") else ""


def _value(document: Document) -> dict[str, Any]:
    return documents.value_of(document) | {"version": document.version, "sha256": document.sha256}
