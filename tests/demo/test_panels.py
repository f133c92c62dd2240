"""The made-up Area has had a meeting of its panel, and its members have a pack to read."""

import pytest

from forthright.demo.loading import Scale, load_areas
from forthright.demo.panels import seat_a_panel
from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.selectors.meetings import pack_lines
from tests import given

pytestmark = pytest.mark.django_db
SMALL = Scale(areas=1, cases_a_week=3, has_letters=True)


# Slow: a whole Area is made, and eight letters are anonymised and searched.
@pytest.mark.slow
def test_a_meeting_is_over_with_its_findings_answered_and_another_pack_is_open():
    [loaded] = load_areas(SMALL, seed=1, until=given.NOON, tell=lambda *_: None)

    before, now = seat_a_panel(loaded, seed=1, until=given.NOON)

    assert before.state == Meeting.State.PUBLISHED
    assert all(each.replied_at for each in before.findings.all())
    assert now.state == Meeting.State.OPEN
    lines = pack_lines(now)
    assert sum(each.is_ready for each in lines) >= len(lines) - 1 > 1
    assert not AnonymisedLetter.objects.filter(state="WITHDRAWN").exists()
