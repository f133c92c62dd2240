"""The files of recordings: who may send one, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.hard_media import storing
from forthright.hard_media.models import (
    CutCopy,
    MediaItem,
    MediaMark,
    Playing,
    SentFile,
    ShareRecord,
)
from forthright.hard_media.selectors.damaged import damaged_files
from forthright.hard_media.selectors.hiding import that_hide
from forthright.hard_media.selectors.police import items_to_send
from forthright.hard_media.selectors.registered import anew_since, found, reached
from forthright.hard_media.selectors.wrong_copies import gone_with
from forthright.media_files.names import size_words
from forthright.media_files.shelves import NotThere
from forthright.rules.media_states import TAKES_FILES, MediaState
from forthright.rules.words import list_words

State = SentFile.State


@dataclass(frozen=True)
class Arriving:
    """A file on its way, and how much of it is there."""

    file: SentFile
    offset: int
    # Whether it began before the recording was asked for again, so that it is the copy before.
    is_before: bool = False

    @property
    def share(self) -> int:
        """Return how much has come, in whole parts of a hundred."""
        return self.offset * 100 // self.file.length

    @property
    def words(self) -> str:
        """Say how much has come."""
        return f"{size_words(self.offset)} of {size_words(self.file.length)}"


def item_to_send_for(user: User, item_id: int) -> MediaItem:
    """Return a recording that this person may send a file of.

    A police partner may for what their force is asked, and for what they sent a file of and nobody
    viewed yet; others for what their unit holds.

    :raises Http404: if there is none, or none that this person may send
    """
    is_police = user.role == Role.POLICE_PARTNER
    rows = (
        items_to_send(user)
        if is_police
        else reached(user, Permission.MEDIA_SEND, MediaItem.objects.all())
    )
    rows = rows.select_related("case", "unit", "area")
    return found(rows.filter(pk=item_id), "No such recording")


def may_send(user: User, item: MediaItem) -> bool:
    """Say whether this person may send a file of a recording, and it takes one now."""
    this = MediaItem.objects.filter(pk=item.pk)
    return takes_files(item) and reached(user, Permission.MEDIA_SEND, this).exists()


def takes_files(item: MediaItem) -> bool:
    """Say whether a recording takes a file now: until it is viewed, and for what is damaged."""
    if MediaState(item.state) in TAKES_FILES:
        return True
    return item.state != MediaState.WITHDRAWN and damaged_files(item).exists()


def has_unviewed(item: MediaItem) -> bool:
    """Say whether a file of a recording is kept that nobody has viewed."""
    return standing_files(item).filter(viewed_at=None).exists()


def why_no_file_to_give(items: Sequence[MediaItem]) -> str:
    """Say of viewed recordings that none has a file to be given, and what can be done of each."""
    waiting: list[str] = []
    without: list[str] = []
    for each in items:
        (waiting if has_unviewed(each) else without).append(each.exhibit)
    words = []
    if waiting:
        words.append(
            f"No file is kept here of {list_words(waiting)} that was there when it was viewed. "
            "View what has come since, all of it, on its page first, or share another way."
        )
    if without:
        words.append(
            f"No file is kept here of {list_words(without)}, and what was viewed takes none any "
            "more. Share another way, such as by handing over a disc or stick that holds it. Else "
            "ask the police for it again, with the reason: that takes it back from everybody, and "
            "what comes is viewed and decided anew."
        )
    return " ".join(words)


def standing_files(item: MediaItem, *, is_program: bool = False) -> "QuerySet[SentFile]":
    """Return the files that are kept of a recording and stand for it, in the order they came.

    :param is_program: the programs that are kept beside it as well
    """
    states = [State.KEPT, State.PROGRAM] if is_program else [State.KEPT]
    return item.files.filter(state__in=states, superseded_at=None).order_by("pk")


def kept_file_for(user: User, file_id: int) -> SentFile:
    """Return a kept file that this person may see or hear.

    :raises Http404: if there is none, or none that this person may see or hear
    """
    return _kept_file(user, file_id, (State.KEPT,))


def file_to_take_out_for(user: User, file_id: int) -> SentFile:
    """Return a kept file that this person may take out, also a program, which nobody sees or hears.

    :raises Http404: if there is none, or none that this person may take out
    """
    return _kept_file(user, file_id, (State.KEPT, State.PROGRAM))


def _kept_file(user: User, file_id: int, states: Sequence[State]) -> SentFile:
    rows = SentFile.objects.filter(pk=file_id, state__in=states)
    rows = reached(user, Permission.MEDIA_PLAY, rows).select_related("item__case", "area")
    return found(rows, "No such file")


def marks_of(sent: SentFile) -> "QuerySet[MediaMark]":
    """Return the marks that stand on a file, in the order of the recording."""
    return MediaMark.objects.filter(file=sent, removed_at=None).select_related("made_by")


def mark_for(user: User, mark_id: int) -> MediaMark:
    """Return a mark on a file that this person may see or hear.

    :raises Http404: if there is none
    """
    files = reached(user, Permission.MEDIA_PLAY, SentFile.objects.filter(state=State.KEPT))
    rows = MediaMark.objects.filter(pk=mark_id, file__in=files)
    return found(rows.select_related("file__item__case", "file__area"), "No such mark")


def copies_of(item: MediaItem) -> "QuerySet[CutCopy]":
    """Return the clips and redactions of the files of a recording, with what became of each."""
    rows = CutCopy.objects.filter(file__item=item, file__state=State.KEPT)
    return rows.select_related("file__item", "asked_by", "passed_by")


def copy_for(user: User, copy_id: int) -> CutCopy:
    """Return a copy that was made of a file that this person may see or hear.

    :raises Http404: if there is none
    """
    files = reached(user, Permission.MEDIA_PLAY, SentFile.objects.filter(state=State.KEPT))
    rows = CutCopy.objects.filter(pk=copy_id, state=CutCopy.State.MADE, file__in=files)
    return found(rows.select_related("file__item__case", "file__area"), "No such copy")


def shares_of_copy(copy: CutCopy) -> "QuerySet[ShareRecord]":
    """Return every share that gave a copy, a clip of it or what was shut with it, ever."""
    given = Q(contents__copy__in=[copy, *gone_with(copy)]) | Q(contents__copy__of=copy)
    rows = ShareRecord.objects.filter(given).distinct()
    return rows.select_related("representation__defendant")


def hiding_copies_of(sent: SentFile) -> "QuerySet[CutCopy]":
    """Return the copies of a file that hide something, or are to, for another to hide as well.

    One that could not be made, or was found not right, is not among them.
    """
    rows = sent.copies.filter(wrong_at=None).exclude(state=CutCopy.State.REFUSED)
    return that_hide(rows.order_by("pk"))


def how_it_plays(copy: CutCopy) -> Playing:
    """Return how a copy plays: as an MP4, with the pictures of its file or without."""
    of = Playing.objects.filter(sent_file=copy.file_id).first()
    has_pictures = of.has_pictures if of else copy.what != CutCopy.What.MUTE
    return Playing(
        how=Playing.How.CONVERTED, words="", has_pictures=has_pictures, sha256=copy.sha256,
        frames_a_second=of.frames_a_second if of else None,
        shortest_gap=of.shortest_gap if of else None,
    )  # fmt: skip


def own_file_for(user: User, file_id: int) -> SentFile:
    """Return a file that this person began to send.

    :raises Http404: if there is none
    """
    rows = SentFile.objects.filter(pk=file_id, begun_by=user).select_related("item__case", "area")
    return found(rows, "No such file")


def files_of(item: MediaItem) -> "QuerySet[SentFile]":
    """Return what is shown of the files of a recording; what was given up is not."""
    rows = item.files.exclude(state=State.GIVEN_UP)
    rows = rows.select_related("begun_by", "playing", "stray__said_by", "stray__agreed_by")
    return rows.prefetch_related("playing__parts").order_by("begun_at", "pk")


def own_arriving(user: User, item: MediaItem) -> list[Arriving]:
    """Return the files of a recording that this person began and may go on with."""
    rows = item.files.filter(begun_by=user, state=State.ARRIVING).order_by("pk")
    since = anew_since(item)
    return [
        Arriving(each, offset_of(each), since is not None and each.begun_at < since)
        for each in rows
    ]


def is_of_the_copy_before(item: MediaItem, incoming: str) -> bool:
    """Say whether a file, by its name while it comes, began before its recording was asked again.

    It answers nothing of that; one of which no such name is known is none.
    """
    since = anew_since(item)
    if since is None:
        return False
    return item.files.filter(incoming=incoming, begun_at__lt=since).exists()


def offset_of(sent: SentFile) -> int:
    """Return how many bytes of a file are there."""
    try:
        return storing.store().incoming(sent.incoming).offset
    except NotThere:
        return 0
