"""The gate knows where everybody told in a case lives and is reached, not the reader alone."""

import pytest
import time_machine

from forthright.cases.models import PersonToTell
from forthright.letters.models import ContactWishes
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.releasing import confirm_letter, search_letter
from forthright.panels.services.taking import Decided, decide_place
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.panels import made

pytestmark = pytest.mark.django_db
TELLING = (
    "The Old Forge", "Nether Wallop", "SO20 8EZ", "01905 960123", "bea.holt@example.org", "Trix",
    "Ottoline", "Ann Pell", "3 Larkspur Rise", "01905 960777",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def told_besides(duty):
    """Let the case have another victim, with wishes."""
    other = PersonToTell.objects.create(
        case=duty.case, key="b", title="Ms", given_names="Beatrix", family_name="Holt",
        preferred_name="Trix", phone="01905 960123", email="bea.holt@example.org",
        address="The Old Forge\nNether Wallop\nSO20 8EZ",
    )  # fmt: skip
    ContactWishes.objects.create(
        person=other, adviser="Ann Pell", about_given_names="Ottoline", about_family_name="Holt",
        unsafe=["3 Larkspur Rise, Upham", "01905 960777"], changed_at=given.NOON,
    )  # fmt: skip


def left_by_hand(words):
    """Return a letter that tells these words, of which a person left every place to stand."""
    said = f"We also wrote to the other person ({words}).\n\nI am sorry that"
    duty = made.a_sent_letter(words=made.WORDS.replace("I am sorry that", said))
    told_besides(duty)
    letter = made.decided(made.taken(duty))
    for place in letter.places.all():
        letter.refresh_from_db()
        stands = letter.given[place.start : place.end]
        if stands in words or words in stands:
            decide_place(letter, Decided(place.pk, hide=False), opened=None, by=letter.taken_by,
                         at=given.NOON)  # fmt: skip
    letter.refresh_from_db()
    return made.decided(letter)


@pytest.mark.parametrize("words", TELLING)
def test_what_another_victim_is_known_by_stops_the_letter(words):
    letter = left_by_hand(words)

    with pytest.raises(NotReleased, match="the gate found"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)


@pytest.mark.parametrize("words", TELLING)
def test_it_is_hidden_when_the_letter_is_taken(words):
    said = f"We also wrote to the other person ({words}).\n\nI am sorry that"
    duty = made.a_sent_letter(words=made.WORDS.replace("I am sorry that", said))
    told_besides(duty)

    assert words not in made.taken(duty).text


def test_a_letter_released_before_is_searched_again():
    letter = made.released()
    told_besides(letter.duty)

    letter = AnonymisedLetter.objects.get(pk=letter.pk)

    assert search_letter(letter, by=None, at=given.NOON).is_clear
    assert "Nether Wallop" in str(AnonymisedLetter.objects.get(pk=letter.pk).known)


@pytest.mark.parametrize(
    ("relation", "said"), [("VICTIM", "another victim"), ("PARENT", "the parent")]
)
def test_whoever_else_is_told_has_words_of_their_own(relation, said):
    words = made.WORDS.replace("I am sorry that", "Beatrix Holt rang us.\n\nI am sorry that")
    duty = made.a_sent_letter(words=words)
    told_besides(duty)
    PersonToTell.objects.filter(family_name="Holt").update(relation=relation)

    text = made.taken(duty).text

    assert "Dear [the victim]" in text
    assert f"[{said}] rang us." in text
