"""Nothing is served before what its service rests on, whatever day is entered afterwards."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.serving import ServingRefused, serve
from forthright.disclosure.services.triage import find_adequate
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
CAME = NOON + timedelta(days=20)
STATEMENT = "Second statement of Mr Adeyemi of 3 October 2026 about the van and the driver"


def with_an_item_that_came_later(*, decided, approved):
    """Return a served duty to which an item came, endorsed and approved at moments of its own."""
    duty = duties.court_told()
    came = check_delivery(
        duty, duties.written(mg6c_csv=duties.a_schedule(STATEMENT, first=4)),
        police_unit=duties.a_police_unit(), is_whole=False, by=None, at=CAME,
    )  # fmt: skip
    take_in(came, let_go=duties.letting_go(came), by=None, at=CAME)
    came.refresh_from_db()
    find_adequate(came, reason="Good enough for this case", by=None, at=CAME)
    item = next(line.item for line in lines_of(duty) if line.endorsement is None)
    wish = Written(item_id=item.pk, code="D", reason="He saw another driver")
    endorse_item(duties.fresh(duty), wish, by=duties.a_lawyer(), at=decided)
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_later(duties.fresh(duty), by=manager, at=approved)
    return duties.fresh(duty)


@pytest.mark.parametrize(
    ("days", "says"),
    [(0, "item 4 was approved"), (20.1, "item 4 was approved"), (21.5, "item 4 was approved")],
)
def test_a_later_service_is_not_dated_before_what_it_rests_on(days, says):
    approved = CAME + timedelta(days=2)
    duty = with_an_item_that_came_later(decided=CAME + timedelta(days=1), approved=approved)
    service = duties.a_service(duty, served_at=NOON + timedelta(days=days, minutes=1))

    with pytest.raises(ServingRefused, match=says):
        serve(duty, service, by=None, at=approved)

    kept = serve(duty, duties.a_service(duty, served_at=approved), by=None, at=approved)
    assert kept.served_at == approved
    before = duties.a_service(duties.fresh(duty), served_at=CAME, things=frozenset())
    with pytest.raises(ServingRefused):
        serve(duties.fresh(duty), before, by=None, at=approved)
