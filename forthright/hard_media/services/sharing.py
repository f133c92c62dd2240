"""Records by hand what was shared with whom, what was opened, and what was taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import (
    CutCopy,
    Hearing,
    MediaItem,
    Representation,
    ShareContent,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.selectors.ended import ends_by
from forthright.hard_media.selectors.history import turns_of
from forthright.hard_media.selectors.holdings import Holder, firms_alike
from forthright.hard_media.services.for_the_court import check_unused
from forthright.hard_media.services.giving import (
    ShareRefused,
    check_copies,
    check_hidden,
    check_left_out,
    check_stays_hidden,
    contents_of,
)
from forthright.hard_media.services.items import step
from forthright.hard_media.services.sharing_again import check_is_not_again, is_same_counsel
from forthright.rules.media_facts import MAY_BE_SHARED, Classification
from forthright.rules.media_history import may_be_shared_since
from forthright.rules.media_parties import why_not_theirs
from forthright.rules.media_states import SHARE, MediaEvent, MediaState, ShareEvent, ShareState
from forthright.rules.states import MoveNotAllowed, move
from forthright.rules.words import date_words, day_of, day_words
from forthright.rules.written import cleaned, reason_in


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who gets recordings: the court, counsel, the police, or a firm for one defendant.

    :param email: where a link goes to; a firm's stands with it
    :param counsel: which prosecuting counsel, by name, where that is said
    """

    kind: str
    representation: Representation | None = None
    email: str = ""
    counsel: str = ""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How and when recordings went out, and which copies in place of those they are of."""

    way: str
    on: date
    link_expires_on: date | None = None
    copies: tuple[CutCopy, ...] = ()
    # Whether what stands in a file and is not played of it may be given as well, and which files
    # whoever decided that was asked about, by their keys; None: all.
    left_out_too: bool = False
    left_out_asked: Collection[str] | None = None
    # Whether what a copy hides, or is to hide, may be seen in what shows it, and likewise.
    hidden_too: bool = False
    hidden_asked: Collection[str] | None = None
    # Whether the court is to have what is unused, and likewise.
    unused_too: bool = False
    unused_asked: Collection[str] | None = None

    def copies_of(self, item: MediaItem) -> list[CutCopy]:
        """Return the copies of one recording."""
        return [each for each in self.copies if each.file.item_id == item.pk]


@transaction.atomic
def share_items(
    hearing: Hearing, items: Sequence[MediaItem], parties: Sequence[Party], sending: Sending, *,
    by: User | None, at: datetime,
) -> list[ShareRecord]:  # fmt: skip
    """Record that recordings of a case, or copies of them, went to some parties; all or none.

    :raises NotAllowed: if the case is another unit's
    :raises LeftOutToDecide: if a file holds what is not played of it, and nobody says that this
        may be given too
    :raises HiddenToDecide: if a copy hides, or is to hide, what one shows as it came, and nobody
        says that this may be seen
    :raises UnusedForCourt: if one is unused, and nobody says that the court is to have it
    :raises ShareRefused: if one is sensitive, not classified, or not of this case, or if a party
        would have both a recording and a copy in which something of it is hidden, or if one had
        not come by that day, or nobody had decided by then that it may go out, or if a party has
        just that already, or is a firm that did not have the case then or is of another
    """
    policies.check_can_record(by, hearing)
    if sending.on > day_of(at):
        raise ShareRefused("That day is still to come. Record it once the recordings went out.")
    made, unused_too = [], False
    whole = {each.pk for each in items}
    wanted = sorted(whole | {each.file.item_id for each in sending.copies})
    locked = MediaItem.objects.select_for_update().filter(pk__in=wanted, case=hearing.case_id)
    for item in locked.order_by("pk"):
        copies, is_whole = sending.copies_of(item), item.pk in whole
        _check_could_go(item, sending, copies, is_whole=is_whole)
        unused_too |= check_unused(
            item, {each.kind for each in parties}, may_be_seen=sending.unused_too,
            asked=sending.unused_asked,
        )  # fmt: skip
        _move_to_shared(item, by=by, at=at)
        given = contents_of(item, copies, is_whole=is_whole)
        for party in parties:
            _check_is_theirs(hearing, party, sending.on)
            had = had_by(party, item)
            share = _share_of(item, party, sending, by=by, at=at)
            holder = _holder(party, item)
            check_stays_hidden(holder, share.to, item, given, is_whole=is_whole)
            check_is_not_again(share, had, given, is_whole=is_whole)
            made.append(_kept(share, given))
        check_hidden(
            item, copies, is_whole=is_whole, may_be_seen=sending.hidden_too,
            asked=sending.hidden_asked,
        )  # fmt: skip
    if len({each.item_id for each in made}) < len(wanted):
        raise ShareRefused("Choose recordings of this case, and at least one party.")
    audit.record(
        "media.shared", hearing, by=by, at=at, recordings=wanted, way=sending.way,
        shares=[each.pk for each in made], copies=[each.pk for each in sending.copies],
        left_out_too=sending.left_out_too, hidden_too=sending.hidden_too,
        unused_too=unused_too,
    )  # fmt: skip
    return made


def check_may_be_shared(item: MediaItem) -> None:
    """Refuse a recording that is sensitive, or of which nobody said what it is.

    :raises ShareRefused: with the reason
    """
    if item.is_sensitive or item.classification == Classification.SENSITIVE:
        raise ShareRefused("A sensitive recording is never shared, with anybody.")
    if item.classification not in MAY_BE_SHARED:
        raise ShareRefused(
            f"Recording {item.exhibit} is {item.get_classification_display().lower()}. Only what "
            "a prosecutor relies on, or discloses as unused, is shared."
        )


@transaction.atomic
def record_opened(
    share: ShareRecord, *, on: date, known: str, by: User | None, at: datetime
) -> ShareRecord:
    """Record that a party opened what it was given, and how that is known.

    :raises NotAllowed: if the recording is another unit's
    :raises ShareRefused: if it cannot have been opened then
    """
    policies.check_can_record(by, share.item)
    share = _locked(share)
    try:
        move(SHARE, state_of(share, at.date()), ShareEvent.OPEN)
    except MoveNotAllowed as refusal:
        raise ShareRefused(str(refusal)) from refusal
    if not share.shared_on <= on <= at.date():
        raise ShareRefused("Nobody can have opened it before it was shared, or in the future.")
    if share.links.filter(ShareLink.UNSENT).exists():
        raise ShareRefused("The e-mail with its link has not gone, so nobody opened anything yet.")
    if (ends := share.link_expires_on) and on > ends:
        raise ShareRefused(
            f"The link ended on {date_words(ends)}, so nobody opened it on {date_words(on)}. Enter "
            "the day on which it was opened, that day at the latest, or share the recording anew."
        )
    _check_was_not_closed(share, on)
    return keep_opened(share, on=on, known=known, by=by, at=at)


def _check_was_not_closed(share: ShareRecord, on: date) -> None:
    """Refuse a day on which a link opened nothing, since wrong codes had closed it."""
    closed = share.links.filter(ShareLink.GUESSED_AT).order_by("guessed_at").first()
    if closed is not None and closed.guessed_at and on > day_of(closed.guessed_at):
        raise ShareRefused(
            f"Wrong codes closed the link on {date_words(day_of(closed.guessed_at))}, so nobody "
            f"opened it on {date_words(on)}. Enter the day on which it was opened, that day at the "
            "latest, or share the recording anew."
        )


@transaction.atomic
def keep_opened(
    share: ShareRecord, *, on: date, known: str, by: User | None, at: datetime
) -> ShareRecord:
    """Keep that a share, locked, was opened on a day that whoever calls has looked at."""
    share.opened_on, share.opened_known = on, known
    share.save(update_fields=["opened_on", "opened_known"])
    audit.record("share.opened", share, by=by, at=at, opened_on=on, known=known)
    return share


@transaction.atomic
def keep_unopened(share: ShareRecord, *, by: User | None, at: datetime) -> None:
    """Keep that a share, locked, is not known to be opened after all: what began did not play."""
    share.opened_on, share.opened_known = None, ""
    share.save(update_fields=["opened_on", "opened_known"])
    audit.record("share.not_opened", share, by=by, at=at)


@transaction.atomic
def revoke_share(share: ShareRecord, *, reason: str, by: User | None, at: datetime) -> ShareRecord:
    """Record that a share was taken back; it stays to be seen and counts no more.

    :raises NotAllowed: if the recording is another unit's
    :raises ShareRefused: if it was taken back before, or nobody says why
    """
    policies.check_can_record(by, share.item)
    item = MediaItem.objects.select_for_update().get(pk=share.item_id)
    share = _locked(share)
    if not reason_in(reason):
        raise ShareRefused("Say why it is taken back.")
    try:
        move(SHARE, state_of(share, at.date()), ShareEvent.REVOKE)
    except MoveNotAllowed as refusal:
        raise ShareRefused(str(refusal)) from refusal
    share.revoked_at, share.revoked_reason = at, cleaned(reason)
    share.save(update_fields=["revoked_at", "revoked_reason"])
    stands = item.shares.filter(revoked_at__isnull=True).exists()
    if item.state == MediaState.SHARED and not stands:
        step(item, MediaEvent.TAKE_BACK, reason=reason, by=by, at=at)
        item.save(update_fields=["state"])
    audit.record("share.revoked", share, by=by, at=at)
    return share


def state_of(share: ShareRecord, today: date) -> ShareState:
    """Return how a share stands on a day."""
    if share.revoked_at:
        return ShareState.REVOKED
    if share.opened_on:
        return ShareState.OPENED
    expires = share.link_expires_on
    return ShareState.LINK_EXPIRED if expires and expires < today else ShareState.SENT


def _check_is_theirs(hearing: Hearing, party: Party, on: date) -> None:
    """Refuse a firm of another case, and a day on which a firm did not have the case."""
    if (firm := party.representation) is None:
        return
    if firm.defendant.case_id != hearing.case_id:
        raise ShareRefused(f"{firm} represents nobody in this case. Choose a firm of this case.")
    if firm.mistake_at is not None:
        raise ShareRefused(
            f"{firm} was recorded for {firm.defendant} by mistake, so nothing of the case goes to "
            "them. Share it with whoever represents the defendant."
        )
    if ends_by().filter(defendant=firm.defendant_id).exists():
        raise ShareRefused(
            f"The case has ended for {firm.defendant}, so nothing of it goes to {firm} for them."
        )
    known_on = day_of(firm.recorded_at)
    if why := why_not_theirs(str(firm), firm.starts_on, firm.ends_on, known_on=known_on, on=on):
        raise ShareRefused(why)


def _check_could_go(
    item: MediaItem, sending: Sending, copies: Sequence[CutCopy], *, is_whole: bool
) -> None:
    check_may_be_shared(item)
    check_copies(item, copies)
    if is_whole:
        check_left_out(
            item, copies, may_be_given=sending.left_out_too, asked=sending.left_out_asked
        )
    _check_was_here(item, sending.on)
    _check_was_decided(item, sending.on)


def _check_was_here(item: MediaItem, on: date) -> None:
    """Refuse a day on which a recording cannot have gone out, for it had not come."""
    came = day_of(item.received_at or item.added_at)
    if on >= came:
        return
    raise ShareRefused(
        f"Recording {item.exhibit} came on {day_words(came)}, so it cannot have gone out on "
        f"{day_words(on)}. Enter the day on which it went out. If it came earlier than is "
        "recorded, ask for it again, with that as the reason, and record the day on which it came."
    )


def _check_was_decided(item: MediaItem, on: date) -> None:
    """Refuse a day on which no prosecutor had viewed a recording and said that it may go out.

    What was said of it on that day counts, and not what was said at any time before: it may have
    been found not relevant in between.
    """
    since = may_be_shared_since(turns_of([item.pk])[item.pk])
    if since is None or on >= day_of(since):
        return
    day = day_words(day_of(since))
    raise ShareRefused(
        f"Recording {item.exhibit} is what may be shared since {day}, when it was viewed and "
        f"classified so, so it cannot have gone out so on {day_words(on)}. What went out before "
        "that does not count: send it anew, and enter the day on which it goes."
    )


def _move_to_shared(item: MediaItem, *, by: User | None, at: datetime) -> None:
    try:
        step(item, MediaEvent.SHARE, by=by, at=at)
    except MoveNotAllowed as refusal:
        raise ShareRefused(f"Recording {item.exhibit}: {refusal}") from refusal
    item.save(update_fields=["state"])


def _share_of(
    item: MediaItem, party: Party, sending: Sending, *, by: User | None, at: datetime
) -> ShareRecord:
    """Return a share as it is to be, not saved yet."""
    return ShareRecord(
        area=item.area, item=item, party=party.kind, representation=party.representation,
        way=sending.way, shared_on=sending.on, link_expires_on=sending.link_expires_on,
        counsel=cleaned(party.counsel) if party.kind == ShareRecord.Party.COUNSEL else "",
        recorded_at=at, recorded_by=by,
    )  # fmt: skip


def _kept(share: ShareRecord, given: Sequence[ShareContent]) -> ShareRecord:
    """Save a share with what it gives."""
    share.save(force_insert=True)
    # What went another way as it came is not handed out here; beside a copy it is kept all the
    # same, so that it is not taken for the copy alone.
    by_link = share.way == ShareRecord.Way.LINK
    is_kept = by_link or any(each.copy for each in given)
    ShareContent.objects.bulk_create(
        ShareContent(share=share, file=each.file, copy=each.copy) for each in given if is_kept
    )
    return share


def _holder(party: Party, item: MediaItem) -> Holder:
    """Return by what a party is known again, wherever it holds something."""
    firm = party.representation
    email = firm.email if firm is not None else party.email
    return Holder(kind=party.kind, case_id=item.case_id, firm=firm, email=email)


def had_by(party: Party, item: MediaItem) -> list[ShareRecord]:
    """Return what stands of a recording with a party.

    A defendant's firms are one, and so are a firm, or an address, for two defendants. Counsel may
    be several, see `is_same_counsel`.
    """
    rows = item.shares.filter(party=party.kind, revoked_at__isnull=True)
    if (firm := party.representation) is not None:
        alike = Q(representation__in=firms_alike(firm, {item.case_id}))
        if firm.email:
            alike |= Q(representation__email__iexact=firm.email)
        rows = rows.filter(alike)
    rows = rows.select_related("representation").prefetch_related("contents__copy", "links")
    if party.kind != ShareRecord.Party.COUNSEL:
        return list(rows)
    return [each for each in rows if is_same_counsel(each, party.email, party.counsel)]


def _locked(share: ShareRecord) -> ShareRecord:
    return ShareRecord.objects.select_for_update().get(pk=share.pk)
