"""A person at the keyboard: Tab until the wanted thing has the focus, then keys to type, to choose and to go on. There is no mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

FOCUS = Path(__file__).parent / "focus.js"
FAR = 400  # presses of Tab after which nobody would go on looking
GO_ON = ("continue", "submit")
TYPED = ("text", "email", "password", "search", "tel", "textarea", "number")

Raw = Mapping[str, Sequence[str]]  # answers as a browser posts them
Files = Mapping[str, tuple[str, bytes]]  # by control: name and content


@dataclass(frozen=True)
class Focus:
    """What has the focus, and where it stands."""

    kind: str  # link, add, remove, or the type of a control or button
    id: str
    name: str  # of a control; in a list's row, with the place of the row
    says: str  # its words, or those of its label
    value: str
    checked: bool
    action: str  # what a form's button does
    href: str
    list: str
    row: int
    rows: int
    target: bool  # a place to land on, which Tab does not reach
    lost: bool  # nothing has the focus
    wrong: str


class Keyboard:
    """The keys, and a page that answers them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(path=FOCUS)
        # Listened to from the start, for a chooser that opens before anybody listens belongs to the browser and stays closed to us.
        page.on("filechooser", lambda _: None)

    # Moving

    def focus(self) -> Focus:
        """What has the focus now; it must be in sight."""
        now = Focus(**self.page.evaluate("focusNow()"))
        assert not now.wrong, f"{self.page.url}: “{now.says}” ({now.name or now.kind}): {now.wrong}"
        return now

    def press(self, key: str) -> Focus:
        """Press a key that leads to no other page: the focus must still be somewhere."""
        self.page.keyboard.press(key)
        now = self.focus()
        assert not now.lost, f"{self.page.url}: after {key} nothing has the focus"
        return now

    def reach(self, words: str, *, kind: str = "", containing: str = "") -> Focus:
        """Press Tab until the thing with these words has the focus; Tab and Shift+Tab also lead on and back to it."""
        passed: list[str] = []
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            now = self.focus()
            if now.lost:
                break
            if now.says.startswith(words) and containing in now.says and kind in ("", now.kind):
                self._on_and_back(now)
                return now
            passed.append(now.says)
        raise AssertionError(f"{self.page.url}: Tab does not lead to “{words}” {containing}. It led to: {'; '.join(passed)}")

    def _on_and_back(self, here: Focus) -> None:
        if here.kind in TYPED or here.kind == "radio":
            return
        self.page.keyboard.press("Tab")  # after the last thing on a page comes nothing
        self.focus()
        back = self.press("Shift+Tab")
        assert (back.id, back.says) == (here.id, here.says), f"{self.page.url}: Shift+Tab does not lead back to “{here.says}”"

    def skip(self) -> None:
        """Past everything that each page begins with: the first Tab is the way."""
        link = self.press("Tab")
        assert link.says == "Skip to main content", f"{self.page.url}: the first Tab leads to “{link.says}”"
        assert self.press("Enter").id == "main-content", f"{self.page.url}: the skip link does not lead to the page’s content"

    def go(self, words: str, *, containing: str = "") -> None:
        """To the link or button with these words, and Enter: another page comes."""
        self.reach(words, containing=containing)
        self.enter()

    def enter(self) -> None:
        """Enter, on a link or button that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    # Answering

    def answer(self, raw: Raw, files: Files | None = None) -> set[str]:
        """Tab through a page's form, answering whatever there is an answer for, until its button has the focus. Says what was answered."""
        answered: set[str] = set()
        now = self.focus()
        for _ in range(FAR):
            if now.action in GO_ON:
                self._on_and_back(now)
                return answered
            acted = self._act_on(now, raw, files or {})
            answered |= {now.name} if acted else set()
            now = self.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not lead to the button that goes on")

    def _act_on(self, now: Focus, raw: Raw, files: Files) -> bool:
        if now.kind == "add":
            self._count_rows(now, raw)
        elif now.kind == "file" and now.name in files:
            self._attach(*files[now.name])
        elif now.name in raw and now.kind in TYPED:
            self.type(raw[now.name][0])
        elif now.name in raw and now.kind == "radio":
            self._choose(now, raw[now.name][0])
        elif now.name in raw and now.kind == "checkbox":
            self._tick(now, raw[now.name])
        elif now.name in raw and now.kind == "select-one":
            self._select(now, raw[now.name][0])
        else:
            return False
        return now.kind != "add"

    def type(self, text: str) -> None:
        """Type a text instead of what stands there."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        now = self.focus()
        assert now.value == text, f"{self.page.url}: “{now.says}” shows “{now.value}” where “{text}” was typed"

    def _choose(self, now: Focus, value: str) -> None:
        """Space for the radio that has the focus, the arrows for those after it."""
        if now.value == value:
            self._ticked(self.press("Space"), value, True)
            return
        passed = {now.value}
        while (now := self.press("ArrowDown")).value not in passed:
            passed.add(now.value)
            if now.value == value:
                self._ticked(now, value, True)
                return
        raise AssertionError(f"{self.page.url}: the arrow keys do not lead to “{value}” of {now.name}, only to {sorted(passed)}")

    def _tick(self, now: Focus, values: Sequence[str]) -> None:
        wanted = now.value in values
        if now.checked != wanted:
            self._ticked(self.press("Space"), now.value, wanted)

    def _ticked(self, now: Focus, value: str, wanted: bool) -> None:
        assert (now.value, now.checked) == (value, wanted), f"{self.page.url}: Space does not tick “{now.says}”"

    def _select(self, now: Focus, value: str) -> None:
        """The first letters of the option, and the arrows where several begin alike."""
        option = self.page.locator(f"#{now.id} option[value='{value}']").text_content() or ""
        for letter in option.strip().split()[0]:
            if now.value != value:
                now = self.press(letter)
        for _ in range(FAR):
            if now.value == value:
                return
            now = self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: no key chooses “{option}” of {now.name}")

    def _attach(self, name: str, content: bytes) -> None:
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})
        expect(self.page.locator("[data-attached]")).to_contain_text(name)

    def _count_rows(self, button: Focus, raw: Raw) -> None:
        """As many rows as there are answers for: adding leads into the new row, removing leads to the button that adds."""
        rows = [row for name, row in raw.items() if name.rpartition("-")[0] == button.list and name.rpartition("-")[2].isdecimal()]
        wanted = sum(row == ["row"] for row in rows) if rows else button.rows
        if button.rows < wanted:
            here = self.press("Enter")
            assert (here.list, here.row) == (button.list, button.rows), f"{self.page.url}: the focus is not in the new row"
        for _ in range(button.rows - wanted):
            assert self.press("Shift+Tab").kind == "remove", f"{self.page.url}: nothing before “{button.says}” removes the last row"
            here = self.press("Enter")
            assert (here.kind, here.list) == ("add", button.list), f"{self.page.url}: after removing, the focus is on “{here.says}”"

    # Mistakes

    def is_told(self, problem: str) -> None:
        """Go on too soon: the summary has the focus, and its link leads to the field."""
        self.answer({})
        self.enter()
        assert self.page.title().startswith("Error: "), f"{self.page.url}: the title does not say that something is wrong"
        expect(self.page.locator(".govuk-error-summary")).to_be_focused()
        link = self.reach(problem, kind="link")
        field = self.press("Enter")
        assert link.href == f"#{field.id}", f"{self.page.url}: “{problem}” leads to “{field.id}”, not to “{link.href}”"
