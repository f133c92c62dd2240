"""Reads what is kept once more: nobody is handed bytes that changed, and that they did is kept."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import storing
from forthright.hard_media.models import CutCopy, Damage, SentFile
from forthright.hard_media.selectors.damaged import damages
from forthright.hard_media.selectors.harmed import DAMAGE_FOUND, DAMAGE_MENDED, FILE_DAMAGED
from forthright.media_files.store import Verdict, Verified

UNREADABLE = f"{Verdict.UNREADABLE.value}. Try again later; if it stays so, tell whoever runs this."


class Damaged(Exception):
    """What is kept is not what came any more, so that nothing of it goes; the message says so."""


def check_unharmed(sent: SentFile, sha256: str, *, by: User | None, at: datetime) -> None:
    """Read all of a file, or of a copy of it, and refuse to hand out what it no longer is.

    That it is damaged is recorded, whatever becomes of the act.

    :param sha256: what it came to when it was kept
    :raises Damaged: if it comes to something else now, is gone or cannot be read
    """
    read = storing.store().verify(sha256)
    if read.verdict is Verdict.UNREADABLE:
        raise Damaged(f"Nothing is handed out: what is kept of it is {UNREADABLE}")
    with transaction.atomic():
        if read.verdict is not Verdict.SAME:
            audit.record(
                FILE_DAMAGED, sent, by=by, at=at, recording=sent.item_id, sha256=sha256,
                found=read.verdict.value,
            )  # fmt: skip
        note_read(read, by=by, at=at)
    if read.verdict is not Verdict.SAME:
        raise Damaged(f"Nothing is handed out: what is kept of it is {read.verdict.value}.")


@transaction.atomic
def note_read(read: Verified, *, by: User | None, at: datetime) -> None:
    """Keep that something is damaged, or whole again, as it was found to be when it was read.

    Of what nothing in the register was ever kept under nothing is said, nor of what cannot be read
    at this moment: a storage that does not answer has lost nothing.
    """
    if read.verdict is Verdict.UNREADABLE:
        return
    if read.verdict is Verdict.SAME:
        note_whole_again([read.sha256], by=by, at=at)
        return
    files = SentFile.objects.filter(sha256=read.sha256)
    if not (files.exists() or CutCopy.objects.filter(sha256=read.sha256).exists()):
        return
    damage, is_new = Damage.objects.get_or_create(
        sha256=read.sha256, mended_at=None, defaults={"found": read.verdict.value, "found_at": at}
    )
    if is_new:
        audit.record(DAMAGE_FOUND, damage, by=by, at=at, sha256=read.sha256)


@transaction.atomic
def note_whole_again(digests: Iterable[str], *, by: User | None, at: datetime) -> bool:
    """Keep that what was damaged is whole, so that it counts and is handed out again.

    Say whether any of it was damaged.
    """
    found = list(damages().select_for_update().filter(sha256__in=digests))
    for damage in found:
        damage.mended_at = at
        damage.save(update_fields=["mended_at"])
        audit.record(DAMAGE_MENDED, damage, by=by, at=at, sha256=damage.sha256)
    return bool(found)
