"""The keyboard alone: the focus is always seen, and it leads to the end of a coordinator's work."""

import pytest
from playwright.sync_api import expect

from tests.browser import doing

# The element with the focus: drawn around, inside the window, and with nothing on top of it.
HIDDEN_FOCUS = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    const name = focused.outerHTML.slice(0, 120);
    if (focused === document.body) return null;
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) return `nothing drawn around ${name}`;
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return `outside the window: ${name}`;
    const corners = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2],
        [(left + right) / 2, (top + bottom) / 2]];
    const seen = corners.some(([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there && (focused.contains(there) || there.contains(focused) || there.control === focused);
    });
    return seen ? null : `covered: ${name}`;
}"""
OVERLAY = """() => {
    const over = document.body.appendChild(document.createElement("div"));
    Object.assign(over.style, {position: "fixed", inset: 0, zIndex: 99});
}"""
MOST_STOPS = 150


def tab_to(page, target, back=False) -> None:
    """Press Tab until the target has the focus, which is seen at every stop."""
    expect(target).to_be_visible()
    wanted = target.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        assert page.evaluate(HIDDEN_FOCUS) is None
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{MOST_STOPS} stops and not there")


def press(page, target, key="Enter") -> None:
    """Go to a target and press a key there."""
    tab_to(page, target)
    page.keyboard.press(key)


def write(page, target, text) -> None:
    """Go to a field and replace what stands in it."""
    tab_to(page, target)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@pytest.fixture
def person(visit, world):
    return visit().enter_as(world.people["coordinator"])


def test_a_coordinator_edits_the_profile(visit, world) -> None:
    person = visit()
    page = person.open("home")
    doing.give_password(world.people["coordinator"])
    press(page, person.link("Sign in", "header"))
    write(page, page.locator("#sign-in [name=login]"), "coordinator@people.example")
    write(page, page.locator("#sign-in [name=password]"), doing.PASSWORD)
    page.keyboard.press("Enter")
    press(page, page.locator("main").get_by_role("link", name="Halifax Council", exact=True))
    press(page, person.link("Profile", ".subnav"))
    write(page, person.field("summary in English"), doing.SUMMARY["en"])
    write(page, person.field("summary in French"), doing.SUMMARY["fr"])
    press(page, page.get_by_label("Catalyst"), "Space")
    press(page, person.button("Preview"))
    expect(page.locator("main .lede").first).to_have_text(doing.SUMMARY["en"])
    press(page, page.get_by_role("button", name="Go on writing"))
    expect(page.get_by_label("Catalyst")).to_be_checked()
    press(page, person.button("Save"), "Space")
    doing.said(person, "The profile is saved.")
    world.halifax.refresh_from_db()
    assert (world.halifax.summary_fr, world.halifax.is_catalyst) == (doing.SUMMARY["fr"], True)
    assert person.complaints == []


def test_the_skip_link_leads_past_the_menus(person) -> None:
    page = person.open("councils:workspace-home", council="halifax")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_focus_is_seen_at_every_stop(visit, full_world, width) -> None:
    person = visit(width=width).enter_as(full_world.people["coordinator"])
    for name in ("councils:workspace-home", "councils:profile-edit", "councils:people-list"):
        page = person.open(name, council="halifax")
        tab_to(page, page.locator("footer a").last)
        tab_to(page, page.locator("main").get_by_role("link").first, back=True)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        ("document.activeElement.style.outline = 'none'", "nothing drawn around"),
        ("document.activeElement.style.left = '-999px'", "outside the window"),
        (OVERLAY, "covered"),
    ],
)
def test_the_watch_over_the_focus_bites(person, spoil, complaint) -> None:
    page = person.open("councils:about")
    page.keyboard.press("Tab")
    assert page.evaluate(HIDDEN_FOCUS) is None
    page.evaluate(spoil)
    assert complaint in page.evaluate(HIDDEN_FOCUS)


def test_a_summary_of_errors_takes_the_focus_and_leads_to_the_field(person) -> None:
    page = person.open("councils:profile-edit", council="halifax")
    field = person.field("name in English").first
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    press(page, page.get_by_role("alert").get_by_role("link").first)
    expect(field).to_be_focused()
    page.keyboard.type("Halifax Table")
    page.keyboard.press("Enter")
    doing.said(person, "The profile is saved.")


def test_a_dialog_holds_the_focus_and_gives_it_back(person, world) -> None:
    page = person.open("councils:profile-edit", council="halifax")
    opener = page.locator("details.ask summary")
    press(page, opener)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Space")
    press(page, dialog.get_by_role("button", name="Cancel"))
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    press(page, dialog.get_by_role("button", name="Take off the public site"))
    doing.said(person, "The profile is no longer public.")
    world.halifax.refresh_from_db()
    assert not world.halifax.is_published


def test_a_menu_closes_with_escape_and_keeps_the_focus(person) -> None:
    page = person.open("councils:workspace-home", council="halifax")
    menu = page.locator("header .menu.last")
    press(page, menu.locator("summary"))
    expect(menu.get_by_role("link", name="My data")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="My data")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
