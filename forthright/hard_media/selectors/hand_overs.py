"""Where discs and sticks went, without what was recorded by mistake."""

from collections import defaultdict
from collections.abc import Collection

from forthright.hard_media.models import HandOver


def hand_overs_that_stand(discs: Collection[int]) -> dict[int, list[HandOver]]:
    """Return the hand-overs of each disc, the first first, without what was taken back."""
    found: defaultdict[int, list[HandOver]] = defaultdict(list)
    for each in HandOver.objects.filter(carrier__in=discs).order_by("at", "pk"):
        if each.undoes_id is None:
            found[each.carrier_id].append(each)
        else:
            # It never went where the one before says.
            found[each.carrier_id].pop()
    return dict(found)
