"""Keeps each lock that was overruled where the sample looks for what was overruled."""

from collections.abc import Collection
from datetime import datetime

from forthright.letters.models import LetterVersion, Override
from forthright.letters.selectors.sending import overruled_by
from forthright.rules.contact_lock import Lock, Locked
from forthright.standards.services import check_set_used

# The rule of the checks that says the same as a lock.
RULES = {
    Lock.OPTED_OUT: "A6a",
    Lock.OTHER_ROUTE: "A6a",
    Lock.NOTE_NOT_ANSWERED: "A6a",
    Lock.UNSAFE_UNREAD: "A6a",
    Lock.PLAIN_ENVELOPE: "A6a",
    Lock.UNSAFE_ADDRESS: "A6b",
    Lock.UNSAFE_EMAIL: "A6b",
}


def keep_for_sample(version: LetterVersion, passed: Collection[Locked], *, at: datetime) -> None:
    """Keep the locks that a version passes as stops that were overruled, each once.

    One that a check of the words found is kept with those words already.
    """
    overruled = list(overruled_by(version.letter))
    kept = Override.objects.filter(letter=version.letter)
    for each in passed:
        for override in overruled:
            known = {"rule": RULES[each.lock], "reason": override.reason,
                     "made_by": override.made_by}  # fmt: skip
            if override.what != each.lock or kept.filter(**known).exists():
                continue
            Override.objects.create(
                letter=version.letter, version=version, words=each.words, made_at=override.made_at,
                check_set=check_set_used(version.letter.area_id, by=override.made_by, at=at),
                **known,
            )  # fmt: skip
