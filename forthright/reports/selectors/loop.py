"""What the weekly report tells of the daily loop, as it stood when the report was made."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from forthright.accounts.models import Area
from forthright.letters.models import Letter
from forthright.letters.selectors.checks import (
    Bound,
    check_settings_of,
    went_under_a_required_look,
)
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.selectors.unit import NOT_LOOKED_AT
from forthright.rules.recurrence import counted_once
from forthright.rules.weekly_report.loop import POOLED_WEEKS
from forthright.rules.weekly_report.loop_facts import (
    LetterToldFact,
    LoopFacts,
    PartFact,
    PeerCheckFact,
    WatchFact,
)
from forthright.rules.weeks import Week
from forthright.watches.selectors.watching import (
    Watched,
    failing_in,
    rules_of_watches,
    watches_of,
)
from forthright.web import clock

OVERTAKEN = PeerCheck.Answer.OVERTAKEN
FOUND = {PeerCheck.Answer.CHANGES, PeerCheck.Answer.RETURNED}


def loop_of(area: Area, week: Week, *, as_of: date) -> LoopFacts | None:
    """Return the facts of the loop, or None where no letter was ever put forward.

    Nothing that was done on the day of the report or later is known to it.
    """
    known = clock.start_of(as_of)
    end = min(known, clock.end_of(week.sunday))
    checks = PeerCheck.objects.filter(area=area, put_forward_at__lt=known)
    told = PartTold.objects.filter(area=area, told_at__lt=known)
    watched = watches_of(area, now=end, known=known)
    first = clock.start_of(week.monday)
    bound = went_under_a_required_look(area, first=first, end=end, known=known)
    if not checks.exists() and not told.exists() and not watched and not bound:
        return None
    counted = counted_once([each.watch for each in watched])
    ended = checks.filter(answered_at__gte=first, answered_at__lt=end)
    ended = ended.order_by("answered_at", "pk")
    missed = tuple(ended.filter(NOT_LOOKED_AT).values_list("pk", flat=True))
    overtaken = ended.filter(answer=OVERTAKEN).exclude(pk__in=missed)
    waiting = checks.filter(Q(answered_at=None) | Q(answered_at__gte=known))
    late = waiting.filter(due_at__lt=known).order_by("due_at", "pk")
    return LoopFacts(
        checks=tuple(_check(each) for each in ended.exclude(answer=OVERTAKEN)),
        missed=missed,
        overtaken=tuple(overtaken.values_list("pk", flat=True)),
        late=tuple(late.values_list("pk", flat=True)),
        waiting=waiting.count(),
        bound=tuple(bound),
        waived=tuple(pk for pk, became in bound.items() if became is Bound.LET_GO),
        escaped=tuple(pk for pk, became in bound.items() if became is Bound.ESCAPED),
        parts=_parts(area, week, end, known),
        watches=tuple(
            WatchFact(
                duty=each.of.duty_id, criterion=each.of.told.criterion, label=each.of.asked.label,
                is_complete=each.is_complete, is_again=bool(each.watch.again),
                author=each.of.told.author, is_counted=counts,
                is_shown=each.is_open_to_others(end), letters=len(each.watch.seen),
            )
            for each, counts in zip(watched, counted, strict=True)
        ),
        letters_told=_letters_told(area, watched, end, known),
        check_rules=f"letters are looked at by {check_settings_of(area, week.sunday).version}",
        watch_rules=f"the author’s {rules_of_watches(area, watched, end)}",
    )  # fmt: skip


def duties_of_loop(loop: LoopFacts | None) -> set[int]:
    """Return the letters behind the figures of the loop, whose standing is frozen too."""
    if loop is None:
        return set()
    checks = PeerCheck.objects.filter(
        pk__in=[*(each.id for each in loop.checks), *loop.missed, *loop.overtaken, *loop.late]
    )
    parts = PartTold.objects.filter(pk__in=[each.id for each in loop.parts])
    return {
        *checks.values_list("letter__duty_id", flat=True),
        *Letter.objects.filter(pk__in=loop.bound).values_list("duty_id", flat=True),
        *parts.values_list("version__letter__duty_id", flat=True),
        *(each.duty for each in loop.watches),
        *(each.duty for each in loop.letters_told),
    }


def _letters_told(
    area: Area, watched: Sequence[Watched], end: datetime, known: datetime
) -> tuple[LetterToldFact, ...]:
    """Return what share of letters fails each criterion of which a repeat-fault rate is given."""
    failing = failing_in(area, watched, now=end, known=known)
    numbers = {int(letter) for letters in failing.values() for _, letter in letters}
    duties = dict(Letter.objects.filter(pk__in=numbers).values_list("pk", "duty_id"))
    return tuple(
        LetterToldFact(
            duty=duties[int(letter)], letter=letter, criterion=criterion, author=author,
            is_failed=is_failed,
        )
        for criterion, letters in failing.items()
        for (author, letter), is_failed in letters.items()
    )  # fmt: skip


def _check(check: PeerCheck) -> PeerCheckFact:
    return PeerCheckFact(
        id=check.pk,
        letter=check.letter_id,
        found_faults=check.answer in FOUND,
        in_time=check.answered_at is not None and check.answered_at <= check.due_at,
        seconds=check.seconds_spent,
        checker=check.checker_id or 0,
        drafter=check.drafter_id,
    )


def _parts(area: Area, week: Week, end: datetime, known: datetime) -> tuple[PartFact, ...]:
    first = clock.start_of(week.plus(1 - POOLED_WEEKS).monday)
    parts = PartTold.objects.filter(area=area, told_at__gte=first, told_at__lt=end)
    return tuple(_part(each, known) for each in parts.order_by("told_at", "pk"))


def _part(part: PartTold, known: datetime) -> PartFact:
    is_disputed = part.disputed_at is not None and part.disputed_at < known
    return PartFact(
        id=part.pk,
        is_read=part.read_at is not None and part.read_at < known,
        is_disputed=is_disputed,
        is_decided_in_time=_is_in_time(part, known) if is_disputed else None,
        recipient=part.recipient_id,
    )


def _is_in_time(part: PartTold, known: datetime) -> bool:
    """Return whether a dispute was decided by its day, or that day had not passed."""
    if part.decide_by is None:
        return True
    is_decided = part.decided_at is not None and part.decided_at < known
    day = clock.day_of(part.decided_at if is_decided and part.decided_at else known)
    return day <= part.decide_by
