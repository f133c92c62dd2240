"""Records that a disc or stick is known to be lost, without a count of its whole place."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, Loss
from forthright.hard_media.selectors.discs_then import MISSED
from forthright.hard_media.services.carriers import check_hands, last_hands_after, moved
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_states import CarrierEvent
from forthright.rules.words import date_words, day_of
from forthright.rules.written import cleaned, reason_in


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What is known of a loss.

    :param opened: the stamp of the hands that the page showed; without one, nothing is asked
    """

    noticed_on: date
    how_known: str
    had_last: str
    opened: str | None = None


class DayOfLoss(CarrierRefused):
    """The day on which a loss was noticed cannot be."""


@transaction.atomic
def record_loss(carrier: Carrier, lost: Lost, *, by: User | None, at: datetime) -> Loss:
    """Record that a disc which was held, with this unit or anybody else, is lost.

    It is missing from then on, as one that a stock-take did not find.

    :raises NotAllowed: if the disc is another unit's
    :raises ChangedMeanwhile: if it went into other hands since the page was opened
    :raises CarrierRefused: if it is not held, the day cannot be, or nobody says how it is known or
        who had it last
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.MISS)
    check_hands(carrier, lost.opened)
    if not carrier.received_on <= lost.noticed_on <= day_of(at):
        raise DayOfLoss(
            "That day is still to come, or before the disc or stick came on "
            f"{date_words(carrier.received_on)}. Enter the day on which it was noticed."
        )
    if last := last_hands_after(carrier, lost.noticed_on):
        day = date_words(day_of(last.at))
        raise DayOfLoss(
            f"It was handed over to {last.to_place} on {day}, so nobody had noticed on "
            f"{date_words(lost.noticed_on)} that it was lost. Enter that day, or a later one."
        )
    if not (how := reason_in(lost.how_known)):
        raise CarrierRefused("Say how it is known, such as: it was left in a taxi.")
    if not (who := cleaned(lost.had_last)):
        raise CarrierRefused("Say who had it last, or where it lay.")
    made = Loss.objects.create(
        carrier=carrier, noticed_on=lost.noticed_on, how_known=how, had_last=who, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    carrier.save(update_fields=["state"])
    audit.record(MISSED, carrier, by=by, at=at, loss=made.pk, noticed_on=lost.noticed_on)
    return made
