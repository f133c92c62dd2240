"""A member, or whoever keeps the panel, has a page open twice or types while something closes."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.panels.models import AnonymisedLetter, Reading
from forthright.panels.services.findings import give_finding_on
from forthright.panels.services.leaving_out import leave_out, put_back
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.reading import Filled, keep_filled, keep_reading, stamp_of_reading
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
REMARK = "A long and careful remark."


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat():
    return sittings.declared(sittings.opened(letters=1).seats.get())


def two_windows(seat):
    member = as_(seat.member)
    return [member.open(f"/panel/packs/{seat.pk}/letters/1/") for _ in range(2)]


def everything(seat, answer=YES):
    return {key: answer for key, _ in seat.meeting.questions}


def test_a_second_window_wipes_nothing_and_shows_what_the_first_kept():
    seat = a_seat()
    first, second = two_windows(seat)
    key = seat.meeting.questions[0][0]
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    page = second.press("Keep and stop here", **{key: NO})

    kept = Reading.objects.get()
    assert (kept.answers, kept.remark) == (everything(seat), REMARK)
    page.see(
        "changed after you opened the page",
        "Question 1: now it says “Yes”",
        f"now it says “{REMARK}”",
    )
    assert len(page.tree.xpath("//input[@type='radio'][@checked]")) == len(seat.meeting.questions)


def test_sent_again_it_takes_the_place_of_what_was_shown_and_of_nothing_else():
    seat = a_seat()
    first, second = two_windows(seat)
    key = seat.meeting.questions[0][0]
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    asked = second.press("Keep and stop here", remark="Shorter now.", **{key: NO})
    asked.press("Keep and stop here")

    kept = Reading.objects.get()
    assert kept.answers == everything(seat) | {key: NO}
    assert kept.remark == "Shorter now."


def test_the_same_sent_twice_is_not_asked_about():
    seat = a_seat()
    first, _ = two_windows(seat)
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    again = first.press("Keep and stop here", remark=REMARK, **everything(seat))

    again.see("Your answers to letter 1 are kept.")


def test_the_record_of_a_clash_holds_no_answer():
    seat = a_seat()
    letter = seat.meeting.letters.get()
    kept = keep_reading(seat, letter, everything(seat), REMARK, by=seat.member, at=given.NOON)

    with pytest.raises(ChangedMeanwhile, match=str(seat.member)):
        keep_filled(seat, letter, Filled({}, "", ""), by=seat.member, at=given.NOON)
    shown = Filled({}, "", stamp_of_reading(kept))
    keep_filled(seat, letter, shown, by=seat.member, at=given.NOON)

    assert Reading.objects.get().answers == {}
    assert REMARK not in str(list(Event.objects.values_list("detail", flat=True)))


def test_what_a_member_types_while_the_marks_are_closed_is_given_back():
    meeting = sittings.opened(sittings.a_member(), sittings.a_member(), letters=1)
    done, typing = meeting.seats.order_by("number")
    sittings.handed_in(done)
    sittings.declared(typing)
    page = as_(typing.member).open(f"/panel/packs/{typing.pk}/letters/1/")
    sittings.closed_without_others(meeting)

    refused = page.press("Keep and stop here", remark=REMARK, status=403)

    refused.see("The marks were closed", "It was not kept", REMARK)


def test_what_a_member_types_of_a_letter_that_is_withdrawn_is_given_back():
    seat = a_seat()
    page, _ = two_windows(seat)
    letter = AnonymisedLetter.objects.get()
    withdraw_letter(letter, "The village can be told", by=made.a_keeper(), at=given.NOON)

    refused = page.press("Keep and stop here", remark=REMARK)

    refused.see("This letter was withdrawn", REMARK)
    assert not Reading.objects.exists()


def test_an_answer_that_is_typed_while_its_finding_is_given_on_is_given_back():
    finding = sittings.found(sittings.closed(letters=1))
    before, other = finding.manager, given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    page = as_(before).open(f"/panel/findings/{finding.pk}/")
    give_finding_on(finding, other, by=made.a_keeper(), at=given.NOON)
    typed = "I moved the reasons to the second line."

    refused = page.press("Answer the panel", did=typed, status=403)

    refused.see(f"given on to {other}", typed)
    stranger = given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    as_(stranger).open(f"/panel/findings/{finding.pk}/", status=404)


def test_the_same_finding_is_given_to_one_manager_once():
    keeper = made.a_keeper()
    meeting = sittings.closed(by=keeper, letters=1)
    managers = [given.a_person(Role.LEGAL_MANAGER, unit=keeper.unit) for _ in range(2)]
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/findings/")
    said = "The reasons come too late."

    page.press("Give it to them", said=said, manager=managers[0].pk)
    page.press("Give it to them", said=said, manager=managers[0].pk).see("as finding 1")
    page.press("Give it to them", said=said, manager=managers[1].pk).see("Given.")

    assert meeting.findings.count() == 2


def test_why_a_letter_is_left_out_is_not_overwritten():
    meeting = sittings.drawn()
    letter, first = meeting.letters.first(), meeting.planned_by
    page = as_(made.a_keeper()).open(f"/panel/meetings/{meeting.pk}/letters/1/leave-out/")
    leave_out(letter, "The event was in every newspaper", by=first, at=given.NOON)

    refused = page.press("Leave it out", reason="We did not like how it would be marked")

    refused.see(f"was left out by {first}", "The event was in every newspaper")
    letter.refresh_from_db()
    assert letter.left_out_because == "The event was in every newspaper"
    event = Event.objects.get(name="panel.letter_left_out")
    assert event.detail["reason"] == "The event was in every newspaper"


def test_a_letter_that_was_left_out_by_mistake_is_put_back():
    meeting = sittings.drawn()
    letter = meeting.letters.first()
    leave_out(letter, "The event was in every newspaper", by=meeting.planned_by, at=given.NOON)

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page.press("Put it back into the pack, letter 1").see("in the pack again")

    letter.refresh_from_db()
    assert letter.left_out_because == ""
    assert Event.objects.get(name="panel.letter_put_back").detail["reason"]
    with pytest.raises(PanelRefused, match="is in the pack"):
        put_back(letter, by=meeting.planned_by, at=given.NOON)


def test_a_letter_that_another_panel_drew_meanwhile_is_not_put_back():
    keeper = made.a_keeper()
    meeting = sittings.drawn(by=keeper, letters=1)
    letter = meeting.letters.get()
    leave_out(letter, "The event was in every newspaper", by=keeper, at=given.NOON)
    other = sittings.planned(by=keeper)
    other.letters.create(
        duty=letter.duty, position=1, part=letter.part, stratum="", because="By lot"
    )

    with pytest.raises(PanelRefused, match="Panel 2 drew this letter"):
        put_back(letter, by=keeper, at=given.NOON)
