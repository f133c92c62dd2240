"""Each act of a deputy says in the record for whom, however far its subject is from the unit."""

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.audit.models import DEPUTY_FOR, Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Dispatch
from forthright.letters.selectors.checking import check_version, composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import overrule
from forthright.letters.services.delivery import record_delivery
from forthright.letters.services.drafting import keep_edit
from forthright.letters.services.facts import Wishes
from forthright.letters.services.sending import overrule_lock, send
from forthright.morning_lists.services.nobody import say_nobody_to_tell
from forthright.rules.contact_lock import Lock, Way
from forthright.schemes.models import Duty
from tests import given
from tests.morning_lists.mornings import a_cover, a_prosecutor, a_spoc, covering

pytestmark = pytest.mark.django_db
NOON = given.NOON


def overrules_a_stop(deputy):
    wrong = given.a_draft()
    words = marked_text(composed_of(wrong)).replace("Dear Ms Osei", "Dear Ms Ashdown")
    keep_edit(wrong.letter.duty, words, based_on=1, by=wrong.added_by, at=NOON)
    duty = Duty.objects.get(pk=wrong.letter.duty_id)
    found = check_version(latest_words(duty), duty, NOON.date()).findings
    stop = next(each for each in found if each.is_stop)
    overrule(duty, stop, reason="She signs with this name herself.", by=deputy, at=NOON)


def overrules_a_lock(deputy):
    locked = given.an_approved_letter(wishes=Wishes(channel="VIA_POLICE"))
    reason = "The police cannot bring it in time, and she agreed."
    overrule_lock(locked, Lock.OTHER_ROUTE, reason=reason, by=deputy, at=NOON)


def sends_by_post(deputy):
    sent = send(given.an_approved_letter(), Way.PRINT, by=deputy, at=NOON)
    record_delivery(
        sent, Dispatch.State.SENT, happened_at=NOON, detail="", by=deputy, at=NOON
    )  # fmt: skip


def ends_a_wait(deputy):
    reason = "The victim is the company, which asked for none."
    say_nobody_to_tell(given.a_decision(given.a_case()), reason=reason, by=deputy, at=NOON)


@pytest.mark.parametrize("act", [overrules_a_stop, overrules_a_lock, sends_by_post, ends_a_wait])
def test_every_event_of_an_act_in_the_unit_says_for_whom(act):
    with time_machine.travel(NOON, tick=True):
        spoc = a_spoc(given.a_unit())
        deputy = a_prosecutor(given.a_unit(Unit.Kind.RASSO))
        a_cover(spoc, deputy, at=NOON)
        act(covering(deputy))

    events = Event.objects.filter(by=deputy)
    assert events
    assert {tuple(each.detail.get(DEPUTY_FOR, ())) for each in events} == {(spoc.pk,)}
