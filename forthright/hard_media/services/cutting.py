"""Makes clips of kept files and copies in which something is hidden; the file never changes.

A copy is for whoever may play the file itself, until somebody else than who asked for it has
looked at it and found it right; then it may be shared, where its recording may.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies, storing
from forthright.hard_media.models import CutCopy, Playing, PlayingPart, SentFile
from forthright.hard_media.models.files import joined_sha256_of
from forthright.hard_media.services.handing import check_unharmed
from forthright.media_files.reading import ReadBackDiffers, digests_of
from forthright.media_files.shelves import NotThere
from forthright.media_playing import cutting, lineage
from forthright.media_playing.besides import held_besides
from forthright.media_playing.deciding import Part
from forthright.media_playing.half_made import AlreadyThere
from forthright.media_playing.hiding import WHOLE, Blank, Blur, Box, Hidden, Mute, Span
from forthright.media_playing.lineage import Lineage
from forthright.media_playing.making import NotPlayable
from forthright.media_playing.programs import DiskFull, Stopped
from forthright.media_playing.proving import NotProved
from forthright.rules.written import reason_in
from forthright.web import jobs

What, State = CutCopy.What, CutCopy.State
CUT_JOB = "hard_media.cut"

TO_HIDE = (
    "Where something of it must be hidden, ask the police for it in a format that plays, and share "
    "nothing of it as it came until then."
)


class CutRefused(ValueError):
    """Nothing can be cut or hidden so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What is to be made, from when to when in seconds, and why; no box is the whole picture.

    :param also: a copy of the same file, all of whose parts are hidden too; a clip is cut from it
    :param part: which camera or sound it is of, where the file holds several
    """

    what: str
    start: float
    end: float
    reason: str
    box: tuple[float, float, float, float] | None = None
    also: CutCopy | None = None
    part: PlayingPart | None = None

    @property
    def more(self) -> list[list[Any]]:
        """Return what else is hidden."""
        return self.also.parts if self.also is not None else []


@transaction.atomic
def ask_for_copy(sent: SentFile, cut: Cut, *, by: User | None, at: datetime) -> CutCopy:
    """Have a clip or a redaction of a kept file made in the background.

    :raises NotAllowed: if the recording is another unit's
    :raises CutRefused: if the times cannot be, it does not play, or nobody says why
    """
    policies.check_can_record(by, sent.item)
    if not cut.start < cut.end:
        raise CutRefused("The end must come after the beginning.")
    if cut.what == What.BLUR and cut.box is None:
        raise CutRefused("Say which part of the picture is to be made unrecognisable.")
    also = cut.also
    if also is not None and (also.what == What.CLIP or also.file_id != sent.pk):
        raise CutRefused("Only a copy in which something is hidden can hide more of the same file.")
    of = also if cut.what == What.CLIP else None
    if also is not None:
        _check_stands(also, is_cut=of is not None)
    part = _part_of(sent, cut)
    if of is None and (why := why_waits(sent) or _why_not_of(sent, part)):
        raise CutRefused(why)
    if not (reason := reason_in(cut.reason)):
        raise CutRefused("Say why the copy is made.")
    picture, sound = (part.picture, part.sound) if part else (None, None)
    if of is not None:
        picture, sound = of.picture, of.sound
    copy = CutCopy.objects.create(
        file=sent, of=of, what=cut.what, start=cut.start, end=cut.end, box=list(cut.box or ()),
        more=cut.more, picture=picture, sound=sound, reason=reason, asked_at=at, asked_by=by,
    )  # fmt: skip
    audit.record(
        "file.copy_asked", sent, by=by, at=at, recording=sent.item_id, copy=copy.pk,
        what=cut.what, start=cut.start, end=cut.end, box=copy.box, more=copy.more,
        part=part.number if part else None, of=of.pk if of is not None else None,
    )  # fmt: skip
    jobs.ask(
        CUT_JOB, key=f"copy {copy.pk}", by=by, at=at, args={"copy": copy.pk}, area=sent.area
    )  # fmt: skip
    return copy


def _check_stands(of: CutCopy, *, is_cut: bool) -> None:
    """Refuse to cut from a copy that is not made yet, and to take what one not right hides.

    :raises CutRefused: with why
    """
    # As it is now, and until this one is kept: whoever finds it not right then finds this with it.
    of = CutCopy.objects.select_for_update(of=("self",)).get(pk=of.pk)
    if is_cut and of.state != State.MADE:
        raise CutRefused(
            f"Copy {of.pk} is not made yet. Ask for a clip of it once it is, and was looked at."
        )
    if of.wrong_at is not None:
        raise CutRefused(of.why_kept_here)


def why_waits(sent: SentFile) -> str:
    """Say why no time of a file can be told yet; nothing where it can."""
    playing = Playing.objects.filter(sent_file=sent).first()
    return playing.waits if playing else ""


def why_not_made(how: Playing | PlayingPart | None) -> str:
    """Say why no copy can be made of a file, or of a camera or sound of it; nothing where it can.

    :param how: how it plays; None: nobody looked into it yet
    """
    if how is None or how.plays:
        return ""
    what = f"{how} of this file" if isinstance(how, PlayingPart) else "This file"
    made = f"{what} does not play here, so no clip or copy can be made of it."
    return " ".join(filter(None, (made, how.words, TO_HIDE)))


def _why_not_of(sent: SentFile, part: PlayingPart | None) -> str:
    return why_not_made(part or Playing.objects.filter(sent_file=sent).first())


def _part_of(sent: SentFile, cut: Cut) -> PlayingPart | None:
    """Return which camera or sound of a file a copy is of; None where it holds one of each.

    :raises CutRefused: if it holds several and it is not said, or the other copy is of another
    """
    if not PlayingPart.objects.filter(playing__sent_file=sent).exists():
        return None
    if cut.part is None or cut.part.playing.sent_file_id != sent.pk:
        raise CutRefused("This file holds several cameras or sounds. Say which the copy is of.")
    also = cut.also
    if also is not None and (also.picture, also.sound) != (cut.part.picture, cut.part.sound):
        raise CutRefused(f"That copy is not of {cut.part}. Hide more in a copy of the same one.")
    return cut.part


def make_copy(copy: CutCopy, *, by: User | None, at: datetime) -> CutCopy:
    """Make what was asked for and keep it; twice is once. What cannot be made is noted in words.

    :raises ProgramMissing: if this machine has nothing that reads recordings
    :raises DiskFull: if there is no room for the copy
    :raises ReadBackDiffers: if the disk gives the copy back otherwise than it was made
    """
    if copy.state != State.ASKED:
        return copy
    if copy.of is None and (why := why_waits(copy.file)):
        return _note(copy, None, why, by=by, at=at)
    place = storing.making_place(f"copy-{copy.pk}", "mp4")
    made, refusal = None, ""
    # A clip of a copy is cut from the bytes of that copy: what they hide cannot come back.
    source = (f"copy-{copy.of.pk}", copy.of.sha256) if copy.of else _of_file(copy)
    with storing.original(*source) as path:
        try:
            made = _kept(copy, source[1], path, place, at)
        except DiskFull:
            raise
        except (cutting.BadCut, NotPlayable, Stopped, NotProved) as fault:
            refusal = str(fault)
    copy = _note(copy, made, refusal, by=by, at=at)
    _clear(place)
    return copy


def _of_file(copy: CutCopy) -> tuple[str, str]:
    """Return of what a copy is made: of several recordings joined, of the copy with one clock."""
    parts = PlayingPart.objects.filter(
        playing__sent_file=copy.file_id, picture=copy.picture, sound=copy.sound
    )
    how = parts.first() or Playing.objects.filter(sent_file=copy.file_id).first()
    joined = joined_sha256_of(how) if how else ""
    return copy.file.incoming, joined or copy.file.sha256


def _kept(copy: CutCopy, sha256: str, path: Path, place: Path, at: datetime) -> Lineage:
    try:
        made = _made(copy, sha256, path, place, at)
    except AlreadyThere:
        made = lineage.read_beside(place)
    digests, _ = digests_of(place)
    if digests.sha256 != made.copy_sha256:
        _clear(place)
        raise ReadBackDiffers("What the disk gives back of the copy is not what was made.")
    storing.store().shelf.put(place, digests)
    return made


def _made(copy: CutCopy, sha256: str, path: Path, place: Path, at: datetime) -> Lineage:
    # A copy holds one camera and one sound, whichever of its file they are.
    is_of_copy = sha256 != copy.file.sha256
    part = Part(0, 0) if is_of_copy else Part(copy.picture or 0, copy.sound or 0)
    of = cutting.Of(sha256, part)
    began = 0.0 if is_of_copy else _began(copy)

    def span_of(start: float, end: float) -> Span:
        return Span(max(start - began, 0.0), end - began)

    if copy.what == What.CLIP:
        span = span_of(copy.start, copy.end)
        return cutting.clip(path, place, span, at=at, reason=copy.reason, of=of)
    hidden = [_hidden(what, span_of(start, end), box) for what, start, end, box in copy.parts]
    return cutting.redact(path, place, hidden, at=at, reason=copy.reason, of=of)


def _began(copy: CutCopy) -> float:
    """Return where the clock began by which the times were taken; of what is made now, at 0."""
    part = PlayingPart.objects.filter(
        playing__sent_file=copy.file_id, picture=copy.picture, sound=copy.sound
    ).first()
    return part.begins if part else 0.0


def _hidden(what: str, span: Span, sides: list[float]) -> Hidden:
    box = Box(*sides) if sides else WHOLE
    if what == What.MUTE:
        return Mute(span)
    return Blur(span, box) if what == What.BLUR else Blank(span, box)


def _clear(place: Path) -> None:
    for each in (place, lineage.place_beside(place)):
        each.unlink(missing_ok=True)


@transaction.atomic
def _note(
    copy: CutCopy, made: Lineage | None, refusal: str, *, by: User | None, at: datetime
) -> CutCopy:
    copy = CutCopy.objects.select_for_update().select_related("file").get(pk=copy.pk)
    if copy.state != State.ASKED:
        return copy
    if made is None:
        copy.state, copy.refusal = State.REFUSED, refusal
    else:
        copy.state, copy.made_at = State.MADE, at
        copy.sha256, copy.lineage = made.copy_sha256, made.as_table()
    copy.save()
    audit.record(
        f"file.copy_{copy.state.lower()}", copy.file, by=by, at=at, recording=copy.file.item_id,
        copy=copy.pk, what=copy.what, sha256=copy.sha256,
    )  # fmt: skip
    return copy


@transaction.atomic
def open_copy(copy: CutCopy, *, by: User, at: datetime) -> None:
    """Note that a person opened a copy to see or hear it.

    :raises NotAllowed: if the recording is another unit's
    """
    policies.check_can_play(by, copy.file.item)
    audit.record(
        "file.copy_opened", copy.file, by=by, at=at, recording=copy.file.item_id, copy=copy.pk
    )  # fmt: skip


@transaction.atomic
def pass_copy(copy: CutCopy, *, by: User | None, at: datetime) -> CutCopy:
    """Record that this person looked at all of a copy and found it right; it may be shared now.

    :raises NotAllowed: if this person is no lawyer of the unit, or asked for the copy
    :raises CutRefused: if it is not made, was found right before, or holds more than pictures and
        sound
    """
    copy = CutCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
    policies.check_can_pass(by, copy)
    if copy.state != State.MADE or copy.passed_at is not None:
        raise CutRefused("Only a copy that is made, and that nobody has passed, can be passed.")
    check_may_go(copy)
    copy.passed_at, copy.passed_by = at, by
    copy.save(update_fields=["passed_at", "passed_by"])
    audit.record(
        "file.copy_passed", copy.file, by=by, at=at, recording=copy.file.item_id, copy=copy.pk,
        sha256=copy.sha256,
    )  # fmt: skip
    return copy


def take_out_copy(copy: CutCopy, *, by: User, at: datetime) -> None:
    """Note that a person takes a copy out, and what it came to when it was read for that.

    :raises NotAllowed: if the recording is another unit's
    :raises CutRefused: if it may hold in writing what it hides
    :raises Damaged: if it is no longer what was made; then nothing goes
    """
    policies.check_can_play(by, copy.file.item)
    check_may_go(copy)
    check_unharmed(copy.file, copy.sha256, by=by, at=at)
    with transaction.atomic():
        audit.record(
            "file.copy_taken_out", copy.file, by=by, at=at, recording=copy.file.item_id,
            copy=copy.pk, sha256=copy.sha256,
        )  # fmt: skip


def check_may_go(copy: CutCopy) -> None:
    """Refuse a copy that may hold in writing what it hides, or through which nobody looked yet.

    :raises CutRefused: with why
    """
    if why := copy.why_kept_here:
        raise CutRefused(why)


def look_through_copies(*, by: User | None, at: datetime) -> int:
    """Look through each copy that was made before copies were, and shut what holds more.

    Nothing of such a copy goes out before: see `CutCopy.why_kept_here`.

    :return: how many are shut now that were not
    :raises ProgramMissing: if this machine has nothing that reads recordings
    """
    rows = CutCopy.objects.filter(state=State.MADE, lineage__shown__besides__isnull=True)
    return sum(_looked_through(each, by=by, at=at) for each in rows.order_by("pk"))


def _looked_through(copy: CutCopy, *, by: User | None, at: datetime) -> bool:
    try:
        with storing.original(f"copy-{copy.pk}-look", copy.sha256) as path:
            found = held_besides(path)
    except (NotThere, OSError, Stopped):
        found = ["something that cannot be looked into"]
    with transaction.atomic():
        copy = CutCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
        shown = {**copy.lineage.get("shown", {}), "besides": found}
        shown["looked_at"] = at.astimezone(UTC).isoformat()
        copy.lineage = {**copy.lineage, "shown": shown}
        copy.save(update_fields=["lineage"])
        audit.record(
            "file.copy_looked_through", copy.file, by=by, at=at, recording=copy.file.item_id,
            copy=copy.pk, besides=found,
        )  # fmt: skip
    return bool(found)
