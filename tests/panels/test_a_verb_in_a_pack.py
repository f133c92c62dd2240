"""A verb in one letter is not taken for a name that another letter of the pack hides."""

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.meeting import draw_letters, open_pack
from forthright.panels.services.releasing import confirm_letter, still_clear
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
HIDES = "Your nephews Mark Hobbs and Will Stanton saw it. I am sorry that"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def two_letters(keeper, says):
    """Return a meeting and the letters of it: one says something, the other hides two nephews."""
    for family, accused, street, words in (
        ("Osei", "Marsden", "4 Quarry Close", f"{says} I am sorry that"),
        ("Ashby", "Farrow", "9 Mill Rise", HIDES),
    ):
        text = made.WORDS.replace("I am sorry that", words)
        made.a_sent_letter(family, accused, street, words=text, unit=keeper.unit)
    meeting = sittings.planned(by=keeper)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    lines = sorted(meeting.letters.all(), key=lambda each: each.duty.person.family_name != "Osei")
    return meeting, [each.duty for each in lines]


def test_a_released_letter_stays_where_it_has_a_verb_that_another_hides_as_a_name():
    keeper = made.a_keeper()
    _, (one, other) = two_letters(keeper, "Will you want to meet us? Mark the envelope.")
    first = made.released(one, by=keeper)
    assert first.state == AnonymisedLetter.State.RELEASED

    second = made.released(other, by=keeper)

    first.refresh_from_db()
    assert {first.state, second.state} == {AnonymisedLetter.State.RELEASED}
    assert not first.alarms.exists()


def test_where_it_may_be_the_name_who_keeps_the_panel_is_asked_once_and_nothing_is_withdrawn():
    keeper = made.a_keeper()
    meeting, (one, other) = two_letters(keeper, "Mark every page of it if you write.")
    first = made.released(one, by=keeper)

    made.released(other, by=keeper)
    open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)

    first.refresh_from_db()
    assert first.state == AnonymisedLetter.State.RELEASED
    position = meeting.letters.get(duty=one).position
    said = f"Say whether letter {position} of panel {meeting.number} shows a name"
    as_(keeper).open("/").see(said)
    as_(keeper).open(f"/anonymised/{first.pk}/release/").see(
        "“Mark”", "another letter of its pack hides it", "or it is a plain word"
    )
    page = as_(keeper).open(f"/anonymised/{first.pk}/withdraw/").see("The product itself")
    page.press("It stays: for this reason", reason="It is a verb: that you mark the pages.")
    as_(keeper).open("/").not_see(said)
    assert still_clear(first, at=given.NOON)
    assert first.alarms.count() == 1


def test_who_confirms_it_is_asked_before_it_is_released_and_confirms_once_more():
    keeper = made.a_keeper()
    _, (one, other) = two_letters(keeper, "Mark every page of it if you write.")
    made.released(other, by=keeper)
    letter = made.decided(made.taken(one, by=keeper))

    with pytest.raises(NotReleased, match=r"“Mark” may be a name here.*confirm once more"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=given.NOON)
    for person in (keeper, made.a_keeper()):
        letter = confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)

    assert letter.state == AnonymisedLetter.State.RELEASED


def test_a_name_that_another_letter_hides_withdraws_as_before_and_the_reason_says_which():
    keeper = made.a_keeper()
    _, (one, other) = two_letters(keeper, "It is said that pages are many.")
    first = made.released(one, by=keeper)
    AnonymisedLetter.objects.filter(pk=first.pk).update(text=first.text + "\n\nWill told us.")

    made.released(other, by=keeper)

    first.refresh_from_db()
    assert first.state == AnonymisedLetter.State.WITHDRAWN
    assert "another letter of the pack hides" in first.withdrawn_because
    as_(keeper).open(f"/anonymised/{first.pk}/release/").see(
        "“Will”, another letter of its pack hides it"
    )


def test_what_may_be_a_slip_in_a_name_of_the_case_is_asked_about_and_stops_nothing_for_good():
    keeper = made.a_keeper()
    duty = made.a_sent_letter("Hart", "Marsden", "4 Quarry Close", unit=keeper.unit)
    letter = made.decided(made.taken(duty, by=keeper))
    said = f"{letter.text}\n\nPC Hard rang you."
    AnonymisedLetter.objects.filter(pk=letter.pk).update(text=said)
    letter.refresh_from_db()
    letter = made.decided(letter)

    with pytest.raises(NotReleased, match=r"“Hard” may be a name here.*of the case with a slip"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=given.NOON)
    as_(keeper).open(f"/anonymised/{letter.pk}/release/").see(
        "“Hard”, a name of", "with a slip, or whoever else is called so: somebody has to say which"
    ).not_see("plain word that begins a sentence")  # fmt: skip
    for person in (keeper, made.a_keeper()):
        letter = confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)

    assert letter.state == AnonymisedLetter.State.RELEASED
