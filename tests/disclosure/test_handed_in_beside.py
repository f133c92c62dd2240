"""What the police handed in and nobody has taken in is never thrown away unasked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, Item, Schedule
from forthright.disclosure.selectors.stood import untaken_then
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.handing_in import Beside, Chosen, hand_in
from forthright.disclosure.services.triage import answer_return
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
LATER = given.at("2026-10-06 09:30")
STATEMENT = "Statement of Mr Hall who saw another man drive the van away at 9pm on 3 May 2026"
DEBRIEF = "Second debrief of the source on 9 May 2026 naming who drove"
OPEN = duties.a_schedule(*duties.OPEN_ITEMS)
MORE = duties.a_schedule(*duties.OPEN_ITEMS, STATEMENT)
SENSITIVE = duties.a_schedule(duties.SECRET, DEBRIEF, form="MG6D")
REPORT = duties.a_report("3,MG6C,She says that two other men did it,Yes")
WAITS = Delivery.State.CHECKED


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def duty():
    return duties.a_duty()


@pytest.fixture
def returned(duty):
    return duties.returned(
        duty, mg6c_csv=OPEN, mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D")
    )


def officer(name="Ada Ferris"):
    person = duties.a_police_partner()
    person.full_name = name
    person.save()
    return person


def a_file(name, words):
    return SimpleUploadedFile(name, words.encode())


def page_of(returned, person):
    return as_(person).open(f"/returned-schedules/{returned.pk}/new-version/")


def stands(returned, state=WAITS):
    """Return the forms of each delivery in a state that the police handed in."""
    rows = Delivery.objects.filter(answers=returned, state=state).order_by("pk")
    return [sorted(each.schedules.values_list("form", flat=True)) for each in rows]


def test_another_form_from_a_page_opened_before_waits_beside_it(duty, returned):
    """Two officers of one unit: neither throws away what the other handed in."""
    first, second = officer("Ada Ferris"), officer("Ben Moss")
    stale = page_of(returned, first)
    page_of(returned, second).press("Hand it in", schedules=a_file("mg6d.csv", SENSITIVE))

    page = stale.press("Hand it in", schedules=a_file("mg6c.csv", MORE))

    page.see("Handed in.", "MG6D with 2 items (1 file), by Ben Moss",
             "MG6C with 4 items (mg6c.csv), by Ada Ferris")  # fmt: skip
    assert stands(returned) == [["MG6D"], ["MG6C"]]
    lawyer = as_(duties.a_lawyer())
    lawyer.open("/").see("2 new versions of schedules from the police")
    came = Delivery.objects.get(answers=returned, schedules__form="MG6C")
    shown = lawyer.open(f"/disclosure/deliveries/{came.pk}/")
    shown.see("handed in for the same return", "MG6C with 4 items", "MG6D with 2 items")
    assert Item.objects.filter(description=DEBRIEF).exists()


def test_both_are_taken_in_one_after_the_other(duty, returned):
    hand_in(returned, duties.written(d_csv=SENSITIVE), by=officer(), at=NOON)
    hand_in(returned, duties.written(c_csv=MORE), by=officer(), at=NOON)
    lawyer = as_(duties.a_lawyer())

    for each in Delivery.objects.filter(answers=returned).order_by("pk"):
        page = lawyer.open(f"/disclosure/deliveries/{each.pk}/").press("Take it in")
        if "compared anew" in page.words:
            page = page.press("Take it in")
        page.see("Taken in.")

    live = Schedule.objects.filter(is_live=True).values_list("form", flat=True)
    assert sorted(live) == ["MG6C", "MG6D"]
    assert stands(returned) == []


def test_a_report_that_was_forgotten_is_handed_in_beside_the_schedule(duty):
    """One officer alone: the MG6C of before is not lost."""
    returned = duties.returned(duty)
    alone = officer()
    page = page_of(returned, alone).press("Hand it in", schedules=a_file("mg6c.csv", OPEN))

    page = page.follow("Hand in the new version")
    page.see("waiting for the prosecutor", "MG6C with 3 items (mg6c.csv)", "Ada Ferris", "midday")
    page.press("Hand it in", schedules=a_file("mg6e.csv", REPORT)).see("Handed in.")

    assert stands(returned) == [["MG6C"], ["MG6E"]]


def test_the_same_form_asks_whoever_did_not_know_and_keeps_nothing_half_done(duty, returned):
    first, second = officer("Ada Ferris"), officer("Ben Moss")
    stale = page_of(returned, first)
    hand_in(returned, duties.written(mg6c_csv=OPEN), by=second, at=NOON)

    page = stale.press("Hand it in", schedules=a_file("mg6c.csv", MORE))

    [error] = page.errors
    assert "MG6C waits for the prosecutor already, handed in by Ben Moss" in error
    assert "choose your files again" in error
    page.see("MG6C with 3 items (mg6c.csv), by Ben Moss", "It replaces what waits", "Keep both",
             "Cancel")  # fmt: skip
    assert stands(returned) == [["MG6C"]]
    assert not Item.objects.filter(description=STATEMENT).exists()
    page.press("Hand it in", beside="REPLACE", schedules=a_file("mg6c.csv", MORE)).see("Handed in.")
    assert (stands(returned), stands(returned, "REPLACED")) == ([["MG6C"]], [["MG6C"]])


def test_whoever_knew_and_chose_nothing_is_asked_too(duty, returned):
    hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)

    page = page_of(returned, officer()).press("Hand it in", schedules=a_file("mg6c.csv", MORE))

    assert "Say below whether yours replaces it" in page.errors[0]


def test_what_came_after_the_choice_is_not_replaced_by_it(duty, returned):
    hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    stale = page_of(returned, officer())
    keep = Chosen(Beside.KEEP)
    hand_in(returned, duties.written(mg6c_csv=MORE), chosen=keep, by=officer("Ben Moss"), at=NOON)

    page = stale.press("Hand it in", beside="REPLACE", schedules=a_file("mg6c.csv", OPEN))

    assert "Ben Moss" in page.errors[0]
    assert stands(returned) == [["MG6C"], ["MG6C"]]


def test_only_the_form_that_comes_again_is_replaced_and_all_that_came_is_shown(
    duty, returned, at_noon
):
    first, second = officer("Ada Ferris"), officer("Ben Moss")
    both = duties.written(mg6c_csv=OPEN, mg6d_csv=SENSITIVE)
    before = hand_in(returned, both, by=first, at=NOON)
    at_noon.move_to(LATER, tick=False)

    new = hand_in(
        returned, duties.written(mg6c_csv=MORE), chosen=Chosen(Beside.REPLACE), by=second, at=LATER
    )

    assert (stands(returned), stands(returned, "REPLACED")) == ([["MG6D"], ["MG6C"]], [["MG6C"]])
    lawyer = as_(duties.a_lawyer())
    said = "Replaced 6 October 2026, 9:30am by Ben Moss, before it was taken in"
    for each in (before, new):
        lawyer.open(f"/disclosure/deliveries/{each.pk}/").see("for the same return", said)
    gone = Delivery.objects.get(answers=returned, state="REPLACED")
    assert (gone.checked_at, gone.checked_by, gone.kept_files.count()) == (NOON, first, 2)
    page = lawyer.open(f"/disclosure/deliveries/{gone.pk}/")
    page.see("Replaced by the police before it was taken in", "mg6c.csv", duties.OPEN_ITEMS[0])
    page.not_see("Take it in")
    assert {each["form"] for each in Delivery.objects.get(pk=before.pk).findings} <= {"MG6D", ""}
    lawyer.open(f"/disclosure/{duty.pk}/record/").see(
        "The police handed a new version in: MG6C", "The police replaced the MG6C"
    )


def test_each_act_is_in_the_record_with_its_files(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    new = hand_in(
        returned, duties.written(mg6c_csv=MORE), chosen=Chosen(Beside.REPLACE), by=officer(),
        at=NOON,
    )  # fmt: skip

    handed = Event.objects.filter(name="return.handed_in").latest("sequence").detail
    replaced = Event.objects.get(name="delivery.replaced").detail
    first.refresh_from_db()
    assert (handed["delivery"], handed["replaced"], handed["forms"]) == (
        new.pk, [first.pk], ["MG6C"],
    )  # fmt: skip
    assert handed["sha256"] == [new.files[0]["sha256"]]
    assert replaced["sha256"] == [first.files[0]["sha256"]]
    assert replaced["delivery"] == first.replaced_by_id == new.pk
    assert "mg6c" not in str(handed) + str(replaced)


def test_nothing_is_replaced_by_whoever_was_not_asked(duty, returned):
    hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)

    with pytest.raises(ChangedMeanwhile, match="Nothing of yours was handed in yet"):
        hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)


def test_what_was_replaced_waited_until_it_was_and_not_after(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    instead = Chosen(Beside.REPLACE)
    new = hand_in(
        returned, duties.written(mg6c_csv=MORE), chosen=instead, by=officer(), at=LATER
    )  # fmt: skip

    assert [each.pk for each in untaken_then(duty, NOON)] == [first.pk]
    assert [each.pk for each in untaken_then(duty, LATER)] == [new.pk]
    take_in(new, by=None, at=LATER)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/management/").not_see("Replaced by")


def test_between_hand_in_and_take_in_the_pages_say_what_is_true(duty, returned):
    lawyer = as_(duties.a_lawyer())
    hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=NOON)

    page = lawyer.open(f"/disclosure/{duty.pk}/")
    page.see("returned 5 October 2026, and the police handed in MG6C on Monday 5 October 2026: it "
             "waits to be taken in")  # fmt: skip
    page.not_see("and not mended", "read what the police say")
    page = lawyer.open(f"/disclosure/deliveries/{returned.delivery_id}/")
    page.see("The police handed in MG6C with 4 items 5 October 2026, midday, which waits")
    [came] = Delivery.objects.filter(answers=returned)
    take_in(came, by=None, at=NOON)
    lawyer.open(f"/disclosure/{duty.pk}/").not_see("waits to be taken in")


def test_an_answer_in_words_alone_is_still_said_to_be_read(duty, returned):
    answer_return(returned, "The log is lost.", by=officer(), at=NOON)

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")

    page.see("answered 5 October 2026 and not mended: read what the police say")
