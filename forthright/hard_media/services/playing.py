"""Finds out whether kept files play, makes copies that do, and notes who opened them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies, storing
from forthright.hard_media.models import MediaItem, Playing, PlayingPart, SentFile
from forthright.hard_media.services.handing import check_unharmed
from forthright.hard_media.services.items import step
from forthright.media_files.reading import ReadBackDiffers, digests_of
from forthright.media_playing import lineage, making
from forthright.media_playing.deciding import EDITION, Part, Verdict, decide, left_out_of, parts_of
from forthright.media_playing.half_made import AlreadyThere
from forthright.media_playing.lineage import Lineage
from forthright.media_playing.probing import probe
from forthright.media_playing.programs import DiskFull, Stopped
from forthright.media_playing.proving import NotProved
from forthright.media_playing.recording import Recording
from forthright.rules.media_states import HOLDS_FILES, MediaEvent, MediaState

How = Playing.How
EVENTS = {
    How.AS_IT_IS: MediaEvent.PLAY,
    How.REWRAPPED: MediaEvent.MAKE_DERIVATIVE,
    How.SOUND_CONVERTED: MediaEvent.MAKE_DERIVATIVE,
    How.CONVERTED: MediaEvent.MAKE_DERIVATIVE,
    How.NOT_AT_ALL: MediaEvent.FAIL_TO_PLAY,
}
DONE = {
    How.REWRAPPED: "The same pictures and sound, put into a file that browsers open.",
    How.SOUND_CONVERTED: "The same pictures; the sound was converted.",
    How.CONVERTED: "Converted for playing, so less sharp than the original.",
}


@dataclass(frozen=True)
class Place:
    """Where a part stands among those of its file, from 1."""

    number: int
    part: Part


@dataclass(frozen=True)
class Outcome:
    """How a part of a file plays in the end, in words, and the copy where one was made."""

    part: Part
    how: How
    words: str
    copy: Lineage | None = None


def make_playable(sent: SentFile, *, by: User | None, at: datetime) -> Playing:
    """Look into a kept file and make the copy of it that plays, where it needs one; twice is once.

    Of a file that holds several cameras or sounds each gets a copy, or the reason why it has none.
    The file itself is only read. A recording of which no file plays is recorded as such, so that
    the police are asked for one that does.

    :raises ProgramMissing: if this machine has nothing that reads recordings
    :raises DiskFull: if there is no room for the copy
    :raises ReadBackDiffers: if the disk gives the copy back otherwise than it was made
    """
    playing = Playing.objects.filter(sent_file=sent).first()
    if playing is None:
        with storing.original(sent.incoming, sent.sha256) as path:
            found = probe(path)
            outcomes = [
                outcome_of(path, sent, found, Place(number, part), at)
                for number, part in enumerate(parts_of(found), start=1)
            ]
        playing = _note(sent, found, outcomes, by=by, at=at)
    for number in range(1, max(playing.parts.count(), 1) + 1):
        clear_making(sent, number)
    return playing


def outcome_of(
    path: Path, sent: SentFile, found: Recording, place: Place, at: datetime
) -> Outcome:  # fmt: skip
    """Return how a part plays in the end, once the copy that it needs is made and kept.

    :raises DiskFull: if there is no room for the copy
    :raises ReadBackDiffers: if the disk gives the copy back otherwise than it was made
    """
    part = place.part
    decision = decide(found, picture=part.picture or 0, sound=part.sound or 0)
    words = " ".join(decision.reasons)
    if decision.verdict is Verdict.PLAYS:
        return Outcome(part, How.AS_IT_IS, words)
    if decision.verdict is Verdict.NOT_PLAYABLE:
        return Outcome(part, How.NOT_AT_ALL, words)
    try:
        copy = _kept_copy(path, sent, place, at)
    except DiskFull:
        raise
    except (Stopped, NotProved) as fault:
        words = f"{words} No copy that plays could be made: {fault}"
        return Outcome(part, How.NOT_AT_ALL, words)
    how = _how(copy)
    return Outcome(part, how, f"{DONE[how]} {copy.reason}", copy)


def _how(copy: Lineage) -> How:
    if copy.operation == "remux":
        return How.REWRAPPED
    pictures = copy.shown["pictures"]
    return How.SOUND_CONVERTED if pictures and pictures["is_same"] else How.CONVERTED


def _kept_copy(path: Path, sent: SentFile, place: Place, at: datetime) -> Lineage:
    """Make the copy of a part and keep it; one that was made before a crash is taken as it is."""
    into = _making_place(sent, place.number)
    try:
        made = making.make_playable(
            path, into, at=at, sha256=sent.sha256, picture=place.part.picture or 0,
            sound=place.part.sound or 0,
        )  # fmt: skip
    except AlreadyThere:
        made = lineage.read_beside(into)
    digests, _ = digests_of(into)
    if digests.sha256 != made.copy_sha256:
        clear_making(sent, place.number)
        raise ReadBackDiffers("What the disk gives back of the copy is not what was made.")
    storing.store().shelf.put(into, digests)
    return made


def _making_place(sent: SentFile, number: int) -> Path:
    name = sent.incoming if number == 1 else f"{sent.incoming}-{number}"
    return storing.making_place(name, "mp4")


def clear_making(sent: SentFile, number: int) -> None:
    """Remove the place in which a copy was made, once the copy is kept and noted."""
    into = _making_place(sent, number)
    for each in (into, lineage.place_beside(into)):
        each.unlink(missing_ok=True)


@transaction.atomic
def _note(
    sent: SentFile, found: Recording, outcomes: list[Outcome], *, by: User | None, at: datetime
) -> Playing:
    # What stands for the file is its first camera or sound that plays.
    outcome = next((each for each in outcomes if each.how != How.NOT_AT_ALL), outcomes[0])
    item = MediaItem.objects.select_for_update().get(pk=sent.item_id)
    picture = outcome.part.picture
    shown = found.pictures[picture] if picture is not None else None
    copy = outcome.copy
    playing, is_new = Playing.objects.get_or_create(
        sent_file=sent,
        defaults={
            "how": outcome.how, "words": outcome.words, "seconds": found.seconds,
            "has_pictures": shown is not None, "container": found.container[:40],
            "frames_a_second": shown.frame_rate if shown else None,
            "shortest_gap": shown.shortest_gap if shown else None,
            "sha256": copy.copy_sha256 if copy else "",
            "lineage": copy.as_table() if copy else {}, "made_at": at, "edition": EDITION,
            "left_out": left_out_of(found), "missing_bytes": found.missing_bytes,
            "lacks_more": found.missing_bytes > 0 and found.lacks_more,
        },
    )  # fmt: skip
    if not is_new:
        return playing
    if len(outcomes) > 1:
        PlayingPart.objects.bulk_create(
            PlayingPart(
                playing=playing, number=number, picture=each.part.picture, sound=each.part.sound,
                how=each.how, words=each.words, made_at=at,
                sha256=each.copy.copy_sha256 if each.copy else "",
                lineage=each.copy.as_table() if each.copy else {},
            )
            for number, each in enumerate(outcomes, start=1)
        )  # fmt: skip
    audit.record(
        "file.looked_into", sent, by=by, at=at, recording=item.pk, how=outcome.how.value,
        copy=playing.sha256, same_pictures=playing.same_pictures,
        parts=[each.how.value for each in outcomes],
    )  # fmt: skip
    if SentFile.objects.filter(pk=sent.pk, superseded_at__isnull=False).exists():
        return playing  # of the copy before, of which nothing is said of the next
    if _moves(item, playing):
        step(item, EVENTS[outcome.how], reason=outcome.words, by=by, at=at)
        item.is_readable = playing.plays
    if item.seconds is None and found.seconds:
        item.seconds = round(found.seconds)
    item.save()
    return playing


def _moves(item: MediaItem, playing: Playing) -> bool:
    """Say whether a file moves its recording; one that does not play beside one that does not."""
    if MediaState(item.state) not in (*HOLDS_FILES, MediaState.UNPLAYABLE):
        return False
    others = SentFile.objects.filter(
        item=item, state=SentFile.State.KEPT, superseded_at__isnull=True
    )
    others = others.exclude(pk=playing.sent_file_id)
    waits = others.exclude(playing__how=How.NOT_AT_ALL).exists()
    return playing.plays or (item.state != MediaState.UNPLAYABLE and not waits)


@transaction.atomic
def open_file(
    sent: SentFile, *, by: User, at: datetime, part: PlayingPart | None = None
) -> None:  # fmt: skip
    """Note that a person opened a file, or one of its cameras or sounds, to see or hear it.

    :raises NotAllowed: if the recording is another unit's
    """
    policies.check_can_play(by, sent.item)
    number = part.number if part else None
    audit.record("file.opened", sent, by=by, at=at, recording=sent.item_id, part=number)


def download_file(sent: SentFile, *, by: User, at: datetime) -> None:
    """Note that a person takes a file out, and what it came to when it was read for that.

    :raises NotAllowed: if the recording is another unit's
    :raises Damaged: if it is no longer what came; then nothing goes
    """
    policies.check_can_play(by, sent.item)
    check_unharmed(sent, sent.sha256, by=by, at=at)
    with transaction.atomic():
        audit.record(
            "file.taken_out", sent, by=by, at=at, recording=sent.item_id, sha256=sent.sha256
        )  # fmt: skip
