"""Shares recordings by links from here: made, told, opened with a code, and noted."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import (
    Hearing,
    MediaItem,
    Playing,
    PlayingPart,
    ShareContent,
    ShareLink,
    ShareReceipt,
    ShareRecord,
)
from forthright.hard_media.selectors.damaged import with_damaged_file
from forthright.hard_media.selectors.files import why_no_file_to_give
from forthright.hard_media.selectors.held_back import unused_since
from forthright.hard_media.selectors.links import Given, mailbox_of, whom_to_ask, why_closed
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.proved import has_unopened
from forthright.hard_media.services import sharing
from forthright.hard_media.services.addresses import address_of, check_addresses
from forthright.hard_media.services.giving import ShareRefused, files_to_give
from forthright.hard_media.services.handing import check_unharmed
from forthright.hard_media.services.sharing import Party, Sending
from forthright.rules.media_clock import played_at_most
from forthright.rules.media_periods import why_opens_too_long
from forthright.rules.words import date_words, day_of, list_words
from forthright.web import clock, jobs

TELL_JOB = "hard_media.tell"
CODE_LASTS = timedelta(minutes=15)
# How long what was opened stays open, see the pages of what was received.
OPEN_AT_MOST = timedelta(hours=4)
PATIENCE = 8  # seconds for each answer of the mail server, while somebody waits for their code
MOST_TRIES, MOST_CODES = 5, 5  # of one code; in one hour
What = ShareReceipt.What


class CodeRefused(ValueError):
    """A code is not sent or does not open the link; the message says why."""


@transaction.atomic
def share_by_link(
    hearing: Hearing, items: Sequence[MediaItem], parties: Sequence[Party], sending: Sending, *,
    by: User | None, at: datetime,
) -> list[ShareRecord]:  # fmt: skip
    """Share recordings of which files are here, or copies of them; all or none.

    Each party gets a link of its own.

    :raises NotAllowed: if the case is another unit's
    :raises ShareRefused: if one may not be shared, has no file here, or a party has no address
    """
    if missing := [each for each in items if not files_to_give(each)]:
        raise ShareRefused(why_no_file_to_give(missing))
    if harmed := [each.exhibit for each in with_damaged_file(items).order_by("pk")]:
        raise ShareRefused(
            f"What is kept of {list_words(harmed)} is damaged, so a link would open nothing. Send "
            "the same file once more first, as the page of the recording says, or share another "
            "way."
        )
    expires = sending.link_expires_on
    if expires is None or expires <= at.date():
        raise ShareRefused("Say until when the link opens, a day after today.")
    periods = periods_of(hearing.area)
    if why := why_opens_too_long(expires, hearing.on, day_of(at), periods):
        raise ShareRefused(why)
    check_addresses(hearing, parties, at=at)
    now = replace(sending, way=ShareRecord.Way.LINK, on=clock.day_of(at))
    made = sharing.share_items(hearing, items, parties, now, by=by, at=at)
    for party in parties:
        firm = party.representation
        link = ShareLink(
            area=hearing.area, hearing=hearing, party=party.kind, representation=firm,
            email=address_of(party), expires_on=expires, made_at=at, made_by=by,
        )  # fmt: skip
        own = (party.kind, firm.pk if firm is not None else None)
        make_link(
            link, [each for each in made if (each.party, each.representation_id) == own],
            by=by, at=at,
        )  # fmt: skip
    return made


def make_link(
    link: ShareLink, shares: Sequence[ShareRecord], *, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Save a link with what it opens, and have its e-mail sent."""
    link.save()
    link.shares.set(shares)
    audit.record("link.made", link, by=by, at=at, shares=[each.pk for each in shares])
    jobs.ask(
        TELL_JOB, key=f"link {link.pk}", by=by, at=at, args={"link": link.pk}, area=link.area
    )  # fmt: skip


def tell_party(link: ShareLink, *, address: str, by: User | None, at: datetime) -> None:
    """Send the e-mail that recordings wait; it names no case and nobody in it.

    It does not go to the court where something became unused since: `send_anew` asks about that.

    :param address: the address of the page, with the site's name
    """
    if link.notified_at is not None or why_closed(link, at.date()):
        return
    if unused := [each.pk for each in unused_since(link)]:
        audit.record("link.held_back", link, by=by, at=at, recordings=unused)
        return
    EmailMessage(
        "Recordings are waiting for you",
        f"{link.area} has shared recordings of a case with you.\n\nOpen them here until "
        f"{date_words(link.expires_on)}:\n{address}\n\nThe page sends a code to this address "
        "each time. Do not pass the link on: it opens with a code that only you receive.\n\n"
        f"{whom_to_ask(link)}\n",
        settings.DEFAULT_FROM_EMAIL,
        [link.email],
        reply_to=_answers_to(link),
    ).send()
    on = clock.day_of(at)
    with transaction.atomic():
        link.notified_at = at
        link.save(update_fields=["notified_at"])
        # What goes by a link is shared on the day on which its e-mail goes.
        link.shares.filter(shared_on__lt=on).update(shared_on=on)
        audit.record("link.told", link, by=by, at=at, on=on)


def _answers_to(link: ShareLink) -> list[str]:
    """Return where an answer to an e-mail goes: to the unit, where it has an address."""
    mailbox = mailbox_of(link.hearing.unit)
    return [mailbox] if mailbox else []


def send_code(link: ShareLink, *, by: User | None, at: datetime) -> None:
    """Send a code to the address of a link; the one before it opens nothing any more.

    That a code was asked for is kept before it goes, so that it counts though no e-mail goes, and
    nobody waits for the mail server but whoever asked.

    :raises CodeRefused: if the link is closed, too many codes went in this hour, or no e-mail goes
    """
    digits = f"{secrets.randbelow(1_000_000):06d}"
    link = _keep_code(link, digits, by=by, at=at)
    message = EmailMessage(
        f"{digits} is your code",
        f"{digits} opens the recordings that {link.area} shared with you. It is good for 15 "
        "minutes and one time. If you did not ask for it, tell whoever sent you the link.\n\n"
        f"{whom_to_ask(link)}\n",
        settings.DEFAULT_FROM_EMAIL,
        [link.email],
        reply_to=_answers_to(link),
        connection=get_connection(timeout=PATIENCE),
    )
    try:
        message.send()
    except OSError as fault:
        why = type(fault).__name__
        with transaction.atomic():
            audit.record("link.code_not_sent", link, by=by, at=at, why=why)
        raise CodeRefused(
            "The e-mail could not be sent just now: the mail server does not answer, or did not "
            f"take it. Wait some minutes, then ask again; at most {MOST_CODES} are sent in an hour."
        ) from fault


@transaction.atomic
def _keep_code(link: ShareLink, digits: str, *, by: User | None, at: datetime) -> ShareLink:
    """Keep which code is good now, and that one more was asked for; return the link as it is.

    :raises CodeRefused: if the link is closed, or too many codes went in this hour
    """
    link = ShareLink.objects.select_for_update(of=("self",)).select_related("area").get(pk=link.pk)
    if words := why_closed(link, at.date()):
        raise CodeRefused(words)
    if link.codes_since is None or link.codes_since + timedelta(hours=1) <= at:
        link.codes_since, link.codes_sent = at, 0
    if link.codes_sent >= MOST_CODES:
        raise CodeRefused("Too many codes were asked for. Wait an hour, then ask again.")
    link.code, link.code_sent_at, link.code_tries = make_password(digits), at, 0
    link.codes_sent += 1
    link.save()
    audit.record("link.code_sent", link, by=by, at=at)
    return link


def enter_code(link: ShareLink, digits: str, *, by: User | None, at: datetime) -> None:
    """Open a link with the code that was sent; it opens once.

    :raises CodeRefused: if the link is closed, or the code is wrong, too old or used
    """
    refusal = _tried(link, digits, by=by, at=at)
    if refusal:
        raise CodeRefused(refusal)


@transaction.atomic
def _tried(link: ShareLink, digits: str, *, by: User | None, at: datetime) -> str:
    """Try a code, and keep that it was tried; return why it opens nothing, or nothing."""
    link = ShareLink.objects.select_for_update().get(pk=link.pk)
    if words := why_closed(link, at.date()):
        return words
    sent_at = link.code_sent_at
    is_old = sent_at is None or sent_at + CODE_LASTS < at
    if not link.code or is_old or link.code_tries >= MOST_TRIES:
        return "That code is no longer good. Have a new one sent."
    if not check_password(digits.strip(), link.code):
        link.code_tries, link.codes_wrong = link.code_tries + 1, link.codes_wrong + 1
        if link.codes_wrong >= link.MOST_WRONG:
            link.guessed_at = at
        link.save(update_fields=["code_tries", "codes_wrong", "guessed_at"])
        audit.record("link.code_wrong", link, by=by, at=at)
        if link.is_guessed_at:
            audit.record("link.closed_by_guesses", link, by=by, at=at, wrong=link.codes_wrong)
        return "That is not the code. Look at the newest e-mail, and enter its six digits."
    link.code = ""
    link.save(update_fields=["code"])
    audit.record("link.entered", link, by=by, at=at)
    return ""


@transaction.atomic
def note_looked_at(given: Given, *, by: User | None, at: datetime) -> None:
    """Note that a party looked at the page of a recording; nothing of it went out with that."""
    _record("share.looked_at_by_link", given, by=by, at=at)


@transaction.atomic
def note_opened(
    given: Given, *, by: User | None, at: datetime, part: PlayingPart | None = None
) -> None:
    """Note that a recording began to play to a party, and which camera or sound of several."""
    number = part.number if part else None
    _note(given, ShareReceipt(what=What.OPENED, part=number), by=by, at=at)


def ask_to_take_out(given: Given, *, by: User | None, at: datetime) -> None:
    """Read a file as a whole before it goes to a party, and note that it was asked for.

    :raises Damaged: if it is no longer what was shared; then nothing goes
    """
    content = given.content
    check_unharmed(content.file, content.sha256, by=by, at=at)
    with transaction.atomic():
        _record("share.asked_to_take_out_by_link", given, by=by, at=at)


@transaction.atomic
def note_taken_out(
    given: Given, in_part: ShareReceipt | None = None, *, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Note that every byte of a file went out to a party, and its SHA-256.

    :param in_part: the receipt that said so far how much of it did
    """
    receipt = in_part or ShareReceipt()
    receipt.what, receipt.percent = What.TAKEN_OUT, None
    receipt.sha256 = given.content.sha256
    _note(given, receipt, by=by, at=at)


@transaction.atomic
def note_taken_in_part(
    given: Given, receipt: ShareReceipt | None, percent: int, *, by: User | None, at: datetime
) -> ShareReceipt:  # fmt: skip
    """Note how much of a file went out to a party to be kept; that it was opened it does not prove.

    :param receipt: what said so far how much did, of this one taking out
    """
    receipt = receipt or ShareReceipt(what=What.TAKEN_PART)
    if receipt.percent is None or percent > receipt.percent:
        receipt.percent = percent
        _note(given, receipt, by=by, at=at)
    return receipt


@transaction.atomic
def note_not_played(
    given: Given, *, by: User | None, at: datetime, part: PlayingPart | None = None
) -> None:
    """Note that a recording did not play in the browser of a party, as that says.

    What was fetched of it there, to look into it, is then no sign that anybody saw or heard it.
    """
    _note(
        given, ShareReceipt(what=What.NOT_PLAYED, part=part.number if part else None), by=by, at=at
    )
    share = ShareRecord.objects.select_for_update(of=("self",)).get(pk=given.share.pk)
    by_receipt = share.opened_known == ShareRecord.HowKnown.RECEIPT
    if share.opened_on is not None and by_receipt and has_unopened(share):
        sharing.keep_unopened(share, by=by, at=at)


@transaction.atomic
def note_watched(given: Given, seconds: int, *, by: User | None, at: datetime) -> None:
    """Note how much of a recording a party has played since it opened it.

    Anything may say so in place of the browser: no more is noted than can have been played.
    """
    share, content = given.share, given.content
    opened = ShareReceipt.objects.filter(
        link=given.link, share=share, file=content.file, copy=content.copy, what=What.OPENED,
        at__range=(at - OPEN_AT_MOST, at),
    ).order_by("at").first()  # fmt: skip
    if opened is None:
        return
    since = (at - opened.at).total_seconds()
    seconds = played_at_most(seconds, lasts=_length_of(content), since=since)
    if not seconds:
        return
    # A browser says so again and again while it plays: one viewing is one row, which grows.
    share = ShareRecord.objects.select_for_update(of=("self",)).get(pk=share.pk)
    same = ShareReceipt.objects.filter(
        link=given.link, share=share, file=content.file, copy=content.copy
    ).order_by("pk")
    last = same.filter(what=What.OPENED).last()
    viewing = same.filter(what=What.WATCHED, pk__gt=last.pk if last else 0).last()
    if viewing is None:
        _note(given, ShareReceipt(what=What.WATCHED, seconds=seconds), by=by, at=at)
    elif seconds > (viewing.seconds or 0):
        viewing.seconds, viewing.at = seconds, at
        viewing.save(update_fields=["seconds", "at"])
        _record(
            "share.watched_by_link", given, by=by, at=at, sha256="", seconds=seconds, part=None
        )  # fmt: skip


@transaction.atomic
def note_fetched(given: Given, *, by: User | None, at: datetime) -> None:
    """Note that every byte of what a party plays went out to it, once since it was opened.

    A browser may keep them, whatever its player offers, and without the mark that lies over them.
    """
    content = given.content
    same = ShareReceipt.objects.filter(
        link=given.link, share=given.share, file=content.file, copy=content.copy
    )
    opened = same.filter(what=What.OPENED).order_by("pk").last()
    if opened is not None and not same.filter(what=What.FETCHED, pk__gt=opened.pk).exists():
        _note(given, ShareReceipt(what=What.FETCHED), by=by, at=at)


@transaction.atomic
def note_broken_off(given: Given, *, by: User | None, at: datetime) -> None:
    """Note that what was on its way to a party was broken off, as it is no longer given."""
    _record("share.broken_off_by_link", given, by=by, at=at)


def _length_of(content: ShareContent) -> float | None:
    """Return how long what was given is, in seconds: as its file plays, or as the register says."""
    if content.copy is not None and content.copy.what == content.copy.What.CLIP:
        return content.copy.end - content.copy.start
    playing = Playing.objects.filter(sent_file=content.file_id).first()
    return (playing and playing.seconds) or content.file.item.seconds


def _note(given: Given, receipt: ShareReceipt, *, by: User | None, at: datetime) -> None:
    # Two files of one recording may be opened at once; only the first sets the day.
    share = (
        ShareRecord.objects.select_for_update(of=("self",))
        .select_related("item")
        .get(pk=given.share.pk)
    )
    receipt.link, receipt.share, content = given.link, given.share, given.content
    receipt.file, receipt.copy, receipt.at = content.file, content.copy, at
    receipt.save()
    # What went out before it was taken back is noted all the same, and proves nothing any more.
    stands = share.opened_on is None and share.revoked_at is None
    is_in_time = share.link_expires_on is None or clock.day_of(at) <= share.link_expires_on
    if stands and is_in_time and not has_unopened(share):
        known = ShareRecord.HowKnown.RECEIPT
        sharing.keep_opened(share, on=clock.day_of(at), known=known, by=by, at=at)
    _record(
        f"share.{receipt.what.lower()}_by_link", given, by=by, at=at, sha256=receipt.sha256,
        seconds=receipt.seconds, part=receipt.part, percent=receipt.percent,
    )  # fmt: skip


def _record(name: str, given: Given, *, by: User | None, at: datetime, **more: object) -> None:
    """Leave an event of what a party did with what it was given, and by which link."""
    content, via = given.content, given.link.pk
    audit.record(
        name, given.share, by=by, at=at, area=None, via=via, file=content.file_id,
        copy=content.copy_id, **more,
    )  # fmt: skip
