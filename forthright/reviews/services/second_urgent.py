"""Keeps what follows from a critical failing that a second marker alone found."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.audit import services as audit
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.second_urgent import second_marks_to_act_on
from forthright.reviews.services.marking import UrgentActsMissing
from forthright.rules.marking import UrgentAct
from forthright.rules.written import LEAST_WEIGHED, reason_in


@transaction.atomic
def record_what_follows(
    marking: SecondMarking, acts: Collection[str], note: str, *, by: User, at: datetime
) -> SecondMarking:
    """Record what was set going after second marks found a critical failing, or why nothing is.

    Both marks stay as they are, whichever is right.

    :raises NotAllowed: if this person is not asked, or somebody has said it
    :raises UrgentActsMissing: if nothing is said of whom was told, or why nothing is to be done
    """
    marking = SecondMarking.objects.select_for_update(of=("self",)).get(pk=marking.pk)
    if not second_marks_to_act_on(by).filter(pk=marking.pk).exists():
        raise NotAllowed(
            "What follows from these second marks is said by whoever marked first, or by who "
            "marks for the unit, and once. Open the page again to see whether it was."
        )
    fitting = UrgentAct.of(marking.review.drawn_letter.subject)
    chosen = [act.value for act in fitting if act.value in acts]
    if chosen and not (said := reason_in(note)):
        raise UrgentActsMissing("Write who you told, and when.")
    if not chosen and not (said := reason_in(note, least=LEAST_WEIGHED)):
        raise UrgentActsMissing(
            "Choose what has been set going today, or write why nothing has to be."
        )
    marking.urgent_acts, marking.urgent_note = chosen, said
    marking.urgent_at, marking.urgent_by = at, by
    marking.save(update_fields=["urgent_acts", "urgent_note", "urgent_at", "urgent_by"])
    audit.record("second_marking.acts_recorded", marking, by=by, at=at, review=marking.review_id,
                 acts=chosen)  # fmt: skip
    return marking
