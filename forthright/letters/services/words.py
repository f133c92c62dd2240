"""Keeps the words of letters, every version of them."""

import hashlib
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sent_words import may_say_what_went
from forthright.letters.selectors.which import Which, duty_of, letter_of
from forthright.letters.services.checks import ask_for_new_words
from forthright.letters.services.steps import locked
from forthright.rules.written import cleaned
from forthright.schemes import policies

LONGEST = 60_000


class WordsRefused(ValueError):
    """The words cannot be those of a letter; the message says why."""


@transaction.atomic
def keep_words(
    which: Which, *, text: str, by: User | None, at: datetime, file_name: str = "",
    is_what_went: bool = False,
) -> LetterVersion:  # fmt: skip
    """Keep a letter's words as a new version; the same words again make none.

    `is_what_went` says of a letter already sent that these words are what went out, and not those
    that were kept before.

    :raises NotAllowed: if this letter is not this person's to record
    :raises WordsRefused: if there are no words, or more than a letter holds, or it is known
        which words went out
    """
    policies.check_can_record(by, duty_of(which))
    text = "\n".join(line.rstrip() for line in text.replace("\x00", "").splitlines()).strip("\n")
    if not cleaned(text):
        raise WordsRefused("Paste the words of the letter.")
    if len(text) > LONGEST:
        raise WordsRefused(
            f"A letter may have {LONGEST:,} letters and spaces; this has {len(text):,}. "
            "Paste only the letter itself."
        )
    letter = locked(letter_of(which))
    if is_what_went and not may_say_what_went(letter):
        raise WordsRefused(
            "Which words of this letter went out is known: those that were kept here when it was "
            "sent. Leave the tick out to keep these beside them."
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    latest = latest_words(letter)
    if latest is not None and latest.sha256 == digest and not is_what_went:
        return latest
    version = LetterVersion.objects.create(
        letter=letter,
        number=latest.number + 1 if latest else 1,
        text=text,
        sha256=digest,
        file_name=file_name,
        made_how=LetterVersion.MadeHow.UPLOADED if file_name else LetterVersion.MadeHow.PASTED,
        # Other words are no sign that somebody read newer reasons.
        note=latest.note if latest else note_for(letter.duty.decision),
        is_what_went=is_what_went,
        added_at=at,
        added_by=by,
    )
    audit.record("letter.words_kept", letter, by=by, at=at, version=version.number, sha256=digest,
                 is_what_went=is_what_went)  # fmt: skip
    ask_for_new_words(letter, version, by=by, at=at)
    return version
