"""Which recordings wait for somebody to do the next thing: what is counted is what is listed."""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.ended import has_ended_for_all
from forthright.hard_media.selectors.gone import is_gone
from forthright.hard_media.selectors.kept import files_kept
from forthright.hard_media.selectors.registered import reached
from forthright.hard_media.selectors.second_copies import is_second_asked
from forthright.rules.media_facts import WAITED_FOR, Classification
from forthright.rules.media_states import MediaState
from forthright.web import clock

TO_VIEW, TO_CLASSIFY, TO_ASK_FOR, CAME_AFTER = "view", "classify", "ask", "came"
LINK_ENDS, TO_CHASE = "ends", "chase"
TASKS = {
    LINK_ENDS: "To view before its link ends",
    TO_VIEW: "To view",
    TO_CLASSIFY: "To classify",
    TO_ASK_FOR: "To ask the police for",
    TO_CHASE: "Asked for a week ago or longer, and not come",
    CAME_AFTER: "Came for a closed case",
}
WHO = {
    LINK_ENDS: Permission.MEDIA_CLASSIFY,
    TO_VIEW: Permission.MEDIA_CLASSIFY,
    TO_CLASSIFY: Permission.MEDIA_CLASSIFY,
    TO_ASK_FOR: Permission.MEDIA_RECORD,
    TO_CHASE: Permission.MEDIA_RECORD,
    CAME_AFTER: Permission.MEDIA_RECORD,
}
# So long before the end of the link by which alone something is here whoever is to view it hears.
DAYS_WARNED = 7
# So long after the police were last asked for what has not come whoever asks is told.
DAYS_TO_COME = 7
MANAGERS = (Role.LEGAL_MANAGER, Role.LINE_MANAGER)


def items_to_do(user: User, task: str) -> "QuerySet[MediaItem]":
    """Return the recordings that this person is to view, to classify, to ask for or to look after.

    Those of a case that has ended for every defendant are nobody's task, and neither are those of
    one that was closed, until it is opened again. But what comes for
    one after that is for a manager of its unit, and for whoever closed it: only they can say
    whether the case is to be opened again.
    """
    if task == CAME_AFTER:
        return own_items(user, WHO[task]).filter(_came_after_closing(user))
    return own_items(user, WHO[task]).filter(_waits_for(task), is_asked_about())


def numbers_to_ask_for(user: User) -> tuple[int, int]:
    """Return how many recordings are to be asked for, and how many asked for long ago, at once."""
    waits = {task: _waits_for(task) for task in (TO_ASK_FOR, TO_CHASE)}
    rows = own_items(user, WHO[TO_ASK_FOR]).filter(Q.create([*waits.values()], Q.OR))
    found = rows.filter(is_asked_about()).aggregate(
        **{task: Count("pk", filter=which) for task, which in waits.items()}
    )
    return found[TO_ASK_FOR], found[TO_CHASE]


def is_asked_about() -> Q:
    """Say of which recordings anything is asked of anybody: of no case that is closed or ended."""
    return ~Q(Exists(closed_cases())) & ~has_ended_for_all()


def closed_cases() -> "QuerySet[Hearing]":
    """Return the hearing of a recording's case if that is closed, to be read in what asks items."""
    return Hearing.objects.filter(case=OuterRef("case"), closed_at__isnull=False)


def link_warned_until() -> date:
    """Return the day by which what came by a link alone is gone that ends within a week."""
    return clock.today() + timedelta(days=DAYS_WARNED + 1)


def own_items(user: User, permission: Permission) -> "QuerySet[MediaItem]":
    """Return the recordings that one of this person's permissions reaches, none withdrawn."""
    rows = reached(user, permission, MediaItem.objects.all())
    return rows.exclude(state=MediaState.WITHDRAWN)


def _came_after_closing(user: User) -> Q:
    closed = closed_cases()
    if user.role not in MANAGERS:
        closed = closed.filter(closed_by=user.pk)
    files = files_kept().filter(item=OuterRef(OuterRef("pk")), viewed_at=None)
    of_a_file = closed.filter(Exists(files.filter(kept_at__gt=OuterRef("closed_at"))))
    otherwise = closed.filter(closed_at__lt=OuterRef("received_at"))
    return Q(Exists(of_a_file)) | Q(Exists(otherwise), viewed_at=None)


def _waits_for(task: str) -> Q:
    if task == TO_ASK_FOR:
        return Q(state=MediaState.EXPECTED)
    if task == TO_CHASE:
        by = clock.end_of(clock.today() - timedelta(days=DAYS_TO_COME))
        is_second = Q(is_second_asked(clock.today()), second_asked_at__lt=by)
        return Q(state=MediaState.REQUESTED, requested_at__lt=by) | is_second
    here = Q(received_at__isnull=False) & ~Q(is_readable=False)
    unassessed = Q(classification=Classification.NOT_ASSESSED)
    is_viewed = Q(viewed_at__isnull=False)
    # A file that came late, or of which not every camera was seen.
    is_in_part = is_viewed & Q(Exists(files_kept().filter(item=OuterRef("pk"), viewed_at=None)))
    if task == TO_CLASSIFY:
        return here & unassessed & is_viewed & ~is_in_part
    waited_for = Q(classification__in=WAITED_FOR)
    to_view = (unassessed & ~is_viewed) | (waited_for & is_in_part)
    to_view = here & to_view & ~is_gone(clock.today())
    return to_view & is_gone(link_warned_until()) if task == LINK_ENDS else to_view
