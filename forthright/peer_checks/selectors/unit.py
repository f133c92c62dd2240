"""The checks of a unit in figures: how many, how long one takes, how often something changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.letters.models import LetterVersion
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors.lists import checks_visible_to
from forthright.rules.figures import Proportion
from forthright.rules.peer_check_settings import minutes_words, of_whom_alone

FOUND = (PeerCheck.Answer.CHANGES, PeerCheck.Answer.RETURNED)
ANSWERED = ~Q(answer=PeerCheck.Answer.OVERTAKEN)
# What came first is noticed only when letters are next given out, or are read in from elsewhere.
_WENT_BY_THEN = Q(letter__number=1, letter__duty__sent_at__lte=F("due_at")) | Q(
    letter__number__gt=1, letter__sent_at__lte=F("due_at")
)
_CHANGED_BY_THEN = Q(
    Exists(
        LetterVersion.objects.filter(
            letter=OuterRef("letter"), number__gt=OuterRef("version__number"),
            added_at__lte=OuterRef("due_at"),
        )
    )
)  # fmt: skip
_OFF_BY_THEN = (
    Q(letter__number=1, letter__duty__not_required_at__lte=F("due_at"))
    | Q(letter__number__gt=1, letter__given_up_at__lte=F("due_at"))
    | Q(letter__returned_at__lte=F("due_at"))
)  # fmt: skip
# Overtaken only after its hour had passed, in which nobody had looked.
NOT_LOOKED_AT = (
    ~ANSWERED & Q(answered_at__gt=F("due_at"))
    & ~_WENT_BY_THEN & ~_CHANGED_BY_THEN & ~_OFF_BY_THEN
)  # fmt: skip
# By the key in the address of its list, what a figure counts of the checks that ended.
SHOWN = {
    "changes": Q(answer__in=FOUND),
    "in-time": ANSWERED & Q(answered_at__lte=F("due_at")),
    "not-looked-at": NOT_LOOKED_AT,
}


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What came of the checks that were answered since a moment; each opens its records.

    In time is told of those whose hour passed unanswered too, also where the letter changed, went
    or was not required after that: else a look that nobody took would not be missed.
    """

    since: datetime
    with_changes: Proportion
    minutes: str
    # Where one person looked at all, or wrote all, a figure would be theirs: who, in words.
    alone: str
    in_time: Proportion
    not_looked_at: int

    @property
    def number(self) -> int:
        """Return how many were answered."""
        return self.with_changes.n


def unit_figures(user: User, since: datetime) -> UnitFigures:
    """Return the figures of the checks within a person's reach."""
    answered = ended_since(user, since)
    missed = ended_since(user, since, "not-looked-at").count()
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
        in_time=Proportion(sum(timely), len(rows) + missed),
        not_looked_at=missed,
    )


def ended_since(user: User, since: datetime, show: str = "") -> QuerySet[PeerCheck]:
    """Return the checks within reach that ended since a moment, the newest first.

    :param show: the key of `SHOWN` whose figure counts them; where it is none, all answered
    """
    rows = checks_visible_to(user).filter(SHOWN.get(show, ANSWERED), answered_at__gte=since)
    return rows.order_by("-answered_at", "-pk")
