"""Puts right where a firm is written to; the firm, and what it was given, stays as it is."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import FormerAddress, Representation
from forthright.rules.written import cleaned


def is_same_firm(present: Representation | None, name: str) -> bool:
    """Say whether a name is that of who represents a defendant, however it is written."""
    if present is None or present.is_unrepresented:
        return False
    return compared(present.firm) == compared(name)


@transaction.atomic
def keep_address(
    firm: Representation, *, contact: str, email: str, by: User | None, at: datetime
) -> list[str]:
    """Keep another contact or e-mail address of a firm, and what stood there before.

    One that is left empty stays. Links whose e-mail went stay with the address they went to.
    Return what changed; whoever calls has checked that this person may.
    """
    said = {"contact": cleaned(contact), "email": cleaned(email)}
    changed = [name for name, new in said.items() if new and new != getattr(firm, name)]
    if not changed:
        return []
    FormerAddress.objects.create(
        representation=firm, contact=firm.contact, email=firm.email, until=at, changed_by=by
    )
    for name in changed:
        setattr(firm, name, said[name])
    firm.save(update_fields=changed)
    audit.record("representation.address_changed", firm, by=by, at=at, fields=changed)
    return changed


def compared(name: str) -> str:
    """Return the name of a firm as it is compared with another, however either is written."""
    return " ".join(name.split()).casefold()
