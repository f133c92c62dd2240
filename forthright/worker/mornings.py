"""The steps of jobs about the morning lists: reminders to prosecutors, and the list by e-mail."""

from django.conf import settings
from django.urls import reverse

from forthright.morning_lists.models import Digest, Reminder
from forthright.morning_lists.services import digests, reminding
from forthright.schemes.models import Duty
from forthright.schemes.selectors import AreaNotStarted
from forthright.web import clock
from forthright.worker.kinds import Work


def remind_prosecutors(work: Work) -> int:
    """Ask for the reminders whose moment has come in an Area; return how many."""
    try:
        return reminding.remind_by_itself(work.area(), by=None, at=clock.now())
    except AreaNotStarted:
        return 0


def ask_for_digests(work: Work) -> int:
    """Ask for the e-mails whose hour has come in an Area; return how many."""
    try:
        return digests.ask_for_digests(work.area(), by=None, at=clock.now())
    except AreaNotStarted:
        return 0


def send_reminder(work: Work) -> None:
    """Send one reminder, once, with the address where the prosecutor answers it."""
    rows = Reminder.objects.select_related("to", "asked_by", "asked_for", "decision__case", "area",
                                           "unit")  # fmt: skip
    reminder = rows.get(pk=work.arguments["reminder"])
    # Of several letters for one decision, one of the unit that waits: its people can open that.
    owed = Duty.objects.filter(decision=reminder.decision_id).order_by("due_on", "pk")
    duty = owed.filter(unit=reminder.unit_id).first() or owed.first()
    path = reverse("letters:note_write", args=[duty.pk]) if duty else reverse("home:overview")
    now = clock.now()
    reminding.send_reminder(reminder, address=f"{settings.SITE_ADDRESS}{path}", by=None, at=now)


def send_digest(work: Work) -> None:
    """Send one person their morning list of the day, once."""
    digest = Digest.objects.select_related("area").get(pk=work.arguments["digest"])
    digests.send_digest(digest, site=settings.SITE_ADDRESS, by=None, at=clock.now())
