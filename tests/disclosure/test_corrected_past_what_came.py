"""A service is not corrected past what waited by then; what it counts follows its moment."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Serving
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.mending import correct_service
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import tell_court
from forthright.disclosure.services.triage import find_adequate
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
DAY = timedelta(days=1)
CAME, RIGHT, TYPED = NOON + DAY, NOON + 3 * DAY, NOON + 4 * DAY
LATER = "Diary of Mr Hall for May 2026, noting who hired the van"


@pytest.fixture(autouse=True)
def at_the_end(time_machine):
    time_machine.move_to(TYPED, tick=False)


def comes(duty):
    files = duties.written(later_csv=duties.a_schedule(LATER, first=4))
    came = check_delivery(duty, files, police_unit=duties.a_police_unit(), is_whole=False, by=None,
                          at=CAME)  # fmt: skip
    return take_in(came, let_go=duties.letting_go(came), by=None, at=CAME)


def comes_and_stands(duty):
    find_adequate(comes(duty), reason="Good enough for this case", by=None, at=CAME)


def decided(duty, code="ND", *, at=CAME):
    item = next(line.item for line in lines_of(duty) if line.item.number == 4)
    wish = Written(item_id=item.pk, code=code, reason="He names who hired it")
    endorse_item(duties.fresh(duty), wish, by=duties.a_lawyer(), at=at)


def looked_at(duty, *, at):
    approve_later(duties.fresh(duty), by=duties.a_lawyer(Role.LEGAL_MANAGER), at=at)


def corrected(duty, moment=RIGHT):
    said = {"reason": "The receipt is of the 8th", "by": duties.a_lawyer(), "at": TYPED}
    return correct_service(duty.servings.get(), moment, **said)


def comes_and_is_to_go(duty):
    comes_and_stands(duty)
    decided(duty, "D")
    looked_at(duty, at=CAME + DAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(comes_and_stands, "nobody had decided: MG6C item 4", id="undecided"),
        pytest.param(comes, "nobody had looked through", id="not looked through"),
        pytest.param(comes_and_is_to_go, "not in what is served: MG6C item 4", id="to go"),
    ],
)
def test_a_service_is_not_corrected_past_what_waited_by_then(change, says):
    duty = duties.served()
    change(duty)

    with pytest.raises(DateRefused, match=says) as refusal:
        corrected(duty)

    assert "taken back" in str(refusal.value)
    assert duty.servings.get().served_at == NOON
    assert corrected(duty, CAME - timedelta(hours=1)).items_total == 4


def test_what_was_decided_and_looked_at_by_then_is_counted_with_it():
    duty = duties.served()
    comes_and_stands(duty)
    decided(duty)
    looked_at(duty, at=CAME + DAY)

    with pytest.raises(DateRefused, match="no second person had looked at that: MG6C item 4"):
        corrected(duty, CAME + DAY - timedelta(hours=1))

    kept = corrected(duty)
    assert (kept.items_total, kept.items_endorsed) == (5, 5)
    assert Serving.objects.get(pk=kept.pk).items_total == 5


def test_a_duty_whose_items_wait_is_shown_whatever_the_day_of_service():
    duty = duties.served()
    comes_and_stands(duty)
    tell_court(duty.servings.get(), RIGHT, by=None, at=TYPED)
    duty = duties.fresh(duty)
    duty.served_at = RIGHT
    duty.save()

    assert duty in waiting_for(duties.a_lawyer(), TYPED.date())
