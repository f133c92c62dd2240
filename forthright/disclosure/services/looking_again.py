"""Keeps that a lawyer looked again at what was not disclosed, once a defence statement came.

Where a statement asks for something, each answer is that look. One that asks for nothing still says
what the defence is, and what seemed not to meet the test may meet it now.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.looking_again import lines_withheld, unlooked_of
from forthright.disclosure.services.endorsing import EndorsementRefused, Written, endorse_item
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.serving import check_as_shown
from forthright.rules.endorsements import Endorsed
from forthright.rules.words import count_words
from forthright.rules.written import LEAST_WEIGHED, reason_in

NOTHING_MORE, TO_DISCLOSE = "NOTHING_MORE", "TO_DISCLOSE"


class LookRefused(ValueError):
    """The look cannot be kept so; the message says what to change."""


@transaction.atomic
def look_again(  # noqa: PLR0913 - what a page asks
    duty: DisclosureDuty, outcome: str, *, words: str, items: Collection[int] = (),
    by: User | None, at: datetime, opened: str | None = None,
) -> int:  # fmt: skip
    """Keep the look for each statement that waits for it, and endorse what is now to be disclosed.

    What is endorsed so waits for a second person, and is then served, as all that is decided after
    a service.

    :param words: why nothing more meets the test, or why the items do
    :param items: those that are now to be disclosed
    :returns: of how many statements it is the look
    :raises NotAllowed: if it is not this person's, or the duty is closed
    :raises LookRefused: if none waits for it, nothing says why, or an item may not be endorsed so
    :raises ChangedMeanwhile: if what is withheld changed since the page was opened
    """
    duty = locked(duty)
    policies.check_can_look_again(by, duty)
    waiting = unlooked_of(duty)
    if not waiting:
        raise LookRefused("No defence statement waits for this: it was recorded already.")
    withheld = lines_withheld(duty)
    check_as_shown(
        duty, withheld, opened, "Look at the list as it stands now, then keep what you found."
    )
    _check(outcome, words, items)
    chosen = {line.item.pk: line for line in withheld if line.item.pk in set(items)}
    if set(items) - set(chosen):
        raise LookRefused("Tick only items that were not disclosed and are on the list below.")
    why = reason_in(words, least=LEAST_WEIGHED)
    refused = []
    for pk, line in chosen.items():
        try:
            wish = Written(item_id=pk, code=Endorsed.DISCLOSE.value, reason=why)
            endorse_item(duty, wish, by=by, at=at)
        except EndorsementRefused as refusal:
            refused.append(f"{line.standing.named}: {refusal}")
    if refused:
        raise LookRefused(f"{' '.join(refused)} Endorse it on its own page first.")
    for statement in waiting:
        statement.looked_at, statement.looked_by = at, by
        statement.looked_words, statement.looked_items = why, sorted(chosen)
        statement.save(update_fields=["looked_at", "looked_by", "looked_words", "looked_items"])
    audit.record("statement.looked_again", duty, by=by, at=at, items=sorted(chosen),
                 statements=[each.pk for each in waiting])  # fmt: skip
    return len(waiting)


def unlooked_words(number: int) -> str:
    """Say what waits where a lawyer has not looked again; nothing where nothing does."""
    if not number:
        return ""
    said = count_words(number, "defence statement asks", "defence statements ask")
    return f"{said} for nothing, and nobody looked again at what was not disclosed"


def _check(outcome: str, words: str, items: Collection[int]) -> None:
    if outcome not in {NOTHING_MORE, TO_DISCLOSE}:
        raise LookRefused("Choose what you found.")
    if outcome == TO_DISCLOSE and not items:
        raise LookRefused("Tick the items that are now to be disclosed, or say nothing more.")
    if outcome == NOTHING_MORE and items:
        raise LookRefused("You ticked items. Say that they are to be disclosed, or untick them.")
    if not reason_in(words, least=LEAST_WEIGHED):
        raise LookRefused(
            "Write what you looked at in the light of the defence statement, and why that is so."
        )
