"""The same recording is asked for once more, and nothing that others have of it is undone."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import ForcePartner, MediaItem, ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.police import asked_of
from forthright.hard_media.services import carriers, firms, items, sharing
from forthright.hard_media.services.second_copies import ask_for_second_copy
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import CarrierEvent, MediaState
from forthright.rules.states import MoveNotAllowed
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
WHY = "Its disc went back to you, and another firm needs it."


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


def a_disc_with(item, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    return disc


def proved_and_returned(hearing):
    """Return a recording that everybody has opened, and of which the one disc was returned."""
    item = media.an_expected_item(hearing)
    disc = a_disc_with(item)
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    media.shared(hearing, item)
    for each in ShareRecord.objects.all():
        sharing.record_opened(each, on=TODAY, known="RECEIPT", by=None, at=NOON)
    to = carriers.Hands("POLICE", "PC 2841", last_copy_because="They keep it.")
    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)
    item.refresh_from_db()
    return item


def an_officer():
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(area=officer.area, person=officer, force="20", set_at=NOON)
    return officer


def test_from_the_page_to_the_police_to_the_disc_that_comes(hearing):
    item = proved_and_returned(hearing)
    officer = an_officer()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("Ask the police for a second copy of the same", "since that takes it back")
    asked = page.follow("Ask the police for a second copy")
    asked.see("what others have of it is theirs")

    asked.press("The police were asked", reason=WHY).see("A second copy of the same was asked for")

    assert ladder_of(hearing, TODAY).standing is Standing.PROVED
    assert not ShareRecord.objects.filter(revoked_at__isnull=False).exists()
    (line,) = asked_of(officer, TODAY)
    assert (line.item, line.why, line.takes_files) == (item, WHY, False)
    as_(officer).open("/owed/").see("Send a second copy of the same", WHY).not_see("Send the file")

    a_disc_with(item, location="Shelf 2", received_on=TODAY)

    item.refresh_from_db()
    assert item.state == MediaState.SHARED
    assert asked_of(officer, TODAY) == []
    assert not ladder_of(hearing, TODAY).has_gone
    assert ladder_of(hearing, TODAY).standing is Standing.PROVED
    assert Event.objects.filter(name="media.second_copy_came").count() == 1


def test_the_rung_says_with_the_page_what_is_to_be_asked_for_and_what_was(hearing):
    item, lawyer = proved_and_returned(hearing), as_(media.a_lawyer())
    new = firms.Firm(firm="New & Co", starts_on=TODAY, odd_because="The order says so.")
    one = Defendant.objects.get(case=hearing.case_id)
    firms.set_representation(hearing, one, new, by=None, at=NOON)
    page = lawyer.open(f"/recordings/items/{item.pk}/").not_see("Ask for it again.")
    page.see("Nothing of it is here any more. Ask for a second copy of the same.")

    ask_for_second_copy(item, reason=WHY, by=None, at=NOON)

    lawyer.open(f"/recordings/items/{item.pk}/").see("more. A second copy of the same was asked")
    (only,) = ladder_of(hearing, TODAY).items
    assert only.steps[0].why.endswith("A second copy of the same was asked for.")


def test_it_is_told_and_listed_where_it_was_asked_for_a_week_ago_until_it_is_chased(hearing):
    item, lawyer = proved_and_returned(hearing), media.a_lawyer()
    ask_for_second_copy(item, reason=WHY, by=None, at=NOON)
    words = "1 recording asked for a week ago or longer, and not come"
    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        as_(lawyer).open("/").not_see("asked for a week ago")
    week = NOON + timedelta(days=7)
    with time_machine.travel(week, tick=False):
        as_(lawyer).open("/").follow(words).see(hearing.case.urn)
        said = "A second copy was asked for on 5 October 2026, 7 days ago"
        as_(lawyer).open(f"/recordings/cases/{hearing.case_id}/").see(said)
        as_(lawyer).open(f"/recordings/items/{item.pk}/").see(f"{said}. It has not come.")

        ask_for_second_copy(item, reason="Chased.", by=None, at=week)

        as_(lawyer).open("/").not_see("asked for a week ago")
        as_(lawyer).open("/recordings/?task=chase").not_see(hearing.case.urn)


def test_it_is_not_asked_for_without_a_reason(hearing):
    item = proved_and_returned(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/record/second/")

    page.press("The police were asked").see("Say why a second copy is needed")

    assert MediaItem.objects.get(pk=item.pk).second_asked_at is None


def test_what_is_here_or_not_decided_is_not_asked_for_so(hearing):
    here = media.a_classified_item(hearing)
    undecided = media.a_viewed_item(hearing)

    with pytest.raises(MoveNotAllowed, match="It is here"):
        ask_for_second_copy(here, reason=WHY, by=None, at=NOON)
    with pytest.raises(MoveNotAllowed):
        ask_for_second_copy(undecided, reason=WHY, by=None, at=NOON)
    for each in (here, undecided):
        page = as_(media.a_lawyer()).open(f"/recordings/items/{each.pk}/")
        page.not_see("Ask the police for a second copy")


def test_who_asks_for_it_again_is_told_of_the_other_way_first(hearing):
    item = proved_and_returned(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")

    page.follow("Ask the police for it again").see(
        "It is taken back from them at once", "ask for a second copy instead"
    )


def test_asked_for_again_no_second_copy_is_waited_for(hearing):
    item = proved_and_returned(hearing)
    ask_for_second_copy(item, reason=WHY, by=None, at=NOON)

    later = NOON + timedelta(minutes=5)
    items.request_item(item, reason="The sound is missing.", by=None, at=later)

    item.refresh_from_db()
    assert (item.state, item.second_asked_at) == (MediaState.REQUESTED, None)
