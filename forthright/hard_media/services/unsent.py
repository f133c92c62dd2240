"""Sends the e-mail of a link once more that has not gone, as before or to another address."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Representation, ShareLink
from forthright.hard_media.selectors.held_back import unused_since
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services.addresses import Address, check_addresses, keep_address
from forthright.hard_media.services.for_the_court import UnusedForCourt, unused_to_decide
from forthright.hard_media.services.giving import SINCE, ShareRefused
from forthright.hard_media.services.links import make_link
from forthright.hard_media.services.sharing import Party
from forthright.rules.words import day_of, list_words
from forthright.rules.written import cleaned


def why_not_anew(link: ShareLink, today: date) -> str:
    """Return why the e-mail of a link is not sent again, or nothing."""
    if link.notified_at is not None:
        return (
            "The e-mail went, so it is not sent again. If it went to a wrong address, take the "
            "share back on the page of the recording, and share it anew."
        )
    why = why_closed(link, today)
    return f"This link is not sent again. {why}" if why else ""


@transaction.atomic
def send_anew(
    link: ShareLink, email: str, *, was_wrong: bool | None = None,
    unused_decided: Collection[str] | None = (), by: User | None, at: datetime,
) -> ShareLink:  # fmt: skip
    """Put a link in place of one whose e-mail has not gone; the old one opens nothing any more.

    A firm's other address is kept as that of the firm, and its other such links go there too.

    :param was_wrong: whether the address that the firm had was never its own, see `Address`
    :param unused_decided: of what became unused since, what somebody decided that the court is to
        have, by its key; None: all
    :raises NotAllowed: if the case is another unit's
    :raises UnusedForCourt: if something became unused since, and nobody decided that
    :raises AddressToTell: if other links went to the old address, and nobody says whether it was
        wrong
    :raises ShareRefused: if the e-mail went, the link opens nothing, or another has the address
    """
    policies.check_can_record(by, link.hearing)
    rows = ShareLink.objects.select_for_update(of=("self",))
    link = rows.select_related("area", "hearing", "representation").get(pk=link.pk)
    if why := why_not_anew(link, day_of(at)):
        raise ShareRefused(why)
    unused_too = _check_unused_since(link, unused_decided)
    firm = link.representation
    if firm is not None:
        keep_address(firm, Address(email=email, old_was_wrong=was_wrong), by=by, at=at)
    new = _replace(link, email, unused_too=unused_too, by=by, at=at)
    if firm is not None:
        send_where_it_is_now(firm, by=by, at=at)
    return new


def _check_unused_since(link: ShareLink, decided: Collection[str] | None) -> bool:
    """Refuse the court what became unused since its link was made, unless that is decided.

    Return whether something did, as it was decided.

    :raises UnusedForCourt: with how to decide
    """
    unused = unused_since(link)
    if found := unused_to_decide(unused, decided):
        raise UnusedForCourt(
            f"{SINCE if decided else ''}{list_words([each.exhibit for each in found])} became "
            "unused since this link was made. What is disclosed as unused goes to the defence, "
            "and the court does not see it. Say that the court is to have it, as where a judge "
            "asked to see it, or take it back on the page of the recording, and send what is left."
        )
    return bool(unused)


@transaction.atomic
def send_where_it_is_now(firm: Representation, *, by: User | None, at: datetime) -> int:
    """Have each link of a firm whose e-mail has not gone go to the address it has now."""
    waiting = [
        each for each in _unsent_of(firm)
        if each.email != firm.email and not why_closed(each, day_of(at))
    ]  # fmt: skip
    for each in waiting if firm.email else ():
        _replace(each, firm.email, by=by, at=at)
    return len(waiting)


def _unsent_of(firm: Representation) -> "list[ShareLink]":
    """Return the links of a firm whose e-mail has not gone, locked."""
    rows = ShareLink.objects.select_for_update(of=("self",)).filter(
        ShareLink.UNSENT, representation=firm
    )
    return list(rows.select_related("area", "hearing", "representation").order_by("pk"))


def _replace(
    link: ShareLink, email: str, *, unused_too: bool = False, by: User | None, at: datetime
) -> ShareLink:
    party = Party(kind=link.party, representation=link.representation, email=cleaned(email))
    check_addresses(link.hearing, [party], at=at)
    link.replaced_at = at
    link.save(update_fields=["replaced_at"])
    new = ShareLink(
        area=link.area, hearing=link.hearing, party=link.party, representation=link.representation,
        email=cleaned(email), expires_on=link.expires_on, made_at=at, made_by=by,
    )  # fmt: skip
    make_link(new, list(link.shares.all()), by=by, at=at)
    audit.record("link.replaced", link, by=by, at=at, by_link=new.pk, unused_too=unused_too)
    return new
