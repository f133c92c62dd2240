"""What is owed to the defence stays in sight while a new version is back with the police."""

from datetime import date, timedelta

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure import policies
from forthright.disclosure.models import Item
from forthright.disclosure.selectors.after_service import next_steps
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
    set_aside,
)
from forthright.disclosure.services.ruling import Ruling, record_ruling
from forthright.disclosure.services.serving import tell_court
from forthright.disclosure.services.starting import end_duty
from forthright.disclosure.services.triage import answer_return, find_adequate, return_to_police
from forthright.rules.disclosure_after_service import AfterService
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_written_otherwise import MORE, line

pytestmark = pytest.mark.django_db

ASKED = {"Schedules of unused material not completed correctly": ["Say what item 5 shows."]}
OWED = "1 item said to be disclosed and not served: MG6C item 4."
LATE = "1 item set aside until a day that has passed: MG6C item 2."
IS_BACK = "The schedule is back with the police. Nothing on it is endorsed or served until"
UNREAD = "The schedule came in a new version that nobody has looked through."
NEXT = "the police mend a schedule on which something is to be disclosed, waits to be decided or"
WRONG = "Nothing is said to be disclosed that was not served"


@pytest.fixture
def later(time_machine):
    """Move the clock on by some hours, and return the moment."""
    now = [given.NOON]
    time_machine.move_to(now[0], tick=False)

    def go(hours=1):
        now[0] += timedelta(hours=hours)
        time_machine.move_to(now[0], tick=False)
        return now[0]

    return go


def a_version(duty, at, *items, listed=duties.OPEN_ITEMS):
    files = duties.written(mg6c_csv=duties.a_schedule(*listed, *items))
    came = check_delivery(
        duty, files, police_unit=duties.a_police_unit(), is_whole=False, by=None, at=at
    )
    take_in(came, let_go=duties.letting_go(came), by=None, at=at)
    return came


def go_back(came, at):
    return return_to_police(came, ASKED, unit=duties.a_police_unit(), answer_by=date(2026, 10, 20),
                            by=duties.a_lawyer(), at=at)  # fmt: skip


def owed(later):
    """Return a duty of which item 4 came since, is to be disclosed and approved."""
    duty = duties.court_told()
    find_adequate(a_version(duty, at := later(24), MORE), reason="Enough", by=None, at=at)
    item = line(duty, 4).item
    duties.endorse(duty, item, "D", reason="He heard another voice", by=duties.a_lawyer())
    return duties.approve_since(duties.fresh(duty))


def aside(later):
    """Return a duty that was served while item 2 was set aside to 9 October."""
    duty = duties.with_an_item_set_aside()
    tell_court(duty.servings.get(), at := later(), by=None, at=at)
    return duties.fresh(duty)


def opened(duty, page=""):
    return as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/{page}")


def steps(duty, today):
    return next_steps(duties.a_lawyer(), [duty.pk], today).get(duty.pk, [])


def test_what_is_owed_on_a_schedule_that_is_back_is_said_and_waits(later):
    duty = owed(later)
    go_back(a_version(duty, later(), MORE, "CCTV"), at := later())

    assert steps(duty, at.date()) == [AfterService.BACK]
    assert waiting_for(duties.a_lawyer(), at.date()).filter(pk=duty.pk).exists()
    for address in ("/", "/disclosure/"):
        as_(duties.a_lawyer()).open(address).see(NEXT)
    opened(duty).see(OWED, IS_BACK, "1 item is said to be disclosed and not served yet")
    opened(duty, "serve/").see(OWED, IS_BACK, "Nothing can be served now.").not_see(WRONG)


def test_what_is_owed_is_said_where_the_schedule_that_is_back_writes_it_otherwise(later):
    duty = owed(later)
    go_back(a_version(duty, later(), f"{MORE} (2 pages)", "CCTV"), at := later())

    assert steps(duty, at.date()) == [AfterService.BACK]
    opened(duty).see(OWED, IS_BACK, "1 item is said to be disclosed and not served yet")
    opened(duty, "serve/").see(OWED, IS_BACK).not_see(WRONG)
    end_duty(duty, at.date(), reason="He pleaded guilty", by=duties.a_lawyer(), at=later())
    detail = Event.objects.filter(name="disclosure.ended").latest("sequence").detail
    assert (detail["unserved"], detail["undecided"]) == (1, 1)


def test_a_day_that_passes_is_said_where_the_schedule_writes_the_item_otherwise(later):
    duty = aside(later)
    items = [duties.OPEN_ITEMS[0], f"{duties.OPEN_ITEMS[1]} (2 pages)", duties.OPEN_ITEMS[2]]
    go_back(a_version(duty, later(), listed=items), later())

    at = later(24 * 5)

    assert steps(duty, at.date()) == [AfterService.BACK]
    opened(duty).see(LATE, IS_BACK)


def test_what_is_owed_on_a_version_that_nobody_looked_through_is_said(later):
    duty = owed(later)
    a_version(duty, at := later(), MORE, "CCTV")

    assert steps(duty, at.date()) == [AfterService.LOOK]
    opened(duty).see(OWED, UNREAD)
    opened(duty, "serve/").see(OWED, UNREAD).not_see(WRONG)


def test_once_the_schedule_is_adequate_it_is_served_as_ever(later):
    duty = owed(later)
    came = a_version(duty, later(), MORE, "CCTV of the yard on 31 May 2026, four hours of it")
    go_back(came, later())
    mended = a_version(duty, at := later(), MORE, "CCTV of the yard on 31 May 2026, all night")
    find_adequate(mended, reason="Enough", by=None, at=at)

    assert AfterService.BACK not in steps(duty, at.date())
    assert AfterService.SERVE in steps(duty, at.date())
    opened(duty).not_see(IS_BACK)


def test_a_day_that_passes_while_the_schedule_is_back_is_said(later):
    duty = aside(later)
    go_back(a_version(duty, later(), "CCTV"), at := later())
    assert steps(duty, at.date()) == []
    opened(duty).not_see(IS_BACK)

    at = later(24 * 5)

    assert steps(duty, at.date()) == [AfterService.BACK]
    for address in ("/", "/disclosure/"):
        as_(duties.a_lawyer()).open(address).see(NEXT)
    opened(duty).see(LATE, IS_BACK)
    opened(duty, "serve/").see(LATE, IS_BACK).not_see(WRONG)


def test_nothing_is_said_of_a_schedule_that_is_back_where_nothing_is_owed(later):
    duty = duties.court_told()
    go_back(a_version(duty, later(), "CCTV"), at := later())

    assert steps(duty, at.date()) == []
    opened(duty).not_see(IS_BACK)
    opened(duty, "serve/").see(WRONG)


def test_the_record_of_an_end_counts_what_was_owed_on_a_schedule_that_is_back(later):
    duty = owed(later)
    go_back(a_version(duty, later(), MORE, "CCTV"), at := later())
    end_duty(duty, at.date(), reason="He pleaded guilty", by=duties.a_lawyer(), at=later())

    detail = Event.objects.filter(name="disclosure.ended").latest("sequence").detail
    assert detail["unserved"] == 1
    # The entry that is asked about, which nobody decided.
    assert detail["undecided"] == 1
    opened(duty, "record/").see("1 item said to be disclosed and not served")
    opened(duty).see("1 item is said to be disclosed and not served yet").not_see(IS_BACK)


QUERIED = "1 item queried, refused or for another reason still to be decided: MG6C item 4."


def queried(later):
    """Return a duty that was served, and of which item 4 came since and is queried."""
    duty = duties.court_told()
    find_adequate(a_version(duty, at := later(24), MORE), reason="Enough", by=None, at=at)
    item = line(duty, 4).item
    duties.endorse(duty, item, "Q", reason="Which neighbour?", by=duties.a_lawyer())
    return duties.fresh(duty), item


@pytest.mark.parametrize("words", [MORE, f"{MORE} (2 pages)"])
def test_what_is_queried_on_a_schedule_that_is_back_is_said_and_waits(later, words):
    duty, _ = queried(later)
    assert steps(duty, later().date()) == [AfterService.DECIDE]
    go_back(a_version(duty, later(), words, "CCTV"), at := later())

    assert steps(duty, at.date()) == [AfterService.BACK]
    for address in ("/", "/disclosure/"):
        as_(duties.a_lawyer()).open(address).see(NEXT)
    opened(duty).see(QUERIED, IS_BACK)
    opened(duty, "serve/").see(QUERIED, IS_BACK).not_see(WRONG)


def test_a_sensitive_item_for_which_immunity_was_refused_is_counted_and_not_named(later):
    duty = duties.court_told()
    secret = line(duty, 1, "MG6D").item
    duties.endorse(duty, secret, "PII", reason="It harms a source", by=duties.a_lawyer())
    ruling = Ruling(item_id=secret.pk, is_granted=False, ruled_on=given.NOON.date(),
                    reason="It is not so held")  # fmt: skip
    record_ruling(duties.fresh(duty), ruling, by=duties.a_lawyer(), at=later())
    came = check_delivery(
        duty, duties.written(mg6d_csv=duties.a_schedule(duties.SECRET, "CCTV", form="MG6D")),
        police_unit=duties.a_police_unit(), is_whole=False, by=None, at=(at := later()),
    )  # fmt: skip
    go_back(take_in(came, by=None, at=at), at := later())

    assert steps(duty, at.date()) == [AfterService.BACK]
    opened(duty).see("still to be decided: a sensitive item.", IS_BACK)


def test_what_is_set_aside_by_name_waits_for_its_day_and_not_for_the_police(later):
    duty, item = queried(later)
    set_aside(duty, item.pk, reason="The police look for her", decide_by=date(2026, 10, 20),
              by=duties.a_lawyer(), at=later())  # fmt: skip
    go_back(a_version(duty, later(), MORE, "CCTV"), at := later())

    assert AfterService.BACK not in steps(duty, at.date())
    opened(duty).not_see(QUERIED)


def test_an_endorsement_of_an_item_that_is_back_is_refused_with_who_waits_and_the_way_on(later):
    duty, item = queried(later)
    lawyer = as_(duties.a_lawyer())
    form = lawyer.open(f"/disclosure/{duty.pk}/endorse/")
    go_back(a_version(duty, later(), MORE, "CCTV"), later())

    page = form.press("Keep these endorsements", **{
        f"code_{item.pk}": "ND", f"reason_{item.pk}": "She heard nothing of it",
    })  # fmt: skip

    page.see("1 item not kept", "The MG6C went back to", "They are to answer by Tuesday 20 October",
             "the return is taken back")  # fmt: skip
    page.not_see("do not have this item")
    for which in (item, line_of_back(duty)):
        wish = Written(item_id=which.pk, code="ND", reason="She heard nothing of it")
        with pytest.raises(NotAllowed, match=r"The MG6C went back to .* press them, or go on"):
            endorse_item(duty, wish, by=duties.a_lawyer(), at=later())
    with pytest.raises(EndorsementRefused, match="The MG6C went back to"):
        endorse_obvious(duty, [item.pk], by=duties.a_lawyer(), at=later())
    lawyer.open(f"/disclosure/{duty.pk}/endorse/{item.pk}/", status=403).see("The MG6C went back")


def test_once_they_answered_it_says_to_read_that(later):
    duty, item = queried(later)
    went = go_back(a_version(duty, later(), MORE, "CCTV"), later())
    answer_return(went, "It is as it was.", by=duties.a_police_partner(), at=later())

    wish = Written(item_id=item.pk, code="ND", reason="She heard nothing of it")
    with pytest.raises(NotAllowed, match=r"They answered .*: read what they say"):
        endorse_item(duty, wish, by=duties.a_lawyer(), at=later())


def test_before_a_service_it_says_what_can_be_done_too():
    duty = duties.a_duty()
    duties.returned(duty)
    with pytest.raises(NotAllowed, match=r"who have a schedule back.*take the return back"):
        policies.check_can_endorse(duties.a_lawyer(), duties.fresh(duty))


def line_of_back(duty):
    return Item.objects.filter(schedule__delivery__case=duty.case_id, number=4).latest("pk")
