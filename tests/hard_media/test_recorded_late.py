"""What is recorded later than it was is bound by what was then, and shows who recorded it when."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.cases.models import Defendant
from forthright.hard_media.models import ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, firms, items, sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_rungs import Standing
from forthright.rules.states import MoveNotAllowed
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
WEEK = timedelta(days=7)
LATER = NOON + WEEK


def came_earlier(hearing, kind="RELIED_ON"):
    """Return a recording that came three days before it was viewed and decided."""
    came = items.Came(source="DISC", on=TODAY - timedelta(days=3))
    item = items.receive_item(media.an_expected_item(hearing), came, by=None, at=NOON)
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    return items.classify_item(item, kind, by=None, at=NOON)


def test_a_missed_case_is_not_made_ready_by_a_day_on_which_nobody_had_decided():
    hearing = media.a_hearing()
    item = came_earlier(hearing)

    with pytest.raises(ShareRefused, match="is what may be shared since Monday 5"):
        media.shared(hearing, item, on=TODAY - timedelta(days=1), at=LATER)

    assert not ShareRecord.objects.exists()
    assert ladder_of(hearing, LATER.date()).standing is Standing.NOT_READY
    media.shared(hearing, item, on=TODAY, at=LATER)
    assert ladder_of(hearing, LATER.date()).standing is Standing.READY


def test_nothing_went_out_while_it_was_sensitive():
    hearing = media.a_hearing()
    item = came_earlier(hearing, "SENSITIVE")
    items.classify_item(item, "RELIED_ON", reason="It was the other.", by=None, at=LATER)

    with pytest.raises(ShareRefused, match="since Monday 12 October 2026, when it was viewed"):
        media.shared(hearing, item, on=TODAY, at=LATER)


@pytest.mark.parametrize("first", ["NOT_RELEVANT", "RELIED_ON"])
def test_nothing_went_out_while_it_was_not_relevant(first):
    hearing = media.a_hearing(on=TODAY + timedelta(days=4))
    item = came_earlier(hearing, first)
    if first != "NOT_RELEVANT":
        items.classify_item(item, "NOT_RELEVANT", reason="An empty yard.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", reason="It matters.", by=None, at=LATER)

    with pytest.raises(ShareRefused, match="since Monday 12 October 2026, when it was viewed"):
        media.shared(hearing, item, on=TODAY + timedelta(days=1), at=LATER)

    media.shared(hearing, item, on=LATER.date(), at=LATER)
    assert not ladder_of(hearing, LATER.date()).is_ready


def test_one_that_was_disclosed_as_unused_and_is_relied_on_now_went_out_when_it_did():
    hearing = media.a_hearing()
    item = came_earlier(hearing, "UNUSED")
    items.classify_item(item, "RELIED_ON", reason="It matters.", by=None, at=LATER)

    media.shared(hearing, item, on=TODAY, at=LATER)

    assert ladder_of(hearing, LATER.date()).standing is Standing.READY


def test_nothing_went_to_a_firm_before_it_had_the_case_or_anybody_knew_that_it_would():
    hearing = media.a_hearing(on=TODAY + timedelta(days=4))
    item = came_earlier(hearing)
    firm = firms.Firm(firm="New LLP", starts_on=LATER.date() - timedelta(days=1))
    firms.set_representation(hearing, Defendant.objects.get(), firm, by=None, at=LATER)

    with pytest.raises(ShareRefused, match="New LLP took the case on 11 October 2026"):
        media.shared(hearing, item, on=TODAY + timedelta(days=3), at=LATER)

    assert not ShareRecord.objects.exists()
    assert not ladder_of(hearing, LATER.date()).is_ready


def test_nothing_goes_to_a_firm_that_has_the_case_no_more_or_is_of_another():
    hearing, other = media.a_hearing(), media.a_hearing(firms=("Rook & Co",))
    item, was = came_earlier(hearing), media.parties_of(hearing)[1:]
    defendant = Defendant.objects.get(case=hearing.case_id)
    media.represented(hearing, defendant, "New LLP", since=TODAY)
    was[0].representation.refresh_from_db()

    with pytest.raises(ShareRefused, match="Hale LLP had the case until 5 October 2026"):
        media.shared(hearing, item, parties=was)
    with pytest.raises(ShareRefused, match="Rook & Co represents nobody in this case"):
        media.shared(hearing, item, parties=media.parties_of(other)[1:])

    assert not ShareRecord.objects.exists()


def test_another_reason_to_share_it_moves_no_day():
    hearing = media.a_hearing()
    item = came_earlier(hearing, "UNUSED")
    items.classify_item(item, "RELIED_ON", reason="It shows the knife.", by=None, at=LATER)

    media.shared(hearing, item, on=TODAY, at=LATER)

    assert {each.shared_on for each in ShareRecord.objects.all()} == {TODAY}


@pytest.mark.parametrize("on", [date(1990, 1, 1), date(2025, 12, 31)])
def test_nothing_came_for_a_case_before_the_year_of_its_number(on):
    hearing = media.a_hearing(urn="20AB0012626")
    came = items.Came(source="DISC", on=on)

    with pytest.raises(MoveNotAllowed, match="20AB0012626 got its number in 2026"):
        items.receive_item(media.an_expected_item(hearing), came, by=None, at=NOON)


def test_nothing_comes_with_a_disc_from_before_the_case():
    hearing = media.a_hearing(urn="20AB0012626")
    disc = media.a_disc(received_on=date(2020, 2, 3))

    with pytest.raises(carriers.CarrierRefused, match="got its number in 2026"):
        carriers.put_on_carrier(disc, [media.an_expected_item(hearing)], by=None, at=NOON)

    assert not disc.carried.exists()


def test_what_is_recorded_late_says_who_recorded_it_and_when():
    hearing = media.a_hearing()
    item, lawyer = came_earlier(hearing), media.a_lawyer()
    court = [sharing.Party(kind="COURT")]
    sending = sharing.Sending(way="EGRESS", on=TODAY)
    [share] = sharing.share_items(hearing, [item], court, sending, by=lawyer, at=LATER)
    sharing.record_opened(share, on=TODAY, known="TOLD", by=lawyer, at=LATER + WEEK)

    with time_machine.travel(LATER + WEEK):
        row = as_(lawyer).open(f"/recordings/items/{item.pk}/")
        case = as_(lawyer).open(f"/recordings/cases/{hearing.case_id}/")

    row.see(f"Recorded by {lawyer}, 12 October 2026, midday: later than it went out")
    row.see(
        f"That it was opened: recorded by {lawyer}, 19 October 2026, midday: later than the day"
    )
    case.see("Went out 5 October 2026, recorded on 12 October 2026")


def test_what_is_recorded_on_its_day_says_nothing_of_late():
    hearing = media.a_ready_case()
    item = ShareRecord.objects.first().item

    with time_machine.travel(NOON):
        page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
        case = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.see("Recorded, 5 October 2026, midday").not_see("later than")
    case.not_see("recorded on")
