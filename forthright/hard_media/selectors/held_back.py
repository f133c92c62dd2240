"""Links whose e-mail has not gone, and those that it must not go for before somebody decides."""

from collections import defaultdict
from collections.abc import Sequence
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
    links = list(rows.order_by("made_at", "pk"))
    unused = _unused_by_link(links)
    return [Unsent(each, list_words([item.exhibit for item in unused[each.pk]])) for each in links]


def unused_since(link: ShareLink) -> list[MediaItem]:
    """Return what a link would open to the court that became unused since it was made.

    Of what was unused by then, whoever made it was asked whether the court is to have it.
    """
    return _unused_by_link([link])[link.pk]


def _unused_by_link(links: Sequence[ShareLink]) -> defaultdict[int, list[MediaItem]]:
    """Return what became unused since, by the link; in as many queries for many as for one."""
    made = {each.pk: each.made_at for each in links if each.party == ShareRecord.Party.COURT}
    found: defaultdict[int, list[MediaItem]] = defaultdict(list)
    opens = ShareRecord.objects.filter(
        links__in=made, revoked_at=None, item__classification=Classification.UNUSED
    )
    pairs = opens.order_by("item__exhibit", "item").values_list("links", "item").distinct()
    by_link = [(link, item) for link, item in pairs if link in made]
    items = MediaItem.objects.in_bulk({item for _, item in by_link})
    turns = turns_of(list(items))
    for link, item in by_link:
        kind = kind_of([turn for turn in turns[item] if turn.at <= made[link]])
        if kind is not Classification.UNUSED:
            found[link].append(items[item])
    return found
