"""What the police are asked for, as a partner of one force sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.audit.models import Event
from forthright.hard_media.models import (
    ForcePartner,
    Hearing,
    MediaItem,
    MediaStep,
    Playing,
    PoliceFeedback,
    SentFile,
)
from forthright.hard_media.selectors.asked_on import asked_on
from forthright.hard_media.selectors.ladder import day_to_work_to
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.second_copies import is_second_asked
from forthright.hard_media.selectors.to_do import is_asked_about
from forthright.media_playing.for_senders import as_sender_reads
from forthright.rules.media_states import TAKES_FILES, WAITED_FOR, MediaEvent, MediaState
from forthright.web import clock

ASKING = (MediaEvent.REQUEST, MediaEvent.SECOND_COPY)
ASKED = (MediaState.REQUESTED, MediaState.UNPLAYABLE, MediaState.QUARANTINED)
# What became of what this person sent; what is kept answers what was asked, unless it does not
# play or was found wanting before.
SHOWN = (SentFile.State.ARRIVING, SentFile.State.WHOLE, SentFile.State.REFUSED)
NO_PART = (SentFile.State.PROGRAM, SentFile.State.REFUSED)
WHAT_IS_ASKED = {
    MediaState.REQUESTED: "Send it",
    MediaState.UNPLAYABLE: "Send it in a format that plays",
    MediaState.QUARANTINED: "Send it again: what came could not be kept",
}
FROM_A_CLEAN_SOURCE = "Send it from a clean source: harmful software was found in what came"
SECOND = (
    "Send a second copy of the same recording to the unit, on a disc or stick: the one that came "
    "is not there any more"
)
WITHDRAWN = "The unit withdrew this recording; nothing more is needed."
TOLD_FOR = timedelta(days=7)  # as long as what is not finished is kept
GO_ON = "Finish sending: a file of it has not come as a whole"


NO_WORDS_OF_IT = "Somebody tried it by hand, and recorded that it is not in playable format."


@dataclass(frozen=True)
class CameOfIt:
    """What a person sent of a recording that is still asked for, and why that does not answer."""

    file: SentFile
    words: str


@dataclass(frozen=True)
class AskedLine:
    """One recording that a force still owes."""

    item: MediaItem
    what: str
    asked_at: datetime | None
    # The first day of those on which it was asked for since it last came, if that was another.
    first_asked: date | None
    # Whether a file of it is taken here.
    takes_files: bool
    # The day that the unit works to, and whether it is only expected, as none is listed.
    on: date | None
    is_expected: bool
    days_left: int | None
    feedback: tuple[PoliceFeedback, ...]
    files: tuple[CameOfIt, ...]
    # Why it is asked for again, in words that whoever wrote them knew the police to read.
    why: str


def force_of(user: User) -> str:
    """Return the two digits of the force a police partner is of, or nothing."""
    found = ForcePartner.objects.filter(person=user, area=user.area_id).first()
    return found.force if found else ""


def partners_of(user: User) -> list[tuple[User, str]]:
    """Return the police partners of the person's Area, each with their force or nothing."""
    people = User.objects.filter(area=user.area_id, role=Role.POLICE_PARTNER, is_active=True)
    forces = dict(ForcePartner.objects.filter(area=user.area_id).values_list("person", "force"))
    return [(each, forces.get(each.pk, "")) for each in people]


def asked_of(user: User, today: date) -> list[AskedLine]:
    """Return what this person's force still owes, the nearest hearing first, listed or expected."""
    is_second = ExpressionWrapper(is_second_asked(today), output_field=BooleanField())
    rows = items_asked(user).annotate(is_second=is_second)
    items = list(rows.prefetch_related("feedback", "files__playing"))
    hearings = {
        each.case_id: each
        for each in Hearing.objects.filter(case__in=[item.case_id for item in items])
    }
    whys, periods, asked = _whys_of(items), periods_of(user.area), asked_on(items)
    lines = []
    for item in items:
        hearing = hearings.get(item.case_id)
        on = day_to_work_to(hearing, periods) if hearing else None
        is_expected = hearing is not None and hearing.on is None
        line = _line(user, item, on, today, whys.get(item.pk, ""), is_expected=is_expected)
        when = asked.get(item.pk)
        is_again = when is not None and when.first != when.last and not item.is_second
        lines.append(replace(line, first_asked=when.first) if when and is_again else line)
    return sorted(
        lines, key=lambda line: (line.days_left is None, line.days_left or 0, line.item.pk)
    )


def number_asked(user: User) -> int:
    """Count what this person's force still owes."""
    return items_asked(user).count()


def items_asked(user: User) -> "QuerySet[MediaItem]":
    """Return the recordings that this person's force is asked for, or is in the middle of sending.

    That may be for a second copy of what was decided and is not here any more, see
    `is_second_asked`.

    Of a recording of several files the first to be kept answers what was asked; what this person
    began beside it still is theirs to finish, also once somebody viewed the first. Of a case that
    was closed nothing is owed until it is opened again, and of one that has ended for every
    defendant nothing; what comes of it all the same is kept.
    """
    which = Q(state__in=ASKED) | _begun_by(user) | is_second_asked(clock.today())
    return _of_force(user, which).filter(is_asked_about())


def items_to_send(user: User) -> "QuerySet[MediaItem]":
    """Return the recordings of which this person may send a file, until somebody viewed them.

    What they began before is sent to its end: it is kept, and is to be viewed as well.
    """
    sent = SentFile.objects.filter(begun_by=user.pk)
    own = Q(state__in=TAKES_FILES, pk__in=sent.values("item"))
    return _of_force(user, Q(state__in=ASKED) | own | _begun_by(user))


def items_withdrawn(user: User, now: datetime) -> "QuerySet[MediaItem]":
    """Return what the unit withdrew lately of what this person's force was asked for.

    Or that this person had begun to send: nothing more is needed, and they are told so.
    """
    step = MediaStep.objects.filter(
        item=OuterRef("pk"), event=MediaEvent.WITHDRAW, before__in=ASKED, at__gte=now - TOLD_FOR
    )
    which = Q(state=MediaState.WITHDRAWN) & (Exists(step) | Q(pk__in=_arriving(user)))
    return _of_force(user, which).select_related("unit", "area").order_by("case__urn", "exhibit")


def items_looked_at(user: User) -> "QuerySet[MediaItem]":
    """Return what came by this person and nobody has viewed, so that another file may follow.

    Each with what they sent of it since it was asked for and is `no_part` of it, such as the same
    file once more, or a program.
    """
    asked = items_asked(user).order_by().values("pk")
    rows = items_to_send(user).filter(is_asked_about(), received_at__isnull=False)
    no_part = SentFile.objects.filter(begun_by=user.pk, state__in=NO_PART)
    no_part = no_part.exclude(begun_at__lt=F("item__requested_at"))
    rows = rows.prefetch_related(Prefetch("files", no_part, to_attr="no_part"))
    return rows.exclude(pk__in=asked).order_by("case__urn", "exhibit", "pk")


def _begun_by(user: User) -> Q:
    return Q(pk__in=_arriving(user)) & ~Q(state=MediaState.WITHDRAWN)


def _arriving(user: User) -> "QuerySet[Any]":
    begun = SentFile.objects.filter(begun_by=user.pk, state=SentFile.State.ARRIVING)
    return begun.values("item")


def _of_force(user: User, which: Q) -> "QuerySet[MediaItem]":
    force = force_of(user)
    rows = MediaItem.objects.filter(which).select_related("case")
    own = Q(case__urn__startswith=force) if force else Q(pk__in=[])
    return within_reach(user, Permission.MEDIA_OWED_SEE, rows, own=own)


def told_to(user: User, now: datetime) -> list[PoliceFeedback]:
    """Return the reasons that this person's force may still dispute, of what it is not asked for.

    Of what it is asked for they stand beside what is asked.
    """
    asked = items_asked(user).order_by().values("pk")
    return list(_open_reasons(user, now).exclude(item__in=asked))


def number_told(user: User, now: datetime) -> int:
    """Count the reasons that this person's force may still dispute."""
    return _open_reasons(user, now).count()


def _open_reasons(user: User, now: datetime) -> "QuerySet[PoliceFeedback]":
    force = force_of(user)
    rows = PoliceFeedback.objects.filter(outcome="", dispute_by__gte=now)
    own = Q(item__case__urn__startswith=force) if force else Q(pk__in=[])
    rows = within_reach(user, Permission.MEDIA_OWED_SEE, rows, own=own)
    return rows.select_related("item__case", "unit").order_by("dispute_by", "pk")


def _whys_of(items: Sequence[MediaItem]) -> dict[int, str]:
    """Return why each recording was last asked for, where that was written for the police.

    Of a sensitive recording only the reasons of the Director's Guidance Assessment are told.
    """
    open_to_see = [each.pk for each in items if not each.is_sensitive]
    events = Event.objects.filter(
        name__in=[f"media.{each.lower()}" for each in ASKING], subject_kind=MediaItem._meta.label,
        subject_id__in=[str(pk) for pk in open_to_see],
    )  # fmt: skip
    told = events.order_by("sequence").values_list("subject_id", "detail")
    read = {int(subject): detail.get("police_read", False) for subject, detail in told}
    steps = MediaStep.objects.filter(item__in=open_to_see, event__in=ASKING)
    last = {each.item_id: each.reason for each in steps.order_by("at", "pk")}
    return {item: why for item, why in last.items() if read.get(item)}


def why_asked(item: MediaItem) -> str:
    """Return why a recording is asked for again, as the police read it."""
    return _whys_of([item]).get(item.pk, "")


def files_that_do_not_play(user: User, item: MediaItem) -> tuple[CameOfIt, ...]:
    """Return what this person sent of a recording that is asked for in a format that plays."""
    own = item.files.filter(begun_by=user.pk, state=SentFile.State.KEPT, superseded_at=None)
    found = [CameOfIt(each, _why_not_played(each, item)) for each in own.select_related("playing")]
    return tuple(each for each in found if each.words)


def is_format_asked(item: MediaItem) -> bool:
    """Say whether a recording is asked for in another format than the one in which it came."""
    if item.state == MediaState.REQUESTED:
        # To ask once more for what is still waited for asks for the same as before.
        steps = item.steps.filter(event__in=(MediaEvent.REQUEST, MediaEvent.REINSTATE))
        last = steps.exclude(before__in=WAITED_FOR).order_by("at", "pk").last()
        return last is not None and last.before == MediaState.UNPLAYABLE
    return item.state == MediaState.UNPLAYABLE


def harmful_file_of(item: MediaItem) -> SentFile | None:
    """Return the file that came last of a recording that is asked for, where it is harmful.

    A program, and what was refused for another reason, such as one that never came whole, do not
    answer it: it is asked for from a clean source still.
    """
    if item.state not in (MediaState.REQUESTED, MediaState.QUARANTINED):
        return None
    is_kept = SentFile.State.KEPT
    came = [each for each in item.files.all() if each.state == is_kept or each.harm]
    last = max(came, key=lambda each: each.pk, default=None)
    return last if last and last.harm else None


def _why_no_answer(sent: SentFile, item: MediaItem) -> str:
    """Say why a file is refused, or kept and no answer to what is asked; nothing if it is one."""
    if sent.kept_at is not None and sent.superseded_at is not None:
        return ""
    return sent.told or _why_not_played(sent, item)


def _was_refused_before(sent: SentFile, asked_at: datetime | None) -> bool:
    """Say whether a file was refused, or is a program, of an earlier request than this."""
    return sent.state in NO_PART and asked_at is not None and sent.begun_at < asked_at


def _why_not_played(sent: SentFile, item: MediaItem) -> str:
    if sent.state != SentFile.State.KEPT or item.state != MediaState.UNPLAYABLE:
        return ""
    playing: Playing | None = getattr(sent, "playing", None)
    found = NO_WORDS_OF_IT if playing is None or playing.plays else playing.words
    return f"It does not play here. {as_sender_reads(found)}"


def _line(
    user: User, item: Any, on: date | None, today: date, why: str, *, is_expected: bool
) -> AskedLine:  # fmt: skip
    days_left = (on - today).days if on else None
    open_reasons = tuple(each for each in item.feedback.all() if not each.outcome)
    what = SECOND if item.is_second else WHAT_IS_ASKED.get(MediaState(item.state), GO_ON)
    what = FROM_A_CLEAN_SOURCE if harmful_file_of(item) else what
    asked_at = item.second_asked_at if item.is_second else item.requested_at
    own = [
        each for each in item.files.all()
        if each.begun_by_id == user.pk and not _was_refused_before(each, asked_at)
    ]  # fmt: skip
    files = tuple(
        CameOfIt(each, _why_no_answer(each, item)) for each in own
        if each.state in SHOWN or _why_no_answer(each, item)
    )  # fmt: skip
    is_begun = any(each.state == SentFile.State.ARRIVING for each in own)
    takes_files = item.state in ASKED or is_begun
    return AskedLine(
        item,
        what,
        asked_at,
        None,
        takes_files,
        on,
        is_expected,
        days_left,
        open_reasons,
        files,
        why,
    )
