"""Every page of the access matrix in a real browser, in both languages, also with errors: the console, the policy, axe.

To look at a page as axe does takes a third of a second. So the browser looks at each page once, in one language or the
other in turn, at one of the widths, by day or by night, and the other language is read as text; ALLIES_THOROUGH=1 lets
it look at each page in every way.
"""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.access.test_matrix import TABLE
from tests.browser.conftest import COLOURS, RULES, THOROUGH, WIDTHS
from tests.world import ACTORS

# Who is sent to look: of those who may, whoever works with the page; nobody in particular where all may.
LOOKERS = ("anon", "coordinator", "director", "board", "national", "coach", *ACTORS)
# Answers that a page asks for to put into itself.
PARTS = {"kit:job-fragment", "mentoring:run-progress"}
AT_A_TIME = 20
LANGUAGES = ("en", "fr")
MOST_BYTES = 60_000
# The form of the page, sent with nothing in it.
SEND_NOTHING = """() => {
    const form = Object.assign(document.createElement("form"), {method: "post"});
    // On public pages only their forms have the token.
    const token = document.querySelector("main [name=csrfmiddlewaretoken]")?.value
        ?? JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    form.append(Object.assign(document.createElement("input"), {name: "csrfmiddlewaretoken", value: token}));
    document.body.append(form);
    form.submit();
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page and who looks at it; `takes_a_form` where a form with nothing in it is answered with the page again."""

    name: str
    actor: str
    takes_a_form: bool = False


def _pages():
    for name, row in TABLE.items():
        get, post = row.codes("get"), row.codes("post")
        looker = next((actor for actor in LOOKERS if get[actor] == 200), None)
        if looker is not None and name not in PARTS:
            yield Seen(name, looker, takes_a_form=post[looker] == 422)


# By person, so that one browser serves many pages.
PAGES = sorted(_pages(), key=lambda seen: (seen.actor, seen.name))
TURN = {seen: number for number, seen in enumerate(PAGES)}
CHUNKS = [PAGES[start : start + AT_A_TIME] for start in range(0, len(PAGES), AT_A_TIME)]


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: chunk[0].name)
def test_every_page_is_sound(visit, full_world, chunk) -> None:
    visits, readers, faults = {}, {}, []
    for seen in chunk:
        for language in LANGUAGES:
            with translation.override(language):
                path = reverse(seen.name, kwargs=dict(TABLE[seen.name].args(full_world)))
            # What programs read – calendars, feeds, tables – has an ending; pages have none.
            if not path.endswith("/"):
                continue
            if THOROUGH or language == LANGUAGES[TURN[seen] % 2]:
                if (seen.actor, language) not in visits:
                    visits[seen.actor, language] = _enter(visit, full_world, seen.actor, language)
                faults += _faults(visits[seen.actor, language], path, seen)
            else:
                if seen.actor not in readers:
                    readers[seen.actor] = _sign_in(full_world, seen.actor)
                faults += _faults_of_the_text(readers[seen.actor], path, language)
    assert faults == []


def _enter(visit, world, actor, language):
    person = visit(language=language, width=WIDTHS[0], inspects_each_page=True)
    return person if actor == "anon" else person.enter_as(world.people[actor])


def _sign_in(world, actor):
    client = Client()
    if actor != "anon":
        client.force_login(world.people[actor])
    return client


def _faults_of_the_text(client, path, language):
    """What can be seen of a page in its other language without a browser: that it is there, in that language, small."""
    # A council's address in the other language leads to the one in this.
    answer = client.get(path, follow=True)
    wanted = f'lang="{language}-CA"'
    faults = [] if answer.status_code == 200 else [f"{path}: {answer.status_code}"]
    faults += [] if wanted in answer.text[:300] else [f"{path}: no {wanted}"]
    return faults + ([f"{path}: {len(answer.content)} bytes"] if len(answer.content) > MOST_BYTES else [])


def _faults(person, path, seen):
    turn = TURN[seen]
    widths = WIDTHS if THOROUGH else (WIDTHS[turn // 2 % 3],)
    person.go(path)
    # A form that was refused is the same page with more on it: axe looks at that one.
    faults = _faults_of_the_answer(person, path, 200)
    faults += person.faults(*widths, rules=RULES if THOROUGH or not seen.takes_a_form else None)
    if THOROUGH or turn % 5 == 0:
        person.page.emulate_media(color_scheme="dark")
        faults += [f"in the dark: {fault}" for fault in person.faults(rules=COLOURS)]
        person.page.emulate_media(color_scheme="light")
    if seen.takes_a_form:
        with person.page.expect_navigation() as sent:
            person.page.evaluate(SEND_NOTHING)
        person.answer = sent.value
        faults += _faults_of_the_answer(person, path, 422)
        faults += [f"refused: {fault}" for fault in person.faults(*widths)]
    return faults


def _faults_of_the_answer(person, path, status):
    facts = {
        "status": (person.answer.status, status),
        "kind": (person.answer.headers["content-type"], "text/html; charset=utf-8"),
        "language": (person.page.evaluate("document.documentElement.lang"), f"{person.language}-CA"),
        "size": (len(person.answer.body()) <= MOST_BYTES, True),
    }
    return [f"{path}: {name} {is_}, not {due}" for name, (is_, due) in facts.items() if is_ != due]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_sound(visit, world, language) -> None:
    reader = visit(language=language)
    reader.go(f"/{language}/nothing-here/")
    reader.assert_sound(*WIDTHS)
    assert reader.answer.status == 404
    member = visit(language=language).enter_as(world.people["board"])
    member.open("councils:profile-edit", council="halifax")
    member.assert_sound(*WIDTHS)
    assert member.answer.status == 403


def test_all_kinds_of_pages_are_here() -> None:
    assert {seen.actor for seen in PAGES} >= {"anon", "coordinator", "director", "national"}
    assert len({seen.name for seen in PAGES}) > 80
    assert sum(seen.takes_a_form for seen in PAGES) > 20


def test_the_inspection_bites(visit, world) -> None:
    reader = visit()
    for spoil, complaint in (
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('main').style.minWidth = '2000px'", "wider than the window"),
        ("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))", "Security Policy"),
        ("console.error('broken')", "broken"),
        (
            "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/a.png'}))",
            "Security Policy",
        ),
    ):
        reader.complaints.clear()
        reader.go("/en/about/")
        reader.page.evaluate(spoil)
        with pytest.raises(AssertionError, match=complaint):
            reader.assert_sound(320)
