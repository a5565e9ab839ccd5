"""A person at a form in a real browser: whatever is asked and has an answer is typed, chosen, ticked or attached, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

FIELDS = Path(__file__).parent / "fields.js"
MOST = 400  # acts on one page after which answers and conditions chase each other for ever
CHOSEN = ("radio", "checkbox")
PATIENCE = 60_000  # milliseconds: a busy machine is not a fault


@dataclass(frozen=True)
class Field:
    """Something on the page that takes an answer."""

    name: str  # in a list's row, with the place of the row
    id: str
    kind: str
    value: str
    checked: bool
    attached: Sequence[str]


@dataclass(frozen=True)
class Rows:
    """A list on the page."""

    name: str
    own: str  # as the page itself calls it
    rows: int


@dataclass(frozen=True)
class Answers:
    """What somebody has to say, by control, as a browser would post it."""

    raw: Mapping[str, Sequence[str]]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def rows(self, of: Rows) -> int:
        """How many rows a list needs; those it has, where nothing is said of it."""
        if of.name in self.raw:
            return 0
        begins = f"{of.name}-"
        rows = [name for name, values in self.raw.items() if list(values) == ["row"] and name.rpartition("-")[0] + "-" == begins]
        return len(rows) or of.rows

    def to_do(self, asked: Field) -> bool:
        """True if something has to be entered into the field, or taken out of it."""
        if asked.kind == "file":
            return asked.name in self.files and self.files[asked.name][0] not in asked.attached
        if asked.name not in self.raw:
            return False
        wanted = self.raw[asked.name]
        if asked.kind == "checkbox":
            return asked.checked != (asked.value in wanted)
        if asked.kind == "radio":
            return asked.value in wanted and not asked.checked
        return list(wanted) != [asked.value]


class Filling:
    """One page of a form."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def answer(self, answers: Answers) -> None:
        """Fill in the page until it holds every answer that it asks for."""
        for _ in range(MOST):
            fields, lists = self._now()
            if any(self._count_rows(one, answers.rows(one)) for one in lists):
                continue
            left = next((one for one in fields if answers.to_do(one)), None)
            if left is None:
                return
            self._enter(left, answers)
        raise AssertionError(f"{self.page.url}: the answers do not stay as they are entered")

    def _now(self) -> tuple[list[Field], list[Rows]]:
        now = self.page.evaluate("fieldsNow()")
        return [Field(**one) for one in now["fields"]], [Rows(**one) for one in now["lists"]]

    def _count_rows(self, now: Rows, wanted: int) -> bool:
        """Add rows, or remove the last ones; True if the list had another number of them."""
        rows = self.page.locator(f"[data-list='{now.own}'] > [data-rows] > [data-row]")
        for number in range(now.rows, wanted):
            self.page.locator(f"[id='{now.own}-add']").click()
            expect(rows.nth(number)).to_be_focused(timeout=PATIENCE)
        for number in range(now.rows - 1, wanted - 1, -1):
            rows.nth(number).locator("> [data-remove]").click()
            expect(rows).to_have_count(number, timeout=PATIENCE)
        return now.rows != wanted

    def _enter(self, asked: Field, answers: Answers) -> None:
        control = self.page.locator(f"[id='{asked.id}']")
        if asked.kind == "file":
            name, content = answers.files[asked.name]
            control.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
            expect(self.page.locator("[data-files]", has=control).locator("[data-attached]")).to_contain_text(name, timeout=PATIENCE)
        elif asked.kind in CHOSEN:
            control.set_checked(not asked.checked)
        elif asked.kind == "select-one":
            control.select_option(answers.raw[asked.name][0])
        else:
            control.fill(answers.raw[asked.name][0])
