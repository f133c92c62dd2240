"""Words that tell of somebody are held back at any time, from everybody but who keeps the panel."""

import io
from datetime import date

import pypdf
import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import WordsHeldBack
from forthright.panels.services.correcting import AsMeant, correct_finding
from forthright.panels.services.findings import answer_finding
from forthright.panels.services.holding_back import hold_back
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import PanelRefused, draw_letters, open_pack, publish_note
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
TOLD = "The letter about the vicar’s son with the glass eye gives no reasons."
DONE = "The boy at the old mill is left out of it now."
WHY = "Everybody in that village knows the vicar’s son."
INSTEAD = "Held back on Monday 5 October 2026 by who keeps the panel"
Part = WordsHeldBack.Part


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def finding():
    """Return a finding that was answered, and whose note is published."""
    found = sittings.found(sittings.closed(letters=1))
    found.said = TOLD
    found.save(update_fields=["said"])
    answer_finding(found, DONE, names_nobody=True, by=found.manager, at=given.NOON)
    publish_note(sittings.met(found.meeting), by=made.a_keeper(), at=given.NOON)
    found.refresh_from_db()
    return found


def as_meant(found, words):
    return AsMeant(said=words, manager=found.manager, reply_by=found.reply_by,
                   because="It told too much.")  # fmt: skip


def the_next_pack(keeper, member):
    made.a_sent_letter("Pym", "Tanner", "3 Elm Rise", sent_at="2026-10-02 15:00")
    later = {"starts_at": given.at("2026-12-20 14:00"), "pack_until": date(2026, 12, 20)}
    meeting = sittings.planned(by=keeper, size=1, **later)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    meeting.refresh_from_db()
    open_pack(meeting, [member], by=keeper, at=given.NOON)
    return sittings.declared(meeting.seats.get())


def test_what_was_said_and_done_is_held_back_by_one_press_each_from_every_reader(finding):
    keeper, member = made.a_keeper(), sittings.a_member()
    seat = the_next_pack(keeper, member)
    here = f"/panel/meetings/{finding.meeting_id}/"
    spoc = given.a_person(Role.LEGAL_SPOC, unit=made.a_unit())
    as_(spoc).open(f"{here}note/").see(TOLD, DONE)

    page = as_(keeper).open(here).follow("Hold back what the panel said, finding 1")
    page = page.press("Hold them back", because=WHY).see(
        "Held back. Nobody but who keeps the panel and the manager who answers reads it"
    )
    page.see(TOLD, DONE, WHY).follow("Hold back what was done, finding 1").press(
        "Hold them back", because=WHY
    )

    as_(spoc).open(f"{here}note/").see(INSTEAD).not_see("vicar", "mill")
    as_(member).open(f"/panel/packs/{seat.pk}/").see(INSTEAD).not_see("vicar", "mill")
    booklet = as_(keeper).client.get(f"/panel/meetings/{seat.meeting_id}/booklets/1/").content
    printed = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(booklet)).pages)
    assert "Held back" in printed
    assert "vicar" not in printed
    assert "mill" not in printed
    as_(finding.manager).open(f"/panel/findings/{finding.pk}/").see(TOLD, DONE)
    events = Event.objects.filter(name="panel.words_held_back").order_by("sequence")
    assert [each.detail["part"] for each in events] == ["FOUND", "DONE"]
    assert "vicar" not in str([each.detail for each in events])


def test_why_a_letter_was_left_out_is_held_back_once_the_pack_is_open():
    keeper, meeting = made.a_keeper(), sittings.drawn(letters=2)
    reason = "All have read of the fire at the mill"
    leave_out(
        meeting.letters.get(position=1),
        reason,
        names_nobody=True,
        by=meeting.planned_by,
        at=given.NOON,
    )
    here = f"/panel/meetings/{meeting.pk}/"
    as_(keeper).open(here).not_see("Hold back why letter 1")
    with pytest.raises(PanelRefused, match="put the letter back, and leave it out anew"):
        hold_back(meeting, (Part.LEFT_OUT, 1), WHY, by=keeper, at=given.NOON)
    for line in meeting.letters.filter(left_out_because=""):
        made.released(line.duty, by=keeper)
    open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)

    page = as_(keeper).open(here).follow("Hold back why letter 1 was left out")
    page.press("Hold them back", because=WHY).see(
        "Held back. Nobody but who keeps the panel reads it",
        "Nobody but who keeps the panel reads why the letter was left out",
    )

    as_(keeper).open(f"{here}note/").see(INSTEAD).not_see("mill")


def test_it_is_held_back_once_with_why_and_by_who_keeps_this_panel(finding):
    keeper = made.a_keeper()
    with pytest.raises(PanelRefused, match="Write why"):
        hold_back(finding.meeting, (Part.FOUND, 1), " ", by=keeper, at=given.NOON)
    with pytest.raises(PanelRefused, match="Nothing is said there"):
        hold_back(finding.meeting, (Part.FOUND, 9), WHY, by=keeper, at=given.NOON)
    with pytest.raises(NotAllowed):
        hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=sittings.a_member(), at=given.NOON)
    hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)

    with pytest.raises(
        PanelRefused, match=f"already, since Monday 5 October 2026, midday by {keeper}"
    ):
        hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)
    as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/hold-back/DONE/2/", status=404)
    as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/hold-back/OTHER/1/", status=404)


def test_other_words_that_are_put_in_their_place_are_read_again():
    found = sittings.found(sittings.closed(letters=1))
    keeper = found.meeting.planned_by
    hold_back(found.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)

    correct_finding(found, as_meant(found, "Four letters give no reasons."), by=keeper,
                    at=given.NOON)  # fmt: skip

    note = as_(keeper).open(f"/panel/meetings/{found.meeting_id}/note/")
    note.see("Four letters give no reasons.").not_see("Held back")
    page = as_(keeper).open(f"/panel/meetings/{found.meeting_id}/")
    page.see("Other words that stood here before were held back", f"by {keeper}: {WHY}")
    page.see("Hold back what the panel said").not_see("Nobody but who keeps the panel")


def test_words_that_were_held_back_are_so_still_where_they_are_put_back():
    found = sittings.found(sittings.closed(letters=1))
    keeper, before = found.meeting.planned_by, found.said
    hold_back(found.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)
    correct_finding(found, as_meant(found, "Four letters give none."), by=keeper, at=given.NOON)
    hold_back(found.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)
    found.refresh_from_db()

    correct_finding(found, as_meant(found, before), by=keeper, at=given.NOON)

    note = as_(keeper).open(f"/panel/meetings/{found.meeting_id}/note/")
    note.see("Held back").not_see(before)
    with pytest.raises(PanelRefused, match="already"):
        hold_back(found.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)


def test_words_that_somebody_put_there_meanwhile_are_read_before_they_are_held_back():
    found = sittings.found(sittings.closed(letters=1))
    page = as_(found.meeting.planned_by).open(
        f"/panel/meetings/{found.meeting_id}/hold-back/FOUND/1/"
    )
    keeper = made.a_keeper()
    correct_finding(found, as_meant(found, "Four letters give no reasons."), by=keeper,
                    at=given.NOON)  # fmt: skip

    page = page.press("Hold them back", because=WHY)

    page.see(f"since you opened the page by {keeper}, ", "Four letters give no reasons.", WHY)
    assert not WordsHeldBack.objects.exists()
    page.press("Hold them back", because=WHY).see("Held back.")
    assert WordsHeldBack.objects.exists()
