"""The panel reads what people were sent, and is compared on the words that it read."""

from datetime import date

import pytest
import time_machine

from forthright.cases.models import PersonToTell
from forthright.letters.models import LetterVersion
from forthright.letters.services import keep_words
from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.selectors.against import panel_against_managers, panel_facts
from forthright.panels.selectors.known import kept_known
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.agreeing import check_can_agree
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.releasing import confirm_letter, still_clear
from forthright.panels.services.taking import take_letter
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.client import as_
from tests.panels import made, marked_by_both, sittings

pytestmark = pytest.mark.django_db
LATER = "Dear Ms Osei\n\nThese words were never sent.\n\nYours sincerely\nRuth Lane"
UNTIL = date(2026, 10, 8)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def other_words_read(letter):
    """Let a letter stand as if words that were never sent had been taken before."""
    other = LetterVersion.objects.filter(letter__duty=letter.duty_id).order_by("-number").first()
    AnonymisedLetter.objects.filter(pk=letter.pk).update(version=other)
    return AnonymisedLetter.objects.get(pk=letter.pk)


def test_words_added_after_it_went_out_are_not_taken():
    duty = made.a_sent_letter()
    keep_words(duty, text=LATER, by=None, at=given.NOON)

    assert "never sent" not in made.taken(duty).text


def test_a_letter_marked_is_marked_in_the_words_that_went_out():
    drawn = given.a_drawn_letter()
    keep_words(drawn.duty, text=LATER, by=None, at=given.NOON)

    page = as_(drawn.marker).open(f"/reviews/{drawn.pk}/mark/")

    assert "never sent" not in page.words


def test_words_never_sent_that_were_taken_before_are_withdrawn_and_taken_anew():
    letter = made.released()
    keep_words(letter.duty, text=LATER, by=None, at=given.NOON)
    letter = other_words_read(letter)

    assert not still_clear(letter, at=given.NOON)
    letter.refresh_from_db()
    with pytest.raises(NotReleased, match="not those that were sent"):
        confirm_letter(letter, text_stamp(letter), by=made.a_keeper(), at=given.NOON)
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.press("Take the words that were sent")

    newest = AnonymisedLetter.objects.first()
    assert newest.version.number == 1
    assert newest.pk != letter.pk
    assert take_letter(letter.duty, by=letter.taken_by, at=given.NOON) == newest


def test_words_never_sent_ask_for_nothing_once_those_that_were_are_taken():
    letter = made.released()
    keep_words(letter.duty, text=LATER, by=None, at=given.NOON)
    letter = other_words_read(letter)
    still_clear(letter, at=given.NOON)
    page = as_(letter.taken_by).open("/").see("A released letter was withdrawn by the gate")

    page = page.follow("A released letter was withdrawn by the gate")
    page.press("Take the words that were sent")

    as_(letter.taken_by).open("/").not_see("A released letter was withdrawn by the gate")


def test_what_was_known_when_other_words_were_taken_is_looked_for_in_these():
    letter = made.taken()
    PersonToTell.objects.filter(pk=letter.duty.person_id).update(family_name="Brightwater")
    words = LATER.replace("were never", "about “osei” were")
    keep_words(letter.duty, text=words, by=None, at=given.NOON, is_what_went=True)

    duty = type(letter.duty).objects.get(pk=letter.duty_id)
    newer = take_letter(duty, by=letter.taken_by, at=given.NOON)

    assert newer.pk != letter.pk
    assert "osei" not in newer.text.casefold()
    assert {"Osei", "Brightwater"} <= {each.family for each in kept_known(newer).people}


def test_a_marking_of_other_words_than_the_panel_read_is_not_compared():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    line = meeting.letters.get()
    keep_words(line.duty, text=LATER, by=None, at=given.NOON)
    other_words_read(AnonymisedLetter.objects.get(duty=line.duty))

    found = panel_against_managers(meeting.area, until=UNTIL)

    assert (found.read, found.not_compared, len(found.letters)) == (1, 1, 0)
    assert panel_facts(meeting.area, as_of=UNTIL).reviews == ()
    with pytest.raises(PanelRefused, match="marked this letter"):
        check_can_agree(line, by=meeting.planned_by, at=given.NOON)


def test_nothing_is_agreed_on_other_words_than_the_manager_marked():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    line = meeting.letters.get()
    version = keep_words(line.duty, text=LATER, by=None, at=given.NOON, is_what_went=True)
    newer = made.released(line.duty, at=given.at("2026-10-08 10:00"))
    assert newer.version == version

    with pytest.raises(PanelRefused, match="not those that the line manager"):
        check_can_agree(line, by=meeting.planned_by, at=given.NOON)


def test_the_panel_reads_the_words_taken_last():
    meeting = sittings.drawn(letters=1, scoring=Meeting.Scoring.QUESTIONS)
    duty = meeting.letters.get().duty
    first = made.taken(duty)
    keep_words(duty, text=LATER, by=None, at=given.NOON, is_what_went=True)
    newer = take_letter(duty, by=first.taken_by, at=given.at("2026-10-05 13:00"))

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")

    assert f"/anonymised/{newer.pk}/" in page.links.values()
