"""What the police handed in on their own page and nobody has read: nothing goes past it.

What went back to them without being taken in was read, and is waited for as a return.
"""

from datetime import datetime

from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.unnumbered import unplaced_of, unplaced_words
from forthright.rules.words import count_words, list_words, moment_words


def unread_of(case_id: int, *, until: datetime | None = None) -> list[Delivery]:
    """Return what the police handed in for a case and nobody has taken in, the oldest first.

    :param until: only what they had handed in by that moment
    """
    rows = Delivery.objects.filter(
        case=case_id, answers__isnull=False, state=Delivery.State.CHECKED
    )
    if until is not None:
        rows = rows.filter(checked_at__lte=until)
    return list(rows.order_by("checked_at", "pk"))


def not_read_words(case_id: int, *, until: datetime | None = None) -> str:
    """Say what of the police nobody has read, or read without knowing what it is about.

    :param until: only what had come by that moment
    """
    return unread_words(unread_of(case_id, until=until)) or unplaced_words(
        unplaced_of(case_id, until=until)
    )


def unread_words(unread: list[Delivery]) -> str:
    """Say that what the police handed in is to be read first; nothing where nothing waits."""
    if not unread:
        return ""
    days = list_words([moment_words(each.checked_at) for each in unread])
    what = count_words(len(unread), "new version")
    return (
        f"The police handed in {what} of schedules ({days}) that nobody has taken in: what is on "
        "it may have to be disclosed. Open it from the page of the duty, take it in, say whether "
        "it is adequate and endorse what is on it first; or return it, where it cannot be read."
    )
