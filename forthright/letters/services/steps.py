"""Records how far a letter has come: on the duty for the one that is owed, else on the letter."""

from datetime import datetime

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import Letter
from forthright.letters.services.holding import hold_back_waiting
from forthright.schemes.services import clear_stage, record_stage


def locked(letter: Letter) -> Letter:
    """Return the row of a letter and hold it; made now, if nothing of it was kept before."""
    kept, _ = Letter.objects.get_or_create(
        duty_id=letter.duty_id, number=letter.number, defaults={"area_id": letter.area_id}
    )
    return Letter.objects.select_for_update().get(pk=kept.pk)


def record_step(
    letter: Letter, step: str, happened_at: datetime, *, by: User | None, at: datetime
) -> None:
    """Record when a step of a letter was taken.

    :raises NotAllowed: if the letter is owed and not this person's to record
    :raises MoveNotAllowed: if it is owed and has not come so far
    """
    if letter.is_owed:
        record_stage(letter.duty, step, happened_at, by=by, at=at)
        return
    Letter.objects.filter(pk=letter.pk).update(**{f"{step}_at": happened_at})
    audit.record(f"letter.other_{step}", letter, by=by, at=at, happened_at=happened_at)


def clear_step(
    letter: Letter,
    step: str,
    *,
    reason: str,
    by: User | None,
    at: datetime,
    came_back: bool = False,
) -> None:
    """Take a step back with the reason, where it was recorded.

    What others had a letter for that `came_back`, or how long it was out and did not arrive, is
    kept where its steps are judged.

    :raises NotAllowed: if the letter is owed and not this person's to record
    """
    field = f"{step}_at"
    letter.steps.refresh_from_db(fields=[field])
    before = getattr(letter.steps, field)
    if before is None:
        return
    if letter.is_owed:
        clear_stage(letter.duty, step, reason=reason, by=by, at=at, came_back=came_back)
        return
    Letter.objects.filter(pk=letter.pk).update(**{field: None})
    audit.record(f"letter.other_{step}_cleared", letter, by=by, at=at, was=before, reason=reason)


def forget_approval(letter: Letter, why: str, *, by: User | None, at: datetime) -> None:
    """Let the words of a letter stand approved no longer, and hold back what waits to go."""
    hold_back_waiting(letter, why, by=by, at=at)
    letter.approved_version, letter.approved_at, letter.approved_by = None, None, None
    if letter.pk:
        letter.save(update_fields=["approved_version", "approved_at", "approved_by"])


def give_back(letter: Letter, asked: str, *, why: str, by: User | None, at: datetime) -> None:
    """Give a letter back to its drafter: what was approved and handed over is so no longer.

    `asked` is what the drafter is to do; `why` stands in the record and beside what is held back.
    """
    # The draft first: when it had been approved is kept with it.
    for step in ("drafted", "approved"):
        clear_step(letter, step, reason=why, by=by, at=at, came_back=True)
    forget_approval(letter, why, by=by, at=at)
    letter.returned_because, letter.returned_at, letter.returned_by = asked, at, by
    letter.save(update_fields=["returned_because", "returned_at", "returned_by"])
    audit.record("letter.returned", letter, by=by, at=at)
