"""The discs and sticks that an Area held at the end of a day, for the weekly report."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from forthright.accounts.models import Area
from forthright.hard_media.models import Carried, Carrier, Hearing
from forthright.hard_media.selectors.ended import has_ended_for_all
from forthright.rules.media_backlog import DiscFact
from forthright.rules.media_states import CarrierState


def discs_held(area: Area, until: date) -> tuple[DiscFact, ...]:
    """Return the discs and sticks that were neither returned nor destroyed by the end of a day."""
    to_come = Hearing.objects.filter(Q(on=None) | Q(on__gt=until)).exclude(has_ended_for_all())
    known = Carried.objects.filter(carrier=OuterRef("pk"))
    waits = known.filter(item__case__in=to_come.values("case"))
    discs = (
        Carrier.objects.filter(Q(ended_on=None) | Q(ended_on__gt=until), area=area)
        .filter(received_on__lte=until)
        .annotate(waits=Exists(waits), is_known=Exists(known))
        .order_by("pk")
    )
    return tuple(
        DiscFact(
            id=pk,
            is_missing=state == CarrierState.MISSING,
            is_over=is_known and not waits,
            is_unknown=not is_known,
        )
        for pk, state, waits, is_known in discs.values_list("pk", "state", "waits", "is_known")
    )
