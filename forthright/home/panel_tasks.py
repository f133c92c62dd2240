"""The lines of the overview about the panel, for who prepares it or answers for what it found."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.home.task import Task
from forthright.panels import policies
from forthright.panels.models import (
    Alarm,
    AnonymisedLetter,
    Meeting,
    PackLetter,
    PanelFinding,
)
from forthright.panels.selectors import meetings, waiting
from forthright.panels.selectors.booklets import Booklet, booklets_out
from forthright.panels.selectors.copies import CopyOut, copies_to_come
from forthright.panels.selectors.judged import others_who_keep_drawn_each
from forthright.panels.selectors.recognised import (
    letters_recognised,
    letters_to_correct,
    recognitions_undecided,
)
from forthright.panels.selectors.withdrawn import withdrawn_told
from forthright.rules.words import count_words, day_words, list_words
from forthright.web import clock

WITHDRAWN_SHOWN = 5


def panel_tasks(user: User, today: date) -> list[Task]:
    """Return what the panel asks of whoever prepares it, and of who answers for what it found."""
    if not has_permission(user, Permission.PANEL_KEEP):
        return [
            *_finding_tasks(user, today), *_recognised_tasks(user), *_withdrawn_tasks(user)
        ]  # fmt: skip
    # Read once for all that asks of them: an Area holds a few in a year, and a new one has none.
    held = list(meetings.meetings_of(user))
    if not held:
        return _withdrawn_tasks(user)
    taken = waiting.taken_from_packs(user, held)
    told = {letter.pk for _, letter, _ in taken}
    return [
        *_alarm_tasks(user, held, taken), *_booklet_tasks(held, today),
        *_finding_tasks(user, today), *_put_aside_tasks(user), *_recognised_tasks(user),
        *_waiting_tasks(user, today), *_withdrawn_tasks(user, told),
        *_meeting_tasks(held), *_kept_back_tasks(held), *_agreed_tasks(user),
        *_lying_tasks(user, held, today), *_corrected_tasks(user),
    ]  # fmt: skip


def _finding_tasks(user: User, today: date) -> list[Task]:
    if not has_permission(user, Permission.PANEL_ANSWER):
        return []
    return [
        Task(
            words=f"A finding of panel {each.meeting.number} to answer",
            address=reverse("panels:finding", args=[each.pk]),
            hint=f"{'Was due' if each.reply_by < today else 'Due'} {day_words(each.reply_by)}",
        )
        for each in meetings.findings_to_answer(user).filter(replied_at=None)
    ]


def _waiting_tasks(user: User, today: date) -> list[Task]:
    """Return to who keeps the panel the findings that nobody answers, or not in time."""
    rows = meetings.findings_unanswered(user).exclude(manager=user.pk)
    answering = set(meetings.managers_of_area(user).values_list("pk", flat=True))
    rows = rows.filter(~Q(manager__in=answering) | Q(reply_by__lt=today))
    return [
        Task(
            words=f"Finding {each.number} of panel {each.meeting.number} is not answered",
            address=reverse("panels:finding_give_on", args=[each.pk]),
            hint=f"{each.manager} was to answer by {day_words(each.reply_by)}"
            + _why_nobody(each, answering),
        )
        for each in rows
    ]


def _corrected_tasks(user: User) -> list[Task]:
    """Return to who wrote a finding down that somebody else put it right, until they saw it."""
    return [
        Task(
            words=f"Finding {each.finding.number} of panel {each.finding.meeting.number}, which "
            "you wrote down, was put right by somebody else",
            address=reverse("panels:meeting", args=[each.finding.meeting_id]),
            hint=f"{each.corrected_by}: {each.what_was_wrong}",
        )
        for each in waiting.corrected_unseen(user)
    ]


def _why_nobody(finding: PanelFinding, answering: set[int]) -> str:
    """Say why a finding's manager cannot answer it any more, or nothing where they can."""
    if finding.manager_id in answering:
        return ""
    if not finding.manager.is_active:
        return ", and their account is closed"
    return ", and answers for no findings here any more"


def _withdrawn_tasks(user: User, told: Collection[int] = ()) -> list[Task]:
    """Return the letters that the gate took back by itself, and what another took from who did it.

    The first until somebody has mended them, the second until they looked at it. Of letters that
    are told of otherwise, by their numbers, it is not said twice.
    """
    withdrawn = withdrawn_told(user)
    taken = [each for each in withdrawn.from_releaser if each.letter_id not in told]
    return [
        *(
            Task(
                words="A released letter was withdrawn by the gate",
                address=reverse("panels:letter", args=[each.pk]),
                hint=each.withdrawn_because,
            )
            for each in withdrawn.by_gate[:WITHDRAWN_SHOWN]
        ),
        *(
            Task(
                words=f"Letter {each.letter.duty.reference}, which you released to the panel, was "
                "withdrawn",
                address=reverse("panels:letter", args=[each.letter_id]),
                hint=f"{each.withdrawn_by}: {each.withdrawn_because}",
            )
            for each in taken[:WITHDRAWN_SHOWN]
        ),
    ]


def _alarm_words(line: PackLetter, alarm: Alarm) -> str:
    which, panel = f"letter {line.position}", f"panel {line.meeting.number}"
    if alarm.raised_by is None:
        return f"Say whether {which} of {panel} shows a name that another letter of it hides"
    return f"{alarm.raised_by} says that {which} should be withdrawn from {panel}"


def _alarm_tasks(
    user: User, held: list[Meeting], taken: list[tuple[PackLetter, AnonymisedLetter, bool]]
) -> list[Task]:
    """Return what should go from a pack, what somebody took from one, and whose copies are out."""
    return [
        *(
            Task(
                words=_alarm_words(line, alarm),
                address=reverse("panels:letter_withdraw", args=[alarm.letter_id]),
                hint=alarm.reason,
            )
            for line, alarm in waiting.alarms_waiting(user)
        ),
        *(
            Task(
                words=f"Letter {line.position} of panel {line.meeting.number} was withdrawn"
                + ("" if is_over else " while it was read"),
                address=reverse("panels:letter", args=[letter.pk]),
                hint=f"{letter.withdrawn_by}: {letter.withdrawn_because}",
            )
            for line, letter, is_over in taken
        ),
        *(
            Task(
                words=f"Panel {meeting.number}: {count_words(len(copies), 'copy', 'copies')} of "
                "withdrawn letters to get back",
                address=reverse("panels:meeting", args=[meeting.pk]),
                hint=_whose_copies(copies),
            )
            for meeting, copies in copies_to_come(held)
        ),
    ]


def _whose_copies(copies: list[CopyOut]) -> str:
    """Say who may have a copy of which letters."""
    by_member: dict[str, set[int]] = {}
    for each in copies:
        by_member.setdefault(str(each.seat.member), set()).add(each.letter.position)
    said = [
        f"{member} (letter {list_words([str(each) for each in sorted(positions)])})"
        for member, positions in sorted(by_member.items())
    ]
    return f"From {list_words(said)}."


def _booklet_tasks(held: list[Meeting], today: date) -> list[Task]:
    """Return which booklets are to be back and are not, whatever became of the meeting since."""
    return [
        Task(
            words=f"Panel {meeting.number}: {count_words(len(booklets), 'booklet')} to get back",
            address=reverse("panels:meeting", args=[meeting.pk]),
            hint=_whose_booklets(booklets),
        )
        for meeting, booklets in booklets_out(held, today)
    ]


def _whose_booklets(booklets: list[Booklet]) -> str:
    said = [f"{each.seat.member} (issue {each.issue.number})" for each in booklets]
    return (
        f"From {list_words(said)}. “Say what became of it”, on the page of the meeting, ends this."
    )


def _put_aside_tasks(user: User) -> list[Task]:
    """Return the letters that a member may recognise, until it is decided whether others read on.

    Whoever reads over a shoulder is told of no member.
    """
    undecided = list(recognitions_undecided(user))
    others = others_who_keep_drawn_each([each.letter for each in undecided])
    return [
        Task(
            words=f"A member put letter {each.letter.position} of panel "
            f"{each.seat.meeting.number} aside: they may know whom it is about",
            address=reverse("panels:put_aside_decide", args=[each.seat.meeting_id, each.pk]),
        )
        for each in [
            each
            for each in undecided
            if is_allowed(policies.check_can_decide_put_aside, user, each.letter, others=others)
        ][:WITHDRAWN_SHOWN]
    ]


def _recognised_tasks(user: User) -> list[Task]:
    """Return what a letter asks that a member may recognise of those who anonymised it.

    Whoever released it and does not keep the panel is told until it is decided what follows.
    """
    keeps = has_permission(user, Permission.PANEL_KEEP)
    released = [] if keeps else list(letters_recognised(user)[:WITHDRAWN_SHOWN])
    return [
        *(
            Task(
                words="A member of the panel may know whom a letter is about that you released",
                address=reverse("panels:release", args=[each.pk]),
                hint="Read it again for what gives it away, and tell whoever keeps the panel: they "
                "decide whether the others go on reading it.",
            )
            for each in released
        ),
        *(
            Task(
                words="More is to be hidden in a letter of the panel: a member may know whom it is "
                "about",
                address=reverse("panels:letter", args=[each.pk]),
                hint="Two people then release it again, and the others read it.",
            )
            for each in letters_to_correct(user)[:WITHDRAWN_SHOWN]
        ),
    ]


def _kept_back_tasks(held: list[Meeting]) -> list[Task]:
    """Return to who keeps the panel what is kept from a member anew, until it was seen."""
    return [
        Task(
            words=f"A letter of panel {each.number} is kept from a member who may have read it",
            address=reverse("panels:meeting", args=[each.pk]),
            hint="It came out that they may be somebody of its case, or had a part in it.",
        )
        for each in waiting.kept_back_unseen(held)
    ]


def _agreed_tasks(user: User) -> list[Task]:
    """Return to who keeps the panel the agreed marks that another wrote down, to be confirmed."""
    return [
        Task(
            words=f"Agreed marks of letter {each.letter.position} of panel "
            f"{each.letter.meeting.number} wait for a second person",
            address=reverse(
                "panels:letter_agree", args=[each.letter.meeting_id, each.letter.position]
            ),
            hint=f"{each.offered_by} wrote them down. If they were agreed, keep the same levels.",
        )
        for each in waiting.agreements_offered(user)
    ]


def _meeting_tasks(held: list[Meeting]) -> list[Task]:
    return [_drawn_task(each) for each in held if each.state == Meeting.State.DRAWN]


def _drawn_task(meeting: Meeting) -> Task:
    lines = [each for each in meetings.pack_lines(meeting) if not each.is_left_out]
    left = sum(not each.is_ready for each in lines)
    said = f"{count_words(left, 'letter')} to release" if left else "its pack is to be opened"
    words = f"Panel {meeting.number}: {said}"
    return Task(words=words, address=reverse("panels:meeting", args=[meeting.pk]))


def _lying_tasks(user: User, held: list[Meeting], today: date) -> list[Task]:
    """Return to who keeps the panel what of it was not done when it was to be."""
    said = [
        *(
            (each, "its day is over and its pack was never opened", "Move it, or call it off.")
            for each in waiting.never_held(held, clock.now())
        ),
        *(
            (each, "its marks are to be closed",
             f"Its pack closed after {day_words(each.pack_until)}.")
            for each in waiting.run_out(held, today)
        ),
        *(
            (each, "its note is to be published" if is_found else "what it found is to be written",
             f"It met on {day_words(clock.day_of(each.starts_at))}.")
            for each, is_found in waiting.without_note(held)
        ),
    ]  # fmt: skip
    tasks = [
        Task(
            words=f"Panel {each.number}: {words}",
            address=reverse("panels:meeting", args=[each.pk]),
            hint=hint,
        )
        for each, words, hint in said
    ]
    return [*tasks, *_due_tasks(user, held, today)]


def _due_tasks(user: User, held: list[Meeting], today: date) -> list[Task]:
    due = waiting.due_after(held)
    if due is None or due > today:
        return []
    planned = waiting.meeting_to_come(user)
    when = planned and day_words(clock.day_of(planned.starts_at))
    return [
        Task(
            words=f"The next meeting of the panel was due by {day_words(due)}",
            address=reverse("panels:meetings" if planned else "panels:meeting_plan"),
            hint=f"Panel {planned.number} is planned for {when}." if planned else "",
        )
    ]
