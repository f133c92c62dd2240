"""Which of the dates that a court ordered for a step counts: the one that it ordered last.

What a court ordered binds no more once the case went to another court.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forthright.disclosure.models import CourtDate, DisclosureDuty
from forthright.disclosure.selectors.earlier_courts import Stage, stages_of
from forthright.rules.words import day_words
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class Made:
    """An order as it stands, corrected where it was typed wrong.

    :param first: the number under which it was recorded before any correction
    """

    order: CourtDate
    first: int

    @property
    def day(self) -> date:
        """Return the day on which the court made it."""
        return ordered_day(self.order)

    def binds(self, stage: Stage) -> bool:
        """Say whether it was made by a court, and not by one before which the case was earlier."""
        if stage.left is None or self.day > stage.stood.day:
            return True
        return self.day == stage.stood.day and self.first > stage.left.orders_until


def ordered_day(order: CourtDate) -> date:
    """Return the day on which a court made an order; that of its record where nobody was asked."""
    return order.ordered_on or clock.day_of(order.set_at)


def standing_orders(
    duty: DisclosureDuty, *, stage: Stage | None = None,
    is_known: Callable[[CourtDate], bool] = lambda _: True,
) -> dict[str, CourtDate]:  # fmt: skip
    """Return the order that counts for each step: the one made last, whenever it was recorded.

    Of two that were made on one day the one recorded last counts.

    :param stage: the court whose orders are asked for; None of the one before which it is now
    :param is_known: whether an order counts at the time that is asked about
    """
    own = stage or stages_of(duty)[-1]
    left = _left(duty, lambda made: made.binds(own) and is_known(made.order))
    return {key: max(theirs, key=_place) for key, theirs in left.items() if theirs}


def outdated_words(duty: DisclosureDuty) -> dict[str, tuple[str, ...]]:
    """Say which orders of each step were recorded after the one that counts and made before it."""
    standing, own = standing_orders(duty), stages_of(duty)[-1]
    return {
        key: tuple(
            f"An order of {day_words(ordered_day(each))} for {day_words(each.day)} was recorded "
            "later and does not move this day: the court ordered this one after it, on "
            f"{day_words(ordered_day(standing[key]))}."
            for each in theirs
            if each.day and each.pk > standing[key].pk
        )
        for key, theirs in _left(duty, lambda made: made.binds(own)).items()
        if theirs
    }


def lapsed_words(duty: DisclosureDuty) -> dict[str, tuple[str, ...]]:
    """Say which orders of each step bind no more, because the case went to another court."""
    own = stages_of(duty)[-1]
    return {
        key: tuple(
            f"An order of {day_words(ordered_day(each))} for {day_words(each.day)} binds no more: "
            "it was made by the court from which the case went to another."
            for each in theirs
            if each.day
        )
        for key, theirs in _left(duty, lambda made: not made.binds(own)).items()
    }


def recorded_orders(duty: DisclosureDuty) -> dict[str, list[Made]]:
    """Return what was recorded of each step; a correction stands for what it corrects."""
    found: dict[str, list[Made]] = {}
    for each in duty.court_dates.all():
        theirs, first = found.setdefault(each.key, []), each.pk
        if each.is_correction and theirs:
            first = theirs.pop().first
        if each.day is not None or not each.is_correction:
            theirs.append(Made(each, first))
    return found


def _left(
    duty: DisclosureDuty, is_asked: Callable[[Made], bool]
) -> dict[str, list[CourtDate]]:  # fmt: skip
    """Return the orders of each step that nobody corrected or took back since they were recorded.

    What was taken back takes with it whatever the court had ordered until then.
    """
    found: dict[str, list[CourtDate]] = {}
    for key, theirs in recorded_orders(duty).items():
        left: list[CourtDate] = []
        for each in (made.order for made in theirs if is_asked(made)):
            if each.day is None:
                left = [order for order in left if ordered_day(order) > ordered_day(each)]
            else:
                left.append(each)
        found[key] = left
    return found


def _place(order: CourtDate) -> tuple[date, int]:
    return ordered_day(order), order.pk
