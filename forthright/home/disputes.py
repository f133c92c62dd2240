"""The lines of the overview about disputes that concern a person and that they do not decide."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from forthright.accounts.models import User
from forthright.home.replies import letters_of, where
from forthright.home.task import Task
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors.told_disputes import parts_to_know
from forthright.reviews.models import Dispute
from forthright.reviews.selectors.told_disputes import disputes_to_know
from forthright.rules.words import day_words

MOST = 5
OPEN = "OPEN"
ENDED = {
    "ACCEPTED": "was accepted",
    "REFUSED": "was refused",
    "UNANSWERED": "was not decided in time",
}


@dataclass(frozen=True)
class Disputes:
    """What is new of disputes: those of what a person told others, and their own."""

    of_told: list[Task]
    own: list[Task]


def disputes_known_to(user: User, today: date) -> Disputes:
    """Return a line for each dispute that is new to this person, until they have opened it."""
    marks = list(disputes_to_know(user))
    parts = list(parts_to_know(user, today))
    letters = letters_of(parts)
    told = [_of_mark(each) for each in marks if each.feedback.told_by_id == user.pk]
    told += [_of_part(each, letters, today) for each in parts if each.told_by_id == user.pk]
    own = [_own_mark(each) for each in marks if each.feedback.drafter_id == user.pk]
    own += [_own_part(each, today) for each in parts if each.recipient_id == user.pk]
    return Disputes(of_told=told[:MOST], own=own[:MOST])


def _of_mark(dispute: Dispute) -> Task:
    address = reverse("reviews:review", args=[dispute.feedback.review.drawn_letter_id])
    who = dispute.feedback.drafter
    if dispute.outcome == OPEN:
        return _raised(f"{who} disputes a mark that you gave", address, dispute.decide_by)
    return Task(
        words=f"The dispute of a mark that you gave {ENDED[dispute.outcome]}", address=address,
        hint=f"Disputed by {who}",
    )  # fmt: skip


def _of_part(part: PartTold, letters: dict[int, int], today: date) -> Task:
    address, ended = where(part, letters), _outcome(part, today)
    if ended == OPEN:
        return _raised(f"{part.recipient} disputes what you told them", address, part.decide_by)
    return Task(
        words=f"The dispute of what you told {part.recipient} {ENDED[ended]}", address=address
    )


def _own_mark(dispute: Dispute) -> Task:
    address = reverse("reviews:feedback", args=[dispute.feedback_id])
    return Task(words=f"Your dispute of a mark {ENDED[dispute.outcome]}", address=address)


def _own_part(part: PartTold, today: date) -> Task:
    ended = ENDED[_outcome(part, today)]
    return Task(
        words=f"Your dispute of what {part.told_by} told you {ended}",
        address=reverse("peer_checks:part", args=[part.pk]),
    )


def _raised(words: str, address: str, decide_by: date | None) -> Task:
    hint = f"Somebody else decides by the end of {day_words(decide_by)}." if decide_by else ""
    return Task(words=words, address=address, hint=hint)


def _outcome(part: PartTold, today: date) -> str:
    return "UNANSWERED" if part.is_unanswered_on(today) else part.outcome
