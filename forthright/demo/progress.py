"""How each made-up letter went: told, explained, drafted, approved, sent, reached, or not."""

from datetime import date, datetime, time, timedelta
from random import Random

from forthright.accounts.models import User
from forthright.rules.words import LONDON, local
from forthright.rules.working_days import Calendar, is_working_day
from forthright.schemes.models import Duty
from forthright.schemes.services.stage_times import StageTimes

STAGES = ("told_at", "explained_at", "drafted_at", "approved_at", "sent_at")
# Where the time of a late letter went, as inspectors found: the explanation comes late.
SLOW_STAGE = (("told_at", 14), ("explained_at", 48), ("drafted_at", 18), ("approved_at", 12),
              ("sent_at", 8))  # fmt: skip
# The Area's change: a morning list for the unit, ten weeks before today.
CHANGED_WEEKS_AGO = 10
IN_TIME, IN_TIME_SINCE = 0.58, 0.74
NEVER = 0.045
# A forgotten letter comes to light at the next check and goes out some weeks late; now and then
# one is never found. What is overdue today is so by days, as in a unit that looks at its list.
FORGOTTEN_DAYS, FOUND = 12, 0.98
WEEKS_TO_FIND = (1, 5)
LOST_WEEKS = range(12, 20)


class Progress:
    """Says how letters went; the same seed and letters give the same answers."""

    def __init__(
        self, drafters: list[User], calendar: Calendar, chance: Random, *, until: datetime
    ) -> None:
        """Keep what the answers are made from."""
        self.drafters, self.calendar, self.chance, self.until = drafters, calendar, chance, until
        self.is_one_lost = False
        self.changed_on = until.date() - timedelta(weeks=CHANGED_WEEKS_AGO)

    def of(self, duty: Duty) -> StageTimes | None:
        """Return the stage times of a letter, as far as they lie before now."""
        chance = self.chance
        drafter = chance.choice(self.drafters)
        if chance.random() < NEVER:
            if not self.is_found(duty):
                return self.cut(duty, self.told_only(duty), drafter)
            return self.cut(duty, self.steps(duty, self.moment_found(duty)), drafter)
        good = IN_TIME_SINCE if duty.due_on >= self.changed_on else IN_TIME
        moment_of = self.moment_before if chance.random() < good else self.moment_after
        return self.cut(duty, self.steps(duty, moment_of(duty)), drafter)

    def is_found(self, duty: Duty) -> bool:
        """Say whether a forgotten letter was found again; one of some months ago never is."""
        weeks = (self.until.date() - duty.due_on).days // 7
        if weeks in LOST_WEEKS and not self.is_one_lost:
            self.is_one_lost = True
            return False
        is_old = duty.due_on < self.until.date() - timedelta(days=FORGOTTEN_DAYS)
        return is_old and self.chance.random() < FOUND

    def told_only(self, duty: Duty) -> dict[str, datetime]:
        """Return the one step of a letter that was forgotten."""
        told = self.working(duty.decided_at + timedelta(hours=3))
        # A decision of the evening is told of after office hours, and not before it was made.
        return {"told_at": max(told, duty.decided_at)}

    def moment_before(self, duty: Duty) -> datetime:
        """Return when a letter sent in time was sent."""
        last = datetime.combine(duty.due_on, time(16, 30), LONDON)
        room = max((last - duty.decided_at).total_seconds(), 900)
        at = duty.decided_at + timedelta(seconds=room * self.chance.uniform(0.55, 0.98))
        at = self.working(at)
        return at if local(at).date() <= duty.due_on else max(last, duty.decided_at)

    def moment_after(self, duty: Duty) -> datetime:
        """Return when a late letter was sent: mostly a few working days late."""
        day = duty.due_on
        for _ in range(1 + min(int(self.chance.expovariate(0.45)), 20)):
            day = self.next_working(day)
        return datetime.combine(day, time(9, 30), LONDON) + timedelta(
            minutes=self.chance.randint(0, 400)
        )

    def moment_found(self, duty: Duty) -> datetime:
        """Return when a letter that had been forgotten was found and sent, before today."""
        last = (self.until.date() - duty.due_on).days
        days = min(self.chance.randint(7 * WEEKS_TO_FIND[0], 7 * WEEKS_TO_FIND[1]), last - 1)
        return self.working(
            datetime.combine(duty.due_on + timedelta(days=days), time(11, 20), LONDON)
        )

    def steps(self, duty: Duty, sent: datetime) -> dict[str, datetime]:
        """Return the steps between decision and sending, with one of them slow."""
        slow = self.chance.choices([s for s, _ in SLOW_STAGE], [w for _, w in SLOW_STAGE])[0]
        weights = [self.chance.uniform(0.3, 1.0) * (6 if s == slow else 1) for s in STAGES]
        whole, passed = sum(weights), 0.0
        length = (sent - duty.decided_at).total_seconds()
        found: dict[str, datetime] = {}
        for stage, weight in zip(STAGES, weights, strict=True):
            passed += weight
            at = self.working(duty.decided_at + timedelta(seconds=length * passed / whole))
            found[stage] = min(max([at, duty.decided_at, *found.values()]), sent)
        found["sent_at"] = sent
        if self.chance.random() < 0.9:
            found["reached_at"] = self.working(sent + timedelta(days=self.chance.randint(1, 3)))
        return found

    def cut(self, duty: Duty, steps: dict[str, datetime], drafter: User) -> StageTimes:
        """Leave out what would lie in the future."""
        known = {name: moment for name, moment in steps.items() if moment <= self.until}
        is_drafted = "drafted_at" in known
        return StageTimes(**known, drafter_id=drafter.pk if is_drafted else None)  # type: ignore[arg-type]

    def working(self, moment: datetime) -> datetime:
        """Return a moment moved into office hours of a working day."""
        here = local(moment)
        day = here.date()
        if not is_working_day(day, self.calendar):
            return datetime.combine(self.next_working(day), time(10, 0), LONDON)
        return here.replace(hour=min(max(here.hour, 9), 16))

    def next_working(self, day: date) -> date:
        """Return the working day after a day."""
        day += timedelta(days=1)
        while not is_working_day(day, self.calendar):
            day += timedelta(days=1)
        return day
