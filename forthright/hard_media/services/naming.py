"""Takes the recordings that a form names into the register, as expected."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.registered import same_exhibit
from forthright.hard_media.services.items import ItemWords, add_item
from forthright.rules.exhibits_alike import NamedExhibit


@transaction.atomic
def add_named(
    hearing: Hearing, named: Sequence[NamedExhibit], *, named_in: str, by: User | None, at: datetime
) -> list[MediaItem]:  # fmt: skip
    """Add recordings that a form names; one that the register has by now is left as it is.

    :raises NotAllowed: if the case is another unit's
    """
    policies.check_can_record(by, hearing)
    # Who adds to one case at once takes turns, so that nothing is added twice.
    Hearing.objects.select_for_update().get(pk=hearing.pk)
    added = [
        add_item(hearing, _words_of(each, named_in), named_words=each.words, by=by, at=at)
        for each in named
        if same_exhibit(hearing.case_id, each.reference) is None
    ]
    audit.record(
        "media.form_read", hearing, by=by, at=at, named_in=named_in, chosen=len(named),
        recordings=[each.pk for each in added],
    )  # fmt: skip
    return added


def _words_of(named: NamedExhibit, named_in: str) -> ItemWords:
    """Return what is known; no title: every party reads that, and a form is written for none."""
    return ItemWords(exhibit=named.reference, kind=named.kind, named_in=named_in)
