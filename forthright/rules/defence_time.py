"""How long the defence has for its statement, in the words of the letter that goes with a service.

Before the service nobody knows the day on which it will count as given, so no day is named that
rests on it.
"""

from dataclasses import replace
from datetime import date, datetime

from forthright.rules.clock_rules import Status
from forthright.rules.deemed_service import given_on, rests_on_unconfirmed, ways_words
from forthright.rules.disclosure_deadlines import disclosure_steps, ordered_for_statement
from forthright.rules.disclosure_limits import (
    STATEMENT,
    Counted,
    DisclosureLimits,
    SentCase,
)
from forthright.rules.words import count_words, day_words
from forthright.rules.working_days import Calendar

UNSURE = (
    "The prosecutor has yet to confirm the rule by which that day is counted: if you count "
    "another, write to us."
)


def time_for_statement(
    case: SentCase, served: datetime | None, *, limits: DisclosureLimits, calendar: Calendar,
    today: date | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Say until when the defence has; nothing where no limit for a statement applies.

    :param case: without the day on which disclosure was given
    :param served: when it was served, in local time; None before the service
    :param today: the day on which this is said, before the service: it is served then or later
    :raises LookupError: if no time limit is in force, or the calendar is too short
    """
    limit = next((each for each in limits.limits if each.key == STATEMENT and each.applies(case)),
                 None)  # fmt: skip
    if limit is None:
        return ()
    given = given_on(served, case, limits=limits, calendar=calendar) if served else None
    # A day that was over when disclosure was given binds nobody: the time runs from then.
    if ordered := ordered_for_statement(replace(case, disclosed=given.day if given else today)):
        is_own = ordered == (case.ordered or {}).get(STATEMENT)
        what = "defence statement" if is_own else "defence response, with the defence statement,"
        return (f"The court ordered that the {what} is due by {day_words(ordered)}.",)
    how = "beginning with" if limit.counted is Counted.WITH else "after"
    says = f"The time for a defence statement is {count_words(limit.days, 'day')} {how}"
    is_unsure = limit.status is Status.TO_BE_CONFIRMED
    if given is None:
        unsure = (UNSURE,) if is_unsure or rests_on_unconfirmed(case, limits) else ()
        return (
            f"{says} the day on which this service counts as given.", *ways_words(case, limits),
            *unsure,
        )  # fmt: skip
    steps = disclosure_steps(
        replace(case, disclosed=given.day), limits=limits, calendar=calendar
    )  # fmt: skip
    ends = next(step.day for step in steps if step.key == STATEMENT)
    unsure = (UNSURE,) if given.unverified or is_unsure else ()
    return (
        *given.because, f"{says} {day_words(given.day)}, and ends on {day_words(ends)}.", *unsure
    )  # fmt: skip
