"""One line of a morning list: where the letter stands, who holds it since when, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from forthright.accounts.models import User
from forthright.accounts.presence import Presence, presence
from forthright.cases.models import Decision
from forthright.letters.models import Dispatch, Letter, LookWaived, ReasonsNote
from forthright.letters.selectors.sending import UNDER_WAY
from forthright.morning_lists.models import HandOver, Reminder
from forthright.morning_lists.selectors.awaiting import DRAFT_NOTHING, drafter_moved
from forthright.morning_lists.selectors.explainers import can_explain, is_to_remind
from forthright.peer_checks.models import PeerCheck
from forthright.rules.stage_clock import Reckoning, StageClock, Step, Steps, stage_clock
from forthright.rules.words import day_of, day_words, local, moment_words, time_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.models import Duty
from forthright.schemes.selectors import came_back_of, in_post_of, reopened_of

REMIND, CHOOSE, HAND_OVER, OPEN, REMINDED = "remind", "choose", "hand_over", "open", "reminded"
GIVE_ON = "give_on"
LIAISON_UNIT = "the Victim Liaison Unit"
NOBODY_NOW = "Nobody now: "
NOT_KEPT = "The explanation came another way: no reasons are written here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One letter of a morning list."""

    duty: Duty
    clock: StageClock | None
    now: datetime
    holder: str
    since: datetime | None
    action: str
    # What was done about it already: a reminder today, a hand-over.
    notes: tuple[str, ...] = ()
    is_untold: bool = False
    was_returned: bool = False
    # The look of a colleague that it waits for.
    look: PeerCheck | None = None

    @property
    def step(self) -> Step:
        """Return the step the letter is in."""
        return step_of(self.duty)

    @property
    def limit_words(self) -> str:
        """Say the hour by which the step is to be over, for a glance: today's without the day."""
        if self.clock is None:
            return ""
        if self.clock.now.was_late_before:
            return "at once"
        limit, now = local(self.clock.now.limit.at), local(self.now)
        hour = time_words(limit.time())
        if limit.date() == now.date():
            return f"{hour} today"
        return f"{day_words(limit.date(), year=limit.year != now.year)}, {hour}"

    @property
    def reasons(self) -> list[str]:
        """Say of each step up to this one by when it was to be over, why, and what it took."""
        if self.clock is None:
            return []
        return [f"{each.why} It {each.taken_words}." for each in self.clock.steps]

    @property
    def order(self) -> tuple[float, int]:
        """Return what lines are sorted by: the hour by which the step is to be over."""
        return (self.clock.now.limit.at.timestamp() if self.clock else 0.0, self.duty.pk)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the letters of a list besides their own rows, each by its letter."""

    returned: dict[int, Letter]
    under_way: dict[int, datetime]
    handed: dict[int, HandOver]
    # Looks of colleagues before they go, that wait.
    looks: dict[int, PeerCheck]
    # By decision.
    explained: dict[int, datetime]
    reminded: dict[int, Reminder]
    # Who is away, and who stands in for them.
    here: Presence
    # By number, the letters whose drafter is of another unit by now and covers for nobody here.
    moved: frozenset[int]


def about(duties: Sequence[Duty], now: datetime) -> About:
    """Return what the lines of these letters need, read once for all."""
    pks = [each.pk for each in duties]
    decisions = [each.decision_id for each in duties]
    undrafted = [each.decision_id for each in duties if not each.drafted_at]
    notes = ReasonsNote.objects.filter(decision__in=undrafted).order_by("-number")
    hand_overs = HandOver.objects.filter(duty__in=pks).select_related("now", "made_by", "made_for")
    # Few letters are with their drafter a second time, or on their way at this minute.
    returned = Letter.objects.filter(duty__in=pks, number=1).exclude(returned_because="")
    going = Dispatch.objects.filter(
        duty__in=pks, version__letter__number=1, state__in=UNDER_WAY
    ).order_by("pk")
    drafted = [each.pk for each in duties if step_of(each) in {Step.CHECK, Step.DISPATCH}]
    looks = PeerCheck.objects.filter(letter__duty__in=drafted, letter__number=1, answer="")
    waived = LookWaived.objects.filter(
        version=OuterRef("version"), made_at__gte=OuterRef("letter__check_asked_at")
    )
    looks = looks.filter(~Exists(waived))
    return About(
        returned={each.duty_id: each for each in returned},
        under_way=dict(going.values_list("duty", "asked_at")),
        handed={each.duty_id: each for each in hand_overs.order_by("made_at", "pk")},
        looks={each.letter.duty_id: each for each in looks.select_related("letter", "checker")},
        explained=dict(notes.values_list("decision", "written_at")),
        reminded=reminded_of(decisions, Reminder.About.EXPLANATION, now),
        here=_presence(duties, now),
        moved=_moved(duties, day_of(local(now))),
    )


def _moved(duties: Sequence[Duty], today: date) -> frozenset[int]:
    """Return of which letters the drafter can open none of their unit any more."""
    rows = Duty.objects.filter(drafter_moved(today), pk__in=[each.pk for each in duties])
    return frozenset(rows.values_list("pk", flat=True))


def _presence(duties: Sequence[Duty], now: datetime) -> Presence:
    """Return who is away, of those who hold letters or can be reminded of them."""
    if not duties:
        return Presence(away={}, acting={})
    return presence(duties[0].area_id, day_of(local(now)))


def reminded_of(decisions: Sequence[int], what: str, now: datetime) -> dict[int, Reminder]:
    """Return today's newest reminder of each decision of which there is one."""
    today = day_of(local(now))
    rows = Reminder.objects.filter(
        decision__in=decisions, about=what, on=today, called_off_at=None
    ).order_by("asked_at", "pk")
    return {each.decision_id: each for each in rows.select_related("to", "asked_by", "asked_for")}


def line_of(duty: Duty, known: About, by: Reckoning) -> Line:
    """Return the line of one letter."""
    written = known.explained.get(duty.decision_id)
    explained = explained_at(duty, written)
    came_otherwise = duty.explained_at is not None and written is None
    if duty.explained_at is None:
        duty.explained_at = explained
    returned = known.returned.get(duty.pk)
    handed = known.handed.get(duty.pk)
    reminded = known.reminded.get(duty.decision_id)
    step = step_of(duty)
    clock = clock_of(duty, by)
    look = known.looks.get(duty.pk)
    if look is not None and not _waits_for(look, step):
        look = None
    sending_since = known.under_way.get(duty.pk)
    if look is not None:
        holder, since = _looked_at_by(look)
    else:
        drafter = _drafter_words(duty, has_moved=duty.pk in known.moved)
        holder, since = _held(duty, step, drafter, returned, sending_since)
    if step is Step.DRAFT and handed and handed.now_id == duty.drafter_id:
        since = max(since, handed.made_at) if since else handed.made_at
    if since is not None:
        # While it was not required, or was out and did not arrive, nobody here had it.
        since = max([since, *reopened_of(duty), *(each.known for each in in_post_of(duty))])
        # Nobody has had it since a moment that is to come, whatever is kept.
        since = since if since <= by.now else None
    return Line(
        duty=duty,
        clock=clock,
        now=by.now,
        holder=holder,
        since=since,
        action=_action(duty, step, reminded, look, known.here),
        notes=(
            *_not_arrived(duty),
            *(_not_kept(duty, step) if came_otherwise else ()),
            *_notes(step, handed, reminded),
            *_not_reminded(duty, step, reminded, known.here),
            *_away(duty, step, look, sending_since, known.here),
        ),
        is_untold=not (duty.told_at or duty.explained_at or duty.drafted_at),
        was_returned=step is Step.DRAFT and returned is not None,
        look=look,
    )


def explained_at(duty: Duty, note_at: datetime | None) -> datetime | None:
    """Return when a decision was explained; a charge that is brought needs no explanation."""
    if duty.explained_at is None and duty.decision.kind == Decision.Kind.CHARGED:
        return duty.decided_at
    return duty.explained_at or note_at


def step_of(duty: Duty) -> Step:
    """Return the step a letter that has not gone out is in."""
    if duty.approved_at:
        return Step.DISPATCH
    if duty.drafted_at:
        return Step.CHECK
    return Step.DRAFT if duty.explained_at else Step.EXPLANATION


def clock_of(duty: Duty, by: Reckoning) -> StageClock | None:
    """Return the stage clock of a letter, or None where the calendar does not reach."""
    steps = Steps(
        decided=duty.decided_at,
        due_on=duty.due_on,
        explained=duty.explained_at,
        drafted=duty.drafted_at,
        approved=duty.approved_at,
        came_back=came_back_of(duty),
        in_post=in_post_of(duty),
        reopened=reopened_of(duty),
    )
    try:
        return stage_clock(steps, by)
    except CalendarTooShort:
        return None


def stood_for(person: User | None, other: User | None) -> str:
    """Say who did something, and for whom where they did it as a deputy."""
    name = str(person) if person else "Forthright, by itself"
    return f"{name} for {other}" if other else name


def prosecutor_words(decision: Decision) -> str:
    """Say who decided; an extract may name somebody without an account, or nobody."""
    if decision.made_by:
        return str(decision.made_by)
    return decision.made_by_name or "A prosecutor whom nobody has named"


def reminded_words(reminder: Reminder) -> str:
    """Say who was reminded today, when and by whom."""
    who = stood_for(reminder.asked_by, reminder.asked_for)
    hour = time_words(local(reminder.asked_at).time().replace(second=0, microsecond=0))
    how = "" if reminder.sent_at else "; the e-mail is on its way"
    return f"{reminder.to} reminded today, {hour}, by {who}{how}"


def _drafter_words(duty: Duty, *, has_moved: bool) -> str:
    """Say who has a letter to draft or to send, or why nobody has it now."""
    drafter = duty.drafter
    if drafter is None:
        return duty.drafter_name or f"Nobody yet in {LIAISON_UNIT}"
    if not drafter.is_active:
        return f"{NOBODY_NOW}{drafter} had it, whose account is closed"
    if drafter.role in DRAFT_NOTHING:
        return f"{NOBODY_NOW}{drafter} had it, and drafts none as {drafter.role_words}"
    if has_moved:
        return f"{NOBODY_NOW}{drafter} had it, and is of {drafter.unit or 'no unit'} by now"
    return str(drafter)


def held_words(duty: Duty, today: date) -> str:
    """Say on a page of its own who has a letter to draft, or why nobody has it now."""
    named = str(duty.drafter or duty.drafter_name or "nobody yet")
    words = _drafter_words(duty, has_moved=bool(_moved([duty], today)))
    return f"{words}." if words.startswith(NOBODY_NOW) else f"Held by {named} now."


def _held(
    duty: Duty, step: Step, drafter: str, returned: Letter | None, sending_since: datetime | None
) -> tuple[str, datetime | None]:
    """Say who holds a letter now and since when."""
    if step is Step.EXPLANATION:
        return prosecutor_words(duty.decision), duty.decided_at
    if step is Step.DRAFT:
        return drafter, returned.returned_at if returned else duty.explained_at
    if step is Step.CHECK:
        return "Whoever approves letters of the unit", duty.drafted_at
    if sending_since:
        return "Forthright is sending it", sending_since
    return drafter, duty.approved_at


def _waits_for(look: PeerCheck, step: Step) -> bool:
    """Return whether a letter waits for a look: once it is approved, where it may not go before."""
    return step is Step.CHECK or look.letter.check_is_required


def _looked_at_by(look: PeerCheck) -> tuple[str, datetime | None]:
    """Say which colleague is to look at a letter before it goes, and since when."""
    if look.checker is None:
        return "Nobody yet, to look at it before it goes", look.put_forward_at
    return f"{look.checker}, who looks at it before it goes", look.given_at


def _away(
    duty: Duty, step: Step, look: PeerCheck | None, sending_since: datetime | None, here: Presence
) -> tuple[str, ...]:
    """Say until when whoever holds a letter is away, and who covers for them; mostly nothing."""
    holder = look.checker if look else None
    if look is None and (step is Step.DRAFT or (step is Step.DISPATCH and not sending_since)):
        holder = duty.drafter
    away = here.away_words(holder, duty.unit_id)
    return (away,) if away else ()


def _action(
    duty: Duty, step: Step, reminded: Reminder | None, look: PeerCheck | None, here: Presence
) -> str:
    if look is not None and here.is_away(look.checker):
        return GIVE_ON
    if step is Step.EXPLANATION:
        if reminded and is_to_remind(here, reminded.to, duty.unit_id):
            return REMINDED
        can_be = is_to_remind(here, duty.decision.made_by, duty.unit_id)
        return REMIND if can_be else CHOOSE
    return HAND_OVER if step is Step.DRAFT else OPEN


def _not_reminded(
    duty: Duty, step: Step, reminded: Reminder | None, here: Presence
) -> tuple[str, ...]:
    """Say at once, and not when it is late, where nobody who can explain it is reminded."""
    decided = duty.decision.made_by
    if step is not Step.EXPLANATION:
        return ()
    if away := here.away_words(decided, duty.unit_id):
        return (away,)
    if reminded or can_explain(here, decided, duty.unit_id):
        return ()
    if decided is None or not decided.is_active:
        return ("Nobody is reminded by e-mail: whoever decided has no account here now",)
    said = f"{decided} cannot open it now, and is asked once by e-mail to send the reasons here"
    return (said,)


def _not_arrived(duty: Duty) -> tuple[str, ...]:
    """Say of a letter that went out before that it did not arrive, and since when that is known."""
    out = in_post_of(duty)
    if not out:
        return ()
    sent, known = moment_words(out[-1].sent), moment_words(out[-1].known)
    return (f"Sent {sent}, and did not arrive: known since {known}",)


def _not_kept(duty: Duty, step: Step) -> tuple[str, ...]:
    """Say where nothing is here to put a letter together from, though the explanation arrived."""
    is_needed = step is Step.DRAFT and duty.decision.kind != Decision.Kind.CHARGED
    return (NOT_KEPT,) if is_needed else ()


def _notes(step: Step, handed: HandOver | None, reminded: Reminder | None) -> tuple[str, ...]:
    said = []
    if step is Step.EXPLANATION and reminded:
        said.append(reminded_words(reminded))
    if step in {Step.EXPLANATION, Step.DRAFT} and handed:
        who = stood_for(handed.made_by, handed.made_for)
        said.append(f"Handed over to {handed.now} by {who}, {moment_words(handed.made_at)}")
    return tuple(said)
