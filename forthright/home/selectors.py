"""What waits for a person today, gathered from every room they may enter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.home.disputes import disputes_known_to
from forthright.home.marking import ToMark, sample_tasks
from forthright.home.pack_tasks import reading_tasks
from forthright.home.panel_tasks import panel_tasks
from forthright.home.peer_checks import peer_check_tasks, told_dispute_tasks, told_tasks
from forthright.home.recordings import police_tasks, recording_tasks
from forthright.home.replies import reply_tasks
from forthright.home.task import Task
from forthright.home.tasks import (
    disclosure_tasks,
    morning_tasks,
    new_version_tasks,
    return_tasks,
)
from forthright.home.trust import finding_tasks, round_tasks
from forthright.letter_templates.selectors import seeing as templates
from forthright.letters.models import ContactPoint
from forthright.letters.selectors import sending, waiting
from forthright.letters.selectors.contacts import contacts_in_use
from forthright.morning_lists.selectors.handed import handed_words
from forthright.reports import selectors as reports
from forthright.reports.models import WeeklyReport
from forthright.reviews import selectors as reviews
from forthright.rules.sampled import Subject
from forthright.rules.words import count_words, day_words, local
from forthright.schemes import selectors as schemes
from forthright.schemes.models import Duty
from forthright.schemes.selectors import rules_in_words
from forthright.schemes.selectors.area_clock import is_started
from forthright.standards import selectors as standards
from forthright.standards.policies import check_can_adopt_rules
from forthright.web import clock, jobs
from forthright.web.models import Job

if TYPE_CHECKING:
    from django.db.models import QuerySet

LETTERS_BEGUN_WITH = 5
# Reports made by hand in the middle of a week say less than the last whole week.
REPORTS_LOOKED_AT = 10
# Said on the overview and in docs/guides/others.md until each room is there.
NOT_READY: dict[str, str] = {
    Role.AREA_LEAD: "You can read the weekly reports, the templates, the standards and the time "
    "limits. Sharing what worked with other Areas is not built yet.",
    Role.RESEARCHER: "You can read the standards for letters. The place for research is not built "
    "yet.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All that an overview shows, the most pressing first."""

    groups: list[tuple[str, list[Task]]] = field(default_factory=list)
    begin_with: list[Duty] = field(default_factory=list)
    report: WeeklyReport | None = None
    warnings: list[str] = field(default_factory=list)
    not_ready: str = ""

    @property
    def is_clear(self) -> bool:
        """Say whether nothing waits."""
        return not self.groups


def today_for(user: User, today: date) -> Today:
    """Return what needs this person today."""
    may_see = has_permission(user, Permission.DUTY_SEE)
    owed = schemes.duties_waiting(user, today) if may_see else None
    to_mark, disputed = ToMark(user), disputes_known_to(user, today)
    tasks: tuple[tuple[Permission, str, Callable[[], list[Task]]], ...] = (
        (Permission.SCHEME_CHANGE, "Before anything else", lambda: _start_tasks(user, today)),
        (Permission.MORNING_SEE, "This morning", lambda: morning_tasks(user, clock.now())),
        (
            Permission.OVERVIEW_SEE,
            "Letters to look at before they go",
            lambda: peer_check_tasks(user, clock.now()),
        ),
        (Permission.REVIEW_MARK, "Letters to mark", lambda: to_mark.tasks(Subject.LETTERS)),
        (
            Permission.DISCLOSURE_MARK,
            "Disclosure to mark",
            lambda: to_mark.tasks(Subject.DISCLOSURE),
        ),
        (Permission.CALIBRATION_SEE, "Marks that can be trusted", lambda: round_tasks(user)),
        (Permission.FINDING_TAKE, "Faults that come again", lambda: finding_tasks(user)),
        (Permission.SAMPLE_DRAW, "Samples", lambda: sample_tasks(user)),
        (Permission.DUTY_SEE, "Letters owed", lambda: _letter_tasks(owed) if owed else []),
        (Permission.DUTY_SEE, "Letters on their way", lambda: _writing_tasks(user, today)),
        (
            Permission.DISCLOSURE_SEE,
            "Disclosure",
            lambda: [*disclosure_tasks(user, today), *new_version_tasks(user)],
        ),
        (Permission.RETURN_ANSWER, "Schedules returned to you", lambda: return_tasks(user, today)),
        (Permission.MEDIA_SEE, "Recordings", lambda: recording_tasks(user, today)),
        (Permission.MEDIA_OWED_SEE, "Recordings", lambda: police_tasks(user)),
        (
            Permission.FEEDBACK_ANSWER,
            "Feedback for you",
            lambda: [*told_tasks(user), *_feedback_tasks(user, today), *disputed.own],
        ),
        (
            Permission.OVERVIEW_SEE,
            "Replies to you",
            lambda: [*disputed.of_told, *reply_tasks(user)],
        ),
        (Permission.PANEL_READ, "The panel", lambda: reading_tasks(user, today)),
        (Permission.LETTER_ANONYMISE, "The panel", lambda: panel_tasks(user, today)),
        (
            Permission.DISPUTE_DECIDE,
            "Disputed marks",
            lambda: [*_dispute_tasks(user), *told_dispute_tasks(user)],
        ),
        (Permission.TEMPLATE_SEE, "Wording of letters", lambda: _wording_tasks(user, today)),
        (Permission.RULES_ADOPT, "Rules of the checks", lambda: _check_rule_tasks(user)),
        (Permission.SCHEME_CHANGE, "Time limits", lambda: _rule_tasks(user, today)),
        (Permission.WORK_SEE, "Background work", lambda: _work_tasks(user)),
    )
    groups = [
        (heading, found())
        for permission, heading, found in tasks
        if has_permission(user, permission)
    ]
    return Today(
        groups=[(heading, found) for heading, found in groups if found],
        begin_with=_begin_with(user, owed.most_urgent) if owed else [],
        report=_newest_report(user),
        warnings=_warnings(user, today),
        not_ready=NOT_READY.get(user.role, ""),
    )


def _begin_with(user: User, most_urgent: "QuerySet[Duty]") -> list[Duty]:
    """Return the letters to begin with: of a prosecutor those that wait for them, not for others.

    Theirs wait for their reasons, or are theirs to draft.
    """
    if user.role != Role.PROSECUTOR:
        return list(most_urgent[:LETTERS_BEGUN_WITH])
    theirs: dict[int, Duty] = {}
    for what in ("reasons", *waiting.OWN):
        rows = waiting.waiting_for(user, what).select_related("case", "person", "unit")
        theirs |= {each.pk: each for each in rows.defer("due_because")[:LETTERS_BEGUN_WITH]}
    return sorted(theirs.values(), key=lambda each: (each.due_on, each.pk))[:LETTERS_BEGUN_WITH]


def _letter_tasks(owed: schemes.Waiting) -> list[Task]:
    lines = (
        (owed.overdue, "{} overdue", "overdue"),
        (owed.due_today, "{} due today", "today"),
        (owed.due_tomorrow, f"{{}} due {day_words(owed.tomorrow, year=False)}", "tomorrow"),
    )
    return [
        Task(
            words=words.format(count_words(number, "letter")),
            address=f"{reverse('schemes:duties')}?show={show}",
        )
        for number, words, show in lines
        if number
    ]


def _writing_tasks(user: User, today: date) -> list[Task]:
    """Return what this person does next about letters: what came back first, then each step."""
    mine = [what for what, kind in waiting.KINDS.items() if has_permission(user, kind.permission)]
    counts = waiting.counts_for(user, mine, today)
    tasks = [
        Task(
            words=count_words(counts[what], waiting.KINDS[what].one, waiting.KINDS[what].many),
            address=reverse("letters:waiting", args=[what]),
            hint=handed_words(user, waiting.waiting_for(user, what))
            if what == waiting.YOURS
            else "",
        )
        for what in mine
        if counts[what]
    ]
    to_print = _number_to_print(user)
    if to_print:
        words = count_words(to_print, "letter waits", "letters wait")
        tasks.append(Task(words=f"{words} to be printed", address=reverse("letters:batches")))
    return tasks


def _number_to_print(user: User) -> int:
    if not has_permission(user, Permission.LETTER_SEND):
        return 0
    return sending.waiting_for_print(user).count()


FEEDBACK_ON = {Subject.LETTERS: "a letter", Subject.DISCLOSURE: "a disclosure"}


def _feedback_tasks(user: User, today: date) -> list[Task]:
    rows = reviews.feedback_waiting(user).select_related(None).prefetch_related(None)
    waiting = rows.select_related("review__drawn_letter")
    return [
        Task(
            words=f"Feedback on {FEEDBACK_ON[each.review.drawn_letter.subject]} of yours, given "
            f"{day_words(local(each.told_at).date())}",
            address=reverse("reviews:feedback", args=[each.pk]),
            hint=f"You may disagree until {day_words(each.dispute_by)}."
            if today <= each.dispute_by
            else "Please say that you have read it.",
        )
        for each in waiting[:LETTERS_BEGUN_WITH]
    ]


def _dispute_tasks(user: User) -> list[Task]:
    number = reviews.disputes_waiting(user).count()
    words = count_words(number, "dispute")
    return [Task(words=f"{words} to decide", address=reverse("reviews:disputes"))] if number else []


def _wording_tasks(user: User, today: date) -> list[Task]:
    address = reverse("letter_templates:templates")
    to_approve = templates.number_to_approve(user)
    to_review = templates.reviews_owed_by(user, today).count()
    lines = (
        (to_approve, "change", "to approve", "waiting", "Made by somebody else; you decide."),
        (to_review, "block", "to look at again", "reviews", "The day of review has come."),
    )
    tasks = [
        Task(words=f"{count_words(number, noun)} {verb}", address=f"{address}#{place}", hint=hint)
        for number, noun, verb, place, hint in lines
        if number
    ]
    return tasks + [
        Task(
            words=f"Your change of “{each.of}” was not approved",
            address=reverse(
                f"letter_templates:{each.of._meta.model_name}_version",
                args=[each.of.pk, each.number],
            ),
            hint=each.ended_because,
        )
        for each in templates.turned_down(user, today)
    ]


def _check_rule_tasks(user: User) -> list[Task]:
    proposed = standards.proposed_set(user.area)
    if proposed is None or not is_allowed(check_can_adopt_rules, user, proposed):
        return []
    return [
        Task(
            words="1 change of the rules waits for you to adopt it or not",
            address=reverse("letters:rule_set", args=[proposed.pk]),
            hint=f"{proposed.what}. Proposed by {proposed.proposed_by}; you decide.",
        )
    ]


def _start_tasks(user: User, today: date) -> list[Task]:
    """Return what is still to be done once in a new Area before the work can go round."""
    others = User.objects.filter(area=user.area, is_active=True).exclude(pk=user.pk)
    steps = (
        (is_started(user.area), "Set up the time limits and the calendar", "schemes:rules",
         "Press one button to begin. Until then no due date can be worked out."),
        (standards.edition_in_force(user.area, today), "Start the standard for letters",
         "standards:editions", "Until then nothing can be marked."),
        (contacts_in_use(user.area, today).filter(kind=ContactPoint.Kind.PHONE).exists(),
         "Add a telephone number for letters to name", "letters:contacts",
         "Until then no letter can be put together."),
        (others.exists(), "Add the people who write, check and mark letters", "accounts:people",
         "Each gets a role, and a unit where the role needs one."),
    )  # fmt: skip
    return [
        Task(words=words, address=reverse(address), hint=hint)
        for is_done, words, address, hint in steps
        if not is_done
    ]


def _rule_tasks(user: User, today: date) -> list[Task]:
    if not (number := rules_in_words.number_unconfirmed(user.area, today)):
        return []
    words = count_words(number, "rule of the time limits is", "rules of the time limits are")
    return [
        Task(
            words=f"{words} not confirmed",
            address=reverse("schemes:rules"),
            hint="Each is marked in yellow there. Due dates say so until your Area confirms them.",
        )
    ]


def _work_tasks(user: User) -> list[Task]:
    number = jobs.jobs_visible_to(user).filter(state=Job.State.FAILED).count()
    words = count_words(number, "piece")
    return [Task(words=f"{words} of work failed", address=reverse("web:jobs"))] if number else []


def _newest_report(user: User) -> WeeklyReport | None:
    newest = reports.reports_visible_to(user).defer("records", "standing")[:REPORTS_LOOKED_AT]
    return next((report for report in newest if report.is_of_a_week_that_is_over), None)


def _warnings(user: User, today: date) -> list[str]:
    if not has_permission(user, Permission.SCHEME_CHANGE) or not is_started(user.area):
        return []
    warning = schemes.calendar_warning_for(user.area, today)
    return [warning] if warning else []
