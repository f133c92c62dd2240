"""Who approves and who serves is told what was set aside: by whom, why, and until when."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.serving import approve_duty, second_looks
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
PURPORTED = "What is served without it is purported compliance alone"
UNTIL = "To be decided by Friday 9 October 2026"
WHY = "Why: The log is still with the force"


def test_it_is_said_to_who_approves_and_to_who_serves(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.endorsed_around_an_item()
    aside = duty.set_aside.get()
    who, manager = str(aside.made_by), duties.a_lawyer(Role.LEGAL_MANAGER)
    here = f"/disclosure/{duty.pk}"

    as_(manager).open(f"{here}/approve/").see(PURPORTED, who, UNTIL, WHY)
    as_(manager).open(f"{here}/endorse/{aside.item_id}/").see(who, UNTIL)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_duty(duty, looked_again=again, released=again, by=manager, at=given.NOON)
    page = as_(duties.a_lawyer(Role.LINE_MANAGER)).open(f"{here}/serve/")

    page.see(PURPORTED, "MG6C item 2", who, UNTIL).not_see(WHY)
