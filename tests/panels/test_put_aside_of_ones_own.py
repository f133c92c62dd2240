"""Who is judged by a letter that is put aside does not decide what follows while others can."""

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.accounts.policies import NotAllowed
from forthright.cases.models import Decision
from forthright.panels.models import AnonymisedLetter, Recognition
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.services.recognising import decide_put_aside, put_aside_on_their_word
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
OWN = "so you do not decide what follows of it"
TASK = "A member put letter 1 of panel 1 aside: they may know whom it is about"
SAID = "They told me on the phone."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def seat():
    """Return a seat at a panel whose first letter judges its keeper, though the promise waits."""
    meeting = sittings.opened(sittings.a_member())
    letter = meeting.letters.get(position=1)
    Decision.objects.filter(pk=letter.duty.decision_id).update(made_by=meeting.planned_by)
    return meeting.seats.get()


def put_aside(seat, *, by):
    letter = seat.meeting.letters.get(position=1)
    return put_aside_on_their_word(seat, letter, "EVENT", by=by, at=given.NOON)


def test_who_typed_it_in_and_is_judged_by_the_letter_takes_nothing_out_of_the_panel(seat):
    judged, other = seat.meeting.planned_by, made.a_keeper()
    page = as_(judged).open(f"/panel/meetings/{seat.meeting_id}/paper/1/letters/1/put-aside/")
    page.see("They read on their page that you put it aside", OWN)

    page.press("Put it aside", how="EVENT").see("Letter 1 is put aside.", OWN)

    aside = Recognition.objects.get()
    with pytest.raises(NotAllowed, match=OWN):
        decide_put_aside(aside, "WITHDRAWN", SAID, by=judged, at=given.NOON)
    assert anonymised_of(aside.letter).state == AnonymisedLetter.State.RELEASED
    here = f"/panel/meetings/{seat.meeting_id}/"
    as_(judged).open("/").not_see(TASK)
    as_(judged).open(here).see("somebody else decides what follows")
    theirs = as_(judged).open(f"{here}put-aside/{aside.pk}/").see(OWN, str(judged))
    assert "Keep this" not in theirs.words
    page = as_(other).open("/").follow(TASK).see(f"{judged}, on their word")
    page.press("Keep this", outcome="STAYS", reason="The member was not there.").see("Decided.")


def test_the_member_is_told_whose_word_it_is_said_to_be(seat):
    told = "Letter 1 is put aside on your word: "
    member = as_(seat.member)
    member.open(f"/panel/packs/{seat.pk}/").not_see(told)
    keeper = seat.meeting.planned_by
    put_aside(seat, by=keeper)

    page = member.open(f"/panel/packs/{seat.pk}/").see("Before you read", f"{told}{keeper} wrote")
    page.see("If you said no such thing, please tell ")
    sittings.declared(seat)
    page = member.open(f"/panel/packs/{seat.pk}/").see(told, "Letter 1: put aside on your word")
    page.not_see("you put it aside")


def test_where_nobody_else_keeps_the_panel_they_decide(seat):
    judged = seat.meeting.planned_by
    aside = put_aside(seat, by=judged)
    roles = (Role.LEGAL_MANAGER, Role.SENIOR_MANAGER)
    User.objects.filter(role__in=roles).exclude(pk=judged.pk).update(is_active=False)

    decide_put_aside(aside, "WITHDRAWN", SAID, by=judged, at=given.NOON)

    assert anonymised_of(aside.letter).state == AnonymisedLetter.State.WITHDRAWN
