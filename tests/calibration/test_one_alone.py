"""What one person alone marked in a round is agreed on by nobody, and never said to be."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, GoldLetter
from forthright.calibration.selectors.leading import rounds_to_lead
from forthright.calibration.services import rounds as services
from forthright.calibration.services.rounds import Agreed, RoundRefused
from tests import given
from tests.calibration.rounds_given import (
    LATER,
    a_closed_round,
    a_leader,
    a_round,
    agreed_levels,
    mark_all,
    markers,
)
from tests.client import as_

pytestmark = pytest.mark.django_db
ALONE = "Fewer than two people finished marking letter 2, so there is nothing to agree on."


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(LATER, tick=True):
        yield


def nearly_closed():
    """Return an open round of three people and two letters; one of these only one will finish."""
    first, second, ill = markers(Unit.Kind.MAGISTRATES, Unit.Kind.RASSO, Unit.Kind.VLU)
    reviews = [given.a_marked_letter(), given.a_marked_letter(marker=first, unit=first.unit)]
    held = a_round(reviews=reviews, people=[first, second, ill], leader=a_leader())
    mark_all(held, first)
    mark_all(held, second, {"B1": "NOT_MET"})
    mark_all(held, ill, finish=False)
    return held


def closed(held):
    return services.close_round(held, because="One is ill for a month.", by=held.made_by, at=LATER)


def test_a_round_of_which_no_letter_was_finished_by_two_does_not_close():
    first, second = markers(Unit.Kind.MAGISTRATES, Unit.Kind.RASSO)
    held = a_round(reviews=[given.a_marked_letter()], people=[first, second], leader=a_leader())
    mark_all(held, first)
    mark_all(held, second)
    # Whoever had a part in a letter since it was chosen does not mark it.
    held.letters.update(left_out={str(second.pk): "wrote it"})

    with pytest.raises(RoundRefused, match="No letter of it was marked to the end by two people"):
        services.close_round(held, by=held.made_by, at=LATER)

    assert services.give_up_round(
        held, because="Nobody else can mark it.", by=held.made_by, at=LATER
    ).is_given_up


def test_what_one_alone_finished_is_not_agreed_and_goes_out_nowhere():
    held = closed(nearly_closed())
    letter = held.letters.get(position=2)
    agreed = agreed_levels(letter)

    with pytest.raises(RoundRefused, match=ALONE):
        services.agree_marks(letter, agreed, by=held.made_by, at=LATER)

    assert not AgreedMark.objects.exists()
    assert not GoldLetter.objects.exists()


def test_the_pages_say_so_before_the_round_is_closed_and_after():
    held = nearly_closed()
    letter = held.letters.get(position=2)
    page = as_(held.made_by).open(f"/calibration/{held.pk}/close/")
    assert Event.objects.filter(name="round.seen", subject_id=str(held.pk)).exists()
    page.see("Fewer than two have finished letter 2", "wait until two have finished")
    page.not_see("have finished letter 1")
    closed(held)

    as_(held.made_by).open(f"/calibration/{held.pk}/").see("Fewer than two finished it")
    page = as_(held.made_by).open(f"/calibration/{held.pk}/letters/{letter.pk}/")
    page.see(ALONE).not_see("Agree the marks")
    page = as_(held.made_by).open(f"/calibration/{held.pk}/letters/{letter.pk}/agree/")
    page.see(ALONE).not_see("Keep the agreed marks")


def test_a_round_waits_only_for_what_can_be_agreed():
    held = closed(nearly_closed())
    assert rounds_to_lead(held.made_by) == [held]

    letter = held.letters.get(position=1)
    services.agree_marks(letter, agreed_levels(letter), by=held.made_by, at=LATER)

    assert rounds_to_lead(held.made_by) == []


def test_what_two_finished_alike_needs_no_words_as_before():
    held = a_closed_round()
    letter = held.letters.get()
    agreed = {code: Agreed(level=each.level) for code, each in agreed_levels(letter).items()}

    services.agree_marks(letter, agreed, by=held.made_by, at=LATER + timedelta(hours=1))

    assert set(letter.agreed.values_list("reason", flat=True)) == {services.ALL_ALIKE}
