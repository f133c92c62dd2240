"""The firms that were recorded by mistake, and what each was given and opened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from forthright.hard_media.models import Hearing, Representation, ShareRecord
from forthright.hard_media.selectors.registered import found

# Only of these it is known that somebody had it before their eyes, or keeps it.
HAD = ("OPENED", "WATCHED", "FETCHED", "TAKEN_OUT", "TAKEN_PART")


@dataclass(frozen=True)
class Given:
    """One recording that was shared with a firm, to which address, and what it did with it."""

    share: ShareRecord
    addresses: tuple[str, ...]
    receipts: tuple[Any, ...]

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
    shares: QuerySet[ShareRecord] = ShareRecord.objects.filter(representation=firm)
    rows = shares.select_related("item").prefetch_related("links", "receipts__file")
    return Mistaken(
        firm,
        tuple(
            Given(
                each,
                tuple(sorted({link.email for link in each.links.all()})),
                tuple(each.receipts.all()),
            )
            for each in rows.order_by("item__exhibit", "pk")
        ),
    )
