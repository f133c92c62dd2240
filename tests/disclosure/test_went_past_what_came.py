"""A service that went past schedules that nobody had taken in is recorded, with why."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.mending import correct_service
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import ServingRefused, approve_duty, second_looks
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.disclosure.services.triage import find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
CAME, WENT = NOON + timedelta(hours=1), NOON + timedelta(minutes=90)
TAKEN = NOON + timedelta(hours=2)
NEW = "Letter of the complainant of 3 June saying that it was another man who hit her"
WHY = "It was in the post before the version was opened"
SAVE = "Record service on Mr Dean Marsden"
ASKED = "If it went while what came (Monday 5 October 2026, 1pm) waited to be taken in"
SAYS = "It went although schedules had come that nobody had taken in"


@pytest.fixture(autouse=True)
def at_two(time_machine):
    time_machine.move_to(TAKEN, tick=False)


def with_a_version_taken_in(duty):
    """A colleague has a version with a new item checked at one, and it is taken in at two."""
    words = [duties.OPEN_ITEMS[0], duties.OPEN_ITEMS[1], f"{duties.OPEN_ITEMS[2]}, in full", NEW]
    came = check_delivery(
        duty, duties.written(mg6c_csv=duties.a_schedule(*words)),
        police_unit=duties.a_police_unit(), is_whole=False, by=duties.a_lawyer(), at=CAME,
    )  # fmt: skip
    take_in(came, by=None, at=TAKEN)
    return duties.fresh(duty)


def newest_of(duty):
    return Delivery.objects.filter(case=duty.case_id).order_by("pk").last()


def recorded(duty, *, why=WHY, served_at=WENT):
    service = duties.a_service(duty, served_at=served_at, went_past=why)
    return serve_when_it_was(duty, service, by=duties.a_lawyer(), at=TAKEN)


def test_it_is_recorded_of_what_stood_then_and_what_came_waits():
    duty = with_a_version_taken_in(duties.approved())

    kept, is_then = recorded(duty)

    duty = duties.fresh(duty)
    assert is_then
    assert (duty.state, duty.served_at, kept.went_past) == ("SERVED", WENT, WHY)
    [went] = kept.items.select_related("item", "endorsement")
    assert (went.item.number, went.item.description) == (3, duties.OPEN_ITEMS[2])
    assert (kept.items_total, kept.items_endorsed) == (4, 4)
    assert NEW not in str(kept.papers)
    find_adequate(newest_of(duty), reason="Good enough", by=None, at=TAKEN)
    stands = {line.item.number: line for line in lines_of(duty) if line.form == "MG6C"}
    assert stands[3].beside_words.startswith("It was served before")
    assert stands[4].endorsement is None


def test_only_with_a_reason_and_the_record_says_that_it_went_past_them_without_it():
    duty = with_a_version_taken_in(duties.approved())
    with pytest.raises(ServingRefused, match="If it went all the same, write why"):
        recorded(duty, why=" .")
    with pytest.raises(ServingRefused, match="repeats words of sensitive material"):
        recorded(duty, why="The debrief of the source Heronsgate came too late")
    assert duties.fresh(duty).served_at is None

    recorded(duty)

    event = Event.objects.get(name="disclosure.served")
    assert len(event.detail["past"]) == 1
    assert WHY not in str(event.detail)
    lawyer = as_(duties.a_lawyer())
    lawyer.open(f"/disclosure/{duty.pk}/record/").see(
        "it went although 1 delivery had come that nobody had taken in"
    )
    assert "it went past them" in str(evidence_of(duties.fresh(duty), TAKEN.date()))


def test_a_service_before_it_came_keeps_no_such_reason():
    duty = with_a_version_taken_in(duties.approved())

    kept, _ = recorded(duty, served_at=NOON)

    assert kept.went_past == ""
    assert "past" not in Event.objects.get(name="disclosure.served").detail


def test_the_page_asks_why_and_keeps_it():
    duty = with_a_version_taken_in(duties.approved())
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/serve/")
    page.see(ASKED)

    page = page.press(SAVE, method="DCS", proof="Receipt 4471", hour="1:30pm")
    page = page.see("If it went all the same, write why").press(SAVE, went_past=WHY)

    page.see("Kept as it was served Monday 5 October 2026, 1:30pm: 1 item")
    lawyer.open(f"/disclosure/{duty.pk}/").see(SAYS, WHY)


def test_while_it_waits_the_refusal_says_how_to_record_what_went():
    duty = duties.approved()
    check_delivery(
        duty, duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, NEW)),
        police_unit=duties.a_police_unit(), is_whole=False, by=None, at=CAME,
    )  # fmt: skip

    with pytest.raises(ServingRefused, match=r"take in what came first; then record the service"):
        recorded(duty)


def test_a_later_service_is_recorded_so_too():
    duty = duties.court_told()
    first = next(line.item for line in lines_of(duty) if line.item.number == 1)
    duties.endorse(duty, first, "D", reason="It assists", by=duties.a_lawyer())
    duty = with_a_version_taken_in(duties.approve_since(duty))
    find_adequate(newest_of(duty), reason="Good enough", by=None, at=TAKEN)
    with pytest.raises(ServingRefused, match="schedules had come"):
        recorded(duty, why="")

    kept, _ = recorded(duty)

    assert (kept.went_past, [each.item.number for each in kept.items.all()]) == (WHY, [1])


def test_a_later_service_past_what_waits_still_is_refused_with_the_way_on():
    duty = duties.court_told()
    first = next(line.item for line in lines_of(duty) if line.item.number == 1)
    duties.endorse(duty, first, "D", reason="It assists", by=duties.a_lawyer())
    duty = duties.approve_since(duty)
    came = check_delivery(
        duty, duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, NEW)),
        police_unit=duties.a_police_unit(), is_whole=False, by=None, at=CAME,
    )  # fmt: skip
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/serve/").not_see(ASKED)
    page = page.press(SAVE, method="DCS", proof="Receipt 4471", hour="1:30pm")
    page.see("take in what came first; then record the service").not_see("write why", ASKED)
    with pytest.raises(ServingRefused, match="take in what came first"):
        recorded(duty)

    take_in(came, by=None, at=TAKEN)
    find_adequate(came, reason="Good enough", by=None, at=TAKEN)

    page = lawyer.open(f"/disclosure/{duty.pk}/serve/").see(ASKED)
    page.press(SAVE, method="DCS", proof="Receipt 4471", hour="1:30pm", went_past=WHY)
    lawyer.open(f"/disclosure/{duty.pk}/").see(SAYS, WHY)


def approved_again(duty):
    """What came is looked through, endorsed and approved with the rest."""
    find_adequate(newest_of(duty), reason="Good enough", by=None, at=TAKEN)
    duty = duties.fresh(duty)
    for line in lines_of(duty):
        if line.endorsement is None:
            code = "D" if line.item.number == 3 else "ND"
            duties.endorse(duty, line.item, code, reason="Another thing", by=duties.a_lawyer())
    duty = duties.fresh(duty)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, released=again, by=manager, at=TAKEN)
    return duties.fresh(duty)


def test_it_is_recorded_where_all_was_approved_again_since():
    duty = approved_again(with_a_version_taken_in(duties.approved()))
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/serve/").see(ASKED)

    page = page.press(SAVE, method="DCS", proof="Receipt 4471", hour="1:30pm")
    page = page.see("If it went all the same, write why").press(SAVE, went_past=WHY)

    page.see("Kept as it was served Monday 5 October 2026, 1:30pm: 1 item")
    [kept] = duties.fresh(duty).servings.all()
    assert (kept.went_past, kept.served_at) == (WHY, WENT)
    assert NEW not in str(kept.papers)


def test_what_is_served_now_needs_no_such_reason():
    duty = approved_again(with_a_version_taken_in(duties.approved()))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page.press(SAVE, method="DCS", proof="Receipt 4471").see("Served. Now tell the court")

    [kept] = duties.fresh(duty).servings.all()
    assert kept.went_past == ""


def test_the_page_asks_why_after_a_refusal_that_asks_for_it_also_before_a_newer_service():
    duty = duties.court_told()
    first = next(line.item for line in lines_of(duty) if line.item.number == 1)
    duties.endorse(duty, first, "D", reason="It assists", by=duties.a_lawyer())
    duty = with_a_version_taken_in(duties.approve_since(duty))
    find_adequate(newest_of(duty), reason="Good enough", by=None, at=TAKEN)
    duty.servings.update(served_at=TAKEN)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/").not_see(ASKED)

    page = page.press(SAVE, method="DCS", proof="Receipt 4471", hour="1:30pm")

    page.see("If it went all the same, write why", ASKED)


def test_its_moment_is_corrected_past_the_same_and_not_past_what_came_besides():
    duty = with_a_version_taken_in(duties.approved())
    kept, _ = recorded(duty)

    def correct(moment):
        return correct_service(kept, moment, reason="The receipt says so", by=None, at=TAKEN)

    assert correct(WENT + timedelta(minutes=10)).served_at == WENT + timedelta(minutes=10)
    with pytest.raises(DateRefused, match="nobody had looked through"):
        correct(TAKEN)
