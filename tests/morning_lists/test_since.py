"""Nobody is shown to have had a letter since a moment that is still to come."""

import pytest

from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("explained", "is_shown"), [("2026-10-05 09:00", True), ("2026-10-05 16:30", False)]
)
def test_since_when_it_is_held_is_shown_once_that_moment_has_come(explained, is_shown):
    with_steps(a_letter(), explained=explained, told="2026-09-28 10:30")

    [line] = part("today", the_list(now=MORNING)).lines

    assert (line.since is not None) == is_shown
    assert line.holder
