"""Why a recording that came is not here any more, in words."""

from datetime import date

import pytest

from forthright.rules.media_facts import Classification, ItemFacts
from forthright.rules.media_gone import LostWay, gone_words
from forthright.rules.media_states import CarrierState
from forthright.rules.media_steps import steps_to_classified

DAY = date(2026, 10, 5)
GONE = "It came on FM1, which is missing. Nothing of it is here any more."
ASK = f"{GONE} Ask for it again."
SECOND = f"{GONE} Ask for a second copy of the same."


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ([], ""),
        ([LostWay(DAY, "FM26000001", CarrierState.MISSING)],
         "on FM26000001, which is missing since 5 October 2026"),
        ([LostWay(None, "FM26000001", CarrierState.MISSING)], "on FM26000001, which is missing"),
        ([LostWay(DAY, "FM26000001", CarrierState.RETURNED)],
         "on FM26000001, which was returned on 5 October 2026"),
        ([LostWay(DAY, "FM26000001", CarrierState.DESTROYED)],
         "on FM26000001, which was destroyed on 5 October 2026"),
        ([LostWay(DAY)], "as a link that ended on 5 October 2026"),
        ([LostWay(DAY, "A1", CarrierState.RETURNED), LostWay(DAY)],
         "on A1, which was returned on 5 October 2026 and as a link that ended on 5 October 2026"),
    ],
)  # fmt: skip
def test_it_says_by_what_it_came_and_what_became_of_that(ways, words):
    expected = f"It came {words}. Nothing of it is here any more." if words else ""
    assert gone_words(ways) == expected


def test_what_somebody_has_may_come_back():
    ways = [
        LostWay(DAY, "A1", CarrierState.HELD, "PC 2841"),
        LostWay(DAY, "A2", CarrierState.RETURNED),
    ]
    assert gone_words(ways) == (
        "It came on A1, which is with PC 2841 since 5 October 2026 and on A2, which was returned "
        "on 5 October 2026. Nothing of it is here unless that comes back."
    )


@pytest.mark.parametrize(
    ("kind", "is_with_all", "reached", "why"),
    [
        ("NOT_ASSESSED", False, False, ASK),
        ("RELIED_ON", False, False, SECOND),
        ("RELIED_ON", True, True, GONE),
        ("UNUSED", False, True, GONE),
        ("SENSITIVE", False, True, GONE),
        ("NOT_RELEVANT", False, True, GONE),
    ],
)
def test_what_is_gone_is_asked_for_again_where_something_is_still_to_be_done(
    kind, is_with_all, reached, why
):
    item = ItemFacts(
        key="1", name="A", classification=Classification(kind), is_received=True, gone=GONE
    )
    step = steps_to_classified(item, is_with_all=is_with_all)[0]
    assert (step.reached, step.why) == (reached, why)


def test_of_what_was_decided_a_second_copy_is_asked_for_once():
    item = ItemFacts(
        key="1", name="A", classification=Classification.RELIED_ON, is_received=True, gone=GONE,
        is_second_asked=True,
    )  # fmt: skip
    step = steps_to_classified(item)[0]
    assert (step.reached, step.why) == (
        False, f"{GONE} A second copy of the same was asked for."
    )  # fmt: skip


def test_what_is_asked_for_again_is_only_waited_for():
    item = ItemFacts(key="1", name="A", is_requested=True, gone="")
    assert steps_to_classified(item)[0].why == "Asked for."
