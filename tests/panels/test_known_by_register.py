"""What the register of recordings and hearings knows of a case stops its letter."""

from datetime import date

import pytest
import time_machine

from forthright.cases.models import Defendant
from forthright.hard_media.models import FormerAddress, Hearing, HearingMove, Representation
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.registered import RegisterReads
from forthright.panels.services.releasing import confirm_letter, searched
from forthright.panels.services.taking import Decided, decide_place
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.panels import made

pytestmark = pytest.mark.django_db
SAID = "We also spoke to somebody else about it ({}).\n\nI am sorry that"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def defended(duty, *, firm="Tatlock Penhaligon", contact="Jocelyn Barrowclough"):
    """Keep in the register who defends in the case, whom they were before, and its hearing."""
    keeper = made.a_keeper()
    firm = Representation.objects.create(
        area=duty.area, defendant=Defendant.objects.get(case=duty.case), firm=firm,
        contact=contact, email="barrowclough.j@tatlock.example", starts_on=date(2026, 9, 1),
        recorded_at=given.NOON, recorded_by=keeper,
    )  # fmt: skip
    FormerAddress.objects.create(
        representation=firm, firm="Gwatkin Penhaligon", contact="Ifan Treharne",
        email="treharne@tatlock.example", until=given.NOON, changed_by=keeper,
    )  # fmt: skip
    hearing = Hearing.objects.create(
        area=duty.area, unit=duty.unit, case=duty.case, on=date(2026, 12, 14),
        court="Worcester Crown Court", added_at=given.NOON, added_by=keeper,
    )  # fmt: skip
    HearingMove.objects.create(
        hearing=hearing, old_on=date(2026, 12, 7), new_on=date(2026, 12, 14), reason="Listed anew.",
        moved_at=given.NOON, moved_by=keeper,
    )  # fmt: skip


def left_to_stand(words):
    """Return a letter in which somebody decided to let these words stand."""
    duty = made.a_sent_letter(words=made.WORDS.replace("I am sorry that", SAID.format(words)))
    defended(duty)
    letter = made.decided(made.taken(duty))
    for place in letter.places.all():
        letter.refresh_from_db()
        said = letter.given[place.start : place.end]
        if said in words or words in said:
            stands = Decided(place.pk, hide=False)
            decide_place(letter, stands, opened=None, by=letter.taken_by, at=given.NOON)
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize(
    "words",
    ["Jocelyn Barrowclough", "Ms Barrowclough", "Tatlock Penhaligon", "Ifan Treharne",
     "Gwatkin Penhaligon", "14 December 2026", "7 December", "treharne@tatlock.example"],
)  # fmt: skip
def test_a_letter_that_says_it_is_not_released(words):
    letter = left_to_stand(words)

    assert [each["words"] for each in searched(letter).remains]
    with pytest.raises(NotReleased):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)


def test_a_department_is_nobody_and_common_words_are_no_firm():
    duty = made.a_sent_letter()
    defended(duty, firm="The Law Office", contact="Crime team")

    register = RegisterReads([duty.case_id])

    assert [each.family for each in register.defended_by(duty.case_id)] == ["Treharne"]
    assert [each.words for each in register.known_by_register(duty.case_id)] == [
        "barrowclough.j@tatlock.example", "Gwatkin Penhaligon", "treharne@tatlock.example",
    ]  # fmt: skip
