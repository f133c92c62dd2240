"""What was so of a recording by a moment, and which firm was known then, case by case."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from forthright.rules.firm_days import day_by
from forthright.rules.media_facts import Classification
from forthright.rules.media_history import (
    Turn,
    asked_again_at,
    before,
    kind_of,
    known_by,
    may_be_shared_since,
    not_needed_since,
    state_of,
)
from forthright.rules.media_parties import present_on
from forthright.rules.media_states import MediaEvent as E
from forthright.rules.media_states import MediaState as S

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
END = datetime(2026, 10, 13, tzinfo=UTC)
MADE = {
    "viewed": (E.VIEW, S.VIEWED, None),
    "relied on": (E.CLASSIFY, S.CLASSIFIED, Classification.RELIED_ON),
    "unused": (E.CLASSIFY, S.CLASSIFIED, Classification.UNUSED),
    "not relevant": (E.CLASSIFY, S.CLASSIFIED, Classification.NOT_RELEVANT),
    "sensitive": (E.CLASSIFY_SENSITIVE, S.SENSITIVE, Classification.SENSITIVE),
    "asked for": (E.REQUEST, S.REQUESTED, None),
    "withdrawn": (E.WITHDRAW, S.WITHDRAWN, None),
    "taken up": (E.REINSTATE, S.EXPECTED, None),
}


def turns(*said):
    """Return steps made on days of October: "unused 5"."""
    found = []
    for each in said:
        words, day = each.rsplit(" ", 1)
        found.append(Turn(START.replace(day=int(day)), *MADE[words]))
    return found


@pytest.mark.parametrize(
    ("said", "state", "kind"),
    [
        ((), S.EXPECTED, Classification.NOT_ASSESSED),
        (("viewed 2",), S.VIEWED, Classification.NOT_ASSESSED),
        (("viewed 2", "relied on 5"), S.CLASSIFIED, Classification.RELIED_ON),
        (("relied on 5", "unused 19"), S.CLASSIFIED, Classification.RELIED_ON),
        (("relied on 5", "unused 12"), S.CLASSIFIED, Classification.UNUSED),
        (("relied on 5", "unused 13"), S.CLASSIFIED, Classification.RELIED_ON),
        (("relied on 5", "sensitive 9", "relied on 20"), S.SENSITIVE, Classification.SENSITIVE),
        (("relied on 5", "asked for 9"), S.REQUESTED, Classification.NOT_ASSESSED),
        (("unused 5", "asked for 9", "viewed 10"), S.VIEWED, Classification.NOT_ASSESSED),
        (("sensitive 5", "asked for 9", "unused 10"), S.CLASSIFIED, Classification.UNUSED),
        (("unused 5", "withdrawn 9", "taken up 10"), S.EXPECTED, Classification.NOT_ASSESSED),
        (("relied on 5", "asked for 20"), S.CLASSIFIED, Classification.RELIED_ON),
        (("relied on 5", "withdrawn 9", "taken up 20"), S.WITHDRAWN, Classification.RELIED_ON),
        (("withdrawn 9", "taken up 10"), S.EXPECTED, Classification.NOT_ASSESSED),
    ],
)
def test_what_was_so_by_the_end_of_a_day(said, state, kind):
    known = before(turns(*said), END)

    assert (state_of(known), kind_of(known)) == (state, kind)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ((), None),
        (("relied on 5",), None),
        (("unused 5",), 5),
        (("relied on 5", "not relevant 26"), 26),
        (("unused 5", "not relevant 26"), 5),
        (("unused 5", "withdrawn 26"), 5),
        (("unused 5", "relied on 9", "unused 26"), 26),
        (("unused 5", "asked for 9"), None),
        (("unused 5", "asked for 9", "viewed 10"), None),
        (("unused 5", "asked for 9", "not relevant 10"), 10),
        (("unused 5", "asked for 9", "withdrawn 10"), 10),
        (("relied on 5", "withdrawn 9"), 9),
        (("relied on 5", "withdrawn 9", "taken up 10"), None),
        (("unused 5", "withdrawn 9", "taken up 10"), None),
        (("withdrawn 3", "taken up 4", "unused 5"), 5),
    ],
)
def test_nobody_waits_since_the_first_decision_of_an_unbroken_row(said, day):
    since = not_needed_since(turns(*said))

    assert (since.at.day if since else None) == day


def test_it_was_asked_for_when_it_was_asked_for_last():
    said = turns("asked for 2", "relied on 5", "asked for 20")

    assert asked_again_at(said).day == 20
    assert asked_again_at(before(said, END)).day == 2
    assert asked_again_at(turns("relied on 5")) is None


@dataclass(frozen=True)
class Firm:
    name: str
    starts_on: date
    recorded_at: datetime
    id: int = 0
    mistake_at: datetime | None = None


def firms(*rows):
    """Return firms one after another from a day of October on, each recorded on one."""
    return [
        Firm(name, date(2026, 10, start), START.replace(day=recorded), number)
        for number, (name, start, recorded) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("Hale", 1, 1)], "Hale"),
        ([("Hale", 1, 1), ("New", 19, 20)], "Hale"),
        ([("Hale", 1, 1), ("New", 8, 20)], "Hale"),
        ([("Hale", 1, 1), ("New", 1, 20)], "Hale"),
        ([("Hale", 1, 1), ("New", 8, 9)], "New"),
        ([("Hale", 1, 1), ("New", 8, 9), ("Third", 8, 20)], "New"),
        ([("Hale", 1, 1), ("New", 14, 9)], "Hale"),
        ([("Hale", 14, 9)], "Hale"),
        ([("Hale", 1, 20)], None),
    ],
)
def test_the_firm_at_the_hearing_is_the_one_recorded_by_then(rows, name):
    present = present_on(known_by(firms(*rows), END), END.date() - timedelta(days=1))

    assert (present.firm.name if present else None) == name


@pytest.mark.parametrize(
    ("told", "rows", "names"),
    [
        (20, [("Hale", 1, 1), ("Wrong", 5, 6)], ["Wrong", "Hale"]),
        (9, [("Hale", 1, 1), ("Wrong", 5, 6)], ["Hale", "Hale"]),
        (20, [("Hale", 1, 1), ("Wrong", 5, 6), ("New", 8, 9)], ["New", "New"]),
        (20, [("Hale", 1, 1), ("Wrong", 5, 6), ("New", 25, 9)], ["Wrong", "Hale"]),
        (20, [("Hale", 1, 1), ("Wrong", 5, 20)], ["Hale", "Hale"]),
        (20, [("Hale", 1, 1), ("Wrong", 5, 6), ("New", 8, 21)], ["Wrong", "New"]),
        (20, [("Wrong", 5, 6)], ["Wrong", None]),
    ],
)
def test_a_firm_that_was_recorded_by_mistake_was_there_until_somebody_said_so(told, rows, names):
    known = firms(*rows)
    wrong = next(place for place, each in enumerate(known) if each.name == "Wrong")
    known[wrong] = replace(known[wrong], mistake_at=START.replace(day=told))
    day = END.date() - timedelta(days=1)

    then, now = (present_on(known_by(known, end), day) for end in (END, START.replace(day=28)))

    assert [each.firm.name if each else None for each in (then, now)] == names


def test_whoever_follows_one_recorded_by_mistake_starts_another_day_and_no_past_day_changes():
    hale, rowe, tate = firms(("Hale", 1, 1), ("Rowe", 6, 6), ("Tate", 12, 13))
    rowe = replace(rowe, mistake_at=START.replace(day=14))
    moved = {tate.id: [(START.replace(day=15), date(2026, 10, 8))]}

    def on(day, known):
        end = START.replace(day=known)
        then = known_by(
            [tate, rowe, hale], end,
            started=lambda firm: day_by(firm.starts_on, moved.get(firm.id, ()), end),
        )  # fmt: skip
        return present_on(then, date(2026, 10, day)).firm.name

    assert [on(9, known) for known in (13, 14, 15, 16)] == ["Rowe", "Tate", "Tate", "Hale"]
    assert [on(12, known) for known in (13, 14, 15, 16)] == ["Rowe", "Tate", "Tate", "Tate"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ((), None),
        (("viewed 2",), None),
        (("viewed 2", "relied on 5"), 5),
        (("relied on 5", "unused 9"), 5),
        (("not relevant 5",), None),
        (("not relevant 5", "relied on 9"), 9),
        (("relied on 5", "not relevant 6", "relied on 9"), 9),
        (("relied on 5", "not relevant 6"), None),
        (("sensitive 5", "unused 9"), 9),
        (("relied on 5", "sensitive 6", "relied on 9", "unused 11"), 9),
        (("relied on 5", "asked for 6"), None),
        (("relied on 5", "asked for 6", "viewed 7", "relied on 8"), 8),
        (("relied on 5", "withdrawn 6", "taken up 7", "relied on 8"), 8),
    ],
)
def test_since_when_a_recording_may_go_out_is_since_its_last_decision_the_other_way(said, day):
    since = may_be_shared_since(turns(*said))

    assert (since.day if since else None) == day
