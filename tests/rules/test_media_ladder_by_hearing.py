"""How a case stood by a hearing that is over, whatever became of it since, and what is owed now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forthright.rules.media_facts import Classification
from forthright.rules.media_ladder import case_ladder
from forthright.rules.media_periods import published_periods
from forthright.rules.media_rungs import Colour, Rung, Standing, Whose
from tests.rules.media_cases import (
    DEAN,
    HELD_ON,
    KIT,
    TODAY,
    a_proved_case,
    with_item,
    with_share,
)

PERIODS = published_periods()
THEN = a_proved_case()
NEW_FIRM = replace(DEAN, party="firm-9", firm="New LLP")
LATE = HELD_ON + timedelta(days=1)
SINCE = {
    "another firm": replace(THEN, defendants=(NEW_FIRM,)),
    "another defendant": replace(THEN, defendants=(DEAN, KIT)),
    "another recording": replace(
        THEN, items=(*THEN.items, replace(THEN.items[0], key="2", name="DM/2", shares=()))
    ),
    "a share taken back": with_share(THEN, 0, 1, is_revoked=True),
    "asked for again": with_item(THEN, 0, is_received=False, shares=()),
    "a file that nobody viewed": with_item(THEN, 0, unviewed=1),
}


def ladder(then, now):
    return case_ladder(replace(now, then=then), today=TODAY, periods=PERIODS)


@pytest.mark.parametrize("what", SINCE)
def test_what_comes_after_a_hearing_makes_no_case_late_and_is_owed_now(what):
    found = ladder(THEN, SINCE[what])

    assert (found.standing, found.is_missed, found.escalate_to) == (Standing.PROVED, False, "")
    assert (found.is_owed_since, found.colour) == (True, Colour.BLUE)
    assert found.colour_words == "Ready and proved by the hearing, and something is owed since"
    assert found.next_rung is not None
    (note,) = found.notes
    assert note == (
        "At the end of the day of the hearing, 21 November 2026, the case was ready and proved. "
        "What changed since does not change that; what is to be done now is said of each recording."
    )


def test_once_the_new_firm_has_it_nothing_is_owed():
    given = replace(THEN.items[0].shares[1], party="firm-9", shared_on=LATE, opened_on=LATE)
    now = replace(SINCE["another firm"], items=THEN.items)
    now = with_item(now, 0, shares=(*THEN.items[0].shares, given))

    found = ladder(THEN, now)

    assert (found.standing, found.is_owed_since) == (Standing.PROVED, False)
    assert (found.next_rung, found.next_words) == (None, "Nothing more")
    assert (found.colour, found.colour_words) == (Colour.GREEN, "Ready and proved")


@pytest.mark.parametrize(
    "kind", [Classification.UNUSED, Classification.NOT_RELEVANT, Classification.SENSITIVE]
)
def test_another_classification_after_it_takes_no_miss_away(kind):
    then = with_item(THEN, 0, shares=())

    found = ladder(then, with_item(then, 0, classification=kind))

    assert (found.standing, found.is_missed) == (Standing.NOT_READY, True)
    assert (found.escalate_to, found.colour) == ("SENIOR_MANAGER", Colour.RED)
    assert (found.next_rung, found.next_words, found.is_owed_since) == (None, "Nothing more", False)


def test_a_recording_that_was_withdrawn_after_it_was_waited_for_then():
    then = with_item(THEN, 0, shares=())

    found = ladder(then, replace(then, items=()))

    assert found.is_missed


def test_one_that_was_added_after_it_is_waited_for_and_late_for_nothing():
    now = with_item(THEN, 0, shares=())

    found = ladder(replace(THEN, items=()), now)

    assert (found.standing, found.is_missed) == (Standing.NOTHING_REGISTERED, False)
    assert (found.next_rung, found.is_owed_since) == (Rung.SHARED, True)
    assert found.colour_words == "Nothing registered by the hearing, and something is owed since"


def test_what_was_closed_is_owed_no_more():
    found = ladder(THEN, replace(SINCE["another firm"], is_closed=True))

    assert (found.standing, found.is_owed_since, found.is_closed) == (Standing.PROVED, False, False)


def test_of_a_closed_case_nobody_has_anything_to_do():
    then = with_item(THEN, 0, is_received=False, shares=())

    found = ladder(None, replace(then, is_closed=True))

    assert (found.is_closed, found.whose, found.next_rung) == (True, Whose.NOBODY, None)
    assert found.next_words == "Nothing, unless the case is opened again"


def test_where_nothing_changed_nothing_is_said_of_the_day():
    assert ladder(None, THEN).notes == ladder(THEN, THEN).notes == ()
