"""Under which approval something was served, where the duty was approved more than once."""

from datetime import UTC, datetime, timedelta

import pytest

from forthright.rules.disclosure_order import Approved, approved_then

NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
SPANS = [
    Approved(NOON + timedelta(seconds=20), NOON + timedelta(minutes=90, seconds=20)),
    Approved(NOON + timedelta(days=18)),
]


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        pytest.param(-1, None, id="before it was approved"),
        pytest.param(0, 0, id="within the minute in which it was approved"),
        pytest.param(60, 0, id="while it was approved"),
        pytest.param(90, 0, id="at the minute in which it was opened again"),
        pytest.param(91, None, id="opened again"),
        pytest.param(18 * 24 * 60 - 1, None, id="before it was approved anew"),
        pytest.param(18 * 24 * 60 + 1, 1, id="under the approval that stands"),
    ],
)
def test_a_service_was_made_under_the_approval_of_its_moment(minutes, found):
    span = approved_then(NOON + timedelta(minutes=minutes), SPANS)

    assert span == (None if found is None else SPANS[found])
