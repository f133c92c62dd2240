"""A firm that was entered for the wrong defendant counts as never there, once somebody says so."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import Hearing, Representation, ShareLink, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of, stood_on
from forthright.hard_media.selectors.links import unsent_links, why_closed
from forthright.hard_media.services import firm_days, firm_mistakes, firms
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.hearings import HearingRefused
from forthright.hard_media.services.sharing import Party
from forthright.rules.media_backlog import Left
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
WHY = "It was entered for the wrong defendant."


@pytest.fixture
def hearing():
    return media.a_ready_case(urn="20AB7000126")


def takes_over(hearing, firm="Wrong & Co", on=TODAY, at=NOON):
    new = firms.Firm(
        firm=firm, email=f"a@{firm[:4].lower()}.example", starts_on=on, odd_because="So it was."
    )
    return firms.set_representation(hearing, Defendant.objects.get(), new, by=None, at=at)


def by_mistake(hearing, firm, reason=WHY, at=NOON, **more):
    return firm_mistakes.say_by_mistake(hearing, firm, reason, by=None, at=at, **more)


def rows():
    return [(str(e), e.starts_on, e.ends_on) for e in Representation.objects.order_by("pk")]


def test_whoever_had_the_case_before_has_it_again_with_what_they_were_given(hearing):
    wrong = takes_over(hearing)
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY

    by_mistake(hearing, wrong)

    assert rows() == [("Hale LLP", date(2026, 9, 1), None)]
    assert ladder_of(hearing, TODAY).standing is Standing.READY
    event = Event.objects.get(name="representation.by_mistake")
    assert "Wrong" not in str(event.detail)
    assert WHY not in str(event.detail)


def test_one_that_another_followed_is_taken_out_between_the_two(hearing):
    wrong = takes_over(hearing)
    takes_over(hearing, "Right LLP", TODAY + 3 * DAY)

    by_mistake(hearing, wrong)

    assert rows() == [
        ("Hale LLP", date(2026, 9, 1), TODAY + 3 * DAY), ("Right LLP", TODAY + 3 * DAY, None),
    ]  # fmt: skip
    firm_days.put_start_right(
        hearing, Defendant.objects.get(), firm_days.Start(TODAY, "A slip."), by=None, at=NOON
    )
    assert rows() == [("Hale LLP", date(2026, 9, 1), TODAY), ("Right LLP", TODAY, None)]


def test_the_only_one_leaves_nobody_known():
    hearing = media.a_ready_case()

    by_mistake(hearing, Representation.objects.get())

    assert rows() == []
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Nobody knows yet", "Recorded by mistake", "Hale LLP for Dean", WHY)


def test_its_links_end_at_once_and_what_was_shared_is_shown_as_what_it_was():
    hearing = media.a_hearing(urn="20AB7000126")
    wrong = takes_over(hearing)
    item = with_a_file(hearing)
    (share,) = shared_by_link(hearing, item)
    link = ShareLink.objects.get()
    assert why_closed(link, TODAY) == ""

    by_mistake(hearing, wrong)

    link = ShareLink.objects.get()
    assert "sent by mistake" in why_closed(link, TODAY)
    assert "Dean" not in why_closed(link, TODAY)
    share.refresh_from_db()
    assert (share.revoked_at, share.revoked_reason.startswith("Wrong & Co was recorded")) == (
        NOON, True
    )  # fmt: skip
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("Wrong & Co was recorded for Dean", "by mistake", WHY)


def test_nothing_goes_to_it_any_more():
    hearing = media.a_hearing()
    wrong = takes_over(hearing)
    item = with_a_file(hearing)
    shared_by_link(hearing, item, is_told=False)
    assert unsent_links(TODAY).count() == 1

    wrong = by_mistake(hearing, wrong)

    assert not unsent_links(TODAY).exists()
    with pytest.raises(ShareRefused, match="by mistake, so nothing of the case goes to them"):
        media.shared(hearing, item, parties=[Party(kind="DEFENCE", representation=wrong)])


def test_whoever_says_so_is_told_to_think_of_a_breach_and_what_was_opened():
    hearing = media.a_hearing(urn="20AB7000126")
    takes_over(hearing)
    item = with_a_file(hearing)
    (share,) = shared_by_link(hearing, item)
    case = f"/recordings/cases/{hearing.case_id}/"
    firm = Representation.objects.get(ends_on=None)

    page = as_(media.a_lawyer()).open(f"{case}firms/{firm.pk}/mistake/")
    page.see("Think of a personal data breach", "Nobody is known to have opened any of it")
    ShareRecord.objects.filter(pk=share.pk).update(opened_on=TODAY, opened_known="RECEIPT")
    page = as_(media.a_lawyer()).open(f"{case}firms/{firm.pk}/mistake/")
    page.see("a@wron.example", "opened on", "Information Commissioner")
    page = page.press("Say that it was a mistake", reason=WHY)

    page.see("It is recorded.", "Recorded by mistake", "Wrong & Co for Dean", WHY, "opened on",
             "Somebody who has no part in the defence")  # fmt: skip
    assert "Was Wrong" not in page.text
    assert Event.objects.get(name="representation.by_mistake").detail["opened"] == [share.pk]


def test_a_hearing_that_is_over_stays_as_it_was_known_then(hearing):
    at_hearing = media.PTPH
    wrong = takes_over(hearing)
    after = NOON + timedelta(days=40)
    with time_machine.travel(after, tick=False):
        by_mistake(hearing, wrong, at=after)

        assert stood_on(hearing, at_hearing) is Standing.NOT_READY
        week = week_of(after.date())
        (one,) = backlog_of(hearing.area, week, week.plus(-12), as_of=after.date() + DAY).recordings
        assert not one.is_in_stock(after.date())
        assert ladder_of(hearing, after.date()).items[0].is_owed is False


@pytest.mark.parametrize("said", ["", "  ", "."])
def test_without_a_reason_nothing_changes(hearing, said):
    wrong = takes_over(hearing)

    with pytest.raises(HearingRefused, match="Say why"):
        by_mistake(hearing, wrong, said)

    assert len(rows()) == 2


def test_it_is_said_once_and_of_what_the_page_showed(hearing):
    wrong = takes_over(hearing)
    opened = firm_mistakes.mistake_stamp(wrong)
    item = with_a_file(hearing)
    shared_by_link(hearing, item)
    with pytest.raises(ChangedMeanwhile):
        by_mistake(hearing, wrong, opened=opened)

    by_mistake(hearing, wrong)

    with pytest.raises(HearingRefused, match="Nothing is left to put right"):
        by_mistake(hearing, wrong)


def test_a_firm_of_another_case_is_refused(hearing):
    other = media.a_hearing(firms=("Penn Law",))
    firm = Representation.objects.get(defendant__case=other.case_id)

    with pytest.raises(HearingRefused, match="of another case"):
        by_mistake(hearing, firm)


def test_it_can_be_recorded_for_the_right_defendant_with_its_address():
    hearing = media.a_hearing(urn="20AB7000126", firms=("Hale LLP",))
    wrong = takes_over(hearing)
    item = with_a_file(hearing)
    shared_by_link(hearing, item)
    by_mistake(hearing, wrong)
    other = media.a_defendant(hearing)
    right = firms.Firm(firm="Wrong & Co", email="a@wron.example", starts_on=TODAY)
    kept = firms.set_representation(hearing, other, right, by=None, at=NOON)

    (share,) = shared_by_link(hearing, item, parties=[Party(kind="DEFENCE", representation=kept)])

    assert share.representation == kept


def test_a_hearing_that_was_ready_stays_so_when_the_one_after_a_mistake_starts_another_day():
    """Rowe was given it in time; who came after, was wrong or started otherwise, was told later."""
    ptph = NOON + 4 * DAY
    hearing = media.a_hearing(
        urn="20AB7000126", on=ptph.date(), firms=("Hale LLP",), odd_because="The court said so."
    )
    takes_over(hearing, firm="Rowe and Co", on=TODAY + DAY, at=NOON + DAY)
    media.shared(hearing, media.a_classified_item(hearing), on=TODAY + 2 * DAY, at=NOON + 2 * DAY)
    tate = takes_over(hearing, firm="Tate Solicitors", on=TODAY + 3 * DAY, at=NOON + 8 * DAY)
    by_mistake(hearing, Representation.objects.get(firm="Rowe and Co"), at=NOON + 9 * DAY)
    right = firm_days.Start(TODAY + 7 * DAY, "It was typed wrong.", "The firm said so.")
    now = NOON + 10 * DAY
    with time_machine.travel(now, tick=False):
        firm_days.put_start_right(hearing, tate.defendant, right, by=None, at=now)

    with time_machine.travel(now + DAY, tick=False):
        assert stood_on(Hearing.objects.get(pk=hearing.pk), ptph.date()) is Standing.READY
        week = week_of(ptph.date())
        (one,) = backlog_of(hearing.area, week, week.plus(-12), as_of=now.date()).recordings
    assert (one.left_how, one.shared_on) == (Left.SHARED, TODAY + 2 * DAY)
