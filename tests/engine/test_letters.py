"""Letter templates, filling them in, and the outbox."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import func, select

from engine import clock, letters, outbox
from engine.database import Sessions, transaction
from engine.errors import Trouble
from engine.letters import LetterTemplate, Recipient
from engine.models import Letter, ProcessInstance
from tests.engine.rows import LETTER, actor, deployment, instance

PATH = "letters/answer.md"
ODD = [
    "<script>", "</script>", "<img src=x onerror=y>", "[a](javascript:x)", "[a]( JaVaScRiPt:x)", "<javascript:x>", "[a]: javascript:x\n",
    "[a]", "<!--", "-->", "![a](b)", "<a href='javascript:x'>", "<svg/onload=x>", "&lt;script&gt;", "&#106;avascript:", "`", "```", "**",
    "\\", "> ", "- ", "\n", "\n\n", " ", "x", "(", ")", "[", "]", "<", ">", '"', "\x00",
]  # fmt: skip
ROSA = Recipient("Rosa Field", "rosa@example.org")


def template(text: str | bytes = LETTER) -> LetterTemplate:
    read, problems = letters.read(text if isinstance(text, bytes) else text.encode(), PATH)
    assert problems == []
    return read


def problems(text: str | bytes) -> list[tuple[str, str]]:
    _, found = letters.read(text if isinstance(text, bytes) else text.encode(), PATH)
    assert all(problem.file == PATH for problem in found)
    return [(problem.element, problem.message) for problem in found]


def test_a_template_is_a_head_with_a_subject_and_a_body():
    read = template("---\nsubject: Plot {{ reference }}\n---\n\nHello {{ toName }},\n\n---\n\nyours\n")

    assert (read.key, read.subject) == ("answer", "Plot {{ reference }}")
    assert read.body == "Hello {{ toName }},\n\n---\n\nyours"
    assert read.names() == {"reference", "toName"}


def test_a_template_saved_on_windows_is_read_alike():
    assert template(b"\xef\xbb\xbf---\r\nsubject: Plot\r\n---\r\nHello\r\n").body == "Hello"


def test_everything_wrong_with_a_template_is_said_at_once():
    found = problems("---\nfrom: me\nsubject: {{ a + }}\n---\nHello {{ b\n")

    assert [element for element, _ in found] == ["", "subject", "body"]
    assert "“from: me”. It may only say “subject: …”" in found[0][1]
    assert "{{ a + }}" in found[1][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"---\nsubject: \xff\n---\nHello", "Save it as UTF-8"),
        ("Hello", "The head is missing"),
        ("---\nsubject: x\nHello", "The head is missing"),
        ("", "The head is missing"),
        ("---\n---\nHello", "The subject is missing"),
        ("---\nsubject: Plot\n---\n \n", "nothing below the head"),
        ("---\nsubject: Plot\nsubject: Field\n---\nHello", "two subjects"),
    ],
)
def test_a_problem_comes_with_its_cure(text, words):
    assert words in " ".join(message for _, message in problems(text))


@given(st.binary(max_size=200), st.sampled_from([b"", b"---\nsubject: ", b"---\nsubject: x\n---\n"]))
def test_no_file_is_too_odd_to_be_read(content, beginning):
    read, found = letters.read(beginning + content, PATH)

    assert found or (read.subject and read.body)


def test_a_letter_knows_the_case_its_recipient_and_the_day(db):
    size = '{{ if size > 100 then "Large" else "Small" }}'
    text = template(f"---\nsubject: Plot {{{{ reference }}}}\n---\n{{{{ toName }}}}, today is {{{{ today }}}}. {size}.")

    with clock.moved_to(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)):
        letter = letters.write(db, text, {"reference": "PLOT-1", "size": 120}, to=ROSA, key="k", instance=instance(db))

    assert (letter.subject, letter.body) == ("Plot PLOT-1", "Rosa Field, today is 3 March 2026. Large.")
    assert (letter.to_name, letter.to_email, letter.template) == ("Rosa Field", "rosa@example.org", "answer")


def test_a_subject_cannot_smuggle_in_a_line_of_the_head_of_an_email(db):
    name = "a\r\nBcc: all@example.org\u2028\x00b" + "x" * 300

    subject, _ = letters.fill(template("---\nsubject: Plot {{ name }}\n---\nx"), {"name": name})

    letter = letters.write(db, template(), {}, to=Recipient("Rosa\r\nBcc: all@example.org", "rosa@example.org"), key="k", instance=None)

    assert subject.startswith("Plot a Bcc: all@example.org b")
    assert letter.to_name == "Rosa Bcc: all@example.org"
    assert len(subject) == letters.MAX_SUBJECT


@pytest.mark.parametrize(
    "typed",
    [
        "[Sign in](https://elsewhere.example)",
        "<https://elsewhere.example>",
        "x\n\n## From the council",
        "x\n===",
        "> said",
        "1. first\n- *all*",
        "`a` & &lt;b&gt;",
    ],
)
def test_what_somebody_typed_stays_words_in_a_letter(typed):
    _, body = letters.fill(template("---\nsubject: Plot\n---\nDear {{ toName }},\n\n- Where: {{ place }}\n"), {"place": typed}, typed)

    page = html.fragment_fromstring(letters.to_html(body), create_parent=True)

    assert {element.tag for element in page.iterdescendants()} == {"p", "ul", "li", "br"} - ({"br"} if "\n" not in typed else set())
    assert page.text_content().split() == ["Dear", *f"{typed},".split(), "Where:", *typed.split()]
    assert " ".join(letters.to_text(body).split()) == " ".join(f"Dear {typed}, - Where: {typed}".split())


def test_an_empty_subject_is_trouble_for_an_administrator():
    with pytest.raises(Trouble, match="“answer” has an empty subject"):
        letters.fill(template("---\nsubject: {{ name }}\n---\nx"), {"name": None})


def test_the_same_letter_is_written_once_however_often_it_is_asked_for(db):
    case = instance(db)

    first = letters.write(db, template(), {"size": 1}, to=ROSA, key="k", instance=case)
    again = letters.write(db, template(), {"size": 2}, to=ROSA, key="k", instance=case)
    other = letters.write(db, template(), {"size": 2}, to=ROSA, key="another", instance=None)

    assert again is first
    assert "dig 1 square" in again.body
    assert other.id != first.id


def test_the_same_letter_is_written_once_however_many_write_it_at_once(sessions: Sessions):
    with transaction(sessions) as session:
        case_id = instance(session).id

    def write(_: int) -> int:
        with transaction(sessions) as session:
            return letters.write(session, template(), {}, to=ROSA, key="k", instance=session.get_one(ProcessInstance, case_id)).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(write, range(12)))) == 1
    with transaction(sessions) as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 1


def test_html_from_a_body_shows_tags_as_they_were_typed_and_loads_nothing():
    html = letters.to_html("Hello **Rosa** <script>alert(1)</script>\n\n<b>x</b>\n\n![x](http://example.org/x.png)")

    assert "<strong>Rosa</strong>" in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;x" in html
    assert "<img" not in html


@given(st.lists(st.sampled_from(ODD), max_size=12).map("".join))
def test_no_text_becomes_a_tag_that_markdown_does_not_have(text):
    tags = set(re.findall(r"<[^>\s]*", letters.to_html(text)))

    assert tags <= {
        f"<{slash}{tag}" for tag in ("p", "br", "em", "strong", "code", "pre", "a", "ul", "li", "blockquote", "hr") for slash in ("", "/")
    }
    assert letters.to_text(text).endswith("\n")
    assert 'href="javascript' not in letters.to_html(text).lower()


def test_plain_text_of_a_body_reads_well_without_its_marks():
    body = (
        "# Your plot\n\nDear **Rosa**,\nsee [the case](https://casework.example/cases/1) or <https://example.org>.\n\n"
        "1. dig\n2. sow\n   - peas\n   - beans\n\n> as agreed\n> in March\n\n---\n\n```\nbed 1\nbed 2\n```\n"
    )

    assert letters.to_text(body) == (
        "Your plot\n\nDear Rosa,\nsee the case (https://casework.example/cases/1) or https://example.org.\n\n"
        "1. dig\n2. sow\n   - peas\n   - beans\n\n> as agreed\n> in March\n\n--------------------\n\nbed 1\nbed 2\n"
    )


def test_the_outbox_shows_the_letters_of_cases_one_may_open_and_ones_own(db):
    case = instance(db, deployment(db))
    secretary, stranger = actor(db, "Cy Wood", "secretary"), actor(db, "Di Moor", "gardener")
    first = letters.write(db, template(), {}, to=ROSA, key="1", instance=case)
    second = letters.write(db, template(), {}, to=Recipient("Di", stranger.email), key="2", instance=case)
    nobodys = letters.write(db, template(), {}, to=ROSA, key="3", instance=None)

    assert outbox.letters_for(db, secretary) == [second, first]
    assert outbox.letters_for(db, stranger) == [second]
    assert nobodys not in outbox.letters_for(db, secretary)
