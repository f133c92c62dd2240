"""Whether a second copy of a recording that was decided is asked for still.

It is until a disc or stick with it comes, or somebody lets the last one go again and says why. That
is read from what stands of the discs, so that what was ticked by mistake and is taken off answers
nothing; and nobody is asked for what is here, or was found not relevant.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forthright.hard_media.models import Carried, HandOver, MediaItem
from forthright.hard_media.selectors.gone import is_gone, on_discs
from forthright.rules.media_facts import Classification
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import DECIDED


def is_second_asked(today: date) -> Q:
    """Say of which recordings the same is asked for once more, and has not come."""
    came = Exists(_that_came(Carried.objects.filter(item=OuterRef("pk"))))
    asked = Q(second_asked_at__isnull=False, state__in=DECIDED)
    needed = ~Q(classification=Classification.NOT_RELEVANT)
    return asked & needed & is_gone(today) & ~Q(came) & ~Q(Exists(_let_go(on_discs())))


def second_asked_at(item: MediaItem, today: date) -> datetime | None:
    """Return when a second copy was asked for that is waited for still."""
    this = MediaItem.objects.filter(is_second_asked(today), pk=item.pk)
    return this.values_list("second_asked_at", flat=True).first()


def second_asked_of(gone: Collection[int], today: date) -> frozenset[int]:
    """Return of which of some recordings that are not here a second copy is asked for still."""
    if not gone:
        return frozenset()
    this = MediaItem.objects.filter(is_second_asked(today), pk__in=gone)
    return frozenset(this.values_list("pk", flat=True))


def answers_of(item: MediaItem) -> "QuerySet[Carried]":
    """Return on which discs and sticks the second copy came that was asked for last."""
    return _that_came(item.carried.all())


def _that_came(rows: "QuerySet[Carried]") -> "QuerySet[Carried]":
    """Return of them those that came since it was asked for, and were here when that was said."""
    then = HandOver.objects.filter(carrier=OuterRef("carrier"), at__lte=OuterRef("ticked_at"))
    was_with = Subquery(then.order_by("-at", "-pk").values("to_kind")[:1])
    return rows.annotate(was_with=was_with).filter(
        was_with=Receiver.UNIT,
        carrier__added_at__gte=F("item__second_asked_at"),
        carrier__received_on__gte=F("item__second_asked_at__date"),
    )


def _let_go(rows: "QuerySet[Carried]") -> "QuerySet[Carried]":
    """Return of them those that left since it was asked for, with why, and did not come back."""
    back = HandOver.objects.filter(
        carrier=OuterRef("carrier"), to_kind=Receiver.UNIT, pk__gt=OuterRef("pk")
    )
    left = HandOver.objects.filter(
        ~Exists(back), carrier=OuterRef("carrier"), undoes=None,
        at__gt=OuterRef("item__second_asked_at"),
        at__gte=Coalesce(OuterRef("ticked_at"), OuterRef("carrier__added_at")),
    )  # fmt: skip
    return rows.filter(Exists(left.exclude(last_copy_because="")))
