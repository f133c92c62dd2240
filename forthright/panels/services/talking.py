"""Keeps what a panel said of its letters when it met."""

import hashlib
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import Meeting, TalkBefore
from forthright.panels.services.meeting import check_is_over, locked_meeting
from forthright.web.meanwhile import by_whom, check_unchanged


@transaction.atomic
def keep_discussion(
    meeting: Meeting, words: str, *, opened: str | None = None, by: User, at: datetime
) -> Meeting:
    """Keep what was said at the meeting; ``opened`` is the stamp that the page was filled from.

    What stood before is kept with the day until which it did.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the marks are not closed yet
    :raises ChangedMeanwhile: if somebody else wrote meanwhile
    """
    meeting = locked_meeting(meeting, by)
    check_is_over(meeting)
    check_unchanged(opened, stamp_of_talk(meeting), by_whom(meeting, "panel.discussion_kept"))
    if meeting.discussion not in {"", words}:
        TalkBefore.objects.create(
            meeting=meeting, words=meeting.discussion, replaced_at=at, replaced_by=by
        )
    meeting.discussion = words
    meeting.save(update_fields=["discussion"])
    audit.record("panel.discussion_kept", meeting, by=by, at=at, letters=len(words))
    return meeting


def stamp_of_talk(meeting: Meeting) -> str:
    """Return what is another once somebody wrote down something else that was said."""
    return hashlib.sha256(meeting.discussion.encode()).hexdigest()[:16]
