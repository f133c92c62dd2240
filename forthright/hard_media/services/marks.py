"""Notes what is seen or heard at moments of a recording."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import MediaMark, SentFile
from forthright.rules.written import reason_in

LEAST = 3  # letters of a note: "key" says something


class MarkRefused(ValueError):
    """A moment cannot be marked so; the message says why."""


@transaction.atomic
def mark_moment(
    sent: SentFile, seconds: float, note: str, *, by: User | None, at: datetime
) -> MediaMark:
    """Note what is seen or heard at a moment of a file; only this side ever reads it.

    :raises NotAllowed: if the recording is another unit's
    :raises MarkRefused: if nobody says what is seen or heard
    """
    policies.check_can_play(by, sent.item)
    said = reason_in(note, least=LEAST)
    if not said:
        raise MarkRefused("Say what is seen or heard.")
    mark = MediaMark.objects.create(file=sent, seconds=seconds, note=said, made_at=at, made_by=by)
    audit.record("file.marked", sent, by=by, at=at, mark=mark.pk, seconds=seconds)
    return mark


@transaction.atomic
def remove_mark(mark: MediaMark, *, by: User | None, at: datetime) -> MediaMark:
    """Take a mark off the page; it stays kept. Twice is once.

    :raises NotAllowed: if the recording is another unit's
    """
    policies.check_can_play(by, mark.file.item)
    mark = MediaMark.objects.select_for_update().get(pk=mark.pk)
    if mark.removed_at is None:
        mark.removed_at, mark.removed_by = at, by
        mark.save(update_fields=["removed_at", "removed_by"])
        audit.record("file.mark_removed", mark.file, by=by, at=at, mark=mark.pk)
    return mark
