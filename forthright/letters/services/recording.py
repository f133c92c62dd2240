"""Records by hand what was done about the letter owed, where it may be recorded by hand."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.letters import policies
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import letter_of
from forthright.letters.services.checks import ask_for_new_words
from forthright.letters.services.steps import forget_approval
from forthright.schemes.models import Duty
from forthright.schemes.services import StageAnswer, answer_stage


@transaction.atomic
def answer_step(
    duty: Duty, step: str, answer: StageAnswer, *, by: User | None, at: datetime
) -> Duty:
    """Record a step by hand, correct it or take it back, if it still stands as the page showed it.

    :raises NotAllowed: if it is not this person's to record, or is approved here and not by hand,
        or its approval is to be taken back and it has gone out
    :raises ChangedMeanwhile: if somebody recorded or took it back since the page was opened
    """
    # Nobody hands a draft over while it is asked whether one waits.
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if answer.happened_at is not None:
        policies.check_can_record_step(by, duty, step)
        is_new = step == "drafted" and not duty.drafted_at
        duty = answer_stage(duty, step, answer, by=by, at=at)
        if is_new and (newest := latest_words(duty)) is not None:
            # What was drafted here is looked at whichever way it was handed over.
            ask_for_new_words(letter_of(duty), newest, by=by, at=at)
        return duty
    policies.check_can_take_back(by, duty, step)
    duty = answer_stage(duty, step, answer, by=by, at=at)
    if step == "approved":
        forget_approval(letter_of(duty), "Its approval was taken back.", by=by, at=at)
    return duty
