"""Which of the dates that a court ordered for a step counts: the one that it ordered last."""

from collections.abc import Callable
from datetime import date

from forthright.disclosure.models import CourtDate, DisclosureDuty
from forthright.rules.words import day_words
from forthright.web import clock


def ordered_day(order: CourtDate) -> date:
    """Return the day on which a court made an order; that of its record where nobody was asked."""
    return order.ordered_on or clock.day_of(order.set_at)


def standing_orders(
    duty: DisclosureDuty, *, is_known: Callable[[CourtDate], bool] = lambda _: True
) -> dict[str, CourtDate]:
    """Return the order that counts for each step: the one made last, whenever it was recorded.

    Of two that were made on one day the one recorded last counts.

    :param is_known: whether an order counts at the time that is asked about
    """
    left = _left(duty, is_known)
    return {key: max(theirs, key=_place) for key, theirs in left.items() if theirs}


def outdated_words(duty: DisclosureDuty) -> dict[str, tuple[str, ...]]:
    """Say which orders of each step were recorded after the one that counts and made before it."""
    standing = standing_orders(duty)
    return {
        key: tuple(
            f"An order of {day_words(ordered_day(each))} for {day_words(each.day)} was recorded "
            "later and does not move this day: the court ordered this one after it, on "
            f"{day_words(ordered_day(standing[key]))}."
            for each in theirs
            if each.day and each.pk > standing[key].pk
        )
        for key, theirs in _left(duty, lambda _: True).items()
        if theirs
    }


def _left(
    duty: DisclosureDuty, is_known: Callable[[CourtDate], bool]
) -> dict[str, list[CourtDate]]:  # fmt: skip
    """Return the orders of each step that nobody corrected or took back since they were recorded.

    What was taken back takes with it whatever the court had ordered until then.
    """
    found: dict[str, list[CourtDate]] = {}
    for key, theirs in _recorded(duty).items():
        left: list[CourtDate] = []
        for each in filter(is_known, theirs):
            if each.day is None:
                left = [order for order in left if ordered_day(order) > ordered_day(each)]
            else:
                left.append(each)
        found[key] = left
    return found


def _recorded(duty: DisclosureDuty) -> dict[str, list[CourtDate]]:
    """Return what was recorded of each step; a correction stands for what it corrects."""
    found: dict[str, list[CourtDate]] = {}
    for each in duty.court_dates.all():
        theirs = found.setdefault(each.key, [])
        if each.is_correction and theirs:
            theirs.pop()
        if each.day is not None or not each.is_correction:
            theirs.append(each)
    return found


def _place(order: CourtDate) -> tuple[date, int]:
    return ordered_day(order), order.pk
