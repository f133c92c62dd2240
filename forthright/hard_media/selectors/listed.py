"""How the hearing of a case stands in the register, for rooms that count from it."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet

from forthright.cases.hearings import Listed
from forthright.hard_media.models import Hearing, HearingMove
from forthright.rules.words import day_words


def listed_in_register(case_id: int) -> Listed | None:
    """Return how the hearing of a case is listed, or nothing where it is not in the register."""
    done_on = Min("moves__old_on", filter=Q(moves__is_done=True))
    rows = Hearing.objects.filter(case=case_id).annotate(done_on=done_on)
    row = rows.values_list("on", "sent_on", "done_on").first()
    return Listed(*row) if row else None


def first_listed_words(hearing: Hearing) -> str:
    """Say on which day a hearing is listed that came into the register with one."""
    return f"The register has it listed on {day_words(hearing.on)}" if hearing.on else ""


def moved_words(move: HearingMove) -> str:
    """Say where a hearing stands in the register since a move, and why."""
    stands = f"is on {day_words(move.new_on)}" if move.new_on else "is taken out of the list"
    return f"The hearing {stands} in the register: {move.reason}"


def changes_in_register(case_id: int, since: datetime) -> list[str]:
    """Say why the hearing of a case got another day since a moment, the last change first."""
    moves = list(HearingMove.objects.filter(hearing__case=case_id, moved_at__gt=since))
    if moves:
        return [moved_words(each) for each in moves]
    came = Hearing.objects.filter(case=case_id, added_at__gt=since).first()
    return [words] if came and (words := first_listed_words(came)) else []


def sent_in_register() -> "QuerySet[Any, Any]":
    """Return the ids of the cases of which the register has the day of sending."""
    return Hearing.objects.filter(sent_on__isnull=False).values("case")
