"""Letters: templates written in Markdown with FEEL in them, and the outbox in which a filled-in letter waits to be sent.

A template is a head of `subject: …` between two lines of ---, then the body. It may read the variables of the case
and beside them `reference`, `link`, `today` and `toName`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import calendars, clock, feel, templates
from .errors import Problem, Trouble
from .forms import markdown
from .models import UNCLASSIFIED, Letter, ProcessInstance

MAX_SUBJECT = 200
KIND = templates.Kind("letter", "Your request", ("subject",))


@dataclass(frozen=True)
class LetterTemplate:
    """A letter before it is filled in."""

    key: str  # the file's name without .md
    subject: str
    body: str  # Markdown
    reads: frozenset[str]

    def names(self) -> frozenset[str]:
        """The variables that the subject and the body read."""
        return self.reads


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to."""

    name: str
    email: str


def read(content: bytes, path: str, *, known: bool = False) -> tuple[LetterTemplate, list[Problem]]:
    """A template file, and everything that is wrong with it. known: as in `templates.read`."""
    template, problems = templates.read(content, path, KIND, known=known)
    return LetterTemplate(template.key, template.head.get("subject", ""), template.body, template.reads), problems


def fill(template: LetterTemplate, variables: Mapping[str, Any], to_name: str = "") -> tuple[str, str]:
    """The subject, on one line, and the body in Markdown. Raises Trouble where nothing sensible comes of it."""
    known = {**variables, "toName": to_name, "today": calendars.say_date(clock.today())}
    subject = templates.one_line(feel.render(template.subject, known))[:MAX_SUBJECT]
    if not subject:
        raise Trouble(f"The letter “{template.key}” has an empty subject in this case. Correct its line “subject: {template.subject}”.")
    return subject, markdown.fill_in(template.body, known).strip()


def write(
    session: Session, template: LetterTemplate, variables: Mapping[str, Any], *, to: Recipient, key: str, instance: ProcessInstance | None,
    classification: str = UNCLASSIFIED,
) -> Letter:  # fmt: skip
    """Put a letter into the outbox. With a key that was used before, nothing is written: the first letter is returned."""
    same = select(Letter).where(Letter.key == key)
    if (written := session.scalars(same).first()) is not None:
        return written
    name = templates.one_line(to.name)
    subject, body = fill(template, variables, name)
    letter = Letter(
        key=key, instance_id=instance.id if instance else None, template=template.key, to_name=name, to_email=to.email.strip(),
        subject=subject, body=body, classification=classification, written_at=clock.now(), next_try_at=clock.now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:  # another worker wrote it this very moment
        return session.scalars(same).one()
    return letter


def to_html(body: str) -> str:
    """The body as HTML that is safe to show: tags in it are shown as they are typed, nothing is loaded from elsewhere."""
    html: str = _markdown().render(body)
    return html


def to_text(body: str) -> str:
    """The body as plain text for mail programs that show no HTML; a link is followed by its address."""
    return _blocks(SyntaxTreeNode(_markdown().parse(body))).strip() + "\n"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def _blocks(node: SyntaxTreeNode, indent: str = "") -> str:
    return "\n\n".join(filter(None, (_block(child, indent) for child in node.children)))


def _block(node: SyntaxTreeNode, indent: str) -> str:
    if node.type in ("bullet_list", "ordered_list"):
        return "\n".join(
            _item(item, number, node.type, indent) for number, item in enumerate(node.children, int(node.attrs.get("start", 1)))
        )
    if node.type in ("fence", "code_block"):
        return "\n".join(indent + line for line in node.content.splitlines())
    if node.type == "hr":
        return indent + "-" * 20
    if node.type == "blockquote":
        return _blocks(node, indent + "> ")
    return "\n".join(indent + line for line in _inline(node).split("\n"))


def _item(node: SyntaxTreeNode, number: int, kind: str, indent: str) -> str:
    mark = "- " if kind == "bullet_list" else f"{number}. "
    inner = indent + " " * len(mark)
    return indent + mark + "\n".join(filter(None, (_block(child, inner) for child in node.children))).removeprefix(inner)


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    text = "".join(map(_inline, node.children))
    if node.type == "link" and (address := str(node.attrs.get("href", ""))) not in ("", text):
        return f"{text} ({address})"
    return text
