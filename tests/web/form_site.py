"""A site with nothing but one form, kept in memory: forms are seen here without accounts, cases and databases around them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Flask, jsonify, redirect, render_template_string, request

from engine import forms
from web import dates, pages
from web import forms as form_pages
from web.configuration import Configuration

PAGE = """
{% from "forms/form.html" import form_errors, form_page %}
<!doctype html>
<html lang="en" class="govuk-template"><head><title>{{ "Error: " if shown.has_errors }}The form</title>{{ head }}</head>
<body class="govuk-template__body js-enabled govuk-frontend-supported"><main class="govuk-main-wrapper">
{% if shown.back %}<a class="govuk-back-link" href="?page={{ shown.back }}">Back</a>{% endif %}
{{ form_errors(shown) }}
<h1 class="govuk-heading-l">{{ shown.title or "The form" }}</h1>
{{ form_page(shown, csrf_token="token", submit_text="Send", seen=seen, draft_url=draft_url, files_url=files_url) }}
</main>{{ scripts }}</body></html>
"""


@cache
def the_app() -> Flask:
    """One application for all sites, the last one made being served: compiling the templates takes longest."""
    app = Flask("web")
    app.testing = True
    for part in (dates, pages):
        part.prepare(app, Configuration.from_environment())
    app.add_url_rule("/", "show", lambda: app.extensions["site"].show())
    app.add_url_rule("/", "take", lambda: app.extensions["site"].take(), methods=["POST"])
    return app


class FormSite:
    """The site, and what was kept of a person's typing."""

    def __init__(self, form: forms.Form, variables: Mapping[str, Any] | None = None) -> None:
        self.form, self.variables = form, dict(variables or {})
        self.raw: dict[str, list[str]] = {}
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.handed_in: dict[str, Any] | None = None
        self.changed: dict[str, Any] = {}
        self.page_parts: dict[str, Any] = {"seen": 0, "draft_url": "", "files_url": "", "head": "", "scripts": ""}
        self.app = the_app()
        self.app.extensions["site"] = self

    def show(self, turn: forms.Turn | None = None) -> Any:
        filled = forms.fill(self.form, self.variables, self.raw, self.files)
        page = forms.page_to_show(self.form, filled, turn.page if turn else request.args.get("page"))
        shown = form_pages.show(
            filled,
            page,
            problems=turn.problems if turn else {},
            changed=self.changed,
            changing="change" in request.args,
            focus=turn.focus if turn else "",
        )
        return render_template_string(PAGE, shown=shown, **self.page_parts), 422 if turn and turn.problems else 200

    def take(self) -> Any:
        for control, upload in forms.uploads(self.form, request.files):
            self.files.setdefault(control, []).append({"id": upload.filename, "name": upload.filename, "size": len(upload.read())})
        raw = {**self.raw, **forms.posted(self.form, request.form.lists())}
        turn = forms.turn(
            self.form, self.variables, raw, self.files, action=request.form.get("action", ""), page=request.args.get("page"),
            changing="change" in request.args,
        )  # fmt: skip
        self.raw = turn.raw
        if turn.take_away:
            self.files = {control: [one for one in files if one["id"] != turn.take_away] for control, files in self.files.items()}
        if turn.done:
            self.handed_in = forms.submit(self.form, self.variables, self.raw, self.files)
            return jsonify(self.handed_in)
        if turn.moved:
            return redirect(f"/?page={turn.page}", 303)
        return self.show(turn)
