"""Whose words the defence has although they were held back since: somebody tells it at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from forthright.disclosure.models import DisclosureDuty, Endorsement
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.rules.schedules.comparing import as_said


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAndHeld:
    """An item whose words went to the defence before they were held back; `named` has no words."""

    named: str
    went_at: datetime
    held_at: datetime


def went_and_held(duty: DisclosureDuty) -> list[WentAndHeld]:
    """Return the items whose words are with the defence and were held back since.

    Each stands there until somebody decides the item again.
    """
    servings = [each for each in duty.servings.order_by("served_at", "pk") if each.papers]
    if not servings:
        return []
    newer = Endorsement.objects.filter(
        duty=OuterRef("duty"), item=OuterRef("item"), is_hold=False, pk__gt=OuterRef("pk")
    )
    held = Endorsement.objects.filter(~Exists(newer), duty=duty, is_hold=True)
    found: dict[int, WentAndHeld] = {}
    for each in held.select_related("item__schedule").order_by("pk"):
        item = each.item
        row = (item.schedule.form, item.number, as_said(item.description))
        went = next(
            (
                serving.served_at
                for serving in servings
                if serving.served_at <= each.made_at and row in _told(serving.papers)
            ),
            None,
        )
        if went is not None and item.schedule.form in OPEN_FORMS:
            named = f"{item.schedule.form} {item}"
            found.setdefault(item.pk, WentAndHeld(named=named, went_at=went, held_at=each.made_at))
    return list(found.values())


def _told(papers: dict[str, list[dict[str, object]]]) -> set[tuple[object, ...]]:
    """Return the items of which some papers give the words."""
    return {
        (row["form"], row["number"], as_said(str(row["description"])))
        for row in papers.get("items", [])
    }
