"""Draws a recording at a glance: small pictures from all over it, and how loud its sound is."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import storing
from forthright.hard_media.models import Playing, SentFile
from forthright.media_files.reading import digests_of
from forthright.media_playing.probing import probe
from forthright.media_playing.programs import DiskFull, Stopped
from forthright.media_playing.recording import Recording
from forthright.media_playing.stills import contact_sheet
from forthright.media_playing.waveform import waveform_of


@dataclass(frozen=True)
class _Drawn:
    sheet: str = ""
    moments: list[float] = field(default_factory=list)
    waveform: dict[str, Any] = field(default_factory=dict)


def draw_at_a_glance(sent: SentFile, *, by: User | None, at: datetime) -> Playing | None:
    """Draw what is seen and heard in a file that plays; twice is once.

    What cannot be drawn is left out: the recording plays all the same.

    :raises ProgramMissing: if this machine has nothing that reads recordings
    :raises DiskFull: if there is no room for it
    """
    playing = Playing.objects.filter(sent_file=sent).first()
    if playing is None or not playing.plays or playing.drawn_at is not None:
        return playing
    with storing.original(sent.incoming, playing.joined_sha256 or sent.sha256) as path:
        found = probe(path)
        sheet, moments = _sheet_of(path, found, storing.making_place(sent.incoming, "jpg"))
        drawn = _Drawn(sheet, moments, _waveform_of(path, found))
    return _note(playing, drawn, by=by, at=at)


def _sheet_of(path: Path, found: Recording, into: Path) -> tuple[str, list[float]]:
    """Return the SHA-256 under which the sheet of small pictures is kept, and their moments."""
    if not found.pictures:
        return "", []
    try:
        sheet = contact_sheet(path, found)
    except DiskFull:
        raise
    except Stopped:
        return "", []
    try:
        into.write_bytes(sheet.jpeg)
        digests, _ = digests_of(into)
        storing.store().shelf.put(into, digests)
    finally:
        into.unlink(missing_ok=True)
    return digests.sha256, list(sheet.moments)


def _waveform_of(path: Path, found: Recording) -> dict[str, Any]:
    if not found.sounds:
        return {}
    try:
        return waveform_of(path, found.sounds[0].number).as_table()
    except DiskFull:
        raise
    except Stopped:
        return {}


@transaction.atomic
def _note(playing: Playing, drawn: _Drawn, *, by: User | None, at: datetime) -> Playing:
    playing = Playing.objects.select_for_update().get(pk=playing.pk)
    if playing.drawn_at is None:
        playing.sheet_sha256, playing.sheet_moments = drawn.sheet, drawn.moments
        playing.waveform, playing.drawn_at = drawn.waveform, at
        playing.save(update_fields=["sheet_sha256", "sheet_moments", "waveform", "drawn_at"])
        sent = playing.sent_file
        audit.record("file.drawn", sent, by=by, at=at, recording=sent.item_id, sheet=drawn.sheet)
    return playing
