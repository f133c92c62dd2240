"""What is here by one disc or stick alone, so that it is gone where that goes."""

from datetime import date

from django.db.models import Exists, Q

from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.gone import came_and_not_on_file, on_discs
from forthright.hard_media.selectors.hands import WITH_US
from forthright.hard_media.selectors.to_do import is_asked_about
from forthright.rules.media_facts import Classification


def here_only_on(carrier: Carrier, today: date) -> list[MediaItem]:
    """Return the recordings on a disc that are here by nothing else, and are still asked about.

    A disc that somebody else has holds nothing here. Of what is not relevant, and of a case that is
    closed or has ended, nobody needs the last copy.
    """
    elsewhere = on_discs().filter(WITH_US).exclude(carrier=carrier)
    rows = MediaItem.objects.filter(
        came_and_not_on_file(today),
        is_asked_about(),
        ~Q(Exists(elsewhere)),
        Exists(on_discs().filter(carrier=carrier)),
    ).exclude(classification=Classification.NOT_RELEVANT)
    return list(rows.select_related("case").order_by("case__urn", "exhibit", "pk"))
