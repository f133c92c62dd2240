"""What one letter of a pack hides is looked for in every other, as soon as it is released."""

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.meeting import PanelRefused, open_pack
from forthright.panels.services.releasing import confirm_letter, still_clear
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hidden_in(letter, words):
    """Hide words in a letter as a person who marked them, whom no record knows."""
    start = letter.given.index(words)
    Place.objects.filter(letter=letter, start__lt=start + len(words), end__gt=start).delete()
    Place.objects.create(
        letter=letter, start=start, end=start + len(words), kind="PERSON", layer="",
        state=Place.State.HIDDEN, replacement="[somebody]",
    )  # fmt: skip


def letters_of(keeper):
    meeting = sittings.drawn(by=keeper)
    return meeting, [made.taken(line.duty, by=keeper) for line in meeting.letters.all()]


def confirmed(letter):
    for person in (letter.taken_by, made.a_keeper()):
        letter = confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)
    return letter


def test_a_name_hidden_in_one_letter_withdraws_another_that_shows_it_at_once():
    keeper = made.a_keeper()
    meeting, (first, second) = letters_of(keeper)
    made.decided(first)
    AnonymisedLetter.objects.filter(pk=first.pk).update(text=first.text + "\n\nQuillfeather came.")
    first.refresh_from_db()
    made.decided(first)
    first = confirmed(first)
    assert first.state == AnonymisedLetter.State.RELEASED
    AnonymisedLetter.objects.filter(pk=second.pk).update(given=second.given + "\n\nQuillfeather.")
    second.refresh_from_db()
    hidden_in(second, "Quillfeather")
    made.decided(second)

    second = confirmed(second)

    first.refresh_from_db()
    assert second.state == AnonymisedLetter.State.RELEASED
    assert first.state == AnonymisedLetter.State.WITHDRAWN
    assert "hidden in its pack" in first.withdrawn_because
    with pytest.raises(PanelRefused, match="not released"):
        open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)


@pytest.mark.parametrize("name", ["Quillfeather", "Adébáyọ̀", "Каренина"])
def test_a_letter_that_shows_what_another_hides_is_not_released(name):
    keeper = made.a_keeper()
    _, (first, second) = letters_of(keeper)
    AnonymisedLetter.objects.filter(pk=first.pk).update(given=first.given + f"\n\n{name}.")
    first.refresh_from_db()
    hidden_in(first, name)
    confirmed(made.decided(first))
    made.decided(second)
    AnonymisedLetter.objects.filter(pk=second.pk).update(text=f"{second.text}\n\n{name} came.")
    second.refresh_from_db()
    made.decided(second)

    with pytest.raises(NotReleased, match="the gate found 3 places"):
        confirmed(second)


def test_what_a_letter_of_no_pack_hides_is_looked_for_in_itself_alone():
    first = made.released()
    second = made.released(made.a_sent_letter("Ashby", "Farrow", "9 Mill Rise"))

    assert still_clear(first, at=given.NOON)
    assert still_clear(second, at=given.NOON)
