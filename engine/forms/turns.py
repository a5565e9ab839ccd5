"""One turn of the conversation with a person: what the button they pressed means, and what is shown next. Pure: views do the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.errors import Invalid

from . import names
from .attachments import Files
from .filling import fill
from .model import CHECK, Form
from .names import Raw
from .shown import Block, Filled


@dataclass(frozen=True)
class Turn:
    """What comes of a post."""

    raw: dict[str, list[str]]  # to keep in the draft
    page: str | None = None  # the slug of the page to show now; None for a form that is all one page
    problems: Mapping[str, str] = field(default_factory=dict)  # to be shown there
    moved: bool = False  # the page is another one: go there instead of showing it
    saved: bool = False  # the person wants to go on later
    done: bool = False  # everything is right and the person wants it handed in
    focus: str = ""  # the control to go to
    take_away: str = ""  # a document to take away


def submit(form: Form, variables: Mapping[str, Any], raw: Raw, files: Files | None = None) -> dict[str, Any]:
    """The answers, typed; those that are hidden left out. Raises Invalid with a sentence for each control."""
    filled = fill(form, variables, raw, files)
    if filled.problems:
        raise Invalid(filled.problems)
    return filled.values


def turn(
    form: Form, variables: Mapping[str, Any], raw: Raw, files: Files | None = None, *,
    action: str, page: str | None = None, changing: bool = False,
) -> Turn:  # fmt: skip
    """What the button means. `changing`: the person came from check-your-answers and wants to go back there."""
    kept = names.clean(raw.items(), form.controls())
    filled = fill(form, variables, kept, files)
    here = page_to_show(form, filled, page)
    word, _, what = action.partition(":")
    if word == "save":
        return Turn(kept, here, saved=True)
    if word == "add":
        return _add(filled, kept, here, what)
    if word == "remove":
        return _remove(form, kept, here, what)
    if word in ("upload", "take-away"):
        return Turn(kept, here, take_away=what if word == "take-away" else "", focus=what if word == "upload" else "")
    if here in (None, CHECK):
        return Turn(kept, here, filled.problems, done=not filled.problems)
    return _continue(filled, kept, here or "", changing)


def _continue(filled: Filled, kept: dict[str, list[str]], here: str, changing: bool) -> Turn:
    problems = filled.problems_of(here)
    if problems:
        return Turn(kept, here, problems)
    return Turn(kept, page_after(filled, here, changing=changing), moved=True)


def _add(filled: Filled, kept: dict[str, list[str]], here: str | None, wanted: str) -> Turn:
    block = next((block for block in _lists(filled.blocks) if block.name == wanted), None)
    if block is None:
        return Turn(kept, here)
    numbers = [row.number for row in block.rows if isinstance(row.number, int)]
    number = max([*numbers, *names.rows(wanted, kept), -1]) + 1
    kept[names.row(wanted, number)] = ["row"]
    return Turn(kept, here, focus=names.row(wanted, number))


def _remove(form: Form, kept: dict[str, list[str]], here: str | None, wanted: str) -> Turn:
    if wanted and names.shape(wanted) in form.controls() and names.shape(wanted).endswith("-0"):
        kept = {name: values for name, values in kept.items() if not name.startswith(f"{wanted}-")}
        kept[wanted] = [""]
        return Turn(kept, here, focus=f"{wanted.rpartition('-')[0]}-add")
    return Turn(kept, here)


def _lists(blocks: Sequence[Block]) -> list[Block]:
    found = []
    for block in blocks:
        inside = [block.blocks, *(row.blocks for row in block.rows)]
        found += [block] if block.blank else []
        found += [inner for some in inside for inner in _lists(some)]
    return found


def page_to_show(form: Form, filled: Filled, wanted: str | None) -> str | None:
    """The page that was asked for; the first one instead of one that is hidden or unknown. None: the form is all one page."""
    if not form.pages[0].slug:
        return None
    slugs = [page.slug for page in filled.pages]
    return wanted if wanted and wanted in [*slugs, CHECK] else (slugs or [CHECK])[0]


def page_after(filled: Filled, slug: str, *, changing: bool = False) -> str:
    """Where to go from a page without problems: on; after a change back to check-your-answers, or to a page that needs answers now."""
    slugs = [page.slug for page in filled.pages]
    if changing:
        return next((one for one in slugs if filled.problems_of(one)), CHECK)
    later = slugs[slugs.index(slug) + 1 :] if slug in slugs else slugs
    return (later or [CHECK])[0]


def page_before(filled: Filled, slug: str | None) -> str:
    """The page that the back link leads to; "" on the first one."""
    slugs = [page.slug for page in filled.pages]
    if slug == CHECK:
        return slugs[-1] if slugs else ""
    return slugs[slugs.index(slug) - 1] if slug in slugs and slugs.index(slug) else ""


def posted(form: Form, pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """What was posted to this form, without anything foreign."""
    return names.clean(pairs, form.controls())


class Uploads(Protocol):
    """What came with a post: pairs of a control and a file, as werkzeug's MultiDict has them."""

    def items(self, multi: bool) -> Iterable[tuple[str, Any]]: ...


def uploads(form: Form, files: Uploads) -> list[tuple[str, Any]]:
    """The files that came through a control of this form. Browsers post an empty one where nothing was chosen."""
    return [(control, file) for control, file in files.items(multi=True) if file.filename and takes_files(form, control)]


def takes_files(form: Form, control: str) -> bool:
    """True if files may be attached at this control."""
    return names.shape(control) in form.file_controls()
