"""Links whose e-mail has not gone, and those that it must not go for before somebody decides."""

from dataclasses import dataclass
from datetime import date

from forthright.hard_media.models import Hearing, MediaItem, ShareLink, ShareRecord
from forthright.hard_media.selectors.history import turns_of
from forthright.hard_media.selectors.links import unsent_links
from forthright.rules.media_facts import Classification
from forthright.rules.media_history import kind_of
from forthright.rules.words import list_words


@dataclass(frozen=True)
class Unsent:
    """A link whose e-mail has not gone.

    :param unused: what became unused since it was made, so that its e-mail does not go
    """

    link: ShareLink
    unused: str


def unsent_of(hearing: Hearing, today: date) -> list[Unsent]:
    """Return the links of a case whose e-mail has not gone, the first made first."""
    rows = unsent_links(today).filter(hearing=hearing).select_related("representation")
    return [
        Unsent(each, list_words([item.exhibit for item in unused_since(each)]))
        for each in rows.order_by("made_at", "pk")
    ]


def unused_since(link: ShareLink) -> list[MediaItem]:
    """Return what a link would open to the court that became unused since it was made.

    Of what was unused by then, whoever made it was asked whether the court is to have it.
    """
    if link.party != ShareRecord.Party.COURT:
        return []
    items = MediaItem.objects.filter(
        shares__in=link.shares.filter(revoked_at=None), classification=Classification.UNUSED
    )
    found = list(items.distinct().order_by("exhibit", "pk"))
    turns = turns_of([each.pk for each in found])
    return [
        each
        for each in found
        if kind_of([turn for turn in turns[each.pk] if turn.at <= link.made_at])
        is not Classification.UNUSED
    ]
