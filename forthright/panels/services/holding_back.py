"""Holds back words of a panel that tell of somebody, and shows them again if none does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import Meeting, PackLetter, WordsHeldBack, WordsShownAgain
from forthright.panels.selectors.held_back import Which, held_in, stamp_of_words, words_of
from forthright.panels.selectors.judged import had_part_in
from forthright.panels.selectors.named import known_of_meeting, until_day
from forthright.panels.selectors.promised_days import days_to_come_in
from forthright.panels.services.findings import check_seen
from forthright.panels.services.meeting import PanelRefused, check_names_nobody, locked_meeting
from forthright.rules.words import moment_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, by_whom

SHOWN = "panel.words_shown_again"


@dataclass(frozen=True, slots=True)
class Again:
    """Why words are shown again, and whether what in them looks like a name names nobody."""

    because: str
    names_nobody: bool = False


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
    :raises NotAllowed: if this person does not keep this panel, or it is of their own finding or
        letter while others keep it
    :raises PanelRefused: if nothing is said there, it is held back already, or nobody says why
    :raises ChangedMeanwhile: if somebody put other words there meanwhile
    """
    (part, number), meeting = which, locked_meeting(meeting, by)
    if not (words := words_of(meeting, part, number)):
        raise PanelRefused("Nothing is said there that could be held back.")
    check_can_hold_back(meeting, which, by=by)
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
    audit.record("panel.words_held_back", meeting, by=by, at=at, part=part, number=number,
                 is_own=_is_own(meeting, which, by))  # fmt: skip
    return held


@transaction.atomic
def show_again(
    meeting: Meeting, which: Which, again: Again, *, opened: str | None = None, by: User,
    at: datetime,
) -> WordsShownAgain:  # fmt: skip
    """Show words again that were held back by mistake; that they were stays in the record.

    They pass what new words would have to: nothing of a case stands in them, and what looks like a
    name was looked at.

    :param which: the part, and the number of the finding or of the letter
    :param opened: the number of what was held back when the page was opened
    :raises NotAllowed: if this person does not keep this panel, or it is said of their own work
        while others keep it
    :raises PanelRefused: if nothing is held back there, it tells whom a letter is about, or nobody
        says why it is shown
    :raises NameSeen: if it looks as if it named somebody, and ``names_nobody`` is not said
    :raises ChangedMeanwhile: if other words were put there and held back meanwhile
    """
    (part, number), meeting = which, locked_meeting(meeting, by)
    check_can_hold_back(meeting, which, by=by)
    if (held := held_in(meeting).get(which)) is None:
        raise PanelRefused(nothing_held(meeting))
    if opened not in {None, str(held.pk)}:
        raise ChangedMeanwhile(
            f"Other words stand there since you opened the page{_who_changed(meeting, number)}, "
            "and are held back. They are above now. Press again to show these, or leave the page.",
            stands=str(held.pk),
        )
    if not (said := reason_in(again.because, least=LEAST_WEIGHED)):
        raise PanelRefused(
            "Write why these words may be shown again; only who keeps the panel reads that."
        )
    looked = _check_words(meeting, which, names_nobody=again.names_nobody)
    shown = WordsShownAgain.objects.create(
        held=held, shown_because=said[:300], shown_at=at, shown_by=by
    )
    audit.record(SHOWN, meeting, by=by, at=at, part=part, number=number, **looked)
    return shown


def _check_words(meeting: Meeting, which: Which, *, names_nobody: bool) -> dict[str, Any]:
    """Refuse to show again what would be refused if it were written now, as it was answered then.

    :raises PanelRefused: with what tells whom a letter is about
    :raises NameSeen: if it looks as if it named somebody, and ``names_nobody`` is not said
    """
    words, cases, days = words_of(meeting, *which), known_of_meeting(meeting), list[str]()
    finding = meeting.findings.filter(number=which[1]).first()
    if which[0] == WordsHeldBack.Part.DONE and finding and finding.replied_at:
        # Whoever answered was asked of the days to come, and is not asked of those that came since.
        day = clock.day_of(finding.replied_at)
        days, cases = days_to_come_in(words, cases, day), until_day(cases, day)
    try:
        check_names_nobody(words, meeting, cases=cases)
    except PanelRefused as refusal:
        raise PanelRefused(f"These words stay held back. {refusal}") from refusal
    return check_seen(words, days, is_said=names_nobody)


def nothing_held(meeting: Meeting) -> str:
    """Say that nothing is held back there, and who showed words of this meeting again last."""
    who = by_whom(meeting, SHOWN)()
    showed = f" The last that was is shown again{who}." if who else ""
    return f"Nothing that stands there is held back.{showed} Look at the page as it is now."


def check_can_hold_back(meeting: Meeting, which: Which, *, by: User) -> None:
    """Refuse to hold back or show again what is said of one's own work, where somebody else can.

    :raises NotAllowed: if this person does not keep the panel, or answers for the finding or had a
        part in the letter while others keep it
    """
    part, number = which
    if part == WordsHeldBack.Part.LEFT_OUT:
        policies.check_can_hold_back_reason(by, _left_out_at(meeting, number))
    else:
        policies.check_can_decide_of_finding(by, meeting.findings.get(number=number))


def _is_own(meeting: Meeting, which: Which, by: User) -> bool:
    part, number = which
    if part == WordsHeldBack.Part.LEFT_OUT:
        return had_part_in(_left_out_at(meeting, number), by)
    return meeting.findings.get(number=number).manager_id == by.pk


def _left_out_at(meeting: Meeting, position: int) -> PackLetter:
    return meeting.letters.select_related("meeting", "duty__decision").get(position=position)


def _who_changed(meeting: Meeting, number: int) -> str:
    """Say who put a finding right last: of what may be held back nothing else changes."""
    finding = meeting.findings.filter(number=number).first()
    return by_whom(finding, "panel.finding_corrected")()
