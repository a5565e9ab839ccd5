"""Question pages, check-your-answers, and what each button means."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from engine import forms
from engine.forms import CHECK
from tests.engine.drawn import form_of, hidden_if, needed, page, radio, rows, text

WHOLE = form_of(text("a", **needed()))
PAGES = form_of(
    page("You", text("name", **needed()), radio("capacity", "agency", "family", **needed())),
    page("Them", text("subject", **needed()), **hidden_if('capacity = "family"')),
    page("Other", text("note", **hidden_if("subject = null")), text("why", **hidden_if('note != "why"'), **needed())),
    page("Files", {"type": "filepicker", "key": "papers", "label": "Papers"}, rows("people", text("who"), defaultRepetitions=0)),
)
NAME, AGENCY, FAMILY = {"f-name": ["Ann"]}, {"f-capacity": ["agency"]}, {"f-capacity": ["family"]}
RIGHT = {**NAME, **AGENCY, "f-subject": ["Bea"], "f-note": ["n"]}


def turn(raw, action="continue", page=None, form=PAGES, **more):
    return forms.turn(form, {}, raw, action=action, page=page, **more)


def slugs(raw):
    return [page.slug for page in forms.fill(PAGES, {}, raw).pages]


def test_a_form_without_pages_is_done_when_it_is_right():
    wrong, right = turn({}, "submit", form=WHOLE), turn({"f-a": ["x"]}, "submit", form=WHOLE)

    assert (wrong.page, wrong.done, wrong.problems) == (None, False, {"f-a": "Enter a"})
    assert (right.page, right.done, right.problems) == (None, True, {})


def test_the_enter_key_without_a_button_sends_the_form():
    assert turn({"f-a": ["x"]}, "", form=WHOLE).done
    assert turn(RIGHT, "").page == "them"


def test_each_page_is_checked_before_the_next():
    wrong, right = turn(NAME, page="you"), turn({**NAME, **AGENCY}, page="you")

    assert (wrong.page, wrong.moved, wrong.problems) == ("you", False, {"f-capacity": "Select capacity"})
    assert (right.page, right.moved, right.problems) == ("them", True, {})


def test_pages_with_nothing_to_see_are_left_out():
    assert slugs(AGENCY) == ["you", "them", "other", "files"]
    assert slugs(FAMILY) == ["you", "files"]
    assert turn({**NAME, **FAMILY}, page="you").page == "files"


def test_the_last_page_leads_to_check_your_answers():
    assert turn(RIGHT, page="files").page == CHECK


def test_check_your_answers_checks_the_whole_form():
    wrong = turn({**NAME, **AGENCY}, "submit", CHECK)

    assert (wrong.page, wrong.done, wrong.problems) == (CHECK, False, {"f-subject": "Enter subject"})
    assert forms.fill(PAGES, {}, wrong.raw).page_of("f-subject") == "them"
    assert turn(RIGHT, "submit", CHECK).done


def test_a_form_cannot_be_sent_from_the_middle():
    assert not turn(RIGHT, "submit", "them").done


def test_after_a_change_one_is_back_at_check_your_answers():
    assert turn(RIGHT, page="you", changing=True).page == CHECK
    assert turn({**RIGHT, "f-note": ["why"]}, page="you", changing=True).page == "other"
    assert turn({**RIGHT, "f-name": [""]}, page="you", changing=True).page == "you"


@pytest.mark.parametrize(
    ("asked", "raw", "shown"),
    [(None, {}, "you"), ("other", {}, "other"), ("nonsense", {}, "you"), ("them", FAMILY, "you"), (CHECK, {}, CHECK), ("", {}, "you")],
)
def test_the_page_that_is_shown(asked, raw, shown):
    assert forms.page_to_show(PAGES, forms.fill(PAGES, {}, raw), asked) == shown
    assert forms.page_to_show(WHOLE, forms.fill(WHOLE, {}), asked) is None


def test_the_way_back():
    filled = forms.fill(PAGES, {}, FAMILY)

    assert [forms.page_before(filled, slug) for slug in ("you", "files", CHECK, "them", None)] == ["", "you", "files", "", ""]


@pytest.mark.parametrize("action", ["save", "add:f-people", "remove:f-people-0", "upload:f-papers", "take-away:17"])
def test_other_buttons_stay_on_the_page_and_complain_of_nothing(action):
    found = turn({}, action, "files")

    assert (found.page, found.moved, found.done, found.problems) == ("files", False, False, {})
    assert found.saved == (action == "save")
    assert found.take_away == ("17" if action.startswith("take") else "")


def test_a_form_whose_pages_are_all_hidden_ends_at_its_answers():
    form = form_of(page("One", text("a"), **hidden_if("true")), page("Two", text("b", **hidden_if("true"))))

    assert forms.page_to_show(form, forms.fill(form, {}), "one") == CHECK


def test_a_page_that_has_only_words_is_shown():
    form = form_of(page("One", {"type": "text", "text": "Read this"}, {"type": "expression", "key": "b", "expression": "=1"}))

    assert [page.slug for page in forms.fill(form, {}).pages] == ["one"]


def test_files_come_through_controls_of_the_form_only():
    chosen, nothing = SimpleNamespace(filename="a.pdf"), SimpleNamespace(filename="")
    posted = MultiDict([("f-papers", chosen), ("f-papers", nothing), ("f-other", chosen), ("f-name", chosen)])

    assert forms.uploads(PAGES, posted) == [("f-papers", chosen)]
    assert forms.takes_files(PAGES, "f-papers")
    assert not forms.takes_files(PAGES, "f-name")
