"""What national staff do, in both languages: move a council on, merge two, and wait for long work to end."""

import time

import pytest
from playwright.sync_api import expect

from allies.kit import jobs
from allies.kit.models import Job
from councils.models import Council, LabourTable
from councils.states import Stage
from councils.tasks import import_labour_upload
from tests import factories as make
from tests.browser import doing
from tests.councils.labour_files import TITLES, file, row
from tests.kit import making

# A job tells how far it is at most four times a second.
LEAST = 0.3
REASON = {"en": "A new host came forward.", "fr": "Un nouvel organisme hôte s'est proposé."}


@pytest.fixture(params=["en", "fr"])
def keeper(request, visit, world):
    staff = world.people["national"]
    staff.language = request.param
    staff.save()
    return visit(language=request.param).enter_as(staff)


def give_reasons(person) -> None:
    person.field("Reason in English").fill(REASON["en"])
    person.field("Reason in French").fill(REASON["fr"])


def test_a_council_is_moved_on_and_anybody_reads_why(keeper, world) -> None:
    page = keeper.open("councils:network-council", slug=world.halifax.slug)
    keeper.link("Change the stage").click()
    page.get_by_label(keeper.say("Stalled")).check()
    give_reasons(keeper)
    keeper.button("Record the change").click()
    name, stage = getattr(world.halifax, f"name_{keeper.language}"), keeper.say("Stalled")
    doing.said(keeper, "%(name)s is now at this stage: %(stage)s.", name=name, stage=stage)
    keeper.link("Public page").click()
    expect(page.locator(".timeline")).to_contain_text(REASON[keeper.language])
    assert Council.objects.get(slug_en="halifax").stage == Stage.STALLED
    assert keeper.complaints == []


def test_two_councils_merge_and_the_old_address_leads_on(keeper, visit, world) -> None:
    page = keeper.open("councils:network-council", slug=world.calgary.slug)
    keeper.link("Merge").click()
    page.locator("[name=successor]").select_option(label=getattr(world.halifax, f"name_{keeper.language}"))
    give_reasons(keeper)
    keeper.button("Merge the council for good").click()
    name = getattr(world.calgary, f"name_{keeper.language}")
    doing.said(keeper, "%(name)s has merged. Its pages lead to its successor.", name=name)
    reader = visit(language=keeper.language)
    there = reader.open("councils:council-show", slug=getattr(world.calgary, f"slug_{keeper.language}"))
    expect(there.get_by_role("heading", level=1)).to_have_text(getattr(world.halifax, f"name_{keeper.language}"))
    came = reader.say("You looked for %(name)s, which is now part of this council.", name=name)
    expect(there.locator("main .note").first).to_contain_text(came)
    reader.link("Read its history").click()
    expect(there.locator("main")).to_contain_text(REASON[keeper.language])
    assert keeper.complaints == reader.complaints == []


def test_a_table_is_handed_in_and_its_page_says_by_itself_when_it_is_taken_in(keeper, world) -> None:
    make.PlaceFactory(code="halifax")
    page = keeper.open("councils:network-labour-new")
    table = file([row("2010"), row("2011")]).getvalue()
    page.locator("[name=upload]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": table})
    page.locator("[name=product]").fill("14-10-0083-01")
    for name, title in TITLES.items():
        page.locator(f"[name={name}]").fill(title)
    keeper.button("Import the table").click()
    expect(page.locator("#job")).to_have_attribute("data-state", "queued")
    job = Job.objects.get()
    import_labour_upload.run(str(job.pk), *job.args)
    keeper.link("See the result").click()
    expect(page.locator("main")).to_contain_text(TITLES[f"title_{keeper.language}"])
    assert LabourTable.objects.count() == 1
    assert keeper.complaints == []


def test_a_job_shows_how_far_it_is_survives_a_reload_and_stops_when_asked(keeper, world) -> None:
    job = making.queued(owner=world.people["national"])
    with jobs.running(str(job.pk)) as progress:
        progress.of(4)
        page = keeper.open("kit:job-show", pk=job.pk)
        bar = page.locator("progress")
        expect(bar).to_have_attribute("value", "0")
        time.sleep(LEAST)
        progress.step()
        expect(bar).to_have_attribute("value", "1")
        page.reload()
        expect(bar).to_have_attribute("value", "1")
        keeper.assert_sound()
        keeper.button("Cancel").click()
        expect(page.locator("#job")).to_contain_text(keeper.say("It will stop at the next step."))
        time.sleep(LEAST)
        progress.step()
        pytest.fail("the work went on")
    expect(page.locator("#job")).to_have_attribute("data-state", "cancelled")
    expect(keeper.button("Run again")).to_be_visible()
