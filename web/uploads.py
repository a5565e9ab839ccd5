"""How a request's body is read: bounded, so that an enormous file neither fills the machine nor takes the rest of the form with it."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request as FlaskRequest
from flask import g, request

from engine import documents

MAX_REQUEST = 512 * 1024 * 1024  # beyond this the whole request is refused (413)
MAX_TEXT = 4 * 1024 * 1024  # all typed answers of one page together
MAX_PARTS = 5000
KEPT = documents.MAX_BYTES + 1  # of one file: enough to see that it is too large
IN_MEMORY = 512 * 1024


def look_at_files() -> None:
    """Judge every file that came along, before the transaction that keeps them begins: a virus scanner takes its time, and others write."""
    g.judged = {}
    every = [(control, upload) for control, uploads in request.files.lists() for upload in uploads if upload.filename]
    for control, upload in every[: documents.MAX_FILES]:
        g.judged[upload] = documents.judge(control, upload.filename or "", upload.mimetype, upload.stream.read())
        upload.stream.seek(0)


def file_of(upload: Any) -> dict[str, Any]:
    """What is kept of a file that came along, and how it was judged."""
    content = upload.stream.read()
    return {"name": upload.filename or "", "media_type": upload.mimetype, "content": content, "judged": g.get("judged", {}).get(upload)}


class CappedFile(SpooledTemporaryFile[bytes]):
    """A file being received. What goes beyond the largest document is read and forgotten."""

    def write(self, content: Any) -> int:
        """Keep what there is room for, and say that all was taken."""
        room = max(0, KEPT - self.tell())
        super().write(content[:room])
        return len(content)


class Request(FlaskRequest):
    """A request that keeps at most one byte too many of each file, so the form can say which one is too large."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: Any, filename: Any = None, content_length: Any = None
    ) -> IO[bytes]:
        return CappedFile(max_size=IN_MEMORY, mode="rb+")
