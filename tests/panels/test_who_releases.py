"""Whoever is judged by a letter neither confirms it nor takes it from an open pack."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Dispatch, Letter
from forthright.letters.services.notes import write_note
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.judged import judged_by
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.recognising import decide_put_aside, put_aside
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SORRY = "I am sorry that this is not the news you hoped for."
WHY = "We would rather not show it"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def unit_people(letter):
    """Return a line manager and a legal SPOC of the unit whose letter it is."""
    unit = letter.unit
    return given.a_person(Role.LINE_MANAGER, unit=unit), given.a_person(Role.LEGAL_SPOC, unit=unit)


def in_open_pack(*members):
    """Return a letter that members are reading, and its meeting."""
    meeting = sittings.opened(*members, letters=1, size=1)
    return AnonymisedLetter.objects.get(), meeting


def confirm(letter, person):
    letter.refresh_from_db()
    return confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)


def test_two_of_the_unit_that_is_judged_release_nothing_and_one_with_a_keeper_does():
    letter = made.taken()
    manager, spoc = unit_people(letter)
    made.decided(letter, by=manager)
    confirm(letter, manager)

    with pytest.raises(NotAllowed, match="one keeps the panel"):
        confirm(letter, spoc)

    assert confirm(letter, made.a_keeper()).state == AnonymisedLetter.State.RELEASED


@pytest.mark.parametrize("part", ["drafted", "decided", "gave reasons", "approved", "sent"])
def test_whoever_had_a_part_in_a_letter_does_not_confirm_it(part):
    letter = made.decided(made.taken())
    keeper = made.a_keeper()
    if part == "drafted":
        Duty.objects.filter(pk=letter.duty_id).update(drafter=keeper)
    elif part == "decided":
        decision = letter.duty.decision
        type(decision).objects.filter(pk=decision.pk).update(made_by=keeper)
    elif part == "gave reasons":
        write_note(letter.duty, given.REASONS, by=keeper, at=given.NOON)
        # The earlier reasons are a part in it too.
        write_note(
            letter.duty, replace(given.REASONS, decided="to stop the case against Dean Marsden"),
            by=None, at=given.NOON,
        )  # fmt: skip
    elif part == "approved":
        Letter.objects.filter(duty=letter.duty_id).update(approved_by=keeper)
    else:
        Dispatch.objects.create(
            area=letter.area, duty=letter.duty, version=letter.version, channel="EMAIL",
            to_what="a@example.org", key="k", asked_at=given.NOON, asked_by=keeper,
        )  # fmt: skip
    letter = AnonymisedLetter.objects.get(pk=letter.pk)

    with pytest.raises(NotAllowed, match="had a part in writing"):
        confirm(letter, keeper)
    as_(keeper).open(f"/anonymised/{letter.pk}/release/").see("had a part in writing").not_see(
        "I have read it"
    )


def test_whoever_marked_a_letter_is_judged_by_it():
    review = given.a_marked_letter(levels={})
    letter = made.taken(review.drawn_letter.duty)

    assert review.marker_id in judged_by(letter)


def test_what_a_person_hid_stands_before_who_confirms_it():
    letter = made.taken()
    _, spoc = unit_people(letter)
    Duty.objects.filter(pk=letter.duty_id).update(drafter=spoc)
    add_place(letter, Added(SORRY, "OTHER"), opened=None, by=spoc, at=given.NOON)

    as_(made.a_keeper()).open(f"/anonymised/{letter.pk}/release/").see(
        f"“{SORRY}”, by {spoc}", "who had a part in writing"
    )


def test_the_unit_that_is_judged_raises_an_alarm_and_withdraws_nothing_that_is_read():
    letter, _ = in_open_pack()
    keeper = made.a_keeper()
    manager, _ = unit_people(letter)
    with pytest.raises(NotAllowed, match="only whoever keeps the panel"):
        withdraw_letter(letter, WHY, by=manager, at=given.NOON)

    page = as_(manager).open(f"/anonymised/{letter.pk}/withdraw/").see("only whoever keeps")
    page.press("Tell who keeps the panel", reason=WHY).see("Told to who keeps the panel")

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.RELEASED
    as_(keeper).open("/").see("letter 1 should be withdrawn from panel 1", WHY)
    page = as_(keeper).open(f"/anonymised/{letter.pk}/withdraw/").see(WHY, str(manager))
    page.press("It stays: for this reason", reason="Nothing in it tells who it is about.")
    as_(keeper).open("/").not_see("should be withdrawn")
    as_(manager).open(f"/anonymised/{letter.pk}/withdraw/").see("Nothing in it tells who")
    assert [each.detail for each in Event.objects.filter(name="letter.alarm_raised")] == [
        {"alarm": letter.alarms.get().pk}
    ]


def test_a_withdrawal_answers_the_alarm():
    letter, _ = in_open_pack()
    keeper = made.a_keeper()
    manager, _ = unit_people(letter)
    address = f"/anonymised/{letter.pk}/withdraw/"
    as_(manager).open(address).press("Tell who keeps the panel", reason="It tells the village")

    as_(keeper).open(address).press("Withdraw it", reason="It tells the village indeed")

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN
    assert letter.alarms.get().answered_by == keeper


def test_a_keeper_who_wrote_a_letter_leaves_its_withdrawal_to_the_others_if_there_are_any():
    letter, _ = in_open_pack()
    keeper = letter.taken_by
    Duty.objects.filter(pk=letter.duty_id).update(drafter=keeper)
    letter = AnonymisedLetter.objects.get()
    with pytest.raises(NotAllowed, match="Tell the others who keep the panel"):
        withdraw_letter(letter, WHY, by=keeper, at=given.NOON)

    type(keeper).objects.exclude(pk=keeper.pk).update(is_active=False)
    withdraw_letter(letter, "It tells the village", by=keeper, at=given.NOON)


def test_who_gave_the_reasons_leaves_its_withdrawal_to_the_others():
    letter, _ = in_open_pack()
    keeper = letter.taken_by
    write_note(letter.duty, given.REASONS, by=keeper, at=given.NOON)

    with pytest.raises(NotAllowed, match="Tell the others who keep the panel"):
        withdraw_letter(letter, WHY, by=keeper, at=given.NOON)


def test_what_a_member_put_aside_is_not_taken_back_by_who_wrote_it_while_others_can():
    ada = sittings.a_member()
    letter, meeting = in_open_pack(ada)
    seat = sittings.declared(meeting.seats.get())
    said = put_aside(seat, meeting.letters.get(), "EVENT", by=ada, at=given.NOON)
    Duty.objects.filter(pk=letter.duty_id).update(drafter=letter.taken_by)

    for outcome in ("WITHDRAWN", "TO_CORRECT", "STAYS"):
        with pytest.raises(NotAllowed, match="so you do not decide what follows of it"):
            decide_put_aside(
                said, outcome, "It was in the news.", by=letter.taken_by, at=given.NOON
            )
    decide_put_aside(said, "WITHDRAWN", "It was in the news.", by=made.a_keeper(), at=given.NOON)

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN


def test_a_letter_in_no_open_pack_is_withdrawn_by_its_unit_as_before():
    letter = made.released()
    manager, _ = unit_people(letter)

    as_(manager).open(f"/anonymised/{letter.pk}/withdraw/").press(
        "Withdraw it", reason="It tells the village"
    ).see("Withdrawn. Nobody is shown it any more.")
