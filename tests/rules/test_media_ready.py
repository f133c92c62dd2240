"""Ready and proved, beside the same said once more in plain words."""

from dataclasses import replace

import pytest
from hypothesis import find, given, settings

from forthright.rules.media_ladder import case_ladder
from forthright.rules.media_periods import published_periods
from tests.rules.media_cases import (
    CASES,
    OF_A_CASE,
    OF_A_RECORDING,
    OF_A_SHARE,
    OF_ANOTHER_SHARE,
    TODAY,
    a_proved_case,
    near_ready,
    told_plainly,
    with_another_share,
    with_item,
    with_share,
)

PERIODS = published_periods()


def found(case):
    ladder = case_ladder(case, today=TODAY, periods=PERIODS)
    return ladder.is_ready, ladder.is_proved


@settings(max_examples=300)
@given(CASES)
def test_the_ladder_says_what_is_said_in_plain_words(case):
    assert found(case) == told_plainly(case)


@settings(max_examples=300)
@given(near_ready())
def test_the_ladder_says_it_of_cases_that_lack_little(case):
    assert found(case) == told_plainly(case)


@pytest.mark.parametrize("outcome", [(True, True), (True, False), (False, False)])
def test_made_up_cases_are_of_every_kind(outcome):
    case = find(near_ready(), lambda case: told_plainly(case) == outcome and len(case.items) > 1)

    assert found(case) == outcome


@pytest.mark.parametrize("place", [0, 1], ids=["the court", "the firm"])
@pytest.mark.parametrize("what", OF_A_SHARE)
def test_one_share_among_many_that_is_otherwise(what, place):
    fields, is_ready, is_proved = OF_A_SHARE[what]

    case = with_share(a_proved_case(number=2), 1, place, **fields)

    assert found(case) == told_plainly(case) == (is_ready, is_proved)


@pytest.mark.parametrize("place", [0, 1], ids=["the court", "the firm"])
@pytest.mark.parametrize("what", OF_ANOTHER_SHARE)
def test_what_was_in_time_counts_whatever_was_given_after_it(what, place):
    case = with_another_share(a_proved_case(number=2), 1, place, **OF_ANOTHER_SHARE[what])

    assert found(case) == told_plainly(case) == (True, True)


@pytest.mark.parametrize("what", OF_A_RECORDING)
def test_one_recording_that_is_otherwise(what):
    fields, is_ready, is_proved = OF_A_RECORDING[what]

    case = with_item(a_proved_case(), 0, **fields)

    assert found(case) == told_plainly(case) == (is_ready, is_proved)


@pytest.mark.parametrize("what", OF_A_CASE)
def test_a_case_that_is_otherwise(what):
    fields, is_ready, is_proved = OF_A_CASE[what]

    case = replace(a_proved_case(), **fields)

    assert found(case) == told_plainly(case) == (is_ready, is_proved)
