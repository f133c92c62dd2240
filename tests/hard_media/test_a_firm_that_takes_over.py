"""A firm that takes a case over before its hearing is owed what is relied on from that moment."""

from datetime import timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import Representation
from forthright.hard_media.selectors.ladder import ladder_if, ladder_of
from forthright.hard_media.services import firms
from forthright.hard_media.services.sharing import Party
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
HELD = TODAY + timedelta(days=30)
NOTE = "From 15 October 2026, before the hearing, New LLP represents Dean"


@pytest.fixture
def hearing():
    return media.a_ready_case(on=HELD)


def takes_over(hearing, firm="New LLP", days=10):
    since = TODAY + timedelta(days=days)
    new = firms.Firm(firm=firm, starts_on=since, odd_because="The order says so.")
    return firms.set_representation(hearing, Defendant.objects.get(), new, by=None, at=NOON)


def test_the_case_says_beforehand_what_is_owed_to_the_firm_to_come(hearing):
    assert ladder_of(hearing, TODAY).standing is Standing.READY

    takes_over(hearing)

    found = ladder_of(hearing, TODAY)
    assert found.standing is Standing.NOT_READY
    assert found.notes[0].startswith(NOTE)
    assert "What Hale LLP was given is not theirs: share with New LLP" in found.notes[0]


def test_what_is_shared_with_it_beforehand_makes_the_case_ready_and_keeps_it_so(hearing):
    firm = takes_over(hearing)
    party = Party(kind="DEFENCE", representation=firm)

    media.shared(hearing, Representation.objects.get(firm="Hale LLP").shares.get().item,
                 parties=[party])  # fmt: skip

    for days in (0, 9, 10, 29, 30, 31):
        assert ladder_of(hearing, TODAY + timedelta(days=days)).standing is Standing.READY


@pytest.mark.parametrize(("days", "standing"), [(30, Standing.NOT_READY), (31, Standing.READY)])
def test_only_one_that_has_the_case_by_the_day_of_the_hearing_counts(hearing, days, standing):
    takes_over(hearing, days=days)

    assert ladder_of(hearing, TODAY).standing is standing


def test_another_day_of_the_hearing_is_reckoned_with_who_has_the_case_then(hearing):
    takes_over(hearing, days=40)

    later = ladder_if(hearing, HELD + timedelta(days=20), TODAY)
    assert (ladder_of(hearing, TODAY).standing, later.standing) == (
        Standing.READY, Standing.NOT_READY
    )  # fmt: skip


def test_a_defendant_whom_nobody_represents_then_is_said(hearing):
    takes_over(hearing, firm="")

    assert any("before the hearing, nobody represents Dean" in each
               for each in ladder_of(hearing, TODAY).notes)  # fmt: skip


def test_the_page_of_the_case_shows_both_firms(hearing):
    takes_over(hearing)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.see(NOTE, "Hale LLP for Dean", "New LLP for Dean", ", from 15 October 2026")
