"""Forms: read and check a form-js .form file, show it with what is known or was typed, and turn entries into typed answers.

The engine knows what a form means; how it looks is the site's business (web.forms).
"""

from __future__ import annotations

from .attachments import Files
from .filling import fill
from .model import CHECK, Form, Page
from .names import Raw, shape
from .reading import read
from .shown import Block, Filled, Row
from .turns import Turn, page_after, page_before, page_to_show, posted, submit, takes_files, turn, uploads

__all__ = [
    "CHECK", "Block", "Files", "Filled", "Form", "Page", "Raw", "Row", "Turn",
    "fill", "page_after", "page_before", "page_to_show", "posted", "read", "shape", "submit", "takes_files", "turn", "uploads",
]  # fmt: skip
