"""What went to somebody by mistake: a firm recorded so, or a wrong address; and what was opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from forthright.hard_media.models import (
    AskedBack,
    Carrier,
    Hearing,
    Representation,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.selectors.registered import found

# Only of these it is known that somebody had it before their eyes, or keeps it.
HAD = ("OPENED", "WATCHED", "FETCHED", "TAKEN_OUT", "TAKEN_PART")


@dataclass(frozen=True)
class Given:
    """One recording that was shared with a firm, to which address, and what it did with it.

    :param discs: with it on, and with the party now, where that is asked
    :param answers: what they said so far that were asked for it, where that is asked
    """

    share: ShareRecord
    addresses: tuple[str, ...]
    receipts: tuple[Any, ...]
    discs: tuple[Carrier, ...] = ()
    answers: tuple[AskedBack, ...] = ()

    @property
    def is_opened(self) -> bool:
        """Say whether somebody had something of it, as far as anybody knows."""
        return self.share.opened_on is not None or any(e.what in HAD for e in self.receipts)


@dataclass(frozen=True)
class Mistaken:
    """A firm that was recorded by mistake, or is about to be said so, and what it was given."""

    firm: Representation
    given: tuple[Given, ...]

    @property
    def is_opened(self) -> bool:
        """Say whether something of it was opened."""
        return any(each.is_opened for each in self.given)

    @property
    def is_beyond_links(self) -> bool:
        """Say whether something went another way, of which nobody here sees what was opened."""
        return any(each.share.way != ShareRecord.Way.LINK for each in self.given)


@dataclass(frozen=True)
class Astray(Mistaken):
    """An address that was never its firm's, when somebody said so, and what went there.

    :param still_for: the defendants of the case for whom it stands all the same
    """

    email: str
    said_at: datetime
    still_for: tuple[str, ...]


def firm_for(hearing: Hearing, firm_id: int) -> Representation:
    """Return one that is or was recorded as representing a defendant of a case.

    :raises Http404: if there is none
    """
    rows = Representation.everything.filter(defendant__case=hearing.case_id, pk=firm_id)
    return found(rows.select_related("defendant"), "No such firm in this case")


def mistaken_of(hearing: Hearing) -> list[Mistaken]:
    """Return what was recorded by mistake in a case, the last first."""
    rows = Representation.everything.filter(
        defendant__case=hearing.case_id, mistake_at__isnull=False
    )
    rows = rows.select_related("defendant", "mistake_by").order_by("-mistake_at", "-pk")
    return [given_to(each) for each in rows]


def given_to(firm: Representation) -> Mistaken:
    """Return what was ever shared with a firm, and what it did with it."""
    return Mistaken(firm, given_of(ShareRecord.objects.filter(representation=firm)))


def astray_of(hearing: Hearing) -> list[Astray]:
    """Return what went in a case to addresses that were never their firm's, the last said first."""
    links = ShareLink.objects.filter(hearing=hearing, wrong_at__isnull=False)
    rows = links.select_related("representation__defendant").order_by("-wrong_at", "-pk")
    found: dict[tuple[datetime, str], list[ShareLink]] = {}
    for link in rows:
        if link.wrong_at is not None:
            found.setdefault((link.wrong_at, link.email.casefold()), []).append(link)
    return [
        Astray(
            firm,
            given_of(ShareRecord.objects.filter(links__in=those).distinct()),
            those[0].email,
            said_at,
            _still_for(hearing, those[0].email),
        )
        for (said_at, _), those in found.items()
        if (firm := those[0].representation) is not None
    ]


def _still_for(hearing: Hearing, email: str) -> tuple[str, ...]:
    rows = Representation.objects.filter(
        defendant__case=hearing.case_id, email__iexact=email, ends_on=None
    )
    return tuple(str(each.defendant) for each in rows.select_related("defendant").order_by("pk"))


def given_of(shares: "QuerySet[ShareRecord]") -> tuple[Given, ...]:
    """Return what some shares gave, to which addresses, and what was done with it."""
    rows = shares.select_related("item").prefetch_related("links", "receipts__file")
    return tuple(
        Given(
            each,
            tuple(sorted({link.email for link in each.links.all()})),
            tuple(each.receipts.all()),
        )
        for each in rows.order_by("item__exhibit", "pk")
    )
