"""Keeps apart what somebody had found of a letter whose look went to another before its answer."""

from datetime import datetime

from forthright.peer_checks.models import LevelLeft, LookLeft, PeerCheck, PeerLevel

# What is said of the letter as a whole, and how far a look has come.
WORDS = ("done_well", "to_change", "reasons_to_change")
COME = ("opened_at", "last_active_at", "seconds_spent")
OF_LEVEL = ("criterion_id", "level", "quotation", "quotation_start", "quotation_end", "note",
            "saved_at")  # fmt: skip


def put_away(check: PeerCheck, *, at: datetime) -> LookLeft | None:
    """Keep what whoever has a look found, and their time, as theirs; the look is as new then.

    Nothing is kept of whoever has not opened it.
    """
    levels = list(check.levels.all())
    said = [getattr(check, name) for name in (*COME, *WORDS)]
    if check.checker_id is None or not (levels or any(said)):
        return None
    left = LookLeft.objects.create(
        check_of=check, checker_id=check.checker_id, left_at=at,
        **{name: getattr(check, name) for name in (*COME, *WORDS)},
    )  # fmt: skip
    LevelLeft.objects.bulk_create(LevelLeft(look=left, **_level(each)) for each in levels)
    check.levels.all().delete()
    check.opened_at = check.last_active_at = None
    check.seconds_spent = 0
    check.done_well = check.to_change = check.reasons_to_change = ""
    check.save(update_fields=[*COME, *WORDS])
    return left


def take_up(check: PeerCheck) -> None:
    """Give whoever has a look again what they had found before it went to another."""
    left = LookLeft.objects.filter(check_of=check.pk, checker=check.checker_id).last()
    if left is None:
        return
    for name in (*COME, *WORDS):
        setattr(check, name, getattr(left, name))
    check.save(update_fields=[*COME, *WORDS])
    rows = [PeerLevel(check_of=check, **_level(each)) for each in left.levels.all()]
    PeerLevel.objects.bulk_create(rows)
    left.delete()


def _level(level: PeerLevel | LevelLeft) -> dict[str, object]:
    return {name: getattr(level, name) for name in OF_LEVEL}
