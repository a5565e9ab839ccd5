"""Documents: given out to be kept on the reader's computer, never shown as a page of ours."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from engine import documents
from engine.identity import Actor
from web.unit_of_work import in_transaction

bp = Blueprint("documents", __name__, url_prefix="/documents")


@bp.get("/<uuid:document_id>")
@in_transaction
def download(db: Session, actor: Actor, document_id: UUID) -> Response:
    """The file, for those who may see it."""
    document = documents.get_for(db, actor, document_id)
    return as_file(document.content, document.name, document.media_type)


def as_file(content: bytes, name: str, media_type: str = "application/octet-stream") -> Response:
    """An answer that every browser saves as a file, whatever is in it."""
    answer = Response(content, content_type=media_type)
    # Whoever opens it in the browser after all gets it without scripts, frames or anything from elsewhere.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    plain = "".join(letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer
