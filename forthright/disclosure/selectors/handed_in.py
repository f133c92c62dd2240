"""What came from the police and nobody has taken in: nothing goes past it.

They handed it in on their own page, or somebody of the unit brought it in and had it checked. What
went back to them without being taken in was read, and is waited for as a return.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.unnumbered import unplaced_of, unplaced_words
from forthright.rules.words import count_words, day_words, list_words, moment_words
from forthright.web import clock


def forms_of(delivery: Delivery) -> set[str]:
    """Return the forms that came in a delivery."""
    return {each.form for each in delivery.schedules.all()}


def files_told(delivery: Delivery, reader: User) -> str:
    """Say which files were handed in; how one is named may tell what is sensitive.

    Not everybody of the unit who reads what was returned may see that: whoever handed all of it in
    knows.
    """
    is_own = delivery.checked_by_id == reader.pk and not delivery.replaces.exists()
    if not is_own and any(each.is_sensitive for each in delivery.schedules.all()):
        return count_words(len(delivery.files), "file")
    return list_words([each["name"] for each in delivery.files])


def handed_in_with(delivery: Delivery) -> list[Delivery]:
    """Return all that the police handed in for the return that a delivery answers, oldest first.

    What went on with another before anybody took it in is among them.
    """
    if delivery.answers_id is None:
        return []
    rows = Delivery.objects.filter(answers=delivery.answers_id).prefetch_related("schedules__items")
    return list(rows.select_related("checked_by", "replaced_by__checked_by").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Came:
    """A delivery as it is listed, with what waits of what was handed in for its return."""

    delivery: Delivery
    since: tuple[Delivery, ...]

    @property
    def forms(self) -> str:
        """Say which forms wait."""
        return list_words(sorted({form for each in self.since for form in forms_of(each)}))

    @property
    def on(self) -> str:
        """Say when they were handed in."""
        return list_words(list(dict.fromkeys(day_words(clock.day_of(each.checked_at))
                                             for each in self.since)))  # fmt: skip


def listed(deliveries: "QuerySet[Delivery]") -> list[Came]:
    """Return the deliveries of a case in the order in which they came."""
    rows = list(deliveries.order_by("pk").prefetch_related("schedules"))
    waiting: defaultdict[int | None, list[Delivery]] = defaultdict(list)
    for each in rows:
        if each.state == Delivery.State.CHECKED:
            waiting[each.answers_id].append(each)
    return [
        Came(each, tuple(waiting[back.pk]) if (back := each.police_return) else ()) for each in rows
    ]


def unread_of(case_id: int, *, until: datetime | None = None) -> list[Delivery]:
    """Return what came for a case and nobody has taken in, the oldest first.

    :param until: only what had come by that moment
    """
    rows = Delivery.objects.filter(case=case_id, state=Delivery.State.CHECKED)
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
    """Say that what came is to be taken in first; nothing where nothing waits."""
    handed, brought = by_whom_it_came(unread)
    said = []
    if handed:
        what = count_words(len(handed), "new version")
        said.append(
            f"The police handed in {what} of schedules ({days_of(handed)}) that nobody has taken "
            "in: what is on it may have to be disclosed. Open it from the page of the duty, take "
            "it in, say whether it is adequate and endorse what is on it first; or return it, "
            "where it cannot be read."
        )
    if brought:
        said.append(
            f"Schedules were brought in and checked ({days_of(brought)}), and nobody has taken "
            "them in: what is on them may have to be disclosed. Open them from the page of the "
            "duty, take them in, say whether they are adequate and endorse what is on them first; "
            "or throw them away, where they are not to count."
        )
    return " ".join(said)


def by_whom_it_came(unread: Collection[Delivery]) -> tuple[list[Delivery], list[Delivery]]:
    """Return what the police handed in themselves, and what somebody of the unit brought in."""
    return (
        [each for each in unread if each.answers_id is not None],
        [each for each in unread if each.answers_id is None],
    )


def days_of(unread: Collection[Delivery]) -> str:
    """Say when some deliveries came."""
    return list_words([moment_words(each.checked_at) for each in unread])
