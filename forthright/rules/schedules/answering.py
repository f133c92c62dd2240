"""Whether schedules that came mend what went back to the police."""

from collections.abc import Collection, Sequence

from forthright.rules.schedules.comparing import compare_schedules
from forthright.rules.schedules.schedule import Schedule

# The exact reason of return by which schedules are asked for that did not come at all.
NOT_PROVIDED = "Schedules of unused material not provided"


def mends_return(
    returned: Sequence[Schedule], came: Sequence[Schedule], *, reasons: Collection[str],
    is_handed_in: bool, was_taken_in: bool = True,
) -> bool:  # fmt: skip
    """Say whether what came is a new version of a schedule that went back, or what was missing.

    A new version is on the same form and gives its numbers again. What the police handed in on the
    page of the return may be numbered anew, for they say themselves what it answers; of a schedule
    of which no item could be read there is no number to give again. Where nothing but missing
    schedules was asked for, a form that had not come mends the return. What went back without being
    taken in is of no case: whatever is handed in on its page comes in its place.

    :param reasons: the reasons of return, in their exact words
    :param was_taken_in: whether what went back had been taken in before
    """
    before, after = {each.form for each in returned}, {each.form for each in came}
    if is_handed_in:
        return forms_mend(before, after, reasons=reasons, was_taken_in=was_taken_in)
    if _brings_what_was_missing(before, after, reasons):
        return True
    on_same_forms = [each for each in returned if each.form in after]
    if any(not each.items for each in on_same_forms):
        return True
    return any(change.answered for change in compare_schedules(on_same_forms, came))


def forms_mend(
    before: Collection[str], after: Collection[str], *, reasons: Collection[str],
    was_taken_in: bool = True,
) -> bool:  # fmt: skip
    """Say whether the forms that the police handed in on the page of a return mend it.

    :param before: the forms that went back
    :param was_taken_in: whether what went back had been taken in before
    """
    if not was_taken_in:
        return bool(after)
    return _brings_what_was_missing(before, after, reasons) or bool(set(after) & set(before))


def _brings_what_was_missing(
    before: Collection[str], after: Collection[str], reasons: Collection[str]
) -> bool:
    return set(reasons) == {NOT_PROVIDED} and bool(set(after) - set(before))
