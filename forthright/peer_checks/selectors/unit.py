"""The checks of a unit in figures: how many, how long one takes, how often something changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from forthright.accounts.models import User
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors.lists import checks_visible_to
from forthright.rules.figures import Proportion
from forthright.rules.peer_check_settings import minutes_words, of_whom_alone

FOUND = (PeerCheck.Answer.CHANGES, PeerCheck.Answer.RETURNED)
# By the key in the address of its list, what a figure counts of the checks that were answered.
SHOWN = {"changes": Q(answer__in=FOUND), "in-time": Q(answered_at__lte=F("due_at"))}


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What came of the checks that were answered since a moment; each opens its records."""

    since: datetime
    with_changes: Proportion
    minutes: str
    # Where one person looked at all, or wrote all, a figure would be theirs: who, in words.
    alone: str
    in_time: Proportion

    @property
    def number(self) -> int:
        """Return how many were answered."""
        return self.with_changes.n


def unit_figures(user: User, since: datetime) -> UnitFigures:
    """Return the figures of the checks within a person's reach."""
    answered = answered_since(user, since)
    rows = list(answered.values_list(
        "answer", "seconds_spent", "answered_at", "due_at", "checker", "drafter"
    ))  # fmt: skip
    checkers = [checker for *_, checker, _ in rows]
    timely = [at is not None and at <= due for _, _, at, due, _, _ in rows]
    return UnitFigures(
        since=since,
        with_changes=Proportion(sum(answer in FOUND for answer, *_ in rows), len(rows)),
        minutes=minutes_words([seconds for _, seconds, *_ in rows], checkers),
        alone=of_whom_alone(checkers, [drafter for *_, drafter in rows]),
        in_time=Proportion(sum(timely), len(rows)),
    )


def answered_since(user: User, since: datetime, show: str = "") -> QuerySet[PeerCheck]:
    """Return the checks within reach that somebody answered since a moment, the newest first.

    :param show: the key of `SHOWN` whose figure counts them; all, where it is none
    """
    rows = checks_visible_to(user).filter(SHOWN.get(show, Q()), answered_at__gte=since)
    rows = rows.exclude(answer=PeerCheck.Answer.OVERTAKEN)
    return rows.order_by("-answered_at", "-pk")
