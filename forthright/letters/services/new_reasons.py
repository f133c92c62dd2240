"""What becomes of letters when reasons are written anew, and how a drafter answers to them."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.marked_text import read_marked_text
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.new_reasons import GIVE_REASONS, new_reasons_for
from forthright.letters.selectors.sending import may_be_gone
from forthright.letters.selectors.which import Which, letter_of
from forthright.letters.services.drafting import (
    DraftChanged,
    DraftRefused,
    Origin,
    is_same,
    keep_composed,
)
from forthright.letters.services.steps import give_back, locked

How = LetterVersion.MadeHow
READ_THEM = (
    "Newer reasons were written. Read what changed on the page of the draft; then put the letter "
    "together again, or say there that its words are right with them."
)


def give_back_letters(decision: Decision, *, by: User | None, at: datetime) -> None:
    """Give the letters that rest on older reasons back to their drafters, approved ones too."""
    letters = Letter.objects.filter(
        duty__decision=decision, kind__in=GIVE_REASONS, given_up_at=None
    )
    for letter in letters.select_related("duty").order_by("pk"):
        held = locked(letter)
        if _rests_on_older(held):
            give_back(held, READ_THEM, why="Newer reasons were written.", by=by, at=at)


@transaction.atomic
def keep_as_right(
    which: Which, text: str, *, based_on: int, read: int, by: User, at: datetime
) -> LetterVersion:
    """Keep words as right with the newest reasons, which this person says they have read.

    The words are a new version, even if none was changed: what was approved before is no longer.

    :raises NotAllowed: if this letter is not this person's to draft
    :raises DraftRefused: if there are no newer reasons, or newer ones than those read
    :raises DraftChanged: if the newest version is not the one that was read
    """
    policies.check_can_draft(by, which)
    letter = locked(letter_of(which))
    latest, newer = latest_words(letter), new_reasons_for(letter)
    if latest is None or newer is None:
        raise DraftRefused("The letter knows of the newest reasons already.")
    if latest.number != based_on:
        raise DraftChanged(latest)
    if newer.note.number != read:
        raise DraftRefused(
            f"Version {newer.note.number} of the reasons was written while you read version "
            f"{read}. Read what changed first."
        )
    composed = read_marked_text(text, before=composed_of(latest))
    how = How.LEFT_AS_IT_IS if is_same(latest, composed) else How.EDITED
    origin = Origin(latest.made_from, newer.note)
    kept = keep_composed(letter, composed, how=how, origin=origin, by=by, at=at)
    audit.record("letter.reasons_read", letter, by=by, at=at, version=kept.number,
                 reasons=read, words_changed=how == How.EDITED)  # fmt: skip
    return kept


def _rests_on_older(letter: Letter) -> bool:
    """Say whether a letter was handed over or approved here with words of older reasons."""
    latest = latest_words(letter)
    if latest is None or new_reasons_for(letter) is None or may_be_gone(letter):
        return False
    was_drafted_here = latest.composed is not None and letter.steps.drafted_at is not None
    return was_drafted_here or letter.approved_version_id is not None
