"""A form being filled in: of a task, or one that starts a case. What was posted is kept first and judged afterwards.

`Entry.take` reads a posted page in this order: files, typed answers (into the draft), then what the pressed button means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, redirect, request
from sqlalchemy.orm import Session

from engine import documents, drafts, forms
from engine.errors import Invalid
from engine.identity import Actor
from engine.models import Draft

from . import forms as form_pages
from . import uploads

# After adding or taking away something on the page nothing is sent yet, so what colleagues changed can wait until it is.
SENDING = "submit"
UNREADABLE = "What was sent could not be read."


@dataclass(frozen=True)
class Taken:
    """What became of a posted page."""

    turn: forms.Turn
    raw: Mapping[str, list[str]]
    version: int  # of the draft
    problems: Mapping[str, str]  # by control; of this page's answers and files
    theirs: Mapping[str, drafts.Change]  # what somebody else changed that must be seen before going on

    @property
    def status(self) -> int:
        """What the page is answered with when it is shown again."""
        return 409 if self.theirs else 422 if self.problems else 200

    @property
    def may_go_on(self) -> bool:
        """False when the same page must be shown again."""
        return not (self.theirs or self.problems)


class Entry:
    """One form, what is known, and what was typed so far."""

    def __init__(self, db: Session, actor: Actor | None, form: forms.Form, variables: Mapping[str, Any], draft: Draft | None) -> None:
        self.db, self.actor, self.form, self.variables, self.draft = db, actor, form, variables, draft

    @property
    def files(self) -> dict[str, list[dict[str, Any]]]:
        """The documents attached so far, by control."""
        return documents.of_draft(self.db, self.draft) if self.draft else {}

    @property
    def version(self) -> int:
        """How often the draft was saved."""
        return self.draft.version if self.draft else 0

    def show(self, taken: Taken | None = None) -> Any:
        """The page to draw: the one asked for, or the one a posted page leads to."""
        raw = taken.raw if taken else drafts.raw_of(self.draft) if self.draft else {}
        filled = forms.fill(self.form, self.variables, raw, self.files)
        page = forms.page_to_show(self.form, filled, taken.turn.page if taken else request.args.get("page"))
        changing = "change" in request.args
        told: dict[str, Any] = {"changing": changing, "openable": documents.openable(self.db, self.actor, _ids(filled))}
        if taken is None:
            return form_pages.show(filled, page, **told)
        return form_pages.show(filled, page, problems=taken.problems, changed=taken.theirs, focus=taken.turn.focus, **told)

    def take(self) -> Taken:
        """Keep what was posted, and say what the pressed button asks for. Needs a draft."""
        refused = self._attach()
        posted = forms.posted(self.form, request.form.lists())
        saved = drafts.save(self.db, self._draft, posted, seen=_seen(request.form.get("seen")), actor=self.actor, shown=self._shown(posted))
        mine = {name: clash.mine for name, clash in saved.clashes.items()}
        raw = {**posted, **drafts.raw_of(self._draft), **mine}
        action = request.form.get("action", "")
        turn = forms.turn(
            self.form, self.variables, raw, self.files, action=action, page=request.args.get("page"), changing="change" in request.args
        )
        theirs = saved.theirs if action == SENDING else {name: saved.theirs[name] for name in mine}
        version = self._keep(turn, raw, saved.version)
        return Taken(turn, turn.raw, version, {**turn.problems, **refused}, theirs)

    def _keep(self, turn: forms.Turn, raw: Mapping[str, list[str]], version: int) -> int:
        """Rows that came or went, and documents taken away."""
        if turn.take_away:
            documents.take_away(self.db, draft=self._draft, document_id=turn.take_away)
        if turn.raw == raw:
            return version
        return drafts.save(self.db, self._draft, turn.raw, seen=version, actor=self.actor).version

    def _attach(self) -> dict[str, str]:
        """Keep every file that came along. What cannot be taken is told by its control; the rest is not lost for it."""
        refused: dict[str, str] = {}
        for control, upload in ((name, one) for name, several in request.files.lists() for one in several if one.filename):
            try:
                self._attach_one(control, upload)
            except Invalid as error:
                refused[control] = " ".join(error.problems.values())
        return refused

    def _attach_one(self, control: str, upload: Any) -> None:
        if not forms.takes_files(self.form, control):
            return
        documents.attach(self.db, draft=self._draft, field=control, actor=self.actor, **uploads.file_of(upload))

    def autosave(self) -> Response:
        """Keep what was typed since the last time, and answer what others changed."""
        body = _json()
        posted = forms.posted(self.form, _pairs(body))
        saved = drafts.save(self.db, self._draft, posted, seen=_seen(body.get("seen")), actor=self.actor, shown=self._shown(posted))
        return jsonify(version=saved.version, theirs=_changes(saved.theirs), clashes=_changes(saved.clashes))

    def receive_files(self) -> Response | tuple[Response, int]:
        """Keep or take away files without a new page."""
        control = request.form.get("field", "")
        if gone := request.form.get("take_away"):
            documents.take_away(self.db, draft=self._draft, document_id=gone)
        try:
            for upload in request.files.getlist("file"):
                self._attach_one(control, upload)
        except Invalid as error:
            return jsonify(problem=" ".join(error.problems.values())), 422
        return jsonify(files=self.files.get(control, []))

    def _shown(self, posted: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """What the form shows where nothing was typed. An empty box that comes back empty, in whatever way, was not typed in."""
        filled = forms.fill(self.form, self.variables, {}, {})
        fields = (field for block in filled.blocks for field in block.fields())
        shown = {field.name + part: values for field in fields for part, values in field.entered.items()}
        empty = {name: values for name, values in posted.items() if not any(values) and not any(shown.get(name, []))}
        return shown | empty

    @property
    def _draft(self) -> Draft:
        if self.draft is None:
            raise ValueError("what is posted needs a draft to be kept in")
        return self.draft


def is_handed_in() -> bool:
    """True where somebody sends the form, with nothing but what they typed."""
    return request.form.get("action") == SENDING and not any(upload.filename for upload in request.files.values())


def to_page(address: str, slug: str | None) -> Any:
    """On to another page of the form."""
    return redirect(f"{address}?page={slug}" if slug else address, 303)


def _ids(filled: forms.Filled) -> set[str]:
    """The ids of all documents that the form shows."""
    return {str(file["id"]) for file in filled.files()}


def _json() -> Any:
    try:
        return request.get_json()
    except RecursionError:  # nested so deeply that no page of ours made it
        raise Invalid({"fields": UNREADABLE}) from None


def _seen(value: Any) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _pairs(body: Any) -> Any:
    fields = body.get("fields") if isinstance(body, dict) else None
    if not isinstance(fields, dict):
        raise Invalid({"fields": UNREADABLE})
    return [(name, values) for name, values in fields.items() if isinstance(values, list)]


def _changes(changes: Mapping[str, drafts.Change]) -> dict[str, Any]:
    return {name: {"values": change.values, "by": change.by, "at": change.at.isoformat()} for name, change in changes.items()}
