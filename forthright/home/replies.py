"""The lines of the overview about replies to feedback that a person gave."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from forthright.accounts.models import User
from forthright.home.task import Task
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors.parts import replies_to_read as replies_to_parts
from forthright.reviews.models import Review
from forthright.reviews.selectors.lists import replies_to_read
from forthright.rules.words import moment_words

MOST = 5


def reply_tasks(user: User) -> list[Task]:
    """Return the replies to what this person told others, until they have opened them."""
    return [*_to_marks(user), *_to_parts(user)][:MOST]


def _to_marks(user: User) -> list[Task]:
    return [
        _task(
            each.drafter,
            each.replied_at,
            reverse("reviews:review", args=[each.review.drawn_letter_id]),
        )
        for each in replies_to_read(user)
        .select_related(None)
        .select_related("review", "drafter")[:MOST]
    ]


def _to_parts(user: User) -> list[Task]:
    rows = replies_to_parts(user).select_related(None)
    told = list(rows.select_related("version", "recipient")[:MOST])
    letters = letters_of(told)
    return [_task(each.recipient, each.replied_at, where(each, letters)) for each in told]


def letters_of(parts: Iterable[PartTold]) -> dict[int, int]:
    """Return by number of a marking that told any of these parts the drawn letter that it is of."""
    numbers = [each.review_number for each in parts if each.review_number]
    rows = Review.objects.filter(pk__in=numbers) if numbers else Review.objects.none()
    return dict(rows.values_list("pk", "drawn_letter"))


def where(part: PartTold, letters: dict[int, int]) -> str:
    """Return the page on which whoever told a part reads the reply to it, or its dispute.

    :param letters: see `letters_of`
    """
    if part.review_number in letters:
        return reverse("reviews:review", args=[letters[part.review_number]])
    return reverse("peer_checks:of_letter", args=[part.version.letter_id])


def _task(who: User | None, at: datetime | None, address: str) -> Task:
    hint = moment_words(at) if at else ""
    return Task(words=f"{who} replied to your feedback", address=address, hint=hint)
