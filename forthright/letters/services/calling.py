"""Records calls to the person, and puts what came up into the letter."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.called import with_calls
from forthright.letters.models import CallAttempt, Letter, LetterVersion
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import MOST_CALLS, calls_of, may_call_again
from forthright.letters.selectors.which import Which, letter_of
from forthright.letters.services.drafting import keep_composed, origin_of
from forthright.letters.services.steps import locked
from forthright.rules.written import cleaned


class CallRefused(ValueError):
    """A call cannot be recorded so; the message says why."""


@transaction.atomic
def record_call(
    which: Which, outcome: str, *, came_up: str = "", by: User, at: datetime
) -> CallAttempt:
    """Record one of up to three calls; what came up is added to a letter that is not out yet.

    :raises NotAllowed: if this letter is not this person's to record
    :raises CallRefused: if no further call may be tried, or something came up though nobody spoke
    """
    policies.check_can_call(by, which)
    letter = locked(letter_of(which))
    calls = calls_of(letter)
    if not may_call_again(calls):
        raise CallRefused(
            f"No further call may be tried: they were reached, asked not to be called, or "
            f"{MOST_CALLS} tries were made. Send the letter."
        )
    if cleaned(came_up) and outcome != CallAttempt.Outcome.REACHED:
        raise CallRefused("You did not speak, so nothing came up. Choose “We spoke”, or clear it.")
    call = CallAttempt.objects.create(
        letter=letter, number=len(calls) + 1, outcome=outcome, came_up=" ".join(came_up.split()),
        called_at=at, called_by=by,
    )  # fmt: skip
    audit.record(
        "letter.called", call, by=by, at=at, area=letter.area, duty=letter.duty_id,
        letter=letter.number, number=call.number, outcome=outcome, has_words=bool(call.came_up),
    )  # fmt: skip
    _add_to_letter(letter, call, by=by, at=at)
    return call


def _add_to_letter(letter: Letter, call: CallAttempt, *, by: User, at: datetime) -> None:
    latest = latest_words(letter)
    if not call.came_up or latest is None or latest.composed is None or letter.steps.sent_at:
        return
    keep_composed(
        letter, with_calls(composed_of(latest), [call]), how=LetterVersion.MadeHow.EDITED,
        origin=origin_of(latest), by=by, at=at,
    )  # fmt: skip
