"""Holds back words of a panel that tell of somebody, from everybody but who keeps it."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import Meeting, WordsHeldBack
from forthright.panels.selectors.held_back import Which, held_in, stamp_of_words, words_of
from forthright.panels.services.meeting import PanelRefused, locked_meeting
from forthright.rules.words import moment_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web.meanwhile import ChangedMeanwhile, by_whom


@transaction.atomic
def hold_back(
    meeting: Meeting, which: Which, because: str, *, opened: str | None = None, by: User,
    at: datetime,
) -> WordsHeldBack:  # fmt: skip
    """Hold back at once what a finding, its answer or why a letter was left out says.

    It may be done at any time, as a letter may be withdrawn at any time: what was answered or
    published stays in the record, and is shown to who keeps the panel alone.

    :param which: the part, and the number of the finding or of the letter
    :param opened: the stamp of the words that stood on the page
    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing is said there, it is held back already, or nobody says why
    :raises ChangedMeanwhile: if somebody put other words there meanwhile
    """
    (part, number), meeting = which, locked_meeting(meeting, by)
    if not (words := words_of(meeting, part, number)):
        raise PanelRefused("Nothing is said there that could be held back.")
    stands = stamp_of_words(words)
    if opened not in {None, stands}:
        raise ChangedMeanwhile(
            f"Other words stand there since you opened the page{_who_changed(meeting, number)}. "
            "They are above now. Press again to hold these back, or leave the page.",
            stands=stands,
        )
    if part == WordsHeldBack.Part.LEFT_OUT and meeting.state == Meeting.State.DRAWN:
        raise PanelRefused(
            "The pack is not open yet: put the letter back, and leave it out anew in other words."
        )
    if held := held_in(meeting).get(which):
        raise PanelRefused(
            f"It is held back already, since {moment_words(held.held_at)} by {held.held_by}."
        )
    if not (said := reason_in(because, least=LEAST_WEIGHED)):
        raise PanelRefused("Write why it is held back; only who keeps the panel reads that.")
    held = WordsHeldBack.objects.create(
        meeting=meeting, part=part, number=number, of_words=stands, held_because=said[:300],
        held_at=at, held_by=by,
    )  # fmt: skip
    audit.record("panel.words_held_back", meeting, by=by, at=at, part=part, number=number)
    return held


def _who_changed(meeting: Meeting, number: int) -> str:
    """Say who put a finding right last: of what may be held back nothing else changes."""
    finding = meeting.findings.filter(number=number).first()
    return by_whom(finding, "panel.finding_corrected")()
