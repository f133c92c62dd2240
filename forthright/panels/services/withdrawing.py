"""Takes a released letter back, for a person or for the gate that found something in it."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.calibration.services.agreed_elsewhere import withdraw_hidden_words
from forthright.panels import policies
from forthright.panels.models import AnonymisedLetter
from forthright.reviews.models import Review
from forthright.rules.written import reason_in

NO_REASON = "Write why the letter is withdrawn; whoever read it may ask."


class NotReleased(ValueError):
    """A letter cannot be released as it stands; the message says what is in the way."""


@transaction.atomic
def withdraw_letter(
    letter: AnonymisedLetter, reason: str, *, by: User | None, at: datetime
) -> AnonymisedLetter:
    """Take a released letter back at once: from then on it is shown and handed to nobody.

    Nor do its words go out any longer as a letter with agreed marks. Who had raised an alarm about
    it has their answer by that.

    :raises NotAllowed: if it is not released, or this person may not withdraw it from an open pack
    :raises NotReleased: if the reason says nothing
    """
    locked = _locked(letter)
    if by is not None:
        policies.check_can_withdraw(by, locked)
    if not (said := reason_in(reason)):
        raise NotReleased(NO_REASON)
    return _taken_back(locked, said, by=by, at=at)


def _locked(letter: AnonymisedLetter) -> AnonymisedLetter:
    return AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)


def _taken_back(
    locked: AnonymisedLetter, said: str, *, by: User | None, at: datetime
) -> AnonymisedLetter:
    locked.state, locked.withdrawn_at = AnonymisedLetter.State.WITHDRAWN, at
    locked.withdrawn_by, locked.withdrawn_because = by, said[:300]
    locked.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    locked.releases.filter(withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_because=locked.withdrawn_because
    )
    locked.alarms.filter(answered_at=None).update(
        answer=locked.withdrawn_because, answered_at=at, answered_by=by
    )
    audit.record("letter.withdrawn", locked, by=by, at=at, area=locked.area,
                 by_the_gate=by is None)  # fmt: skip
    marked = Review.objects.filter(drawn_letter__duty=locked.duty_id)
    withdraw_hidden_words(locked.area, list(marked.values_list("pk", flat=True)), by=by, at=at)
    return locked
