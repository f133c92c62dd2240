"""Makes anew the copies of cameras and sounds that began later than the first in their file.

Before, the clock of such a copy began late too, so that no browser reached its end. One by whose
clock something was marked, cut or hidden stays as it is: those times would be of another moment.
"""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import storing
from forthright.hard_media.models import CutCopy, MediaMark, PlayingPart
from forthright.hard_media.services.playing import Outcome, Place, clear_making, outcome_of
from forthright.media_files.shelves import NotThere
from forthright.media_playing.deciding import EDITION, Part
from forthright.media_playing.probing import probe


def make_late_parts_anew(*, by: User | None, at: datetime) -> int:
    """Make such copies anew of what earlier rules decided; return how many were.

    A file that cannot be read keeps the copy that it has, and so does one of which no other can be
    made.

    :raises ProgramMissing: if this machine has nothing that reads recordings
    :raises DiskFull: if there is no room for a copy
    :raises ReadBackDiffers: if the disk gives a copy back otherwise than it was made
    """
    rows = PlayingPart.objects.filter(playing__edition__lt=EDITION, number__gt=1)
    rows = rows.exclude(sha256="").select_related("playing__sent_file").order_by("pk")
    late = [each for each in rows if each.begins and not _has_times(each)]
    return sum(_made_anew(each, by=by, at=at) for each in late)


def _has_times(part: PlayingPart) -> bool:
    """Say whether times may have been taken by the clock of a copy; a mark names no camera."""
    sent = part.playing.sent_file_id
    cut = CutCopy.objects.filter(file=sent, picture=part.picture, sound=part.sound)
    return cut.exists() or MediaMark.objects.filter(file=sent, removed_at=None).exists()


def _made_anew(part: PlayingPart, *, by: User | None, at: datetime) -> bool:
    sent = part.playing.sent_file
    place = Place(part.number, Part(part.picture, part.sound))
    try:
        with storing.original(f"{sent.incoming}-anew", sent.sha256) as path:
            outcome = outcome_of(path, sent, probe(path), place, at)
    except (NotThere, OSError):
        return False
    is_made = outcome.copy is not None and _note(part.pk, outcome, by=by, at=at)
    clear_making(sent, part.number)
    return is_made


@transaction.atomic
def _note(pk: int, outcome: Outcome, *, by: User | None, at: datetime) -> bool:
    part = PlayingPart.objects.select_for_update(of=("self",)).get(pk=pk)
    if outcome.copy is None or _has_times(part):
        return False
    is_what_stands = part.sha256 == part.playing.sha256
    part.how, part.words, part.made_at = outcome.how, outcome.words, at
    part.sha256, part.lineage = outcome.copy.copy_sha256, outcome.copy.as_table()
    part.save(update_fields=["how", "words", "made_at", "sha256", "lineage"])
    if is_what_stands:
        part.playing.sha256, part.playing.lineage = part.sha256, part.lineage
        part.playing.save(update_fields=["sha256", "lineage"])
    audit.record(
        "file.part_made_anew", part.playing.sent_file, by=by, at=at,
        recording=part.playing.sent_file.item_id, part=part.number, copy=part.sha256,
    )  # fmt: skip
    return True
