"""What protects every page: who may ask, cookies, forms that only our own pages can send, and the headers of each answer."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, abort, g, request
from flask_wtf import CSRFProtect

from engine.errors import NotFound

from . import uploads
from .unit_of_work import audience_of, public

if TYPE_CHECKING:
    from .configuration import Configuration

log = structlog.get_logger()

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The address of a page can hold a reference; other sites never see it, our own CSRF check does.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def prepare(app: Flask, configuration: Configuration) -> None:
    """Set the application's limits, cookies and checks."""
    app.config.update(
        SECRET_KEY=configuration.secret_key,
        SESSION_COOKIE_NAME="casework",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https(configuration),
        # A form may lie open for days; the token lives as long as the browser's session.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=uploads.MAX_REQUEST,
        MAX_FORM_MEMORY_SIZE=uploads.MAX_TEXT,
        MAX_FORM_PARTS=uploads.MAX_PARTS,
    )
    app.before_request(_refuse_unstated)
    app.before_request(_refuse_null)
    CSRFProtect(app)
    app.after_request(_protect)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.view_functions["static"] = public(app.view_functions["static"])


def is_https(configuration: Configuration) -> bool:
    """True if people reach the site over https, so that cookies may insist on it."""
    return urlsplit(configuration.base_url).scheme == "https"


def csp_nonce() -> str:
    """The word that this answer's own scripts carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def from_own_page() -> bool:
    """True if the browser says that one of our own pages sent this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return f"{request.headers.get('Origin')}/" == request.host_url


def _refuse_unstated() -> None:
    if request.endpoint and audience_of(request.endpoint) is None:
        log.error("view without an audience", endpoint=request.endpoint)
        raise NotFound("There is no such page.")


def _refuse_null() -> None:
    """No database takes a null character, so no address of ours has one."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        abort(404)


def _protect(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        # Pages hold what one person may see: nobody else's cache and no "back" after signing out shows them.
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer
