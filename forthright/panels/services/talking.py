"""Opens the letters that a panel talks about when it meets, and keeps what was said of them."""

import hashlib
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, TalkBefore
from forthright.panels.selectors.before_reading import (
    BeforeReading,
    before_reading,
    before_reading_at,
)
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.services.conflicting import keep_back
from forthright.panels.services.findings import check_seen
from forthright.panels.services.meeting import (
    check_is_over,
    check_names_nobody,
    locked_meeting,
)
from forthright.panels.services.releasing import still_clear
from forthright.web.meanwhile import by_whom, check_unchanged


@transaction.atomic
def keep_discussion(
    meeting: Meeting, words: str, *, names_nobody: bool = False, opened: str | None = None,
    by: User, at: datetime,
) -> Meeting:  # fmt: skip
    """Keep what was said at the meeting; ``opened`` is the stamp that the page was filled from.

    What stood before is kept with the day until which it did.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the marks are not closed yet, or it says whom a letter is about
    :raises NameSeen: if it looks as if it named somebody, and nobody said that it does not
    :raises ChangedMeanwhile: if somebody else wrote meanwhile
    """
    meeting = locked_meeting(meeting, by)
    check_is_over(meeting)
    check_unchanged(opened, stamp_of_talk(meeting), by_whom(meeting, "panel.discussion_kept"))
    check_names_nobody(words, meeting)
    looked = check_seen(words, is_said=names_nobody)
    if meeting.discussion not in {"", words}:
        TalkBefore.objects.create(
            meeting=meeting, words=meeting.discussion, replaced_at=at, replaced_by=by
        )
    meeting.discussion = words
    meeting.save(update_fields=["discussion"])
    audit.record("panel.discussion_kept", meeting, by=by, at=at, letters=len(words),
                 **looked)  # fmt: skip
    return meeting


@transaction.atomic
def look_before(letter: PackLetter, *, by: User, at: datetime) -> BeforeReading | None:
    """Return what is to be known before a letter is read out, if anything is.

    Who is not to hear it is looked for this minute: the record learns names after the marks are
    closed, too.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if the marks are not closed yet
    """
    _check_talks_about(letter, by)
    _keep_back_now(letter.meeting, only=letter, at=at)
    if (found := before_reading(letter)) is not None:
        audit.record("panel.before_letter_seen", letter.meeting, by=by, at=at, letter=letter.pk)
    return found


def look_before_all(meeting: Meeting, *, at: datetime) -> list[BeforeReading]:
    """Return the letters of a meeting of which something is to be known before, as of this minute.

    What is found anew is kept back from that member in the pack, too.
    """
    _keep_back_now(meeting, at=at)
    return before_reading_at(meeting)


def _keep_back_now(meeting: Meeting, *, only: PackLetter | None = None, at: datetime) -> None:
    """Look who is not to hear letters; once the note is published nothing is read out any more."""
    if meeting.state == Meeting.State.CLOSED:
        keep_back(meeting, only=only, at=at)


def open_letter(letter: PackLetter, *, by: User, at: datetime) -> AnonymisedLetter | None:
    """Return the words of a letter that are talked about, if the gate lets them through, or none.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if the marks are not closed yet
    """
    _check_talks_about(letter, by)
    anonymised = anonymised_of(letter)
    if anonymised is None or not still_clear(anonymised, at=at):
        return None
    _note_opened(letter, by=by, at=at)
    return anonymised


def _check_talks_about(letter: PackLetter, by: User) -> None:
    check_has_permission(by, Permission.PANEL_KEEP)
    if by.area_id != letter.meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")
    check_is_over(letter.meeting)


@transaction.atomic
def _note_opened(letter: PackLetter, *, by: User, at: datetime) -> None:
    audit.record("panel.letter_opened", letter.meeting, by=by, at=at, letter=letter.pk)


def stamp_of_talk(meeting: Meeting) -> str:
    """Return what is another once somebody wrote down something else that was said."""
    return hashlib.sha256(meeting.discussion.encode()).hexdigest()[:16]
