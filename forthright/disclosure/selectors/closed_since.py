"""What came after a duty was closed: nothing of it can be endorsed or served there any more."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from forthright.disclosure.models import Delivery, DisclosureDuty, Endorsement, Item
from forthright.disclosure.selectors.standings import LISTING
from forthright.rules.disclosure_duty import DutyState

# Taken in, and not gone back to the police.
_HERE = (Delivery.State.RECEIVED.value, Delivery.State.ADEQUATE.value)


def _new_items(**which: Any) -> "QuerySet[Item]":
    """Return the items that are new to a closed duty, as a question within one on duties.

    A new version of what was there before is not new, whatever stood against it then.
    """
    # The question about endorsements stands within that about items, which stands within the duty.
    written = Endorsement.objects.filter(duty=OuterRef(OuterRef("pk")), item=OuterRef("thing"))
    return Item.objects.annotate(thing=Coalesce("root", "pk")).filter(
        Q(root=None) | Q(root__schedule__delivery__received_at__gt=OuterRef("moved_at")),
        ~Exists(written),
        schedule__is_live=True, schedule__form__in=LISTING,
        schedule__delivery__case=OuterRef("case"), schedule__delivery__state__in=_HERE,
        schedule__delivery__received_at__gt=OuterRef("moved_at"), **which,
    )  # fmt: skip


def has_new_since_closed() -> Q:
    """Return which duties are closed and have new items since, as a condition on duties."""
    return Q(state=DutyState.CLOSED.value) & Q(Exists(_new_items()))


def with_new_since_closed(rows: "QuerySet[DisclosureDuty]") -> "QuerySet[Any]":
    """Return duties, each saying in `is_new` whether it is closed and new items came since."""
    return rows.annotate(is_new=ExpressionWrapper(has_new_since_closed(), BooleanField()))


def closed_beside(
    delivery: Delivery, duties: "QuerySet[DisclosureDuty]"
) -> "Sequence[DisclosureDuty]":
    """Return which of some duties are closed, so that what is new in a delivery waits nowhere.

    Of what was not taken in yet nobody knows what is new: each closed duty of the case is named.
    """
    of_case = duties.filter(case=delivery.case_id, state=DutyState.CLOSED.value).order_by("pk")
    if delivery.state == Delivery.State.CHECKED:
        return list(of_case)
    return list(of_case.filter(Exists(_new_items(schedule__delivery=delivery.pk))))


def is_new_since_closed(duty: DisclosureDuty) -> bool:
    """Say whether a duty is closed and new items came since."""
    return DisclosureDuty.objects.filter(has_new_since_closed(), pk=duty.pk).exists()
