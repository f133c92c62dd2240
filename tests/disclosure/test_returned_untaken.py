"""What cannot be read goes back to the police without being taken in, and waits for them then."""

from datetime import date

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.findings import note_of
from forthright.disclosure.selectors.handed_in import unread_of
from forthright.disclosure.selectors.standings import lists_not_sent_again
from forthright.disclosure.selectors.stood import untaken_then
from forthright.disclosure.services.bringing import DeliveryRefused, give_up, take_in
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.triage import (
    find_adequate,
    return_to_police,
    take_back,
)
from forthright.home.tasks import return_tasks
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
ASKED = {"Schedules of unused material not completed correctly": ["Send it as a Word file."]}
UNTIL = {"answer_by_day": "14", "answer_by_month": "10", "answer_by_year": "2026"}


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def duty():
    return duties.a_duty()


@pytest.fixture
def first(duty):
    """What went back to the police and was answered with what nobody can read."""
    return duties.returned(duty)


@pytest.fixture
def unread(duty, first):
    """A delivery as it was kept before what the police hand in was checked for being read."""
    found = duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    found.files += [{"name": "MG6C scan.pdf", "sha256": "", "unread": "It is a picture."}]
    found.answers = first
    found.save(update_fields=["files", "answers"])
    found.schedules.get().items.all().delete()
    PoliceReturn.objects.filter(pk=first.pk).update(answered_at=NOON, answer="Handed in.")
    return found


def refuse(delivery):
    return return_to_police(delivery, ASKED, unit=duties.a_police_unit(), by=duties.a_lawyer(),
                            answer_by=date(2026, 10, 14), at=NOON)  # fmt: skip


def whole(returned):
    words = duties.a_schedule(*duties.OPEN_ITEMS)
    return hand_in(returned, duties.written(mg6c_csv=words), by=duties.a_police_partner(), at=NOON)


def figures():
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    found = compliance_of(*everything, Month(2026, 10), date(2026, 12, 1))
    return {each.key: each for each in found.figures}


def test_it_goes_back_from_its_page_with_what_and_why_and_waits_for_nobody_here(duty, unread):
    lawyer = duties.a_lawyer()
    assert unread_of(duty.case_id) == [unread]
    page = (
        as_(lawyer)
        .open(f"/disclosure/{duty.pk}/")
        .follow("What was handed in 5 October 2026, midday")
    )

    page = page.follow("Return it to the police").see("File 2 of 2 could not be read. It is a pic")
    page.not_see("MG6C scan.pdf")
    page = page.press("Return it", unit=duties.a_police_unit().pk, **UNTIL)

    page.see("Returned to the police", "went back without being taken in", "It is a picture.")
    page.not_see("Take it in")
    assert unread_of(duty.case_id) == untaken_then(duty, NOON) == []
    assert duty not in waiting_for(lawyer, date(2026, 10, 6))
    assert duty in waiting_for(lawyer, date(2026, 10, 15)), "the police did not answer"
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/")
    page.see("answer due 14 Oct").not_see("nobody has taken in", "read what the police say")
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/record/")
    page.see("before it was taken in, answer due")


def test_the_police_are_asked_again_and_what_they_hand_in_then_mends_it_all(duty, first, unread):
    officer = duties.a_police_partner()
    again = refuse(unread)

    assert return_tasks(officer, NOON.date())
    page = as_(officer).open(f"/returned-schedules/{first.pk}/")
    page.see("came back without being taken in").not_see("Hand in the new version")
    with pytest.raises(NotAllowed, match="or came back"):
        whole(first)
    as_(officer).open(f"/returned-schedules/{again.pk}/").see("Send it as a Word file", "Hand in")
    came = whole(again)
    take_in(came, by=None, at=NOON)
    find_adequate(came, by=None, at=NOON)

    by_pk = dict(PoliceReturn.objects.values_list("pk", "mended_by"))
    assert by_pk == {first.pk: unread.pk, again.pk: came.pk}
    assert duties.fresh(duty).state == "REVIEWING"


def test_it_counts_as_a_return_and_in_the_turnaround(first, unread):
    again = refuse(unread)
    assert figures()["returned_0"].words.startswith("2 of 2")

    take_in(whole(again), by=None, at=NOON)

    assert figures()["turnaround_0"].n == 2


def test_what_comes_by_another_way_mends_what_could_not_be_read(duty, unread):
    again = refuse(unread)

    take_in(duties.checked(duty), by=None, at=NOON)

    again.refresh_from_db()
    assert again.mended_by is not None
    assert duties.fresh(duty).state == "RECEIVED"


def test_what_the_police_have_again_is_not_asked_for_as_left_out(duty, unread):
    assert not lists_not_sent_again(duty.case_id).exists()

    refuse(unread)

    assert not lists_not_sent_again(duty.case_id).exists()


def test_it_is_neither_taken_in_nor_thrown_away_after_that(unread):
    refuse(unread)

    with pytest.raises(DeliveryRefused, match="went back to the police"):
        take_in(unread, by=None, at=NOON)
    with pytest.raises(DeliveryRefused, match="went back to the police"):
        give_up(unread, by=None, at=NOON)
    with pytest.raises(NotAllowed, match="returned to the police already"):
        refuse(unread)


def test_taken_back_it_waits_as_before_and_so_does_what_it_answers(duty, first, unread):
    again = refuse(unread)

    take_back(again, reason="It opens in another program", by=duties.a_lawyer(), at=NOON)

    unread.refresh_from_db()
    first.refresh_from_db()
    assert (unread.state, unread.police_unit) == ("CHECKED", first.unit)
    assert (first.mended_by, duties.fresh(duty).state) == (None, "RETURNED")
    assert unread_of(duty.case_id) == [unread]
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{unread.pk}/")
    page.see("Nothing was taken in yet", "taken back as a mistake", "Take it in")
    assert figures()["returned_0"].words.startswith("1 of 1")


def test_what_came_by_mail_goes_back_so_too_and_a_duty_without_schedules_still_waits(duty):
    came = duties.checked(duty)

    again = refuse(came)

    other = duties.a_duty(case=duty.case, name="Voss")
    assert [duties.fresh(each).state for each in (duty, other)] == ["TRIGGERED", "TRIGGERED"]
    assert figures()["returned_0"].words.startswith("1 of 1")
    take_back(again, reason="Typed into the wrong case", by=None, at=NOON)
    assert duties.fresh(duty).state == "TRIGGERED"


def test_a_duty_that_is_endorsed_waits_for_what_went_back_and_goes_on_once_that_is_taken_back():
    duty = duties.endorsed()
    came = duties.checked(duty, mg6c_csv=duties.a_schedule("Rota of the desk", first=4))

    again = refuse(came)
    assert duties.fresh(duty).state == "RETURNED"

    take_back(again, reason="It can be read", by=None, at=NOON)
    assert duties.fresh(duty).state == "ENDORSED"


def test_after_service_what_went_back_leaves_nothing_to_do_until_it_comes_again():
    duty = duties.stated_nothing(duties.court_told())
    later = duties.a_schedule("Receipt of the tow truck of 3 June 2026 for the van", first=5)
    first = duties.returned(duties.fresh(duty), mg6c_csv=later)
    came = hand_in(first, duties.written(mg6c_csv=later), by=duties.a_police_partner(), at=NOON)

    refuse(came)

    assert duty not in waiting_for(duties.a_lawyer(), date(2026, 10, 6))


def test_two_at_once_one_hands_in_another_and_one_returns_what_gave_way(duty, first):
    before = whole(first)
    hand_in(
        first, duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS)),
        by=duties.a_police_partner(), at=NOON,
    )  # fmt: skip

    with pytest.raises(NotAllowed, match="Decide on what they handed in since"):
        refuse(before)


def test_who_may_not_take_schedules_in_returns_nothing(unread):
    with pytest.raises(NotAllowed):
        return_to_police(unread, ASKED, unit=duties.a_police_unit(), by=duties.a_police_partner(),
                         answer_by=date(2026, 10, 14), at=NOON)  # fmt: skip
    assert not Event.objects.filter(name="delivery.returned", detail__before_taken_in=True).exists()


def test_what_is_asked_names_the_list_of_which_no_row_was_read_and_no_file(duty):
    came = duties.checked(duty)
    schedule = came.schedules.get()
    schedule.unread = [{"place": "veyrthorpe.pdf, page 1", "what": "The rows below the headings",
                        "why": "None begins with a whole number.", "mend": "Number them 1, 2, 3.",
                        "may_hide_items": True}]  # fmt: skip
    schedule.save(update_fields=["unread"])

    [asked, *_] = note_of(came)

    assert asked["requests"][0].startswith("MG6C: The rows below the headings could not be read.")
    assert "veyrthorpe" not in str(asked)
