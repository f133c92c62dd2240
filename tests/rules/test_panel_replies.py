from datetime import date

import pytest

from forthright.rules.panel_replies import reply_said

DUE = date(2026, 10, 19)


@pytest.mark.parametrize(
    ("replied_on", "today", "said"),
    [
        (None, date(2026, 10, 19), "is to answer by Monday 19 October 2026."),
        (
            None,
            date(2026, 10, 20),
            "was to answer by Monday 19 October 2026, 1 day ago, and has not answered.",
        ),
        (
            date(2026, 10, 19),
            date(2027, 1, 1),
            "Answered on Monday 19 October 2026; it was due by Monday 19 October 2026.",
        ),
        (
            date(2026, 12, 10),
            date(2027, 1, 1),
            (
                "Answered on Thursday 10 December 2026, 52 days late: it was due by "
                "Monday 19 October 2026."
            ),
        ),
    ],
)
def test_a_missed_day_is_called_missed(replied_on, today, said):
    assert reply_said(DUE, replied_on, today) == said
