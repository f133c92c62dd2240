"""Asks for a second copy of a recording that was decided, where the first is not here any more."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carried, MediaItem
from forthright.hard_media.selectors.gone import is_gone
from forthright.hard_media.selectors.second_copies import answers_of
from forthright.hard_media.services.items import step
from forthright.hard_media.services.taking_back import to_lock
from forthright.rules.media_facts import Classification
from forthright.rules.media_states import MediaEvent, ReasonMissing
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import day_of
from forthright.rules.written import reason_in


@transaction.atomic
def ask_for_second_copy(
    item: MediaItem, *, reason: str, by: User | None, at: datetime
) -> MediaItem:
    """Record that the police were asked for the same recording once more.

    What was decided of it stands, and what others have of it is theirs: only that nothing of it is
    here is to be mended. A copy that is not the same is asked for by `items.request_item`.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if nobody has decided what it is, it was found not relevant, something
        of it is here, or nobody says why
    """
    policies.check_can_record(by, item)
    item = to_lock().get(pk=item.pk)
    if not reason_in(reason):
        raise ReasonMissing("Say why a second copy is needed. The police read it on their page.")
    if item.classification == Classification.NOT_RELEVANT:
        raise MoveNotAllowed(
            "It was found not relevant, so nobody needs another copy. If it is needed after all, "
            "have a prosecutor classify it anew first."
        )
    # Whoever writes the reason is told that the police read it.
    step(item, MediaEvent.SECOND_COPY, reason=reason, by=by, at=at, police_read=True)
    if not MediaItem.objects.filter(is_gone(day_of(at)), pk=item.pk).exists():
        raise MoveNotAllowed(
            "It is here: a file, a link that opens, or a disc or stick that is held. If that is "
            "not what it should be, ask for it again, and say what is wrong with it."
        )
    item.second_asked_at = at
    item.save(update_fields=["second_asked_at"])
    return item


def note_second_copy(there: Carried, *, by: User | None, at: datetime) -> None:
    """Keep that a second copy that was asked for came, where a disc that was ticked answers it."""
    if answers_of(there.item).filter(pk=there.pk).exists():
        audit.record("media.second_copy_came", there.item, by=by, at=at)


def take_answer_back(there: Carried, *, by: User | None, at: datetime) -> None:
    """Keep that a second copy never came, where the one disc it came on is said not to hold it.

    From then on it is asked for as before.
    """
    answers = set(answers_of(there.item).values_list("pk", flat=True))
    if answers == {there.pk}:
        audit.record("media.second_copy_not_there", there.item, by=by, at=at)
