"""The weeks before today: samples drawn and reports made, as the product would have."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from forthright.accounts.models import Role, User
from forthright.demo.loading import Loaded, Tell
from forthright.demo.looking import look_at_past_letters
from forthright.demo.marking import PastMarks
from forthright.demo.trusting import Trusting
from forthright.reports.services import make_weekly_report
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import LONDON, local
from forthright.samples.models import Condition, Draw, DrawnLetter
from forthright.samples.selectors.plans import active_plans
from forthright.samples.services import NothingOwed, PlanSettings, draw_sample, make_plan

SAMPLED_WEEKS = 24
REPORTED_WEEKS = 8
# So many weeks before the last one a calibration round was held.
ROUND_WEEKS_AGO = 4


def mark_past_weeks(loaded: Loaded, *, seed: int, until: datetime, tell: Tell) -> None:
    """Draw, mark and report week by week, the oldest first."""
    last = week_of(local(until).date()).plus(-1)
    weeks = [last.plus(-back) for back in range(SAMPLED_WEEKS - 1, -1, -1)]
    make_plans(loaded, at=moment_on(weeks[0].monday, time(10, 0)))
    marks = PastMarks(loaded, seed=seed, until=until)
    look_at_past_letters(loaded, seed=seed, until=until)
    trusting = Trusting(loaded, seed=seed, until=until)
    for number, week in enumerate(weeks, start=1):
        monday = moment_on(week.plus(1).monday, time(6, 0))
        drawn = draw_samples(loaded, week, seed=seed + number, at=monday)
        # Last week's letters are left for whoever tries the demonstration.
        if number < SAMPLED_WEEKS:
            marks.mark(letters_of(drawn), monday)
            trusting.mark_again(monday + timedelta(days=4))
        if number == SAMPLED_WEEKS - ROUND_WEEKS_AGO:
            trusting.hold_round(monday + timedelta(days=1))
        if number == SAMPLED_WEEKS - 1:
            trusting.find_faults(monday + timedelta(days=5))
        if number > SAMPLED_WEEKS - REPORTED_WEEKS:
            at = min(monday + timedelta(hours=1), until)
            make_weekly_report(loaded.area, week, by=None, at=at, made_for=f"demo {week}")
        tell("Past weeks", number, SAMPLED_WEEKS)


def draw_samples(loaded: Loaded, week: Week, *, seed: int, at: datetime) -> list[Draw]:
    """Draw every plan of the Area for a week; a week in which nothing was owed is passed over."""
    made = []
    for plan in active_plans(loaded.area):
        with suppress(NothingOwed):
            made.append(draw_sample(plan, week, seed=seed, for_demo=True, by=None, at=at))
    return made


def letters_of(draws: list[Draw]) -> list[DrawnLetter]:
    """Return the letters of some draws, as they stand in the table."""
    return list(
        DrawnLetter.objects.filter(draw__in=draws)
        .select_related("marker", "duty__drafter", "draw")
        .order_by("draw", "part", "position")
    )


def make_plans(loaded: Loaded, *, at: datetime) -> None:
    """Make the two weekly samples: one of the whole Area, one of the RASSO unit."""
    managers = loaded.people[Role.LINE_MANAGER]
    of_liaison = next(each for each in managers if is_in(each, "VLU"))
    of_rasso = next(each for each in managers if is_in(each, "RASSO"))
    make_plan(
        loaded.area, by=None, at=at, name="Weekly dip sample",
        settings=PlanSettings(
            marker=of_liaison, random_size=6,
            targeted=((Condition.NEVER_SENT, 1), (Condition.DOMESTIC_ABUSE, 1)),
        ),
    )  # fmt: skip
    make_plan(
        loaded.area, by=None, at=at, name="RASSO dip sample", unit=loaded.units["RASSO"],
        settings=PlanSettings(marker=of_rasso, random_size=3, cycle_weeks=None),
    )  # fmt: skip


def is_in(person: User, kind: str) -> bool:
    """Return whether a person works in a unit of that kind."""
    return person.unit is not None and person.unit.kind == kind


def moment_on(day: date, hour: time) -> datetime:
    """Return a moment of a day in London."""
    return datetime.combine(day, hour, LONDON)
