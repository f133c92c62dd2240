"""A slip in a finding is put right with what it said before, and nobody's own is given silently."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import FindingCorrection
from forthright.panels.selectors.named import findings_shown
from forthright.panels.services.correcting import AsMeant, correct_finding, stamp_of_finding
from forthright.panels.services.findings import give_finding, give_finding_on
from forthright.panels.services.meeting import PanelRefused, draw_letters, open_pack, publish_note
from forthright.rules.words import day_words
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SLIP = "Three letters give no reasons."
MEANT = "Four letters give no reasons."
WHY = "There were four of them, not three."
DAY = date(2026, 12, 11)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def finding():
    return sittings.found(sittings.closed(letters=1))


def meant(finding, **changed):
    as_it_is = {"said": finding.said, "manager": finding.manager, "reply_by": finding.reply_by,
                "because": WHY}  # fmt: skip
    return AsMeant(**as_it_is | changed)


def corrected(finding, *, by=None, **changed):
    return correct_finding(
        finding, meant(finding, **changed), by=by or finding.meeting.planned_by, at=given.NOON
    )


def boxes(day):
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"reply_by_{name}": str(number) for name, number in parts.items()}


def test_a_slip_is_put_right_on_a_page_and_what_it_said_before_stays(finding):
    keeper, manager = finding.meeting.planned_by, finding.manager
    page = as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/")
    page = page.follow("Put finding 1 right")
    page.press("Put it right", said=MEANT, because=WHY, **boxes(DAY)).see("Put right.")

    finding.refresh_from_db()
    assert (finding.said, finding.reply_by, finding.manager) == (MEANT, DAY, manager)
    before = f"Before, it said “{SLIP}”, for {manager} to answer by"
    as_(manager).open(f"/panel/findings/{finding.pk}/").see(MEANT, WHY, before)
    as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/").see(MEANT, WHY, before)
    event = Event.objects.get(name="panel.finding_corrected")
    assert event.detail["changed"] == ["day", "words"]
    assert SLIP not in str(event.detail)


def test_members_and_the_note_read_that_it_was_put_right_and_not_what_was_taken_away(finding):
    told = "The letter about the vicar’s son with the glass eye gives no reasons."
    finding.said = told
    finding.save(update_fields=["said"])
    why = "It said too much of the vicar’s son."
    corrected(finding, said=MEANT, because=why)
    publish_note(sittings.met(finding.meeting), by=made.a_keeper(), at=given.NOON)
    reader = given.a_person(Role.LEGAL_SPOC, unit=made.a_unit())
    members_page = findings_shown(finding.meeting)

    page = as_(reader).open(f"/panel/meetings/{finding.meeting_id}/note/")

    page.see(MEANT, "Put right on ")
    assert "vicar" not in page.words
    assert [each.corrected for each in members_page] == [
        (f"Put right on {day_words(given.NOON.date())}.",)
    ]
    as_(finding.manager).open(f"/panel/findings/{finding.pk}/").see(told, why)


def test_members_of_the_next_meeting_read_nothing_of_what_was_taken_away(finding):
    told = "The letter about the vicar’s son with the glass eye gives no reasons."
    finding.said = told
    finding.save(update_fields=["said"])
    corrected(finding, said=MEANT, because="It said too much of the vicar’s son.")
    keeper, member = made.a_keeper(), sittings.a_member()
    made.a_sent_letter("Pym", "Tanner", "3 Elm Rise", sent_at="2026-10-02 15:00")
    later = {"starts_at": given.at("2026-12-20 14:00"), "pack_until": date(2026, 12, 20)}
    meeting = sittings.planned(by=keeper, size=1, **later)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    meeting.refresh_from_db()
    open_pack(meeting, [member], by=keeper, at=given.NOON)
    seat = sittings.declared(meeting.seats.get())

    page = as_(member).open(f"/panel/packs/{seat.pk}/")

    page.see(MEANT, "Put right on ")
    assert "vicar" not in page.words


def test_whose_it_is_is_put_right_and_the_day_stays(finding):
    other, day = given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit()), finding.reply_by

    put_right = corrected(finding, manager=other)

    assert (put_right.manager, put_right.reply_by) == (other, day)
    assert FindingCorrection.objects.get().manager != other


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "Nothing is different"),
        ({"said": "no"}, "Write what the panel found"),
        ({"said": "Ms Osei was told nothing of it."}, "could tell whom a letter is about"),
        ({"said": MEANT, "because": "x"}, "Say what was wrong"),
        ({"reply_by": given.NOON.date()}, "Choose a day to come"),
        ({"reply_by": given.NOON.date() + timedelta(days=900)}, "more than a year ahead"),
    ],
)
def test_a_correction_that_says_nothing_or_too_much_is_refused(finding, changed, why):
    with pytest.raises(PanelRefused, match=why):
        corrected(finding, **changed)

    assert not FindingCorrection.objects.exists()


def test_what_is_answered_stands(finding):
    sittings.answered(finding)

    with pytest.raises(PanelRefused, match="Write down one more finding"):
        corrected(finding, said=MEANT)
    page = as_(finding.meeting.planned_by).open(f"/panel/findings/{finding.pk}/correct/")
    page.see("it is not put right any more")


def test_only_who_keeps_the_panel_puts_it_right(finding):
    with pytest.raises(NotAllowed):
        corrected(finding, said=MEANT, by=given.a_person(Role.PROSECUTOR))
    elsewhere = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))
    with pytest.raises(NotAllowed, match="another Area"):
        corrected(finding, said=MEANT, by=elsewhere)


def test_of_two_who_put_it_right_the_second_is_told(finding):
    opened, keeper = stamp_of_finding(finding), finding.meeting.planned_by
    corrected(finding, said=MEANT)

    with pytest.raises(ChangedMeanwhile):
        correct_finding(
            finding, meant(finding, said="Five letters give none."), opened=opened, by=keeper,
            at=given.NOON,
        )  # fmt: skip


def test_nobody_gives_a_finding_to_themself_without_saying_so():
    meeting = sittings.closed(letters=1)
    keeper = meeting.planned_by
    with pytest.raises(PanelRefused, match="Tick that you do"):
        give_finding(meeting, SLIP, keeper, by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/findings/")
    page = page.press("Give it to them", said=SLIP, manager=str(keeper.pk))
    page.see("Tick that you do")
    page.press("Give it to them", to_self="on").see("Given.")

    assert [each.is_own for each in findings_shown(meeting)] == [True]
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/").see("answer for it themself")


def test_nor_is_one_given_on_or_put_right_to_themself_in_silence(finding):
    keeper = finding.meeting.planned_by

    with pytest.raises(PanelRefused, match="Tick that you do"):
        give_finding_on(finding, keeper, by=keeper, at=given.NOON)
    with pytest.raises(PanelRefused, match="Tick that you do"):
        corrected(finding, manager=keeper)
    assert corrected(finding, manager=keeper, to_self=True).given_to_self
    assert not corrected(
        finding,
        manager=given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit()),
        by=made.a_keeper(),
    ).given_to_self
