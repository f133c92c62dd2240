"""What is here by one disc or stick alone, so that it is gone where that goes."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, Q

from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.damaged import of_a_damaged_file
from forthright.hard_media.selectors.gone import came_and_not_on_file, on_discs
from forthright.hard_media.selectors.hands import WITH_US, let_go_at
from forthright.hard_media.selectors.to_do import DAYS_WARNED, is_asked_about
from forthright.rules.media_facts import Classification
from forthright.rules.words import date_words, list_words


def here_only_on(carrier: Carrier, today: date) -> list[MediaItem]:
    """Return the recordings on a disc that are here by nothing else, and are still asked about.

    A link that ends as soon as whoever is to view something is warned of it is nothing else.
    A disc that somebody else has holds nothing here, and of what came as several files one that is
    damaged is nowhere else, however whole the others are. Of what is not relevant, and of a case
    that is closed or has ended, nobody needs the last copy.
    """
    elsewhere = on_discs().filter(WITH_US).exclude(carrier=carrier)
    rows = MediaItem.objects.filter(
        came_and_not_on_file(today + timedelta(days=DAYS_WARNED + 1)) | of_a_damaged_file(),
        is_asked_about(),
        ~Q(Exists(elsewhere)),
        Exists(on_discs().filter(carrier=carrier)),
    ).exclude(classification=Classification.NOT_RELEVANT)
    return list(rows.select_related("case").order_by("case__urn", "exhibit", "pk"))


def to_explain(carrier: Carrier, today: date) -> list[MediaItem]:
    """Return what is here by a disc alone, without what it left with once and somebody said why."""
    only_here, let_go = here_only_on(carrier, today), let_go_at(carrier)
    if let_go is None:
        return only_here
    later = set(carrier.carried.filter(ticked_at__gt=let_go).values_list("item", flat=True))
    return [each for each in only_here if each.pk in later]


def only_here_words(items: Sequence[MediaItem], today: date) -> str:
    """Say what is here by a disc alone, with the link of each that opens for some days yet."""
    return list_words([f"{each}{_link_words(each, today)}" for each in items])


def _link_words(item: MediaItem, today: date) -> str:
    ends = item.link_expires_on
    if not item.link or ends is None or ends < today:
        return ""
    return f" (its link ends on {date_words(ends)})"
