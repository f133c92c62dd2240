"""What the police handed in and nobody has taken in goes on with what they hand in next."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, Item, PoliceReturn, Schedule
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.mended import first_hand_ins
from forthright.disclosure.selectors.secrets import why_not_said
from forthright.disclosure.selectors.stood import untaken_then
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.handing_in import hand_in, stamp_of
from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.disclosure.services.serving import ServingRefused
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.disclosure.services.triage import (
    answer_return,
    find_adequate,
    return_to_police,
    take_back,
)
from forthright.rules.disclosure_duty import DutyState
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
REASON = "Schedules of unused material not completed correctly"
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


def waiting(returned):
    """Return the one delivery that waits, its forms with how many items, and its files' names."""
    [delivery] = Delivery.objects.filter(answers=returned, state=WAITS)
    forms = {each.form: each.items.count() for each in delivery.schedules.all()}
    assert delivery.kept_files.count() == len(delivery.files)
    return delivery, forms, [each["name"] for each in delivery.files]


def test_from_a_page_opened_before_nothing_is_kept_until_its_person_knows(duty, returned):
    """Two officers of one unit: neither throws away what the other handed in."""
    first, second = officer("Ada Ferris"), officer("Ben Moss")
    stale = page_of(returned, first)
    page_of(returned, second).press("Hand it in", schedules=a_file("mg6d.csv", SENSITIVE))

    page = stale.press("Hand it in", schedules=a_file("mg6c.csv", MORE))

    [error] = page.errors
    assert "Nothing of yours was handed in yet" in error
    assert "the MG6D, handed in by Ben Moss, Monday 5 October 2026, midday" in error
    page.see("What you hand in joins it", "MG6D with 2 items (1 file), by Ben Moss")
    assert waiting(returned)[1] == {"MG6D": 2}
    page = page.press("Hand it in", schedules=a_file("mg6c.csv", MORE))
    page.see("Handed in.", "MG6C with 4 items, MG6D with 2 items (2 files), by Ada Ferris")
    assert waiting(returned)[1:] == ({"MG6D": 2, "MG6C": 4}, ["mg6d.csv", "mg6c.csv"])
    as_(duties.a_lawyer()).open("/").see("1 new version of schedules from the police")


def test_a_report_that_was_forgotten_joins_the_schedule_and_is_read_with_it(duty):
    """One officer alone: the MG6C of before is not lost."""
    returned = duties.returned(duty)
    alone = officer()
    page = page_of(returned, alone).press("Hand it in", schedules=a_file("mg6c.csv", OPEN))

    page = page.follow("Hand in the new version")
    page.see("waiting for the prosecutor", "MG6C with 3 items (mg6c.csv)", "Ada Ferris", "midday")
    page.press("Hand it in", schedules=a_file("mg6e.csv", REPORT)).see("Handed in.")

    delivery, forms, _ = waiting(returned)
    assert forms == {"MG6C": 3, "MG6E": 1}
    lawyer = as_(duties.a_lawyer())
    lawyer.open(f"/disclosure/deliveries/{delivery.pk}/").press("Take it in").see("Taken in.")
    assert sorted(Schedule.objects.filter(is_live=True).values_list("form", flat=True)) == [
        "MG6C", "MG6E",
    ]  # fmt: skip


def test_a_form_that_comes_again_is_replaced_and_the_others_go_on(duty, returned, at_noon):
    first, second = officer("Ada Ferris"), officer("Ben Moss")
    before = hand_in(returned, duties.written(mg6c_csv=OPEN, mg6d_csv=SENSITIVE), by=first, at=NOON)
    at_noon.move_to(LATER, tick=False)

    new = hand_in(returned, duties.written(mg6c_csv=MORE), by=second, at=LATER)

    assert waiting(returned) == (new, {"MG6D": 2, "MG6C": 4}, ["mg6d.csv", "mg6c.csv"])
    before.refresh_from_db()
    assert (before.state, before.replaced_by, before.forms_then) == (
        "REPLACED", new, ["MG6C", "MG6D"],
    )  # fmt: skip
    assert (before.checked_at, before.checked_by, before.kept_files.count()) == (NOON, first, 2)
    assert not before.schedules.exists()
    lawyer = as_(duties.a_lawyer())
    said = "Went on with what was handed in 6 October 2026, 9:30am by Ben Moss"
    lawyer.open(f"/disclosure/deliveries/{new.pk}/").see("for the same return", "MG6C, MG6D", said)
    page = lawyer.open(f"/disclosure/deliveries/{before.pk}/")
    page.see("Handed in anew by the police before it was taken in", "mg6c.csv").not_see(
        "Take it in"
    )
    lawyer.open(f"/disclosure/{duty.pk}/record/").see(
        "The police handed a new version in: MG6C", "Together with what they had handed in before",
        "The MG6C is replaced by the newer one",
    )  # fmt: skip


def test_who_may_not_see_what_is_sensitive_reads_no_name_of_a_file_by_it(duty, returned):
    hand_in(
        returned, duties.written(mg6c_csv=OPEN, heronsgate_csv=SENSITIVE), by=officer(), at=NOON
    )

    second = officer("Ben Moss")
    hand_in(returned, duties.written(mg6c_csv=MORE), by=second, at=NOON)

    for address in ("", "new-version/"):
        page = as_(second).open(f"/returned-schedules/{returned.pk}/{address}")
        page.see("(2 files)").not_see("heronsgate")
    [before, new] = Delivery.objects.filter(answers=returned).order_by("pk")
    for each in (before, new):
        page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/deliveries/{each.pk}/")
        page.see("2 files.").not_see("heronsgate", "Heronsgate")


def test_what_joins_is_compared_with_what_waited_in_either_order(duty, returned):
    """A name of the MG6D on the MG6C that was handed in by itself is held back all the same."""
    secret = duties.a_schedule("Debrief of Kowalczyk at his home", form="MG6D")
    slip = duties.a_schedule(*duties.OPEN_ITEMS, "Receipt for taxis, with a card of Kowalczyk")
    for files in ({"mg6d_csv": secret}, {"mg6c_csv": slip}):
        hand_in(returned, duties.written(**files), by=officer(), at=NOON)

    assert Item.objects.get(description__contains="taxis").is_held_back
    assert why_not_said(duty, "the answer", "We asked Kowalczyk.", readers="the defence", by=None)

    hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)

    assert not Item.objects.filter(description__contains="taxis").exists()
    assert why_not_said(duty, "the answer", "We asked Kowalczyk.", readers="the defence", by=None)


def test_one_file_of_two_forms_is_not_taken_apart(duty, returned):
    both = f"{MORE}\n{SENSITIVE}"
    before = hand_in(returned, duties.written(both_csv=both), by=officer(), at=NOON)
    assert before.schedules.count() == 2

    with pytest.raises(DeliveryRefused, match="hand the MG6D in again together with yours"):
        hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)

    assert waiting(returned)[0] == before


def test_the_same_file_again_is_one(duty, returned):
    hand_in(returned, duties.written(mg6c_csv=OPEN, mg6d_csv=SENSITIVE), by=officer(), at=NOON)

    hand_in(returned, duties.written(mg6d_csv=SENSITIVE), by=officer(), at=NOON)

    assert waiting(returned)[1:] == ({"MG6C": 3, "MG6D": 2}, ["mg6c.csv", "mg6d.csv"])


def test_each_act_is_in_the_record_with_its_files(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    new = hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=NOON)

    handed = Event.objects.filter(name="return.handed_in").latest("sequence").detail
    replaced = Event.objects.get(name="delivery.replaced").detail
    assert (handed["delivery"], handed["joins"], handed["forms"]) == (new.pk, [first.pk], ["MG6C"])
    assert handed["sha256"] == [new.files[0]["sha256"]]
    assert replaced["sha256"] == [first.files[0]["sha256"]]
    assert (replaced["delivery"], replaced["forms"]) == (new.pk, ["MG6C"])
    assert "mg6c" not in str(handed) + str(replaced)


def test_what_was_taken_in_meanwhile_is_not_joined(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    known = stamp_of([first])
    hand_in(returned, duties.written(mg6c_csv=MORE), by=officer("Ben Moss"), at=NOON)

    with pytest.raises(ChangedMeanwhile, match="handed in by Ben Moss"):
        hand_in(returned, duties.written(mg6c_csv=OPEN), opened=known, by=officer(), at=NOON)

    assert waiting(returned)[1] == {"MG6C": 4}


def test_a_prosecutor_takes_in_nothing_that_went_on(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN, mg6d_csv=SENSITIVE), by=officer(),
                    at=NOON)  # fmt: skip
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{first.pk}/")
    hand_in(returned, duties.written(mg6d_csv=SENSITIVE + "\n"), by=officer(), at=LATER)

    page = page.press("Take it in")

    page.see("handed a newer version in")
    assert not Schedule.objects.filter(is_live=True, delivery__answers=returned).exists()


def test_what_went_on_waited_until_it_did_and_not_after(duty, returned):
    first = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    new = hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=LATER)

    assert [each.pk for each in untaken_then(duty, NOON)] == [first.pk]
    assert [each.pk for each in untaken_then(duty, LATER)] == [new.pk]
    take_in(new, by=None, at=LATER)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/management/").not_see("Handed in anew")


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


def test_while_it_waits_nobody_is_told_to_press_the_police(duty, returned):
    item = Item.objects.filter(schedule__form="MG6C").first()
    hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=NOON)

    with pytest.raises(NotAllowed, match="open it from the page of the duty, take it in") as said:
        endorse_item(
            duties.fresh(duty), Written(item_id=item.pk, code="ND", reason="Of another street"),
            by=duties.a_lawyer(), at=NOON,
        )  # fmt: skip

    assert "Press them" not in str(said.value)


def test_the_evidence_says_which_version_mended_and_when_the_first_came(duty, at_noon):
    returned = duties.returned(duty)
    hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    new = hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=LATER)
    take_in(new, by=None, at=LATER)

    said = str(evidence_of(duties.fresh(duty), LATER.date()))

    assert "the police handed in Tuesday 6 October 2026, 9:30am" in said
    assert "having first handed one in Monday 5 October 2026, midday" in said


def test_what_was_held_back_stays_so_though_the_mg6d_that_said_why_is_replaced(duty, returned):
    shared = "Note of Mr Kowalczyk of 3 May at his home in Dunsby about the van"
    both = {"mg6c_csv": duties.a_schedule(*duties.OPEN_ITEMS, shared),
            "mg6d_csv": duties.a_schedule(duties.SECRET, shared, form="MG6D")}  # fmt: skip
    hand_in(returned, duties.written(**both), by=officer(), at=NOON)
    assert Item.objects.get(schedule__form="MG6C", description=shared).is_held_back

    secret = duties.a_schedule(duties.SECRET, form="MG6D")
    new = hand_in(returned, duties.written(mg6d_csv=secret), by=officer(), at=LATER)

    item = Item.objects.get(schedule__form="MG6C", description=shared)
    assert (item.schedule.delivery, item.is_held_back) == (new, True)
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/deliveries/{new.pk}/")
    page.not_see("Kowalczyk")
    assert why_not_said(duty, "the answer", "Kowalczyk came.", readers="the defence", by=None)


def test_words_are_held_back_where_they_went_on_from_a_page_opened_before(duty, returned):
    before = hand_in(returned, duties.written(mg6c_csv=OPEN), by=officer(), at=NOON)
    item = before.schedules.get().items.get(number=2)
    lawyer = as_(duties.a_lawyer())
    lawyer.open(f"/disclosure/deliveries/{before.pk}/")
    new = hand_in(returned, duties.written(mg6d_csv=SENSITIVE), by=officer(), at=NOON)

    page = lawyer.post(f"/disclosure/deliveries/{before.pk}/items/{item.pk}/hold-back/")

    page.see("Nothing was held back: the police handed more in", "Hold the words back here",
             "MG6C with 3 items, MG6D with 2 items", "this delivery")  # fmt: skip
    page = lawyer.open(f"/disclosure/deliveries/{before.pk}/")
    page.see("What it held went on with what was handed in next").not_see("What the check found")
    assert page.links["read that one"] == f"/disclosure/deliveries/{new.pk}/"


def test_a_service_says_why_it_went_past_what_went_on_since(duty, at_noon):
    duty = duties.court_told(case=duty.case, name="Hollis")
    returned = duties.returned(duty, mg6c_csv=duties.a_schedule(STATEMENT, first=5))
    came, went = NOON + timedelta(hours=1), NOON + timedelta(minutes=90)
    hand_in(returned, duties.written(mg6c_csv=MORE), by=officer(), at=came)
    at_noon.move_to(LATER, tick=False)
    hand_in(returned, duties.written(mg6c_csv=MORE + "\n"), by=officer(), at=LATER)

    service = duties.a_service(duties.fresh(duty), served_at=went)
    with pytest.raises(ServingRefused, match="nobody had taken in"):
        serve_when_it_was(duties.fresh(duty), service, by=duties.a_lawyer(), at=LATER)


def test_a_form_that_was_not_asked_for_answers_nothing_and_the_police_are_waited_for(duty, at_noon):
    returned = duties.returned(duty)
    came = hand_in(returned, duties.written(mg6e_csv=REPORT), by=officer(), at=NOON)
    find_adequate(take_in(came, by=None, at=NOON), reason="Good enough", by=None, at=NOON)
    returned.refresh_from_db()

    assert (returned.mended_by, returned.answered_at) == (None, None)
    late = given.at("2026-10-14 12:00")
    at_noon.move_to(late, tick=False)
    as_(officer("Ben Moss")).open("/").see("1 delivery of schedules to mend", "1 overdue")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.not_see("answered a return in words", "read what the police say")
    as_(duties.a_lawyer()).open("/").see("with the police, who are late to answer: remind them")
    take_back(returned, reason="The MG6C was right", by=duties.a_lawyer(), at=late)
    assert duties.fresh(duty).state == DutyState.RECEIVED


def test_what_comes_in_the_place_of_what_was_never_taken_in_answers_that(duty):
    first = duties.returned(duty, mg6c_csv=OPEN)
    report = hand_in(first, duties.written(mg6e_csv=REPORT), by=officer(), at=NOON)
    asked = {REASON: ["Sign the MG6E, and hand in the MG6C with item 1 described."]}
    until = date(2026, 10, 12)
    second = return_to_police(
        report, asked, unit=duties.a_police_unit(), answer_by=until, by=duties.a_lawyer(), at=NOON
    )

    came = hand_in(second, duties.written(mg6c_csv=MORE), by=officer(), at=LATER)
    find_adequate(take_in(came, by=None, at=LATER), reason="Good enough", by=None, at=LATER)

    for each in (first, second):
        each.refresh_from_db()
        assert each.mended_by == came
    assert duties.fresh(duty).state == DutyState.REVIEWING
    assert first_hand_ins(PoliceReturn.objects.filter(pk=second.pk)) == {second.pk: LATER}
