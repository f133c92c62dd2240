"""Since when a recording is with everybody: one condition, which the ladder and the report ask."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from forthright.rules.media_backlog import Came, RecordingFact
from forthright.rules.media_facts import COURT, Classification, ShareFacts
from forthright.rules.media_ladder import item_ladder
from forthright.rules.media_parties import required_parties
from forthright.rules.media_reach import reached, unviewed_by, viewed_after
from forthright.rules.weeks import Week
from tests.rules.media_cases import CASES, TODAY, a_proved_case, with_share

MONDAY = Week(2026, 40).monday
HEARING = date(2026, 10, 26)


def days(number):
    return timedelta(days=number)


@dataclass(frozen=True)
class AFile:
    """A file of a recording, by the hours after noon of the Monday."""

    kept: int = 0
    viewed: int | None = None
    over: int | None = None

    @property
    def kept_at(self):
        return hours(self.kept)

    @property
    def viewed_at(self):
        return None if self.viewed is None else hours(self.viewed)

    @property
    def superseded_at(self):
        return None if self.over is None else hours(self.over)


def hours(number):
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, 11, tzinfo=UTC) + timedelta(hours=number)


@pytest.mark.parametrize(
    ("shares", "shared", "opened"),
    [
        pytest.param([], None, None, id="nobody"),
        pytest.param([(COURT, 1, 2)], None, None, id="the court alone"),
        pytest.param([(COURT, 1, 2), ("firm 1", 3, None)], 3, None, id="the last one counts"),
        pytest.param([(COURT, 1, 2), ("firm 1", 3, 9)], 3, 9, id="opened by both"),
        pytest.param(
            [(COURT, 1, 2), ("firm 1", 3, 9), ("firm 1", 5, 6)], 3, 6, id="shared with one twice"
        ),
        pytest.param([(COURT, 1, 2), ("firm 2", 3, 9)], None, None, id="another firm"),
    ],
)
def test_everybody_has_it_when_the_last_of_them_has_it(shares, shared, opened):
    facts = [
        ShareFacts(
            party=party, shared_on=MONDAY + days(on), opened_on=MONDAY + days(op) if op else None
        )
        for party, on, op in shares
    ]

    found = reached(facts, [COURT, "firm 1"], unviewed=0, today=HEARING, hearing_on=HEARING)

    assert found.shared_on == (MONDAY + days(shared) if shared else None)
    assert found.opened_on == (MONDAY + days(opened) if opened else None)


def test_somebody_whom_nobody_knows_never_has_it():
    share = ShareFacts(party=COURT, shared_on=MONDAY)

    found = reached([share], [COURT, ""], unviewed=0, today=HEARING, hearing_on=HEARING)

    assert found.shared_on is None


@pytest.mark.parametrize(
    "share",
    [
        pytest.param({"is_revoked": True}, id="taken back"),
        pytest.param({"link_expires_on": MONDAY + days(2)}, id="its link expired unopened"),
    ],
)
def test_a_share_that_gives_nothing_does_not_count(share):
    facts = [ShareFacts(party=COURT, shared_on=MONDAY, **share)]

    assert reached(facts, [COURT], unviewed=0, today=HEARING, hearing_on=HEARING).shared_on is None


@pytest.mark.parametrize(
    ("shares", "unviewed", "shared", "opened"),
    [
        pytest.param([(2, None, 3)], 0, 2, 3, id="all of it viewed"),
        pytest.param([(2, None, 3)], 1, None, None, id="a file that nobody viewed"),
        pytest.param([(2, 5, 3)], 0, 5, 5, id="the last file viewed after it was opened"),
        pytest.param([(2, 5, 9)], 0, 5, 9, id="opened after that"),
        pytest.param([(2, 5, None), (4, None, None)], 0, 4, None, id="shared once more in between"),
    ],
)
def test_a_share_counts_once_all_that_had_come_was_viewed(shares, unviewed, shared, opened):
    facts = [
        ShareFacts(
            party=COURT, shared_on=MONDAY + days(on),
            viewed_on=None if seen is None else MONDAY + days(seen),
            opened_on=None if op is None else MONDAY + days(op),
        )
        for on, seen, op in shares
    ]  # fmt: skip

    found = reached(facts, [COURT], unviewed=unviewed, today=HEARING, hearing_on=HEARING)

    assert found.shared_on == (None if shared is None else MONDAY + days(shared))
    assert found.opened_on == (None if opened is None else MONDAY + days(opened))


@pytest.mark.parametrize(
    ("file", "unviewed", "after"),
    [
        pytest.param(AFile(viewed=1), 0, None, id="viewed before it was shared"),
        pytest.param(AFile(viewed=30), 0, 1, id="viewed the day after"),
        pytest.param(AFile(), 1, None, id="viewed by nobody"),
        pytest.param(AFile(viewed=80), 1, None, id="viewed only later"),
        pytest.param(AFile(kept=80), 0, None, id="come only later"),
        pytest.param(AFile(over=30), 0, None, id="standing no more"),
        pytest.param(AFile(over=80), 1, None, id="standing then"),
        pytest.param(AFile(viewed=30, over=80), 0, 1, id="viewed and standing then"),
    ],
)
def test_which_files_were_viewed_by_a_moment(file, unviewed, after):
    end, recorded = hours(72), hours(2)

    assert unviewed_by([file], end) == unviewed
    assert viewed_after([file], recorded, end) == (after and MONDAY + days(after))


def test_without_a_moment_it_is_what_is_so_now():
    files = [AFile(viewed=99), AFile(kept=99), AFile(over=1)]

    assert unviewed_by(files) == 1
    assert viewed_after(files, hours(2)) == MONDAY + days(4)


@given(CASES)
def test_the_report_counts_before_the_hearing_just_what_the_ladder_says_is_ready(case):
    if case.hearing_on is None or case.is_estimated or not case.defendants:
        return
    parties = [key for key, _ in required_parties(case.defendants)]
    for item in case.items:
        # What is relied on and shared has come: the steps of a recording allow nothing else.
        if item.classification is not Classification.RELIED_ON or not item.is_received:
            continue
        found = reached(
            item.shares, parties, unviewed=item.unviewed, today=TODAY, hearing_on=case.hearing_on
        )
        fact = RecordingFact(
            id=1, unit="", police="", entered_on=MONDAY, held_on=case.hearing_on,
            shared_on=found.shared_on, opened_on=found.opened_on,
        )  # fmt: skip

        ladder = item_ladder(item, case, today=TODAY)

        assert ladder.is_ready == (fact.came(7) in (Came.EARLY, Came.BEFORE))
        assert ladder.is_proved == fact.was_opened_before


def test_it_is_said_where_only_its_viewing_made_it_late():
    case = a_proved_case()
    case = with_share(case, 0, 0, viewed_on=case.hearing_on)

    step = item_ladder(case.items[0], case, today=TODAY).steps[5]

    assert step.why == (
        "Too late: viewed whole, and shared with the court on the day of the hearing or after it."
    )
