"""Counts anew the duties whose dates stand as an earlier version of the product counted them."""

import logging
from datetime import datetime

from django.db import transaction

from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.rules.disclosure_duty import DutyState

WHY = "The rules by which the product counts days were corrected"
AT_ONCE = 200
logger = logging.getLogger(__name__)


def count_anew(*, at: datetime) -> int:
    """Count anew some of the open duties that are marked for it; return how many were.

    A duty is marked by naming no version of the rules. What cannot be counted stays as it is, and
    is said in the log.
    """
    marked = DisclosureDuty.objects.filter(rules_version="").exclude(state=DutyState.CLOSED)
    done = 0
    for found in marked.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            duty = locked(found)
            try:
                reckon(duty, WHY, by=None, at=at)
            except DateRefused as refusal:
                logger.warning("duty %s is not counted anew: %s", duty.pk, refusal)
            else:
                done += 1
    return done
