"""Words that were held back by mistake are shown again, unless they tell of somebody of a case."""

import pytest
import time_machine

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import PanelFinding, WordsHeldBack, WordsShownAgain
from forthright.panels.services.correcting import correct_finding
from forthright.panels.services.findings import NameSeen, answer_finding
from forthright.panels.services.holding_back import Again, hold_back, show_again
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import PanelRefused, open_pack, publish_note
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings
from tests.panels.test_words_held_back import as_meant

pytestmark = pytest.mark.django_db
SAID, DONE = "Three letters give no reasons.", "We wrote the reasons anew in each."
WHY, MISTAKE = "It tells of the village.", "I took it for another finding."
HELD = "Held back on Monday 5 October 2026 by who keeps the panel"
Part = WordsHeldBack.Part


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def finding():
    """Return a finding that was answered and published, with what was said held back."""
    found = sittings.found(sittings.closed(letters=1), said=SAID)
    answer_finding(found, DONE, by=found.manager, at=given.NOON)
    publish_note(sittings.met(found.meeting), by=made.a_keeper(), at=given.NOON)
    hold_back(found.meeting, (Part.FOUND, 1), WHY, by=made.a_keeper(), at=given.NOON)
    found.refresh_from_db()
    return found


def test_words_are_shown_again_by_one_press_with_why_and_both_stay_in_the_record(finding):
    keeper = made.a_keeper()
    here = f"/panel/meetings/{finding.meeting_id}/"
    as_(keeper).open(f"{here}note/").see(HELD).not_see(SAID)

    page = as_(keeper).open(here).follow("Show again what the panel said, finding 1")
    page = page.see(SAID, WHY).press("Show them again", because="oops").see("Say more")
    page = page.press("Show them again", because=MISTAKE).see("Shown again to everybody")

    page.see("What the panel said was held back on", WHY, f"by {keeper}: {MISTAKE}")
    page.see("Hold back what the panel said").not_see("Show again what the panel said")
    as_(keeper).open(f"{here}note/").see(SAID).not_see(HELD, MISTAKE)
    assert WordsHeldBack.objects.count() == 1
    (event,) = Event.objects.filter(name="panel.words_shown_again")
    assert (event.detail["part"], event.detail["number"]) == ("FOUND", 1)
    assert MISTAKE not in str(event.detail)


def test_they_can_be_held_back_anew_and_shown_again_anew(finding):
    keeper, which = made.a_keeper(), (Part.FOUND, 1)
    show_again(finding.meeting, which, Again(MISTAKE), by=keeper, at=given.NOON)
    hold_back(finding.meeting, which, "It does tell of her.", by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/note/").see(HELD).not_see(SAID)
    assert page
    page = as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/")
    page.see("It does tell of her.", MISTAKE, "Show again what the panel said")
    show_again(finding.meeting, which, Again(MISTAKE), by=keeper, at=given.NOON)
    assert (WordsHeldBack.objects.count(), WordsShownAgain.objects.count()) == (2, 2)


@pytest.mark.parametrize("part", [Part.FOUND, Part.DONE])
def test_words_that_the_record_knows_of_a_case_stay_held_back(finding, part):
    keeper = made.a_keeper()
    telling = "The letter to Ms Osei gives no reasons."
    PanelFinding.objects.filter(pk=finding.pk).update(said=telling, did=telling)
    hold_back(finding.meeting, (part, 1), WHY, by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/show-again/{part}/1/")
    page.press("Show them again", because=MISTAKE).see("These words stay held back.", "Osei")
    with pytest.raises(PanelRefused, match="stay held back"):
        show_again(finding.meeting, (part, 1), Again(MISTAKE, names_nobody=True), by=keeper,
                   at=given.NOON)  # fmt: skip
    assert not WordsShownAgain.objects.exists()


def test_what_looks_like_a_name_is_looked_at_first(finding):
    keeper = made.a_keeper()
    like = "The letter for Kelmscott gives no reasons."
    PanelFinding.objects.filter(pk=finding.pk).update(said=like)
    hold_back(finding.meeting, (Part.FOUND, 1), WHY, by=keeper, at=given.NOON)

    with pytest.raises(NameSeen):
        show_again(finding.meeting, (Part.FOUND, 1), Again(MISTAKE), by=keeper, at=given.NOON)
    page = as_(keeper).open(f"/panel/meetings/{finding.meeting_id}/show-again/FOUND/1/")
    page = page.press("Show them again", because=MISTAKE).see("Please look", "Kelmscott")
    page.press("Show them again", names_nobody=True).see("Shown again to everybody")
    assert Event.objects.get(name="panel.words_shown_again").detail["names_nobody"] is True


def test_it_is_shown_with_why_where_something_is_held_back_and_by_who_keeps_this_panel(finding):
    keeper, meeting = made.a_keeper(), finding.meeting
    for which, again in (((Part.FOUND, 1), Again(" ")), ((Part.DONE, 1), Again(MISTAKE))):
        with pytest.raises(PanelRefused, match=r"Write why|Nothing that stands there is held back"):
            show_again(meeting, which, again, by=keeper, at=given.NOON)
    with pytest.raises(NotAllowed):
        show_again(meeting, (Part.FOUND, 1), Again(MISTAKE), by=sittings.a_member(),
                   at=given.NOON)  # fmt: skip
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/show-again/FOUND/1/")
    show_again(meeting, (Part.FOUND, 1), Again(MISTAKE), by=keeper, at=given.NOON)
    page.press("Show them again", because=MISTAKE).see(
        "Nothing that stands there is held back", f"shown again by {keeper}"
    )


def test_other_words_held_back_meanwhile_are_read_before_they_are_shown():
    found = sittings.found(sittings.closed(letters=1), said=SAID)
    keeper, which = made.a_keeper(), (Part.FOUND, 1)
    hold_back(found.meeting, which, WHY, by=keeper, at=given.NOON)
    page = as_(keeper).open(f"/panel/meetings/{found.meeting_id}/show-again/FOUND/1/")
    correct_finding(found, as_meant(found, "Four letters give none."), by=keeper, at=given.NOON)
    hold_back(found.meeting, which, WHY, by=keeper, at=given.NOON)

    page = page.press("Show them again", because=MISTAKE)
    page.see("Other words stand there since you opened the page", "Four letters give none.")
    assert not WordsShownAgain.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        show_again(found.meeting, which, Again(MISTAKE), opened="0", by=keeper, at=given.NOON)


def test_why_a_letter_was_left_out_is_shown_again_too():
    keeper, meeting = made.a_keeper(), sittings.drawn(letters=2)
    first = meeting.letters.get(position=1)
    leave_out(first, "It was sent to nobody at all", by=meeting.planned_by, at=given.NOON)
    for line in meeting.letters.filter(left_out_because=""):
        made.released(line.duty, by=keeper)
    open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)
    hold_back(meeting, (Part.LEFT_OUT, 1), WHY, by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")
    page = page.follow("Show again why letter 1 was left out")
    page.press("Show them again", because=MISTAKE).see(
        "Why the letter was left out was held back on", MISTAKE
    )
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/").see("sent to nobody at all")


def test_who_answers_for_a_finding_does_not_show_again_what_others_hold_back(finding):
    manager = finding.manager
    here = f"/panel/meetings/{finding.meeting_id}/"

    as_(manager).open(here).not_see("Show again what the panel said")
    page = as_(manager).open(f"{here}show-again/FOUND/1/").not_see("Show them again")
    page.see("This finding was given to you to answer")
    with pytest.raises(NotAllowed, match="given to you to answer"):
        show_again(finding.meeting, (Part.FOUND, 1), Again(MISTAKE), by=manager, at=given.NOON)
    assert not WordsShownAgain.objects.exists()
