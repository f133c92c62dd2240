"""How a firm is called and written to: put right, and never one address for two parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import (
    FormerAddress,
    Hearing,
    Representation,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party, revoke_share
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.firm_names import firm_key
from forthright.rules.words import list_words
from forthright.rules.written import cleaned


class AddressToTell(ShareRefused):
    """Something went to the address that is put right, and nobody says whether it was wrong."""


def is_same_firm(present: Representation | None, name: str) -> bool:
    """Say whether a name is that of who represents a defendant, however it is written."""
    if present is None or present.is_unrepresented:
        return False
    return compared(present.firm) == compared(name)


@dataclass(frozen=True, kw_only=True)
class Address:
    """How a firm is called and written to now; what is left empty stays as it is.

    :param old_was_wrong: whether the e-mail address that stood was never the firm's, where
        something went there; None where nobody said
    """

    name: str = ""
    contact: str = ""
    email: str
    old_was_wrong: bool | None = None


@transaction.atomic
def keep_address(
    firm: Representation, new: Address, *, by: User | None, at: datetime
) -> list[str]:  # fmt: skip
    """Keep another name, contact or e-mail address of a firm, and what stood there before.

    Links whose e-mail went stay with the address they went to; where that was never the firm's,
    they are shut and what they opened is taken back, for whoever opened it was somebody else.
    Return what changed; whoever calls has checked that this person may.

    :raises AddressToTell: if something stands by a link that went there, and nobody says whether
        it was the firm's
    """
    said = {"firm": cleaned(new.name), "contact": cleaned(new.contact), "email": cleaned(new.email)}
    changed = [field for field, words in said.items() if words and words != getattr(firm, field)]
    if not changed:
        return []
    is_moved = "email" in changed and said["email"].casefold() != firm.email.casefold()
    shares = _went_to(firm) if is_moved else []
    if shares and new.old_was_wrong is None:
        what = list_words(sorted({each.item.exhibit for each in shares}))
        raise AddressToTell(
            f"The e-mail with the link to {what} went to {firm.email}. Say whether that was an "
            f"address of {firm}. If it never was, somebody else can open it there, and that would "
            "count as opened by them."
        )
    if is_moved and new.old_was_wrong:
        _shut(firm, shares, by=by, at=at)
    FormerAddress.objects.create(
        representation=firm, firm=firm.firm if "firm" in changed else "", contact=firm.contact,
        email=firm.email, until=at, changed_by=by,
    )  # fmt: skip
    for field in changed:
        setattr(firm, field, said[field])
    firm.save(update_fields=changed)
    audit.record("representation.address_changed", firm, by=by, at=at, fields=changed)
    return changed


def _went_to(firm: Representation) -> list[ShareRecord]:
    """Return what stands by links whose e-mail went to the address that a firm has now."""
    links = _links_gone_to(firm)
    shares = ShareRecord.objects.filter(pk__in=links.values("shares"), revoked_at=None)
    return list(shares.select_related("item").order_by("pk"))


def _links_gone_to(firm: Representation) -> "QuerySet[ShareLink]":
    rows = ShareLink.objects.filter(representation=firm, email__iexact=firm.email)
    return rows.filter(notified_at__isnull=False)


def _shut(
    firm: Representation, shares: Sequence[ShareRecord], *, by: User | None, at: datetime
) -> None:
    """Shut every link that went to the address of a firm, and take back what stands by them."""
    locked_together([each.item_id for each in shares])
    links = list(_links_gone_to(firm).select_for_update().order_by("pk"))
    for link in links:
        link.wrong_at = at
        link.save(update_fields=["wrong_at"])
    for share in shares:
        reason = f"{firm.email}, where its link went, was never an address of {firm}."
        revoke_share(share, reason=reason, by=by, at=at)
    for link in links:
        audit.record("link.sent_astray", link, by=by, at=at)


def compared(name: str) -> str:
    """Return the name of a firm as it is compared with another, however either is written."""
    return " ".join(name.split()).casefold()


def check_addresses(hearing: Hearing, parties: Sequence[Party], *, at: datetime) -> None:
    """Refuse one address for two parties, or two firms: whoever reads it would open for both.

    The links of the case that still open count as well. One firm may represent two defendants.

    :raises ShareRefused: with the address
    """
    whose: dict[str, tuple[str, str]] = {
        each.email.casefold(): _who(each.party, each.representation)
        for each in hearing.links.select_related("representation")
        if not why_closed(each, at.date())
    }
    for party in parties:
        address = address_of(party)
        own = _who(party.kind, party.representation)
        known = whose.setdefault(address.casefold(), own)
        if known == own:
            continue
        what = "firms" if known[0] == own[0] else "parties"
        raise ShareRefused(
            f"{address} stands for two {what}. Each gets a link of its own, and what one opens "
            "would count for the other. Enter an address of each."
        )


def _who(kind: str, firm: Representation | None) -> tuple[str, str]:
    """Return by what a party is told from another: a firm by its name, however it is written."""
    return kind, firm_key(firm.firm) if firm is not None else ""


def address_of(party: Party) -> str:
    """Return where a link for a party goes.

    :raises ShareRefused: if no address of it is known
    """
    firm = party.representation
    address = firm.email if firm is not None else party.email
    if not address:
        whom = firm.firm if firm is not None else "each party that is no firm"
        raise ShareRefused(f"An e-mail address of {whom} is needed for a link.")
    return address
