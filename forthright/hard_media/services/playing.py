"""Finds out whether kept files play, makes copies that do, and notes who opened them."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies, storing
from forthright.hard_media.models import MediaItem, Playing, SentFile
from forthright.hard_media.services.items import step
from forthright.media_files import playing as player
from forthright.media_files.reading import digests_of
from forthright.media_files.shelves import DiskShelf
from forthright.rules.media_play import HowItPlays, Picture, Play, Probed, how_it_plays
from forthright.rules.media_states import HOLDS_FILES, MediaEvent, MediaState

EVENTS = {
    Play.AS_IT_IS: MediaEvent.PLAY,
    Play.REWRAPPED: MediaEvent.MAKE_DERIVATIVE,
    Play.SOUND_CONVERTED: MediaEvent.MAKE_DERIVATIVE,
    Play.CONVERTED: MediaEvent.MAKE_DERIVATIVE,
    Play.NOT_AT_ALL: MediaEvent.FAIL_TO_PLAY,
}


@dataclass(frozen=True, kw_only=True)
class _Copy:
    sha256: str
    length: int
    command: str
    same_pictures: bool
    same_sound: bool


def make_playable(sent: SentFile, *, by: User | None, at: datetime) -> Playing:
    """Look into a kept file and make the copy of it that plays, where it needs one; twice is once.

    The file itself is only read. A recording of which no file plays is recorded as such, so that
    the police are asked for one that does.
    """
    known = Playing.objects.filter(sent_file=sent).first()
    if known is not None:
        return known
    with _original(sent) as path:
        found = probed(path)
        verdict, copy = _copied(path, sent, how_it_plays(found))
    return _note(sent, found, verdict, copy, by=by, at=at)


def probed(path: Path) -> Probed:
    """Return what is in a file, as the rules of playing ask it."""
    found = player.look_into(path)
    return Probed(
        wrapper=found.wrapper,
        pictures=tuple(Picture(codec=codec, is_plain=plain) for codec, plain in found.pictures),
        sounds=found.sounds,
        seconds=found.seconds,
        frames_a_second=found.frames_a_second,
    )


def _copied(path: Path, sent: SentFile, verdict: HowItPlays) -> tuple[HowItPlays, _Copy | None]:
    """Return how it plays in the end, and the copy where one was made."""
    if verdict.play in (Play.AS_IT_IS, Play.NOT_AT_ALL):
        return verdict, None
    try:
        return verdict, _copy(path, sent, verdict.play)
    except player.NotMade as fault:
        words = f"{verdict.words.split('. ')[0]}. No copy that plays could be made: {fault}"
        return HowItPlays(Play.NOT_AT_ALL, words), None


def _copy(path: Path, sent: SentFile, play: Play) -> _Copy:
    with _making(sent, "copy") as into:
        if play is Play.REWRAPPED:
            typed = player.rewrap(path, into)
        else:
            typed = player.convert(path, into, copies_pictures=play is Play.SOUND_CONVERTED)
        pictures = player.pictures_digest(path) == player.pictures_digest(into)
        sound = player.sound_digest(path) == player.sound_digest(into)
        digests, length = digests_of(into)
        storing.store().shelf.put(into, digests)
    return _Copy(
        sha256=digests.sha256, length=length, command=shlex.join(typed), same_pictures=pictures,
        same_sound=sound,
    )  # fmt: skip


@contextmanager
def _original(sent: SentFile) -> Iterator[Path]:
    """Give a path at which a kept file can be read; from a bucket it is fetched first."""
    shelf = storing.store().shelf
    if isinstance(shelf, DiskShelf):
        yield shelf.path_of(sent.sha256)
        return
    with _making(sent, "original") as path:
        with path.open("wb") as file:
            for part in shelf.parts(sent.sha256):
                file.write(part)
        yield path


@contextmanager
def _making(sent: SentFile, what: str) -> Iterator[Path]:
    """Give a path for something that is being made, on the disk of the recordings."""
    folder = Path(settings.RECORDINGS) / "making"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{sent.incoming}.{what}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@transaction.atomic
def _note(
    sent: SentFile, found: Probed, verdict: HowItPlays, copy: _Copy | None, *,
    by: User | None, at: datetime,
) -> Playing:  # fmt: skip
    item = MediaItem.objects.select_for_update().get(pk=sent.item_id)
    made = vars(copy) if copy else {}
    tool = player.version() if copy else ""
    playing, is_new = Playing.objects.get_or_create(
        sent_file=sent,
        defaults={
            "how": verdict.play, "words": verdict.words, "seconds": found.seconds,
            "has_pictures": bool(found.pictures), "wrapper": found.wrapper[:40],
            "frames_a_second": found.frames_a_second,
            "tool": tool, "made_at": at, **made,
        },
    )  # fmt: skip
    if not is_new:
        return playing
    audit.record(
        "file.looked_into", sent, by=by, at=at, recording=item.pk, how=verdict.play.value,
        copy=playing.sha256, same_pictures=playing.same_pictures,
    )  # fmt: skip
    if _moves(item, playing):
        step(item, EVENTS[verdict.play], reason=verdict.words, by=by, at=at)
        item.is_readable = playing.plays
    if item.seconds is None and found.seconds:
        item.seconds = round(found.seconds)
    item.save()
    return playing


def _moves(item: MediaItem, playing: Playing) -> bool:
    """Say whether a file moves its recording; one that does not play beside one that does not."""
    if MediaState(item.state) not in (*HOLDS_FILES, MediaState.UNPLAYABLE):
        return False
    others = SentFile.objects.filter(item=item, state=SentFile.State.KEPT)
    others = others.exclude(pk=playing.sent_file_id)
    waits = others.exclude(playing__how=Play.NOT_AT_ALL).exists()
    return playing.plays or (item.state != MediaState.UNPLAYABLE and not waits)


@transaction.atomic
def open_file(sent: SentFile, *, by: User, at: datetime) -> None:
    """Note that a person opened a file to see or hear it.

    :raises NotAllowed: if the recording is another unit's
    """
    policies.check_can_play(by, sent.item)
    audit.record("file.opened", sent, by=by, at=at, recording=sent.item_id)


@transaction.atomic
def download_file(sent: SentFile, *, by: User, at: datetime) -> None:
    """Note that a person took a file out, and what it came to.

    :raises NotAllowed: if the recording is another unit's
    """
    policies.check_can_play(by, sent.item)
    audit.record(
        "file.taken_out", sent, by=by, at=at, recording=sent.item_id, sha256=sent.sha256
    )  # fmt: skip
