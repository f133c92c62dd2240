from datetime import date

import pytest

from forthright.rules.media_ended import (
    has_ended,
    is_not_held,
    is_out,
    is_owed_no_more,
    why_not_ended_then,
)

BEFORE, DAY, AFTER = date(2026, 10, 25), date(2026, 10, 26), date(2026, 10, 27)


@pytest.mark.parametrize(
    ("ended_on", "out"), [(None, False), (BEFORE, True), (DAY, False), (AFTER, False)]
)
def test_who_was_a_defendant_at_a_hearing(ended_on, out):
    assert is_out(ended_on, DAY) is out


@pytest.mark.parametrize(
    ("ended_on", "over"), [(None, False), (BEFORE, True), (DAY, True), (AFTER, False)]
)
def test_from_the_day_on_which_it_ended_nothing_is_owed(ended_on, over):
    assert is_owed_no_more(ended_on, DAY) is over


@pytest.mark.parametrize(
    ("ends", "ended", "not_held"),
    [
        ([], False, False),
        ([None], False, False),
        ([BEFORE], True, True),
        ([BEFORE, None], False, False),
        ([BEFORE, DAY], True, False),
        ([BEFORE, BEFORE], True, True),
        ([AFTER], True, False),
    ],
)
def test_when_a_case_has_ended_and_a_hearing_was_not_held(ends, ended, not_held):
    assert has_ended(ends) is ended
    assert is_not_held(ends, DAY) is not_held


@pytest.mark.parametrize(
    ("on", "charged_on", "words"),
    [
        (DAY, None, ""),
        (AFTER, None, "still to come"),
        (date(2025, 12, 31), None, "its number says that it is of 2026"),
        (BEFORE, DAY, "before the charge"),
        (DAY, DAY, ""),
    ],
)
def test_when_a_case_cannot_have_ended(on, charged_on, words):
    said = why_not_ended_then(on, "20AB7000126", charged_on, today=DAY)

    assert words in said
    assert bool(words) == bool(said)
