"""What a dry run asks of the Area's time limits: is a letter owed, and by when."""

from datetime import date, datetime

from forthright.accounts.models import Area
from forthright.rules.words import local
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.selectors import AreaClock, AreaNotStarted, NoRulesInForce, area_clock


class LetterClock:
    """The Area's clock as a dry run needs it: it answers, and never fails."""

    def __init__(self, area: Area, now: datetime) -> None:
        """Read the Area's time limits and calendar once."""
        self.now = now
        self._clock: AreaClock | None = None
        self._not_started = ("", "")
        self._refusals: dict[date, tuple[str, str]] = {}
        try:
            self._clock = area_clock(area)
        except AreaNotStarted as missing:
            self._not_started = (str(missing), "Hand the file over again once that is done.")

    def refusal(self, moment: datetime) -> tuple[str, str]:
        """Say why no due date can be worked out for a decision, and the mend; or nothing."""
        if self._clock is None:
            return self._not_started
        day = local(moment).date()
        if day not in self._refusals:
            self._refusals[day] = self._refusal_on(self._clock, moment)
        return self._refusals[day]

    @staticmethod
    def _refusal_on(clock: AreaClock, moment: datetime) -> tuple[str, str]:
        try:
            clock.due(moment, "ENHANCED")
            clock.due(moment, "STANDARD")
        except NoRulesInForce as refusal:
            return refusal.why, refusal.MEND
        except CalendarTooShort as refusal:
            return str(refusal), "Hand the file over again once that is done."
        return "", ""

    def qualifies(self, kind: str, moment: datetime) -> bool:
        """Say whether the rules of its day make a decision one that people are told of."""
        if self._clock is None:
            return False
        try:
            return kind in self._clock.rule_set_on(local(moment).date()).qualifying_kinds
        except NoRulesInForce:
            return False

    def due_on(self, moment: datetime, entitlement: str) -> date | None:
        """Return the day a letter would be due, or None where that cannot be worked out."""
        if self._clock is None:
            return None
        try:
            return self._clock.due(moment, entitlement)[0].day
        except (NoRulesInForce, CalendarTooShort):
            return None
