"""Takes in the files of recordings: begun, whole, kept or refused, and what is left of each."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, Sum

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies, storing
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.models.files import LONGEST_HARM
from forthright.hard_media.selectors.files import takes_files
from forthright.hard_media.selectors.registered import anew_since
from forthright.hard_media.services.handing import note_whole_again
from forthright.hard_media.services.items import let_all_stand, step
from forthright.hard_media.services.kept import note_kept
from forthright.hard_media.services.put_back import (
    PUT_BACK,
    check_is_the_damaged_one,
    stands_for,
    why_not_in_its_place,
)
from forthright.hard_media.services.sent_twice import why_twice
from forthright.media_files.incoming import AlreadyArriving, Incoming
from forthright.media_files.ingest import NAME_BYTES, is_no_recording
from forthright.media_files.names import size_words
from forthright.media_files.reading import ReadBackDiffers
from forthright.media_files.shelves import NotThere
from forthright.media_files.sources import Source
from forthright.media_files.store import Harmful, Receipt, WrongDigest
from forthright.rules.media_states import (
    MEDIA,
    MOVED_BY_A_FILE,
    WAITED_FOR,
    MediaEvent,
    MediaState,
)
from forthright.rules.words import count_words, date_words, day_of
from forthright.rules.written import cleaned
from forthright.web import jobs

MOST_NAME_BYTES = 510  # two digits for each byte that a file system keeps of a name
State = SentFile.State
DONE = (State.KEPT, State.PROGRAM, State.REFUSED)
KEEP_JOB = "hard_media.keep"


class NotTaken(ValueError):
    """A file cannot be taken in or given up now; the message says why."""


def check_takes_files(item: MediaItem) -> None:
    """Refuse a file of a recording that was viewed, decided or withdrawn.

    One of which a file is damaged takes that once more.

    :raises NotTaken: with what to do instead
    """
    if not takes_files(item):
        raise NotTaken(
            f"This recording is {MEDIA.state_words[MediaState(item.state)]}, so no file is taken "
            "for it now. Whoever keeps the register can ask for it again, with the reason."
        )


def check_leaves_room(by: User, length: int) -> None:
    """Refuse a file with which one person's unfinished ones would hold most of the disk.

    Room is taken for the whole length that is said, and kept for a week, so that a file never
    fails for want of it. A false length would otherwise keep everybody else out.

    :raises NotTaken: with what to do instead
    """
    begun = SentFile.objects.filter(begun_by=by, state=State.ARRIVING).aggregate(
        files=Count("pk"), length=Sum("length", default=0)
    )
    if 2 * (begun["length"] + length) <= begun["length"] + storing.room_left():
        return
    if begun["files"]:
        files = count_words(begun["files"], "file that you began has", "files that you began have")
        raise NotTaken(
            f"{files} not come as a whole, and with this one they would take more than half "
            "of the room that is left for everybody. Send those on or give them up, then begin "
            "this one."
        )
    raise NotTaken(
        f"The file is said to have {size_words(length)}: more than half of the room that is left "
        "for everybody. Look whether that is its size. If it is, ask an administrator to take it "
        "in on the server itself, with “forthright media receive”."
    )


@transaction.atomic
def begin_file(
    item: MediaItem, incoming: Incoming, *, head: str = "", by: User | None, at: datetime
) -> SentFile:
    """Note that a file of a recording began to come.

    :raises NotAllowed: if this person may not send it
    :raises NotTaken: if the recording takes none now
    """
    policies.check_can_send(by, item)
    check_takes_files(item)
    about = incoming.about
    sent = SentFile.objects.create(
        area=item.area, unit=item.unit, item=item, incoming=incoming.name,
        file_name=about.name, length=about.length, head=head, begun_at=at, begun_by=by,
    )  # fmt: skip
    audit.record("file.begun", sent, by=by, at=at, recording=item.pk, bytes=about.length)
    return sent


def take_whole(
    item: MediaItem, name: str, length: int, source: Source, *, by: User | None, at: datetime
) -> SentFile:  # fmt: skip
    """Take in a file that came with a form, all of it at once.

    :raises NotAllowed: if this person may not send it
    :raises NotTaken: if the recording takes none now, or the form was cut off
    :raises BadName: if the file may not be called so
    :raises EmptyFile: if it has no bytes
    :raises NoRoom: if the disk cannot hold it
    """
    policies.check_can_send(by, item)
    check_takes_files(item)
    incoming = storing.store().begin(name, length, at=at)
    sent = begin_file(item, incoming, by=by, at=at)
    if incoming.take(source, offset=0) != length:
        give_up_file(sent, by=by, at=at)
        raise NotTaken("Not all of the file came. Send it again.")
    note_whole(sent, by=by, at=at)
    return sent


@transaction.atomic
def note_taken_in(
    item: MediaItem, receipt: Receipt, *, came_from: str = "", by: User | None, at: datetime
) -> SentFile:  # fmt: skip
    """Note a file that was taken in from this machine and is kept; twice is once.

    :raises NotAllowed: if this person may not
    """
    policies.check_can_send(by, item)
    known = SentFile.objects.filter(incoming=receipt.incoming).first()
    is_new = known is None
    sent = known or SentFile.objects.create(
        area=item.area, unit=item.unit, item=item, incoming=receipt.incoming,
        file_name=receipt.name, length=receipt.length, state=State.WHOLE,
        name_bytes=receipt.notes.get(NAME_BYTES, "")[:MOST_NAME_BYTES],
        came_from=cleaned(came_from), begun_at=receipt.begun_at, begun_by=by,
    )  # fmt: skip
    if is_new:
        _ask_to_keep(sent, by=by, at=at)
    if why := why_not_in_its_place(sent, receipt.sha256):
        return _refuse(sent, why, by=by, at=at)
    return _note_kept(sent, receipt, by=by, at=at)


def over_of(item: MediaItem) -> set[str]:
    """Return under which names files of a recording came that stand for nothing: those from before
    it was asked for again, and those that were refused, but for the same as a file that stands.
    """
    rows = item.files.filter(Q(superseded_at__isnull=False) | Q(state=State.REFUSED))
    return {
        each.incoming for each in rows
        if each.superseded_at is not None or not _is_as_one_that_stands(item, each)
    }  # fmt: skip


def _is_as_one_that_stands(item: MediaItem, refused: SentFile) -> bool:
    try:
        receipt = storing.store().receipt(refused.incoming)
    except NotThere:
        return False  # it was refused before it was read back
    return stands_for(item, receipt)


def is_as_before(sent: SentFile) -> bool:
    """Say whether a file is byte for byte another from before its recording was asked for again."""
    rows = SentFile.objects.filter(item=sent.item_id, superseded_at__isnull=False)
    return rows.filter(sha256=sent.sha256).exclude(pk=sent.pk).exists()


def found_wanting(item: MediaItem) -> dict[str, datetime]:
    """Return by its SHA-256 each file that was here when its recording was asked for again, and
    when that last was.
    """
    asked = item.steps.filter(event=MediaEvent.REQUEST).values("at")
    rows = item.files.filter(superseded_at__in=asked).exclude(sha256="").order_by("superseded_at")
    return {sha256: over for sha256, over in rows.values_list("sha256", "superseded_at") if over}


def why_no_answer(item: MediaItem, sha256: str) -> str:
    """Say why a file answers no request: it came before, and was found wanting; nothing if not.

    One that somebody recorded as come, or that was only taken up again, may be what came before.
    """
    if MediaState(item.state) not in WAITED_FOR:
        return ""
    before = found_wanting(item).get(sha256)
    if before is None:
        return ""
    return (
        "This is, byte for byte, a file that came before the recording was asked for again on "
        f"{date_words(day_of(before))}: the same copy. It is kept, and does not answer that, so "
        "send another, or what was still missing. If it is the right one all the same, whoever "
        "keeps the register records on the page of the recording that it came."
    )


@transaction.atomic
def note_whole(sent: SentFile, *, by: User | None, at: datetime) -> None:
    """Note that all of a file has come, and have it read back and kept."""
    sent = _locked(sent)
    if sent.state != State.ARRIVING:
        return
    sent.state = State.WHOLE
    sent.save(update_fields=["state"])
    audit.record("file.arrived", sent, by=by, at=at, recording=sent.item_id)
    _ask_to_keep(sent, by=by, at=at)


def _ask_to_keep(sent: SentFile, *, by: User | None, at: datetime) -> None:
    """Have a file kept, and looked into once it is."""
    jobs.ask(
        KEEP_JOB, key=f"file {sent.pk}", by=by, at=at, args={"file": sent.pk}, area=sent.area
    )  # fmt: skip


def keep_file(sent: SentFile, *, by: User | None, at: datetime) -> SentFile:
    """Read a whole file back and keep it; doing it again finishes what was begun.

    What cannot be kept is noted as refused, in words.

    :raises AlreadyArriving: if it is being kept by somebody else just now
    :raises ScannerSilent: if the scanner does not answer; try again later
    :raises ReadBackDiffers: if the disk gives back something else than came
    """
    if sent.state in DONE:
        return sent
    try:
        check_is_the_damaged_one(sent)
        receipt = storing.store().keep(sent.incoming, at=at)
    except Harmful as refusal:
        return _refuse(sent, str(refusal), harm=refusal.found, by=by, at=at)
    except WrongDigest as refusal:
        refused = _refuse(sent, str(refusal), by=by, at=at)
        _remove(sent)
        return refused
    except ReadBackDiffers as fault:
        _refuse(sent, str(fault), by=by, at=at)
        _remove(sent)
        raise
    except NotThere:
        return _refuse(sent, "It is gone from the disk. Send it again.", by=by, at=at)
    return _note_kept(sent, receipt, by=by, at=at)


@transaction.atomic
def give_up_file(sent: SentFile, *, by: User | None, at: datetime) -> None:
    """Give up a file that is not whole, and remove what came of it.

    :raises NotTaken: if all of it has come, or it is being sent just now
    """
    sent = _locked(sent)
    if sent.state == State.GIVEN_UP:
        return
    if sent.state != State.ARRIVING:
        raise NotTaken("All of this file has come, so it is not given up.")
    try:
        with suppress(NotThere):
            storing.store().give_up(sent.incoming)
    except AlreadyArriving as refusal:
        raise NotTaken(f"{refusal} Stop sending it first.") from refusal
    _note_given_up(sent, by=by, at=at)


def give_up_old_files(*, by: User | None, at: datetime) -> int:
    """Give up what was begun long ago and never finished; return how many files that were."""
    store = storing.store()
    store.give_up_old(at=at, after=storing.PATIENCE)
    there = {each.name for each in store.arriving()}
    old = SentFile.objects.filter(state=State.ARRIVING, begun_at__lt=at - storing.PATIENCE)
    gone = [each for each in old.select_related("area") if each.incoming not in there]
    for sent in gone:
        _note_given_up(sent, by=by, at=at)
    return len(gone)


def find_whole_files(*, by: User | None, at: datetime) -> int:
    """Note files that came as a whole though the act that notes it was cut off; return how many."""
    whole = {each.name for each in storing.store().arriving() if each.is_whole}
    waiting = SentFile.objects.filter(state=State.ARRIVING, incoming__in=whole)
    found = list(waiting.select_related("area"))
    for sent in found:
        note_whole(sent, by=by, at=at)
    return len(found)


@transaction.atomic
def _note_kept(sent: SentFile, receipt: Receipt, *, by: User | None, at: datetime) -> SentFile:
    # The recording first, as whoever asks for it again does.
    item = _item_of(sent)
    sent = _locked(sent)
    if sent.state in DONE:
        return sent
    if note_whole_again([receipt.sha256], by=by, at=at) and stands_for(item, receipt):
        return _refuse(sent, PUT_BACK, by=by, at=at, moves=False)
    # Of two that come at once the second sees the first, as each holds the recording.
    as_program = is_no_recording(receipt)
    if why := why_twice(sent, item, receipt.sha256, as_program=as_program):
        return _refuse(sent, why, by=by, at=at, moves=False)
    note_kept(sent, receipt, why_no_answer=why_no_answer(item, receipt.sha256), by=by, at=at)
    is_answer = not sent.refusal
    if _is_of_the_copy_before(sent, item):
        return sent
    if _moves(item) and is_answer:
        for event in (MediaEvent.UPLOAD, MediaEvent.STORE, MediaEvent.VERIFY):
            step(item, event, reason=_about(sent, event), by=sent.begun_by, at=at)
        # What came in the hand or as a link came then, however late its file is read in.
        if item.received_at is None or item.source == MediaItem.Source.UPLOAD:
            item.received_at, item.source = at, MediaItem.Source.UPLOAD
        item.is_readable = None
        item.save()
        let_all_stand(item)
    return sent


@transaction.atomic
def _refuse(
    sent: SentFile, words: str, *, harm: str = "", by: User | None, at: datetime, moves: bool = True
) -> SentFile:  # fmt: skip
    """Note that a file is not kept; a recording that waits for it is asked for once more.

    :param harm: what the malware scanner found in it
    :param moves: whether its recording stands otherwise for it; not where nothing is missing
    """
    item = _item_of(sent)
    sent = _locked(sent)
    if sent.state in DONE:
        return sent
    sent.state, sent.refusal, sent.harm = State.REFUSED, words, harm[:LONGEST_HARM]
    sent.save(update_fields=["state", "refusal", "harm"])
    audit.record("file.refused", sent, by=by, at=at, recording=sent.item_id)
    if moves and not _is_of_the_copy_before(sent, item) and _moves(item):
        step(item, MediaEvent.UPLOAD, reason="A file came.", by=sent.begun_by, at=at)
        step(item, MediaEvent.QUARANTINE, reason=words, by=by, at=at)
        item.save()
    return sent


def _is_of_the_copy_before(sent: SentFile, item: MediaItem) -> bool:
    """Say whether a file began to come before its recording was asked for again, and keep that.

    It is what was found wanting, or came with it; the next copy is still waited for.
    """
    since = anew_since(item)
    if since is None or sent.begun_at >= since:
        return False
    sent.superseded_at = since
    sent.save(update_fields=["superseded_at"])
    return True


def _moves(item: MediaItem) -> bool:
    """Say whether a file moves a recording on; a second, or one that came late, does not."""
    return MediaState(item.state) in MOVED_BY_A_FILE


def _about(sent: SentFile, event: MediaEvent) -> str:
    is_first = event is MediaEvent.UPLOAD
    return f"A file of {size_words(sent.length)} came." if is_first else ""


def _note_given_up(sent: SentFile, *, by: User | None, at: datetime) -> None:
    sent.state = State.GIVEN_UP
    sent.save(update_fields=["state"])
    audit.record("file.given_up", sent, by=by, at=at, recording=sent.item_id)


def _remove(sent: SentFile) -> None:
    with suppress(NotThere):
        storing.store().give_up(sent.incoming)


def _locked(sent: SentFile) -> SentFile:
    rows = SentFile.objects.select_for_update(of=("self",))
    return rows.select_related("area", "begun_by").get(pk=sent.pk)


def _item_of(sent: SentFile) -> MediaItem:
    return MediaItem.objects.select_for_update().get(pk=sent.item_id)
