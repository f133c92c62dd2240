"""Who is in another case of the same weeks changes nothing that members read or find."""

import pytest
import time_machine

from forthright.cases.models import PersonToTell
from forthright.panels.models import AnonymisedLetter
from forthright.panels.services.findings import Ticked
from forthright.panels.services.meeting import PanelRefused, draw_letters, open_pack
from forthright.panels.services.releasing import still_clear
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SAYS = made.WORDS.replace("I am sorry", "We told the court. May I say how sorry I am? I am sorry")


def another_case(keeper, given_names, family="Quill"):
    duty = made.a_sent_letter(family, "Peverell", "9 Mill Rise", unit=keeper.unit)
    PersonToTell.objects.filter(pk=duty.person_id).update(given_names=given_names)


def test_their_names_are_called_as_anybodys_and_words_stay_words():
    keeper = made.a_keeper()
    another_case(keeper, "Siobhan", "We")
    another_case(keeper, "Ella", "Hale")

    letter = made.taken(family="Osei", unit=keeper.unit, words=SAYS)

    assert "another case" not in letter.text
    assert "We told the court. May I say how sorry I am?" in letter.text
    assert "PC [person A] spoke" in letter.text
    assert not letter.places.filter(role__contains="another case").exists()


def test_a_whole_name_of_theirs_is_hidden():
    keeper = made.a_keeper()
    another_case(keeper, "Ella", "Hale")

    letter = made.taken(unit=keeper.unit, words=SAYS.replace("We told", "Ella Hale told"))

    assert "[person A] told the court" in letter.text or "[person B] told" in letter.text
    assert "Hale" not in letter.text


@pytest.mark.parametrize("called", ["May", "Hope", "Olive"])
def test_a_word_that_is_a_name_of_theirs_withdraws_no_released_letter(called):
    keeper = made.a_keeper()
    duty = made.a_sent_letter(unit=keeper.unit, words=SAYS)
    meeting = sittings.planned(by=keeper, size=1)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    letter = made.released(duty, by=keeper)
    meeting.refresh_from_db()
    member = sittings.a_member()
    [seat] = open_pack(meeting, [member], by=keeper, at=given.NOON)
    sittings.declared(seat)

    another_case(keeper, called)

    with time_machine.travel(given.NOON):
        as_(member).open(f"/panel/packs/{seat.pk}/letters/1/").see("May I say how sorry I am?")
    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.RELEASED


def test_a_whole_name_of_theirs_in_a_released_letter_withdraws_it():
    keeper = made.a_keeper()
    letter = made.released(unit=keeper.unit, words=SAYS)
    AnonymisedLetter.objects.filter(pk=letter.pk).update(text=letter.text + "\n\nE. Quill said so.")
    letter.refresh_from_db()

    another_case(keeper, "Ella")

    assert not still_clear(letter, at=given.NOON)


def test_a_finding_may_hold_words_and_one_name_of_theirs_and_no_whole_name():
    keeper = made.a_keeper()
    meeting = sittings.closed(by=keeper)
    another_case(keeper, "May")

    sittings.found(meeting, said="Three letters that were sent in March and May give no reasons.")
    said = "Letters written by PC Quill and others give no reasons."
    sittings.found(meeting, said=said, ticked=Ticked(names_nobody=True))

    with pytest.raises(PanelRefused, match="May Quill"):
        sittings.found(meeting, said="The letter to May Quill gives no reasons that she could see.")


def test_a_finding_may_hold_a_word_that_is_a_name_of_its_own_case_where_it_is_one():
    keeper = made.a_keeper()
    meeting = sittings.closed(by=keeper)
    told = meeting.letters.first().duty.person
    PersonToTell.objects.filter(pk=told.pk).update(given_names="May")

    sittings.found(meeting, said="Three letters that were sent in March and May give no reasons.")

    with pytest.raises(PanelRefused, match="May"):
        sittings.found(meeting, said="The letter in which May told us of it gives no reasons.")
