"""Plans a meeting of the panel, draws its letters, and opens and closes what its members read."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.anonymiser.known import Known
from forthright.audit import services as audit
from forthright.panels.models import Meeting, PackLetter, Seat
from forthright.panels.selectors.asked import guidance_of
from forthright.panels.selectors.drawing import (
    left_lying_words,
    letters_sent,
    none_drawn_words,
    plan_of,
    seed_before,
)
from forthright.panels.selectors.handing_in import left_words, not_handed_in
from forthright.panels.selectors.meetings import OVER, PackLine, pack_lines
from forthright.panels.selectors.named import known_of_meeting, named_in, named_in_place
from forthright.panels.selectors.notes import reckoned
from forthright.panels.services.conflicting import keep_back
from forthright.panels.services.releasing import those_still_clear
from forthright.panels.services.seats import nothing_for, seated
from forthright.rules import sampling
from forthright.rules.panel_criteria import asked_of_panel
from forthright.rules.panel_questions import questions_for
from forthright.rules.words import count_words, day_words, list_words, moment_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.samples.selectors.frames import owed_as
from forthright.standards.selectors import edition_in_force, rubric_of
from forthright.web import clock

# For how long after its meeting a pack may stay open: our own bound, half of the time to the next.
MOST_OPEN_DAYS = 30
# How far ahead a meeting is planned at most: our own bound. A later day is a year typed wrong.
MOST_AHEAD_DAYS = 366


class PanelRefused(ValueError):
    """Something of a meeting cannot be done now; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a meeting is to be."""

    starts_at: datetime
    place: str
    minutes: int = 120
    theme: str = ""
    scoring: str = Meeting.Scoring.QUESTIONS
    sent_from: date
    sent_until: date
    size: int
    theme_size: int = 0
    pack_until: date
    may_download: bool = False
    reply_working_days: int = 10


@transaction.atomic
def plan_meeting(plan: Plan, *, by: User, at: datetime) -> Meeting:
    """Plan the next meeting; what is asked of each letter is fixed from here on.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the days do not fit together
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    _check_days(plan, at)
    edition = None
    questions = questions_for(plan.theme)
    if plan.scoring == Meeting.Scoring.RUBRIC:
        edition = edition_in_force(by.area, clock.day_of(at))
        if edition is None:
            raise PanelRefused("No standard is in force, so the panel cannot mark by it yet.")
        criteria = asked_of_panel(rubric_of(edition).quality_criteria)
        questions = [(each.code, each.question) for each in criteria]
    # Of two who plan at once the second counts once the first is done.
    Area.objects.select_for_update().get(pk=by.area_id)
    last = Meeting.objects.filter(area=by.area).aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    meeting = Meeting.objects.create(
        area=by.area, number=number, questions=questions, asks_by_letter=True, edition=edition,
        planned_at=at, planned_by=by, **asdict(plan),
    )  # fmt: skip
    audit.record("panel.planned", meeting, by=by, at=at, number=number, theme=plan.theme,
                 starts_at=plan.starts_at)  # fmt: skip
    return meeting


def check_when(
    starts_at: datetime, pack_until: date, at: datetime, *, met: datetime | None = None
) -> None:
    """Refuse a meeting in the past or after a year, and a pack closed before it or open for months.

    :param met: when it was to begin, where that may be over: its pack may stay open longer
    :raises PanelRefused: with the day to choose instead
    """
    if starts_at <= at and starts_at != met:
        raise PanelRefused("The meeting would be in the past. Choose a day and hour to come.")
    latest = clock.day_of(at) + timedelta(days=MOST_AHEAD_DAYS)
    # The year is asked first: of a moment in the year 9999 no other can be reckoned.
    if starts_at.year > latest.year or clock.day_of(starts_at) > latest:
        raise PanelRefused(
            "The meeting would be more than a year ahead. Is its year right? Choose a day until "
            f"{day_words(latest)}."
        )
    day = clock.day_of(starts_at)
    if pack_until < day:
        raise PanelRefused("The pack closes before the meeting. Let it stay open until that day.")
    last = day + timedelta(days=MOST_OPEN_DAYS)
    if pack_until > last:
        raise PanelRefused(
            f"The letters would stay open for more than {MOST_OPEN_DAYS} days after the meeting. "
            f"Let the pack close by {day_words(last)}: nobody should hold letters without need."
        )


def _check_days(plan: Plan, at: datetime) -> None:
    if plan.sent_until < plan.sent_from:
        raise PanelRefused("The last day of the letters comes before the first.")
    if plan.sent_until >= clock.day_of(at):
        raise PanelRefused(
            "Letters can still go out on the last day, so its list cannot be closed. Choose a day "
            "that is over."
        )
    check_when(plan.starts_at, plan.pack_until, at)
    if plan.theme_size and not plan.theme:
        raise PanelRefused("Letters for a theme are asked for, and there is no theme.")
    if plan.theme_size > plan.size:
        raise PanelRefused("More letters are asked for the theme than for the whole pack.")


@transaction.atomic
def draw_letters(
    meeting: Meeting, *, seed: int | None = None, by: User, at: datetime
) -> list[PackLetter]:
    """Freeze the list of letters that went out and draw the meeting's from it, once.

    Where a meeting was drawn and called off since one took place, its seed is used again.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if they are drawn already, another drawing is not opened, or nothing
        went out
    """
    # Of two who draw for two meetings at once the second looks once the first is done.
    Area.objects.select_for_update().get(pk=meeting.area_id)
    meeting = locked_meeting(meeting, by)
    if meeting.state != Meeting.State.PLANNED:
        raise PanelRefused(
            "The letters of this meeting are drawn already. They are drawn once, so that nobody "
            "can draw until they like what they get."
        )
    if lying := left_lying_words(meeting):
        raise PanelRefused(lying)
    rows = letters_sent(meeting)
    before = seed_before(meeting) if seed is None else seed
    used = secrets.randbits(63) if before is None else before
    drawn = sampling.draw(rows, plan_of(meeting), seed=used)
    if not drawn.picks:
        raise PanelRefused(none_drawn_words(rows))
    meeting.rows = [asdict(each) for each in rows]
    meeting.digest, meeting.seed = drawn.frame_digest, str(used)
    meeting.state, meeting.drawn_at = Meeting.State.DRAWN, at
    meeting.save(update_fields=["rows", "digest", "seed", "state", "drawn_at"])
    letters = PackLetter.objects.bulk_create(
        PackLetter(
            meeting=meeting, position=position, **owed_as(pick.reference),
            part=str(pick.part), stratum=pick.stratum[:120], because=pick.because[:200],
        )
        for position, pick in enumerate(drawn.picks, 1)
    )  # fmt: skip
    audit.record("panel.drawn", meeting, by=by, at=at, seed=str(used), digest=meeting.digest,
                 letters=[each.duty_id for each in letters])  # fmt: skip
    return letters


def open_pack(meeting: Meeting, members: Sequence[User], *, by: User, at: datetime) -> list[Seat]:
    """Open the pack to its members, once every letter is released and passes the gate still.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if a letter is not released, or nobody is invited
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    lines = _lines_in(meeting)
    taken = [each.anonymised for each in lines if each.anonymised is not None]
    known = those_still_clear(taken, at=at)
    _check_released(lines, known)
    if not lines or not members:
        raise PanelRefused("A pack needs letters to read and members who read them.")
    check_place(meeting.place, meeting, known)
    return _open(meeting, members, known, by=by, at=at)


def _lines_in(meeting: Meeting) -> list[PackLine]:
    return [each for each in pack_lines(meeting) if not each.is_left_out]


def _check_released(lines: Sequence[PackLine], known: Mapping[int, Known]) -> None:
    """Refuse to open a pack with a letter that is not released, or did not pass the gate.

    :raises PanelRefused: with which
    """
    waiting = [
        each.letter.position
        for each in lines
        if each.anonymised is None or not each.is_ready or each.anonymised.pk not in known
    ]
    if waiting:
        verb = "is" if len(waiting) == 1 else "are"
        named = list_words([str(each) for each in waiting])
        raise PanelRefused(
            f"{count_words(len(waiting), 'letter')} {verb} not released (number {named}). Release "
            "each, or leave it out with a reason; nothing reaches the panel otherwise."
        )


@transaction.atomic
def _open(
    meeting: Meeting, members: Sequence[User], known: Mapping[int, Known], *, by: User,
    at: datetime,
) -> list[Seat]:  # fmt: skip
    meeting = locked_meeting(meeting, by)
    if meeting.state != Meeting.State.DRAWN:
        raise PanelRefused("This pack was opened already.")
    # The gate was asked before, and somebody may have put a letter back or withdrawn one since.
    if not (lines := _lines_in(meeting)):
        raise PanelRefused("Every letter was left out meanwhile, so there is nothing to read.")
    _check_released(lines, known)
    meeting.state, meeting.opened_at = Meeting.State.OPEN, at
    meeting.guidance = guidance_of(meeting)
    meeting.save(update_fields=["state", "opened_at", "guidance"])
    seats = seated(meeting, members, known, first=1, at=at)
    if refusal := nothing_for(seats):
        raise PanelRefused(refusal)
    audit.record("panel.opened", meeting, by=by, at=at, members=[each.pk for each in members])
    return seats


@transaction.atomic
def close_marks(
    meeting: Meeting, *, without: Collection[int] = (), reason: str = "", by: User, at: datetime
) -> Meeting:
    """Close the members' marks, so that they can be laid side by side; nobody changes one after.

    `without` holds the seats of members who have not handed in: whoever closes says so of each, as
    what they answered is not counted, and who has not begun may rely on their last day. Whoever
    ended a seat said it then. All of them read on until the end of the pack. A panel that met
    though nobody handed in is closed with a reason, so that what it found can be written down.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the pack is not open, nobody has handed in and the panel has not met or
        no reason is given, or somebody has not of whom it is not said
    """
    meeting = locked_meeting(meeting, by)
    if meeting.state != Meeting.State.OPEN:
        raise PanelRefused("There are no open marks to close.")
    keep_back(meeting, at=at)
    handed_in = meeting.seats.filter(handed_in_at__isnull=False).count()
    said = "" if handed_in else reason_in(reason, least=LEAST_WEIGHED)
    if not handed_in:
        _check_met_without_marks(meeting, said, at)
    today = clock.day_of(at)
    if left := [each for each in not_handed_in(meeting, today) if each.seat.pk not in without]:
        raise PanelRefused(left_words(left, meeting, today))
    closed_without = meeting.seats.filter(handed_in_at=None).order_by("number")
    meeting.state, meeting.closed_at, meeting.closed_because = Meeting.State.CLOSED, at, said[:300]
    meeting.save(update_fields=["state", "closed_at", "closed_because"])
    audit.record("panel.closed", meeting, by=by, at=at, handed_in=handed_in,
                 without=list(closed_without.values_list("pk", flat=True)))  # fmt: skip
    return meeting


def _check_met_without_marks(meeting: Meeting, said: str, at: datetime) -> None:
    """Refuse to close without any marks before the panel met, or where it is not said how it did.

    :raises PanelRefused: with what to do
    """
    still = "Whoever answered all can hand in still; for the others, let the pack stay open longer."
    if meeting.starts_at > at:
        raise PanelRefused(
            "Nobody has handed in yet. Until somebody has, there is nothing to talk about. "
            f"{still} If the panel meets all the same, {moment_words(meeting.starts_at)}, its "
            "marks can be closed with a reason after that."
        )
    if not said:
        raise PanelRefused(
            f"Nobody handed in before the panel was to meet. {still} If it met all the same, write "
            "how that was; then what it found can be written down, with no marks. If it did not "
            "meet, call it off."
        )


@transaction.atomic
def publish_note(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Publish the note of a meeting, as it stands from here on, to who may see what was found.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if its marks are open, it has not met, found nothing, or is published
    """
    meeting = locked_meeting(meeting, by)
    check_is_over(meeting)
    if meeting.published_at is not None:
        raise PanelRefused(
            f"This note was published {moment_words(meeting.published_at)}, and stands as it was. "
            "What is found or answered later is added to it with its day."
        )
    if meeting.starts_at > at:
        raise PanelRefused(
            f"The panel meets {moment_words(meeting.starts_at)}, and its note says what it found "
            "when it met, so it is published after that. If it meets at another time, put that "
            "right first by “Change when or where”."
        )
    if not meeting.findings.exists():
        raise PanelRefused(
            "Write down what the panel found first, each for a named legal manager. Also that all "
            "was good is a finding."
        )
    meeting.note = reckoned(meeting)
    meeting.state, meeting.published_at = Meeting.State.PUBLISHED, at
    meeting.save(update_fields=["note", "state", "published_at"])
    audit.record("panel.published", meeting, by=by, at=at)
    return meeting


def check_is_over(meeting: Meeting) -> None:
    """Refuse what needs the marks to be closed.

    :raises PanelRefused: with the reason
    """
    if meeting.state not in OVER:
        raise PanelRefused(
            "The members are still reading. Close their marks first; until then nobody sees them."
        )


def check_names_nobody(
    words: str, meeting: Meeting, *, cases: Sequence[Known] | None = None
) -> None:
    """Refuse words that say whom a letter of a meeting is about: members and the note show them.

    `cases` is what is known of its letters, where the caller has asked this minute.

    :raises PanelRefused: with what says so
    """
    if named := named_in(words, known_of_meeting(meeting) if cases is None else cases):
        quoted = list_words([f"“{each}”" for each in named])
        raise PanelRefused(
            f"{quoted}: by this a member of the panel, or a reader of its note, could tell whom a "
            "letter is about. Write it without names, numbers, addresses and days of the case; "
            "of a day its week is enough, as “in the first week of December”."
        )


def check_place(
    place: str, meeting: Meeting, asked: Mapping[int, Known] = MappingProxyType({})
) -> None:
    """Refuse a place to meet in that names somebody of a case whose letter is read there.

    `asked` is what is known of letters of which the caller has asked this minute.

    :raises PanelRefused: with what names them
    """
    if named := named_in_place(place, known_of_meeting(meeting, asked)):
        quoted = list_words([f"“{each}”" for each in named])
        raise PanelRefused(
            f"The place of the meeting holds {quoted}, which the record knows of the case of one "
            "of its letters, and each member reads it. Say the place in other words, or leave "
            "that letter out."
        )


def locked_meeting(meeting: Meeting, by: User) -> Meeting:
    """Return a meeting as it stands this minute, held until what is done to it is kept.

    :raises NotAllowed: if this person does not keep this panel
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    if by.area_id != meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def held_seat(seat: Seat) -> Seat:
    """Return a pack and its meeting as they stand this minute, held until what is done is kept.

    An answer is kept, handed in or typed in either before the marks are closed or not at all.
    """
    rows = Seat.objects.select_for_update(of=("self", "meeting"))
    related = rows.select_related("meeting__area", "meeting__edition", "member", "typed_by")
    return related.get(pk=seat.pk)
