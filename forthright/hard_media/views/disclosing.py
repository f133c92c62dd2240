"""What the page that shares says and offers of what a firm before the present one was given."""

from collections.abc import Sequence

from django.urls import reverse

from forthright.hard_media.forms.items import ShareForm
from forthright.hard_media.models import Hearing
from forthright.hard_media.selectors.disclosed import Offered
from forthright.hard_media.views.asking import Notice


def notices_of(hearing: Hearing, offered: Sequence[Offered]) -> list[Notice]:
    """Say what each firm lacks that was disclosed before it had the case, with what chooses it."""
    address = reverse("hard_media:items_share", args=[hearing.case_id])
    return [
        Notice(
            " ".join(each.words),
            f"{address}?to={each.firm.pk}",
            f"Choose it for {each.firm}, for {each.firm.defendant}",
        )
        for each in offered
    ]


def choose(form: ShareForm, offered: Sequence[Offered], to: str) -> None:
    """Choose beforehand what a firm is offered and nothing else, where that is asked for."""
    for each in offered:
        if str(each.firm.pk) == to:
            form.initial.update(
                items=each.items, copies=each.copies, parties=[f"DEFENCE {each.firm.pk}"]
            )
