"""What the page that shares says and offers of what a firm before the present one was given."""

from collections.abc import Sequence

from django.urls import reverse

from forthright.hard_media.forms.items import ShareForm
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.disclosed import offered_of
from forthright.hard_media.selectors.hiding import Shown
from forthright.hard_media.views.asking import Notice
from forthright.web import clock


def offer(
    form: ShareForm, hearing: Hearing, items: Sequence[MediaItem], shown: Shown, to: str
) -> list[Notice]:
    """Say what each firm lacks that was disclosed before it had the case, with what chooses it.

    :param to: the firm for which it is chosen beforehand, and nothing else; or nothing
    """
    address = reverse("hard_media:items_share", args=[hearing.case_id])
    said = []
    for each in offered_of(hearing, items, shown, clock.today()):
        firm = each.firm
        link = f"Choose {'it for ' if each.is_any else ''}{firm}, for {firm.defendant}"
        said.append(Notice(" ".join(each.words), f"{address}?to={firm.pk}", link))
        if str(firm.pk) == to:
            form.initial.update(
                items=each.items, copies=each.copies, parties=[f"DEFENCE {firm.pk}"]
            )
    return said
