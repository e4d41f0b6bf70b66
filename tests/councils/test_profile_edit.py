"""Editing a council's profile: nothing lost, nothing one-sided in public, nothing illegible."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import Council
from councils.services import accent
from councils.services.editing import Faulty, Overtaken, fingerprints
from councils.services.profile import FIELDS, check_translation, edit_profile, publish_profile, unpublish_profile
from councils.states import Stage
from tests import factories as make


@pytest.fixture
def council(world):
    return world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


def opened(council):
    return fingerprints(council, FIELDS)


def test_an_edit_writes_what_changed_and_records_the_names_of_the_fields(council, by):
    written = edit_profile(
        council, facts={"region_en": "Halifax", "region_fr": "Halifax", "acronym": ""}, seen=opened(council), by=by
    )
    council.refresh_from_db()
    entry = audit.about(council).first()
    assert written == ["region_en", "region_fr"]
    assert (council.region_en, council.region_fr) == ("Halifax", "Halifax")
    assert (entry.action, entry.fields, entry.actor_id, entry.tenant_id) == (
        "councils.profile_changed",
        ["region_en", "region_fr"],
        by.pk,
        council.pk,
    )


def test_saving_without_a_change_leaves_no_trace(council, by):
    before = council.changed_at
    assert edit_profile(council, facts={"acronym": ""}, seen=opened(council), by=by) == []
    council.refresh_from_db()
    assert council.changed_at == before
    assert not audit.about(council).exists()


def test_two_colleagues_who_write_different_texts_both_keep_theirs(council, by, world):
    seen = opened(council)
    facts = {name: getattr(council, name) for name in ("summary_en", "summary_fr")}
    edit_profile(council, facts={**facts, "summary_en": "From the director."}, seen=seen, by=world.people["director"])
    edit_profile(council, facts={**facts, "summary_fr": "De la coordination."}, seen=seen, by=by)
    council.refresh_from_db()
    assert (council.summary_en, council.summary_fr) == ("From the director.", "De la coordination.")


def test_two_colleagues_who_write_the_same_text_are_shown_both(council, by, world):
    seen = opened(council)
    edit_profile(council, facts={"summary_en": "From the director."}, seen=seen, by=world.people["director"])
    with pytest.raises(Overtaken) as caught:
        edit_profile(council, facts={"summary_en": "From the coordinator."}, seen=seen, by=by)
    council.refresh_from_db()
    assert caught.value.theirs == {"summary_en": "From the director."}
    assert council.summary_en == "From the director."


def test_without_a_record_of_what_was_shown_nothing_is_overwritten(council, by):
    with pytest.raises(Overtaken):
        edit_profile(council, facts={"summary_en": "Mine."}, seen={}, by=by)
    assert edit_profile(council, facts={"acronym": "HIC"}, seen={}, by=by) == ["acronym"]


def test_the_same_text_with_other_line_ends_is_no_change(council, by):
    Council.objects.filter(pk=council.pk).update(history_en="One\ntwo", history_fr="Un\ndeux")
    council.refresh_from_db()
    assert edit_profile(council, facts={"history_en": "One\r\ntwo "}, seen=opened(council), by=by) == []


def test_a_public_profile_can_not_lose_one_language(council, by):
    with pytest.raises(Faulty) as caught:
        edit_profile(council, facts={"summary_fr": "", "region_en": "Halifax"}, seen=opened(council), by=by)
    assert set(caught.value.errors) == {"summary_fr", "region_fr"}
    council.refresh_from_db()
    assert council.summary_fr
    assert council.region_en == ""


def test_a_profile_that_is_not_public_may_be_written_in_one_language(council, by):
    unpublish_profile(council, by=by)
    assert edit_profile(council, facts={"region_en": "Halifax"}, seen=opened(council), by=by) == ["region_en"]


def test_publishing_needs_both_languages_of_every_text(council, by):
    unpublish_profile(council, by=by)
    Council.objects.filter(pk=council.pk).update(summary_fr="", host_fr="Hôte")
    with pytest.raises(Faulty) as caught:
        publish_profile(council, by=by)
    assert set(caught.value.errors) == {"summary_fr", "host_en"}
    Council.objects.filter(pk=council.pk).update(summary_fr="Résumé", host_en="Host")
    publish_profile(council, by=by)
    council.refresh_from_db()
    assert council.is_published
    with pytest.raises(Refused, match="public already"):
        publish_profile(council, by=by)


def test_a_council_works_in_some_language(council, by):
    with pytest.raises(Faulty) as caught:
        edit_profile(council, facts={"works_in_english": False, "works_in_french": False}, seen=opened(council), by=by)
    assert set(caught.value.errors) == {"works_in_english"}


@pytest.mark.parametrize("field", ["stage", "slug_en", "kind", "merged_into", "is_published"])
def test_what_is_national_is_not_changed_here(council, by, field):
    with pytest.raises(ValueError, match=field):
        edit_profile(council, facts={field: "supported"}, seen=fingerprints(council, [field]), by=by)


@pytest.mark.parametrize("who", ["board", "partner", "rival", "coach", "committee", "funder", "stranger"])
def test_others_may_not_edit(council, world, who):
    with pytest.raises(Denied):
        edit_profile(council, facts={"acronym": "X"}, seen=opened(council), by=world.people[who])


def test_the_pages_of_a_council_that_has_ended_stay_as_they_were(council, by, world):
    Council.objects.filter(pk=council.pk).update(stage=Stage.CLOSED)
    council.refresh_from_db()
    with pytest.raises(Denied, match="has ended"):
        edit_profile(council, facts={"acronym": "X"}, seen=opened(council), by=by)
    edit_profile(council, facts={"acronym": "X"}, seen=opened(council), by=world.people["national"])


def test_a_translation_is_checked_once_both_sides_are_there(council, by):
    check_translation(council, council=council, text="summary", by=by)
    entry = audit.about(council).get()
    assert (entry.action, entry.fields) == ("councils.translation_checked", ["summary_en", "summary_fr"])
    with pytest.raises(Refused, match="nothing to compare"):
        check_translation(council, council=council, text="history", by=by)


def test_contrast_is_what_wcag_says():
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert accent.contrast("#777777", "#777777") == 1


def test_a_pale_accent_is_refused_with_one_that_would_do(council, by):
    with pytest.raises(Faulty) as caught:
        edit_profile(council, facts={"accent": "#eda43b"}, seen=opened(council), by=by)
    sentence = caught.value.errors["accent"]
    better = accent.legible("#eda43b")
    assert better in sentence
    assert edit_profile(council, facts={"accent": better}, seen=opened(council), by=by) == ["accent"]


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_a_legible_shade(number):
    colour = f"#{number:06x}"
    assert accent.contrast(accent.legible(colour), accent.PAPER) >= 4.5


def test_the_paper_is_that_of_the_style_sheet(settings):
    css = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    assert f"--paper: light-dark({accent.PAPER}," in css


def test_a_start_keeps_how_exact_it_is(council, by):
    facts = {"started_on": date(2009, 6, 1), "started_precision": "month"}
    assert edit_profile(council, facts=facts, seen=opened(council), by=by) == ["started_on", "started_precision"]
    assert make.CouncilFactory.build().started_precision == "year"
