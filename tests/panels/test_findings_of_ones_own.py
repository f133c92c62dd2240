"""Who answers for a finding does not put it right, hold it back or give it on while others can."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.panels.models import WordsHeldBack
from forthright.panels.services.correcting import AsMeant, correct_finding
from forthright.panels.services.findings import give_finding_on
from forthright.panels.services.holding_back import hold_back
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import open_pack, publish_note
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SAID = "Nine letters of the unit blame the victim for the delay."
MILD = "One letter could be a little warmer in tone."
WHY = "It was written down wrongly."
HAD_PART = "You had a part in writing"
OWN = "This finding was given to you to answer"
Part = WordsHeldBack.Part


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def finding():
    return sittings.found(sittings.closed(letters=1), said=SAID)


def milder(finding, *, by):
    meant = AsMeant(said=MILD, manager=finding.manager, reply_by=finding.reply_by, because=WHY)
    return correct_finding(finding, meant, by=by, at=given.NOON)


def alone(person):
    """Close the account of everybody else who keeps the panel."""
    roles = (Role.LEGAL_MANAGER, Role.SENIOR_MANAGER)
    User.objects.filter(role__in=roles).exclude(pk=person.pk).update(is_active=False)
    return person


def test_who_answers_for_it_changes_nothing_of_it_while_others_keep_the_panel(finding):
    manager, other = finding.manager, made.a_keeper()

    with pytest.raises(NotAllowed, match=rf"{OWN}.*Ask .* to.*tell them at once"):
        milder(finding, by=manager)
    with pytest.raises(NotAllowed, match=OWN):
        hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=manager, at=given.NOON)
    with pytest.raises(NotAllowed, match=OWN):
        give_finding_on(finding, other, by=manager, at=given.NOON)
    sittings.answered(finding)
    with pytest.raises(NotAllowed, match=OWN):
        hold_back(finding.meeting, (Part.DONE, 1), WHY, by=manager, at=given.NOON)

    finding.refresh_from_db()
    assert (finding.said, finding.manager) == (SAID, manager)
    assert not WordsHeldBack.objects.exists()


def test_their_pages_say_whom_to_ask_and_offer_nothing_that_is_refused(finding):
    here, keeper = f"/panel/meetings/{finding.meeting_id}/", finding.meeting.planned_by
    theirs = as_(finding.manager)

    theirs.open(here).see(OWN, SAID).not_see(
        "Put finding 1 right", "Give finding 1 to somebody else", "Hold back what the panel said"
    )
    for address in (
        f"/panel/findings/{finding.pk}/correct/",
        f"/panel/findings/{finding.pk}/give-on/",
        f"{here}hold-back/FOUND/1/",
    ):
        page = theirs.open(address).see(OWN)
        assert "Cancel" not in page.words
    theirs.open(f"/panel/findings/{finding.pk}/").see(OWN, "Answer the panel")
    as_(keeper).open(here).see("Put finding 1 right", "Hold back what the panel said").not_see(OWN)
    as_(keeper).open(f"/panel/findings/{finding.pk}/correct/").not_see(OWN)


def test_their_pages_say_whom_to_ask_once_it_is_answered_too(finding):
    sittings.answered(finding)
    manager, here = finding.manager, f"/panel/meetings/{finding.meeting_id}/"
    told = str(finding.meeting.planned_by)

    as_(manager).open(f"/panel/findings/{finding.pk}/").see("Your answer", OWN, told)
    as_(manager).open(here).see(f"Finding 1: {OWN}", told).not_see("Hold back what was done")
    as_(made.a_keeper()).open(here).see("Hold back what was done").not_see(
        OWN, "Put finding 1 right", "Give finding 1 to somebody else"
    )


def test_where_nobody_else_keeps_the_panel_they_may_and_it_is_said(finding):
    reader = given.a_person(Role.LEGAL_SPOC, unit=made.a_unit())
    note = f"/panel/meetings/{finding.meeting_id}/note/"
    publish_note(sittings.met(finding.meeting), by=made.a_keeper(), at=given.NOON)
    manager = alone(finding.manager)

    milder(finding, by=manager)
    as_(reader).open(note).see("Put right on Monday 5 October 2026, by who was to answer it.")
    hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=manager, at=given.NOON)
    as_(reader).open(note).see("by who answers for it, as nobody else keeps the panel")
    names = ["panel.finding_corrected", "panel.words_held_back"]
    assert [e.detail["is_own"] for e in Event.objects.filter(name__in=names)] == [True, True]


def test_who_wrote_it_is_told_that_somebody_else_put_it_right_until_they_saw_it(finding):
    told = "Finding 1 of panel 1, which you wrote down, was put right by somebody else"
    writer, other = finding.given_by, made.a_keeper()
    as_(writer).open("/").not_see(told)

    milder(finding, by=other)

    as_(other).open("/").not_see(told)
    page = as_(writer).open("/").see(told, f"{other}: {WHY}").follow(told)
    page.see(MILD, f"Before, it said “{SAID}”")
    as_(writer).open("/").not_see(told)


def test_nor_do_they_hear_of_what_they_put_right_themselves(finding):
    milder(finding, by=finding.given_by)

    as_(finding.given_by).open("/").not_see("was put right by somebody else")


def test_the_note_says_that_it_was_put_right_after_it_was_published(finding):
    publish_note(sittings.met(finding.meeting), by=made.a_keeper(), at=given.NOON)
    later = given.NOON + timedelta(hours=1)
    meant = AsMeant(said=MILD, manager=finding.manager, reply_by=finding.reply_by, because=WHY)
    correct_finding(finding, meant, by=finding.given_by, at=later)

    note = as_(made.a_keeper()).open(f"/panel/meetings/{finding.meeting_id}/note/")

    note.see("Put right on Monday 5 October 2026, after the note was published.")


def test_why_a_letter_was_left_out_is_not_held_back_by_who_had_a_part_in_it():
    meeting, judged = sittings.drawn(letters=2), made.a_keeper()
    line, at = meeting.letters.get(position=1), {"by": meeting.planned_by, "at": given.NOON}
    Decision.objects.filter(pk=line.duty.decision_id).update(made_by=judged)
    leave_out(line, "It tells of the fire at the mill", names_nobody=True, **at)
    for each in meeting.letters.filter(left_out_because=""):
        made.released(each.duty, by=meeting.planned_by)
    open_pack(meeting, [sittings.a_member()], **at)
    here = f"/panel/meetings/{meeting.pk}/"

    with pytest.raises(NotAllowed, match=r"You had a part in.*they hold it back"):
        hold_back(meeting, (Part.LEFT_OUT, 1), WHY, by=judged, at=given.NOON)

    told = f"Why letter 1 was left out: {HAD_PART}"
    as_(judged).open(here).see(told, "they hold it back").not_see("Hold back why letter 1 was")
    as_(judged).open(f"{here}hold-back/LEFT_OUT/1/").see("You had a part in")
    as_(meeting.planned_by).open(here).see("Hold back why letter 1 was left out").not_see(HAD_PART)
    hold_back(meeting, (Part.LEFT_OUT, 1), WHY, by=alone(judged), at=given.NOON)
    as_(judged).open(f"{here}note/").see("by who had a part in it, as nobody who had none keeps")
