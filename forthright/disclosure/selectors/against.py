"""What stands against a service: what is undecided, unexplained, or waits for the police."""

from collections.abc import Collection
from datetime import date, datetime

from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.hidden import queried_items
from forthright.disclosure.selectors.standings import Line
from forthright.disclosure.selectors.versions import names_left
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState, reasons_against_serving
from forthright.rules.endorsements import Endorsed, is_unexplained
from forthright.rules.words import list_words


def stands_against(
    duty: DisclosureDuty,
    lines: Collection[Line],
    things: Collection[int],
    *,
    on: date,
    is_nil: bool,
) -> str:
    """Say why some things of a duty cannot be served on a day; nothing where they can.

    What the police hand in is asked of the moment of the service by whoever keeps that moment.
    """
    reasons = reasons_against_serving(
        duty.stands, [line.standing for line in lines], on=on, chosen=frozenset(things),
        is_nil=is_nil, gone=names_left(duty),
    )  # fmt: skip
    if reasons or duty.stands in SERVED_OR_LATER:
        return " ".join(reasons) or queried_elsewhere(duty, lines, things)
    return unexplained_words(lines) or queried_elsewhere(duty, lines, things)


def against_once_approved(duty: DisclosureDuty, lines: Collection[Line], *, on: date) -> str:
    """Say why nothing could be served for the first time once it is approved; nothing where it can.

    Whoever approves reads by it what comes of that, as whoever serves would read it then.
    """
    due = frozenset(line.item.thing_id for line in lines if line.standing.is_owed)
    reasons = reasons_against_serving(
        DutyState.APPROVED, [line.standing for line in lines], on=on, chosen=due, is_nil=not due,
        gone=names_left(duty),
    )  # fmt: skip
    return " ".join(reasons) or queried_elsewhere(duty, lines, due)


def unexplained_words(lines: Collection[Line]) -> str:
    """Say which items are withheld with no reason that need one; nothing where none is.

    None is written so; some were before their kind was known for one that is presumed, or before
    the police named them.
    """
    found = [
        line
        for line in lines
        if (made := line.endorsement)
        and is_unexplained(line.to_endorse, Endorsed(made.code), made.reason)
    ]
    said = (
        ([line for line in found if line.named],
         "said by the police to be what may undermine the prosecution or assist the defence"),
        ([line for line in found if not line.named],
         "of a kind that is presumed to be disclosed"),
    )  # fmt: skip
    return " ".join(
        f"{list_words([line.standing.named for line in those])}: {why}, and withheld with no "
        "reason. Endorse each again with its reason, or as disclosed."
        for those, why in said
        if those
    )


def queried_elsewhere(
    duty: DisclosureDuty, lines: Collection[Line], things: Collection[int],
    *, by: datetime | None = None,
) -> str:  # fmt: skip
    """Say which of some things wait for the police on another defendant's duty; nothing for none.

    Why one is queried may be that it should never have stood on an open schedule, so it neither
    stands in papers to serve nor is served meanwhile.

    :param by: as of that moment; None for now
    """
    queried = queried_items(duty.case_id, by=by)
    waiting = [
        line.standing.named
        for line in lines
        if line.item.thing_id in things and line.item.pk in queried
    ]
    if not waiting:
        return ""
    verb = "is" if len(waiting) == 1 else "are"
    return (
        f"{list_words(waiting)} {verb} queried for another defendant of this case. Decide that "
        "there first; then it can be served here."
    )
