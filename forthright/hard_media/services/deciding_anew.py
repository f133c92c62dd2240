"""Decides anew how kept files play of which earlier rules said that they play as they came.

By those a file whose clock does not begin at 0, or in which a browser guesses where a moment lies,
was played as it came. Its times were then of another moment than what was cut or hidden by them.
By those before the last two, an MPEG file of several recordings joined was said not to play; by
those before the last, of a WebM of several joined the first alone was played, and of a Matroska
file of several it was not said why it does not play.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import storing
from forthright.hard_media.models import CutCopy, MediaItem, Playing
from forthright.hard_media.models.copies import OTHER_MOMENT
from forthright.hard_media.selectors.kept import files_kept
from forthright.hard_media.services.glance import draw_at_a_glance
from forthright.hard_media.services.items import step
from forthright.hard_media.services.late_parts import make_late_parts_anew
from forthright.hard_media.services.playing import (
    EVENTS,
    Outcome,
    Place,
    clear_making,
    outcome_of,
)
from forthright.media_files.shelves import NotThere
from forthright.media_playing.counting import WITHOUT_TABLE
from forthright.media_playing.deciding import EDITION, OF_CLOCKS, left_out_of, parts_of
from forthright.media_playing.joined import CLOCKED
from forthright.media_playing.probing import probe
from forthright.media_playing.recording import Recording
from forthright.rules.media_states import MediaState
from forthright.rules.words import date_words, day_of

How, State = Playing.How, CutCopy.State
MAY_BE_JOINED = Q(how=How.NOT_AT_ALL, container__in=CLOCKED, parts=None, edition__lt=3) | Q(
    how__in=[How.AS_IT_IS, How.NOT_AT_ALL], container="matroska", parts=None
)
REFUSAL = (
    "How its file plays was decided anew, and its clock is another than the one that these times "
    "were taken from. Play the file again and ask for the copy by the times that it shows now."
)


def decide_anew(*, by: User | None, at: datetime) -> int:
    """Decide anew what earlier rules decided, and shut what was cut by the times of those.

    Of sound without a table of times the length is counted. A file that cannot be read is left as
    it is until it can be.

    :return: how many files, and cameras and sounds of several, play in another way than before
    :raises ProgramMissing: if this machine has nothing that reads recordings
    :raises DiskFull: if there is no room for a copy
    :raises ReadBackDiffers: if the disk gives a copy back otherwise than it was made
    """
    parts = make_late_parts_anew(by=by, at=at)
    rows = Playing.objects.filter(edition__lt=EDITION)
    looked_at = Q(how=How.AS_IT_IS) | Q(container__in=WITHOUT_TABLE)
    looked_at = Q(looked_at, edition__lt=OF_CLOCKS) | MAY_BE_JOINED
    rows.exclude(looked_at).update(edition=EDITION)
    found = rows.filter(looked_at).select_related("sent_file").order_by("pk")
    return parts + sum(_decided_anew(each, by=by, at=at) for each in found)


def _decided_anew(playing: Playing, *, by: User | None, at: datetime) -> bool:
    sent, outcome = playing.sent_file, None
    try:
        with storing.original(f"{sent.incoming}-anew", sent.sha256) as path:
            found = probe(path)
            if playing.how in (How.AS_IT_IS, How.NOT_AT_ALL):
                outcome = outcome_of(path, sent, found, Place(1, parts_of(found)[0]), at)
    except (NotThere, OSError):
        return False
    is_other = outcome is not None and outcome.how != playing.how
    if outcome and outcome.how == playing.how == How.NOT_AT_ALL:
        Playing.objects.filter(pk=playing.pk).update(words=outcome.words)
    _note(playing.pk, found, outcome if is_other else None, by=by, at=at)
    clear_making(sent, 1)
    if is_other:
        draw_at_a_glance(sent, by=by, at=at)
    return is_other


@transaction.atomic
def _note(
    pk: int, found: Recording, outcome: Outcome | None, *, by: User | None, at: datetime
) -> None:
    item = MediaItem.objects.select_for_update().get(files__playing=pk)
    playing = Playing.objects.select_for_update(of=("self",)).get(pk=pk)
    if item.seconds is not None and playing.seconds and item.seconds == round(playing.seconds):
        item.seconds = round(found.seconds or playing.seconds)
    playing.edition, playing.seconds = EDITION, found.seconds
    playing.left_out = left_out_of(found)
    playing.missing_bytes = found.missing_bytes
    playing.lacks_more = found.missing_bytes > 0 and found.lacks_more
    shut: list[int] = []
    if outcome is not None:
        did_play = playing.plays
        shut = _plays_otherwise(playing, outcome, at)
        if _moves(item, playing, did_play=did_play):
            step(item, EVENTS[outcome.how], reason=outcome.words, by=by, at=at)
            item.is_readable = playing.plays
    playing.save()
    item.save()
    audit.record(
        "file.decided_anew", playing.sent_file, by=by, at=at, recording=item.pk,
        how=str(playing.how), copy=playing.sha256, seconds=playing.seconds, shut=shut,
    )  # fmt: skip


def _moves(item: MediaItem, playing: Playing, *, did_play: bool) -> bool:
    if not did_play:
        stands = playing.sent_file.superseded_at is None
        return stands and playing.plays and item.state == MediaState.UNPLAYABLE
    return item.state == MediaState.PLAYABLE and (playing.plays or not _another_plays(playing))


def _another_plays(playing: Playing) -> bool:
    others = files_kept().filter(item=playing.sent_file.item_id).exclude(pk=playing.sent_file_id)
    return others.filter(playing__isnull=False).exclude(playing__how=How.NOT_AT_ALL).exists()


def _said_of(playing: Playing, outcome: Outcome, at: datetime) -> str:
    if not playing.plays:
        return outcome.words
    return (
        f"{outcome.words} Until {date_words(day_of(at))} it was played as it came: a mark of "
        "before may be of another moment than its time says now."
    )


def _plays_otherwise(playing: Playing, outcome: Outcome, at: datetime) -> list[int]:
    """Let a file play in another way than before; return the copies that are shut for that."""
    said, copy = _said_of(playing, outcome, at), outcome.copy
    for row in (playing, playing.parts.filter(number=1).first()):
        if row is None:
            continue
        row.how, row.words, row.made_at = outcome.how, said, at
        row.sha256 = copy.copy_sha256 if copy else ""
        row.lineage = copy.as_table() if copy else {}
        if row is not playing:
            row.save()
    # Drawn by the clock of before.
    playing.sheet_sha256, playing.sheet_moments, playing.waveform = "", [], {}
    playing.drawn_at = None
    shut = []
    # Of further cameras and sounds there were copies before, which began at 0.
    first = (Q(picture__isnull=True) | Q(picture=0)) & (Q(sound__isnull=True) | Q(sound=0))
    rows = CutCopy.objects.select_for_update(of=("self",)).filter(first)
    for each in rows.filter(file=playing.sent_file_id):
        if each.state == State.ASKED:
            each.state, each.refusal = State.REFUSED, REFUSAL
        elif each.state == State.MADE:
            shown = each.lineage.get("shown", {})
            besides = [*(shown.get("besides") or []), OTHER_MOMENT]
            shown = {**shown, "besides": besides, "looked_at": at.astimezone(UTC).isoformat()}
            each.lineage = {**each.lineage, "shown": shown}
            shut.append(each.pk)
        each.save(update_fields=["state", "refusal", "lineage"])
    return shut
