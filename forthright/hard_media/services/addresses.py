"""How a firm is called and written to: put right, and never one address for two parties."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import FormerAddress, Hearing, Representation
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party
from forthright.rules.firm_names import firm_key
from forthright.rules.written import cleaned


def is_same_firm(present: Representation | None, name: str) -> bool:
    """Say whether a name is that of who represents a defendant, however it is written."""
    if present is None or present.is_unrepresented:
        return False
    return compared(present.firm) == compared(name)


@transaction.atomic
def keep_address(
    firm: Representation, *, name: str = "", contact: str, email: str, by: User | None, at: datetime
) -> list[str]:
    """Keep another name, contact or e-mail address of a firm, and what stood there before.

    One that is left empty stays. Links whose e-mail went stay with the address they went to.
    Return what changed; whoever calls has checked that this person may.
    """
    said = {"firm": cleaned(name), "contact": cleaned(contact), "email": cleaned(email)}
    changed = [field for field, new in said.items() if new and new != getattr(firm, field)]
    if not changed:
        return []
    FormerAddress.objects.create(
        representation=firm, firm=firm.firm if "firm" in changed else "", contact=firm.contact,
        email=firm.email, until=at, changed_by=by,
    )  # fmt: skip
    for field in changed:
        setattr(firm, field, said[field])
    firm.save(update_fields=changed)
    audit.record("representation.address_changed", firm, by=by, at=at, fields=changed)
    return changed


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
