"""The made-up Area has duties to disclose in every state, with a month behind it to count."""

import pytest

from forthright.cases.hearings import listed_of, sent_otherwise
from forthright.demo.disclosing import PAST, disclose
from forthright.demo.loading import Scale, load_areas
from forthright.demo.recordings import register_recordings
from forthright.demo.sampling_disclosure import sample_disclosure
from forthright.disclosure.models import Delivery, PoliceReturn
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.reviews.models import Feedback
from forthright.rules.disclosure_compliance import read_month
from forthright.rules.disclosure_duty import DutyState
from tests import given

pytestmark = pytest.mark.django_db
SMALL = Scale(areas=1, cases_a_week=3, has_letters=False)


def test_there_is_a_duty_in_every_state_but_closed_and_a_past_to_count():
    [made] = load_areas(SMALL, seed=1, until=given.NOON, tell=lambda *_: None)

    duties = disclose(made, seed=1, until=given.NOON)

    assert {each.stands for each in duties} >= set(DutyState) - {DutyState.CLOSED}
    assert PoliceReturn.objects.get().unit == made.units["POLICE"]
    rows = type(duties[0]).objects.all()
    months = [
        compliance_of(rows, Delivery.objects.all(), read_month(month), given.NOON.date())
        for month in ("2026-08", "2026-09")
    ]
    assert sum(len(month.duties) for month in months) >= PAST * 3 / 4
    assert any(each.failing for month in months for each in month.duties)


def test_some_of_it_is_drawn_marked_and_told_of_and_some_waits():
    [made] = load_areas(SMALL, seed=1, until=given.NOON, tell=lambda *_: None)
    disclose(made, seed=1, until=given.NOON)

    drawn = sample_disclosure(made, seed=1, until=given.NOON)

    told = Feedback.objects.filter(review__drawn_letter__in=drawn)
    waiting = type(drawn[0]).objects.filter(state="TO_MARK")
    assert {each.review.marker.unit for each in told} == {made.units["CROWN_COURT"]}
    assert waiting.exists()


def test_no_case_is_said_to_be_sent_on_two_days():
    [made] = load_areas(SMALL, seed=1, until=given.NOON, tell=lambda *_: None)
    register_recordings(made, seed=1, until=given.NOON)

    duties = disclose(made, seed=1, until=given.NOON)

    assert any(listed_of(each.defendant.case_id) for each in duties)
    assert not [each for each in duties if sent_otherwise(each.defendant.case_id)]
    assert all(each.triggered_on.weekday() < 5 for each in duties)
