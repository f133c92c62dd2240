"""A warning that a letter gives somebody away stays until it is answered, whatever the day."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.services.agreeing import check_can_agree
from forthright.panels.services.alarming import ask_keeper, let_stay, raise_alarm
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, marked_by_both, sittings

pytestmark = pytest.mark.django_db
WHY = "The hockey club in it is the only one of the county"
LAST_DAY = given.at("2026-10-20 16:00")
DAY_AFTER = given.at("2026-10-21 09:00")


def warned():
    """Return a closed meeting on whose last day a unit's legal SPOC warned of letter 1."""
    keeper = made.a_keeper()
    spoc = given.a_person(Role.LEGAL_SPOC, unit=keeper.unit)
    with time_machine.travel(given.NOON, tick=True):
        meeting = sittings.opened(sittings.a_member(), by=keeper)
        sittings.handed_in(meeting.seats.get())
    with time_machine.travel(LAST_DAY, tick=True):
        letter = AnonymisedLetter.objects.get(duty=meeting.letters.get(position=1).duty)
        raise_alarm(letter, WHY, by=spoc, at=LAST_DAY)
        close_marks(Meeting.objects.get(pk=meeting.pk), by=keeper, at=LAST_DAY)
    return letter, meeting, keeper, spoc


def test_it_stays_on_the_overview_once_nobody_reads_the_pack_any_more():
    letter, _, keeper, spoc = warned()
    with time_machine.travel(DAY_AFTER, tick=True):
        for person in (keeper, made.a_keeper()):
            as_(person).open("/").see("letter 1 should be withdrawn from panel 1", WHY)
        for page in ("", "release/"):
            found = as_(keeper).open(f"/anonymised/{letter.pk}/{page}").see(WHY, str(spoc))
            found.follow("Withdraw it, or say why it stays")
            found = as_(spoc).open(f"/anonymised/{letter.pk}/{page}").see(WHY, str(spoc))
            found.see("Or ask", str(keeper), "they say why it stays").follow("Withdraw it")

        page = as_(made.a_keeper()).open(f"/anonymised/{letter.pk}/withdraw/")
        page.press("It stays: for this reason", reason="There are four such clubs in the county.")
        as_(keeper).open("/").not_see("should be withdrawn")
        as_(keeper).open(f"/anonymised/{letter.pk}/release/").not_see(WHY)


def test_while_members_read_who_keeps_no_panel_reads_who_can_answer():
    letter, _, keeper, spoc = warned()
    with time_machine.travel(LAST_DAY, tick=True):
        for page in ("", "release/"):
            found = as_(spoc).open(f"/anonymised/{letter.pk}/{page}").see(WHY)
            found.see("Ask ", str(keeper), "they withdraw it, or say why it stays.")
            assert "Withdraw it, or say why it stays" not in found.links
            assert "Withdraw it" not in found.links


def test_it_is_read_before_the_letter_is_read_out():
    letter, meeting, keeper, _ = warned()
    address = f"/panel/meetings/{meeting.pk}/letters"
    with time_machine.travel(DAY_AFTER, tick=True):
        as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/").see("for you alone", WHY)
        page = as_(keeper).open(f"{address}/1/").see("Before letter 1 is read out", WHY)
        page.not_see("I am writing about")
        page.follow("Show letter 1").see("I am writing about").not_see(WHY)
        as_(keeper).open(f"{address}/2/").see("I am writing about").not_see("Before letter")
        assert Event.objects.filter(name="panel.before_letter_seen").count() == 2

        withdraw_letter(letter, WHY, by=keeper, at=DAY_AFTER)
        as_(keeper).open(f"{address}/1/").see("This letter was withdrawn")


def test_that_it_stays_is_said_by_who_keeps_the_panel_alone():
    letter, _, keeper, spoc = warned()
    with time_machine.travel(DAY_AFTER, tick=True):
        page = as_(spoc).open(f"/anonymised/{letter.pk}/withdraw/")
        page.see("Withdraw it").not_see("It stays")
        with pytest.raises(NotAllowed, match="Only whoever keeps the panel"):
            let_stay(letter, "There are four such clubs.", by=spoc, at=DAY_AFTER)
        type(letter.duty).objects.filter(pk=letter.duty_id).update(drafter=keeper)
        letter = AnonymisedLetter.objects.get(pk=letter.pk)
        with pytest.raises(NotAllowed, match="You had a part"):
            let_stay(letter, "There are four such clubs.", by=keeper, at=DAY_AFTER)


def test_what_the_product_asks_of_a_letter_waits_once_its_pack_is_over_and_not_before_it_opens():
    keeper = made.a_keeper()
    with time_machine.travel(given.NOON, tick=True):
        meeting = sittings.opened(sittings.a_member(), by=keeper)
        sittings.handed_in(meeting.seats.get())
        letter = AnonymisedLetter.objects.get(duty=meeting.letters.get(position=1).duty)
        early = made.released(by=keeper, family="Quill", accused="Tarn")
        for each in (early, letter):
            ask_keeper(each, "Is Mark a name here?", by=None, at=given.NOON)
        close_marks(Meeting.objects.get(pk=meeting.pk), by=keeper, at=given.NOON)
    with time_machine.travel(DAY_AFTER, tick=True):
        page = as_(keeper).open("/").see("Say whether letter 1 of panel 1 shows a name")
        assert page.words.count("shows a name that another letter") == 1


def test_no_marks_are_agreed_on_words_that_somebody_warned_of():
    with time_machine.travel(given.NOON, tick=True):
        meeting = marked_by_both.closed({}, {})
        line = meeting.letters.get()
        letter = AnonymisedLetter.objects.get(duty=line.duty)
        keeper = made.a_keeper()
        check_can_agree(line, by=keeper, at=given.NOON)
        raise_alarm(letter, WHY, by=made.a_keeper(), at=given.NOON)

        with pytest.raises(PanelRefused, match="may give somebody away, and nobody has answered"):
            check_can_agree(line, by=keeper, at=given.NOON)
        let_stay(letter, "There are four such clubs in the county.", by=keeper, at=given.NOON)
        check_can_agree(line, by=keeper, at=given.NOON)
