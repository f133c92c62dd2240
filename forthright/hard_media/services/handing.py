"""Reads what is to be handed out once more before it goes: nobody gets bytes that changed."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import storing
from forthright.hard_media.models import SentFile
from forthright.media_files.store import Verdict


class Damaged(Exception):
    """What is kept is not what came any more, so that nothing of it goes; the message says so."""


def check_unharmed(sent: SentFile, sha256: str, *, by: User | None, at: datetime) -> None:
    """Read all of a file, or of a copy of it, and refuse to hand out what it no longer is.

    That it is damaged is recorded, whatever becomes of the act.

    :param sha256: what it came to when it was kept
    :raises Damaged: if it comes to something else now, is gone or cannot be read
    """
    verdict = storing.store().verify(sha256).verdict
    if verdict is Verdict.SAME:
        return
    with transaction.atomic():
        audit.record(
            "file.damaged", sent, by=by, at=at, recording=sent.item_id, sha256=sha256,
            found=verdict.value,
        )  # fmt: skip
    raise Damaged(f"Nothing is handed out: what is kept of it is {verdict.value}.")
