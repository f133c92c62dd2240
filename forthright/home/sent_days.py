"""Cases that were sent to the Crown Court on two days by our own record, as tasks."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.hearings import sent_otherwise
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.duties import duties_visible_to
from forthright.hard_media.models import Hearing
from forthright.home.task import Task
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import Court
from forthright.rules.words import count_words, day_words, list_words

SHOWN = 10
CROWN = Court.CROWN.value


def sent_day_tasks(user: User) -> list[Task]:
    """Return a task for each case of which disclosure and recordings have another day of sending.

    It is given to whoever may correct the day of the duty: every time limit counts from it.
    """
    same = DisclosureDuty.objects.filter(
        court=CROWN, case=OuterRef("case"), triggered_on=OuterRef("sent_on")
    )
    otherwise = Hearing.objects.filter(
        ~Exists(same), case=OuterRef("case"), sent_on__isnull=False
    )  # fmt: skip
    theirs = within_reach(
        user, Permission.DISCLOSURE_SERVE, duties_visible_to(user), liaison_reaches_all=False
    )
    rows = theirs.filter(Exists(otherwise), court=CROWN).exclude(state=DutyState.CLOSED)
    # One of each case: its other defendants show the same two days.
    first = {duty.case_id: duty for duty in rows.order_by("-pk")}
    duties = sorted(first.values(), key=lambda duty: (duty.serve_by, duty.pk))
    tasks = [task for duty in duties[:SHOWN] if (task := _task(duty))]
    if len(duties) > SHOWN:
        words = f"{count_words(len(duties) - SHOWN, 'more case')} sent on two days by our record"
        tasks.append(Task(words=words, address=reverse("disclosure:duties")))
    return tasks


def _task(duty: DisclosureDuty) -> Task | None:
    found = sent_otherwise(duty.case_id)
    if found is None:
        return None
    return Task(
        words=f"{duty.case} was sent on two days by our record",
        address=reverse("disclosure:duty", args=[duty.pk]),
        hint=(
            f"Disclosure counts from {list_words([day_words(day) for day in found.days])}; the "
            f"register of recordings has {day_words(found.listed)}. Look at the notice of sending, "
            "then correct the day that is wrong: on the page of the duty, or on that of the case’s "
            "recordings."
        ),
    )
