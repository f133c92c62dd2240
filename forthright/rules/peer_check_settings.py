"""Which letters a colleague looks at before they go, and by when; dated, with its source."""

import tomllib
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.frame import draw_key
from forthright.rules.medians import median_words
from forthright.rules.words import count_words, day_words, local, moment_words, time_words
from forthright.rules.working_days import Calendar, add_working_days, is_working_day

OPENS, CLOSES = time(9), time(17)
# A letter put forward after its hour is looked at within these office hours.
AT_ONCE_HOURS = 1
ONE_PERSON = "Not said: one person looked at all of them"


def of_whom_alone(checkers: Collection[Hashable], drafters: Collection[Hashable | None]) -> str:
    """Say whose alone figures of checks would be; nothing where they are of several people.

    :param drafters: None where it is not known who drafted a letter
    """
    if len(set(checkers)) == 1:
        return "one person looked at all of them"
    if len(set(drafters)) == 1 and None not in drafters:
        return "one person wrote all of them"
    return ""


_KEY_SPACE = 16**12


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerCheckSettings:
    """One edition of what is looked at before it goes."""

    version: str
    in_force_from: date
    source: str
    is_confirmed: bool
    kinds: tuple[str, ...]
    share_percent: int
    is_required: bool
    hours: int
    latest: time
    seed: int = 0

    def asks_for(self, kind: str, reference: str) -> bool:
        """Say whether a letter of this kind is to be looked at; below all, by lot.

        The lot is worked out of the seed and the letter's own reference, so that another letter
        changes nothing and nobody chooses.
        """
        if kind not in self.kinds:
            return False
        lot = int(draw_key(self.seed, reference)[:12], 16) / _KEY_SPACE
        return lot * 100 < self.share_percent

    @property
    def words(self) -> str:
        """Say why a letter is looked at: by whose rule, and how many are."""
        share = (
            "every letter" if self.share_percent == 100 else f"{self.share_percent} in a hundred"
        )
        return f"{share} of its kind is looked at by a colleague before it goes ({self.version})"


@dataclass(frozen=True, slots=True)
class LetterDue:
    """The day a letter itself is due, and when it came to be due then, where its date moved."""

    day: date
    moved: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutForward:
    """When a letter was put forward, and from when the time to look at it begins, if not from that.

    Nobody looks at words before they are written, so those that were changed after that have their
    time from the change. Nor does anybody look at a letter that is not required, or is out: one
    opened again has its time from that, and one that did not arrive from when that was known.
    """

    at: datetime
    changed: datetime | None = None
    reopened: datetime | None = None
    not_arrived: datetime | None = None

    @property
    def begins(self) -> datetime:
        """Return from when the time to look at it is counted."""
        since = (self.changed, self.reopened, self.not_arrived)
        return max([self.at, *(each for each in since if each is not None)])

    @property
    def words(self) -> str:
        """Say when it was put forward, and what its time begins with instead."""
        said, begins = f"Put forward {moment_words(self.at)}", self.begins
        if begins == self.at:
            return f"{said}."
        if begins == self.reopened:
            return f"{said}; not required after that, and opened again {moment_words(begins)}."
        if begins == self.not_arrived:
            return f"{said}; sent after that, and known not to have arrived {moment_words(begins)}."
        return f"{said}; changed after that, {moment_words(begins)}."


@dataclass(frozen=True, slots=True)
class CheckDue:
    """When a letter is to be looked at, with the reasons."""

    at: datetime
    because: tuple[str, ...]


@cache
def published_peer_check_settings() -> PeerCheckSettings:
    """Return the settings that ship with the product, which hold until an Area changes them."""
    text = files("forthright.rules").joinpath("data/peer_checks.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return PeerCheckSettings(
        version=table["version"],
        in_force_from=table["in_force_from"],
        source=table["source"],
        is_confirmed=table["status"] == "confirmed",
        kinds=tuple(table["kinds"]),
        share_percent=table["share_percent"],
        is_required=table["is_required"],
        hours=table["hours"],
        latest=table["latest"],
    )


def check_due(
    forward: PutForward, *, letter_due: LetterDue | None, settings: PeerCheckSettings,
    calendar: Calendar,
) -> CheckDue:  # fmt: skip
    """Return by when a letter is to be looked at: some office hours on, or before it is due.

    A letter that is put forward past its hour is looked at at once.
    Nobody is late for an hour that had gone by before the letter came to be due by it: then it is
    looked at at once, and no later than by the office hours that it has.
    """
    begins = local(forward.begins)
    counted = _after_office_hours(begins, settings.hours, calendar)
    hours = count_words(settings.hours, "office hour")
    allowed = f"{hours} {'is' if settings.hours == 1 else 'are'} allowed for it"
    because = [
        forward.words,
        f"{allowed}, from 9am to 5pm on working days: {moment_words(counted)}.",
    ]
    if letter_due is None:
        return CheckDue(counted, (*because, f"Source: {settings.source}."))
    latest = datetime.combine(letter_due.day, settings.latest, begins.tzinfo)
    known = max(begins, local(letter_due.moved or begins))
    at_once = _after_office_hours(known, AT_ONCE_HOURS, calendar)
    if counted <= latest or (latest <= known and counted < at_once):
        because.append(f"The letter itself is due {day_words(letter_due.day)}.")
        due = counted
    elif known < latest:
        because.append(
            f"The letter itself is due {day_words(letter_due.day)}, so it is looked at by "
            f"{time_words(settings.latest)} of that day."
        )
        due = latest
    else:
        known_words = f" of when that was known, {moment_words(known)}" if known > begins else ""
        because.append(
            f"The letter itself was to be looked at by {moment_words(latest)}, so it is looked at "
            f"within an office hour{known_words}."
        )
        due = at_once
    return CheckDue(due, (*because, f"Source: {settings.source}."))


def minutes_words(seconds: Sequence[int], checkers: Collection[int]) -> str:
    """Say how long one check took in the middle; of few or of one person nothing is said.

    `seconds` are those of each check, `checkers` who looked at each. What is said of few would be
    somebody's own.
    """
    if not seconds:
        return "None"
    if len(set(checkers)) == 1:
        return ONE_PERSON
    if len(seconds) < FEWEST_FOR_A_RATE:
        return "Too few to say"
    return median_words(seconds, lambda each: count_words(round(each / 60), "minute"))


def _after_office_hours(begins: datetime, hours: int, calendar: Calendar) -> datetime:
    """Return the moment so many office hours after another."""
    moment, left = begins, timedelta(hours=hours)
    while True:
        opens = datetime.combine(moment.date(), OPENS, begins.tzinfo)
        closes = datetime.combine(moment.date(), CLOSES, begins.tzinfo)
        moment = max(moment, opens)
        if is_working_day(moment.date(), calendar) and moment < closes:
            if moment + left <= closes:
                return moment + left
            left -= closes - moment
        next_day = add_working_days(moment.date(), 1, calendar)
        moment = datetime.combine(next_day, OPENS, begins.tzinfo)
