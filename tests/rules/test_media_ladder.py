from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.media_facts import (
    COURT,
    CaseFacts,
    Classification,
    DefendantFacts,
    ItemFacts,
    ShareFacts,
    is_described,
)
from forthright.rules.media_ladder import case_ladder, urgency
from forthright.rules.media_periods import published_periods
from forthright.rules.media_rungs import Colour, Rung, Standing, Whose
from tests.rules.media_cases import CASES, ITEMS

PERIODS = published_periods()
TODAY = date(2026, 11, 26)
PTPH = date(2026, 12, 16)
EARLY = date(2026, 11, 20)
C = Classification
DEAN = DefendantFacts(name="Dean Marsden", party="firm-1", firm="Hale LLP")
KIT = DefendantFacts(name="Kit Osei", party="firm-2", firm="Rowe & Co")


def shared(*parties, on=EARLY, opened=None, **named):
    return tuple(
        ShareFacts(party=party, shared_on=on, opened_on=opened, **named) for party in parties
    )


def an_item(**named):
    """Return a recording that is relied on, viewed, and shared with nobody, unless told."""
    fields = {
        "key": "1", "name": "DM/1", "classification": C.RELIED_ON, "is_received": True,
        "is_readable": True, "is_described": True, "viewed_on": EARLY, **named,
    }  # fmt: skip
    return ItemFacts(**fields)


def a_case(*items, on=PTPH, defendants=(DEAN,), **named):
    return CaseFacts(key="1", hearing_on=on, defendants=tuple(defendants), items=items, **named)


def ladder(case, today=TODAY):
    return case_ladder(case, today=today, periods=PERIODS)


WITH_ALL = shared(COURT, "firm-1")
OPENED = shared(COURT, "firm-1", opened=EARLY)


@pytest.mark.parametrize(
    ("case", "standing"),
    [
        pytest.param(a_case(), Standing.NOTHING_REGISTERED, id="no recordings"),
        pytest.param(
            a_case(an_item(classification=C.UNUSED)), Standing.NOTHING_RELIED_ON, id="all unused"
        ),
        pytest.param(
            a_case(an_item(classification=C.SENSITIVE)),
            Standing.NOTHING_RELIED_ON,
            id="only sensitive",
        ),
        pytest.param(a_case(an_item()), Standing.NOT_READY, id="shared with nobody"),
        pytest.param(a_case(an_item(shares=WITH_ALL)), Standing.READY, id="shared with all"),
        pytest.param(a_case(an_item(shares=OPENED)), Standing.PROVED, id="opened by all"),
        pytest.param(
            a_case(an_item(shares=shared("firm-1"))), Standing.NOT_READY, id="the court has nothing"
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), defendants=(DEAN, KIT)),
            Standing.NOT_READY,
            id="a co-defendant has nothing",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), defendants=(DEAN, DefendantFacts(name="Kit"))),
            Standing.NOT_READY,
            id="nobody knows who represents one",
        ),
        pytest.param(
            a_case(
                an_item(shares=WITH_ALL),
                defendants=(DEAN, DefendantFacts(name="Kit", is_unrepresented=True)),
            ),
            Standing.READY,
            id="one has no solicitor",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), defendants=()),
            Standing.NOT_READY,
            id="no defendant recorded",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), defendants=(replace(DEAN, party="firm-9"),)),
            Standing.NOT_READY,
            id="another firm since",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), an_item(key="2", classification=C.NOT_ASSESSED)),
            Standing.NOT_READY,
            id="one not assessed",
        ),
        pytest.param(
            a_case(an_item(shares=shared(COURT, "firm-1", is_revoked=True))),
            Standing.NOT_READY,
            id="revoked",
        ),
        pytest.param(
            a_case(an_item(shares=shared(COURT, "firm-1", link_expires_on=EARLY))),
            Standing.NOT_READY,
            id="link expired before anybody opened it",
        ),
        pytest.param(
            a_case(an_item(shares=shared(COURT, "firm-1", link_expires_on=EARLY, opened=EARLY))),
            Standing.PROVED,
            id="link expired once it was opened",
        ),
        pytest.param(
            a_case(an_item(shares=shared(COURT, "firm-1", on=TODAY)), on=TODAY),
            Standing.NOT_READY,
            id="shared on the day of the hearing",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL), on=date(2026, 11, 24)),
            Standing.READY,
            id="the hearing is over",
        ),
        pytest.param(
            a_case(an_item(shares=shared(COURT, "firm-1", opened=TODAY)), on=TODAY),
            Standing.READY,
            id="opened on the day of the hearing",
        ),
        pytest.param(
            a_case(an_item(shares=WITH_ALL, is_received=False)),
            Standing.NOT_READY,
            id="said to be shared and not held",
        ),
    ],
)
def test_how_a_case_stands(case, standing):
    assert ladder(case).standing is standing


@pytest.mark.parametrize(
    ("item", "rung", "whose"),
    [
        pytest.param({"is_received": False, "is_readable": None}, Rung.RECEIVED, Whose.POLICE,
                     id="not received"),
        pytest.param({"is_readable": None}, Rung.READABLE, Whose.UNIT, id="not tried"),
        pytest.param({"is_readable": False}, Rung.READABLE, Whose.POLICE, id="does not play"),
        pytest.param({"is_described": False}, Rung.DESCRIBED, Whose.UNIT, id="not described"),
        pytest.param({"viewed_on": None}, Rung.VIEWED, Whose.PROSECUTOR, id="not viewed"),
        pytest.param({"classification": C.NOT_ASSESSED}, Rung.CLASSIFIED, Whose.PROSECUTOR,
                     id="not classified"),
        pytest.param({}, Rung.SHARED, Whose.UNIT, id="not shared"),
        pytest.param({"shares": WITH_ALL}, Rung.OPENED, Whose.UNIT, id="not opened"),
        pytest.param({"shares": OPENED}, None, Whose.NOBODY, id="done"),
    ],
)  # fmt: skip
def test_the_next_rung_and_whose_act_it_is(item, rung, whose):
    found = ladder(a_case(an_item(**item)))

    assert (found.next_rung, found.whose) == (rung, whose)


@pytest.mark.parametrize(
    ("days", "colour", "escalated"),
    [
        pytest.param(8, Colour.BLUE, "", id="eight days before"),
        pytest.param(7, Colour.AMBER, "LINE_MANAGER", id="seven days before"),
        pytest.param(3, Colour.AMBER, "LINE_MANAGER", id="three days before"),
        pytest.param(2, Colour.RED, "LEGAL_MANAGER", id="two days before"),
        pytest.param(0, Colour.RED, "SENIOR_MANAGER", id="the day itself"),
        pytest.param(-4, Colour.RED, "SENIOR_MANAGER", id="four days after"),
    ],
)
def test_colour_and_escalation(days, colour, escalated):
    found = ladder(a_case(an_item(), on=TODAY + timedelta(days=days)))

    assert (found.colour, found.escalate_to, found.days_left) == (colour, escalated, days)
    assert found.is_missed is (days <= 0)


def test_a_ready_case_is_green_and_nobody_is_told_the_day_before():
    found = ladder(a_case(an_item(shares=WITH_ALL), on=TODAY + timedelta(days=1)))

    assert (found.colour, found.escalate_to) == (Colour.GREEN, "")


def test_a_case_with_nothing_registered_is_never_called_ready():
    found = ladder(a_case(on=TODAY + timedelta(days=1)))

    assert found.standing.words == "Nothing registered"
    assert found.colour is Colour.GREY
    assert not found.is_ready


def test_a_rung_says_whom_a_recording_has_not_reached():
    item = an_item(shares=shared("firm-1"))

    shared_step = ladder(a_case(item, defendants=(DEAN, KIT))).items[0].steps[5]

    assert shared_step.reached is False
    assert shared_step.why == "Not shared with the court and Rowe & Co for Kit Osei."


def test_a_share_too_late_is_told_as_too_late():
    found = ladder(a_case(an_item(shares=shared(COURT, "firm-1", on=TODAY, opened=TODAY)),
                          on=EARLY))  # fmt: skip

    assert found.is_missed
    assert found.next_words == "Shared too late: nothing more can be done"
    assert found.items[0].steps[5].why.startswith("Too late: shared with the court")


def test_the_worst_case_comes_first():
    cases = [
        a_case(an_item(shares=WITH_ALL), on=TODAY + timedelta(days=1)),
        a_case(on=TODAY + timedelta(days=1)),
        a_case(an_item()),
        a_case(an_item(), on=None),
        a_case(an_item(), on=TODAY + timedelta(days=5)),
        a_case(an_item(), on=TODAY - timedelta(days=2)),
    ]

    ladders = sorted((ladder(case) for case in cases), key=urgency)

    assert [each.colour_words for each in ladders] == [
        "Not ready by the hearing", "Not ready: amber", "Not ready", "Not ready, no hearing date",
        "Nothing registered", "Ready, not proved",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "enough"),
    [
        ("CCTV", False),
        ("CCTV" + " " * 60, False),
        ("A man in a red coat breaks the shop window with a bar", True),
    ],
)
def test_is_described(shows, enough):
    assert is_described(shows, least=40) is enough


@given(CASES, ITEMS)
def test_no_sensitive_recording_ever_counts_as_shared(case, item):
    secret = replace(item, classification=C.SENSITIVE)

    found = ladder(replace(case, items=(*case.items, secret)))

    last = found.items[-1]
    assert not last.is_ready
    assert not last.is_proved
    assert [step.reached for step in last.steps[5:]] == [None, None]
    without = ladder(case)
    assert not found.is_ready or without.is_ready


@given(CASES, ITEMS)
def test_an_unshared_recording_relied_on_never_makes_a_case_more_ready(case, item):
    unshared = replace(item, classification=C.RELIED_ON, shares=())

    found = ladder(replace(case, items=(*case.items, unshared)))

    assert not found.is_ready
    assert not found.is_proved


@given(CASES, ITEMS)
def test_a_recording_that_is_not_classified_blocks_ready(case, item):
    unknown = replace(item, classification=C.NOT_ASSESSED)

    assert not ladder(replace(case, items=(*case.items, unknown))).is_ready


@given(CASES, st.sampled_from([COURT, "firm-1", "firm-2"]))
def test_taking_a_share_away_never_makes_a_case_more_ready(case, party):
    fewer = tuple(
        replace(item, shares=tuple(s for s in item.shares if s.party != party))
        for item in case.items
    )

    assert ladder(replace(case, items=fewer)).is_ready <= ladder(case).is_ready


@given(CASES)
def test_a_case_without_recordings_says_so_and_is_never_ready(case):
    found = ladder(replace(case, items=()))

    assert found.standing is Standing.NOTHING_REGISTERED
    assert not found.is_ready


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (C.UNUSED, "Unused, and still shared with the court and Hale LLP."),
        (C.NOT_RELEVANT, "Not relevant, and still shared with the court and Hale LLP."),
    ],
)
def test_what_is_waited_for_no_longer_says_who_still_has_it(kind, why):
    has = (*shared(COURT, to="the court"), *shared("firm-1", to="Hale LLP"))
    gone = shared("POLICE", to="the police", is_revoked=True)

    steps = ladder(a_case(an_item(classification=kind, shares=has + gone))).items[0].steps

    assert [(each.reached, each.why) for each in steps if each.rung is Rung.SHARED] == [(None, why)]


@pytest.mark.parametrize("kind", list(C))
def test_only_what_is_sensitive_or_not_relevant_is_taken_back(kind):
    assert kind.is_taken_back is (kind in (C.SENSITIVE, C.NOT_RELEVANT))


@given(CASES)
def test_no_hearing_is_missed_that_the_court_has_not_listed(case):
    found = ladder(replace(case, is_estimated=True))

    assert not found.is_missed
    assert "by the hearing" not in found.colour_words
    assert found.escalate_to != "SENIOR_MANAGER"
