"""The duty to disclose to one defendant, its dates, and the time limits behind them."""

from typing import Any

from django.conf import settings
from django.db import models

from forthright.rules.disclosure_duty import DUTY, DutyState
from forthright.rules.disclosure_limits import Court as CourtKind
from forthright.rules.disclosure_limits import Remand as RemandKind
from forthright.rules.words import capitalised

PERSON = settings.AUTH_USER_MODEL
LINK: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class DisclosureDuty(models.Model):
    """The duty to disclose unused material to one defendant; it moves by rules.disclosure_duty."""

    class Court(models.TextChoices):
        CROWN = CourtKind.CROWN.value, "Crown Court"
        MAGISTRATES = CourtKind.MAGISTRATES.value, "Magistrates’ court"

    class Remand(models.TextChoices):
        CUSTODY = RemandKind.CUSTODY.value, "In custody"
        BAIL = RemandKind.BAIL.value, "On bail"

    area = models.ForeignKey("accounts.Area", **LINK)
    unit = models.ForeignKey("accounts.Unit", **LINK)
    case = models.ForeignKey("cases.Case", **LINK)
    defendant = models.ForeignKey("cases.Defendant", **LINK)
    court = models.CharField(max_length=12, choices=Court.choices)
    # How the defendant was sent; what changed since is a RemandChange.
    remand = models.CharField(max_length=8, choices=Remand.choices)
    # The day of sending to the Crown Court, or of the plea of not guilty before magistrates.
    triggered_on = models.DateField()
    state = models.CharField(
        max_length=12,
        choices=[(each.value, capitalised(DUTY.state_words[each])) for each in DutyState],
        default=DutyState.TRIGGERED.value,
    )
    moved_at = models.DateTimeField()
    # The last day for initial disclosure, by which it is judged; the dates of the duty say how it
    # was worked out.
    due_on = models.DateField()
    # The last working day on or before it, at which tasks and lists aim.
    serve_by = models.DateField()
    rules_version = models.CharField(max_length=40)
    started_by = models.ForeignKey(PERSON, null=True, **LINK)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(PERSON, null=True, blank=True, **LINK)
    # The moment of initial disclosure, and the day by which the defence answers it.
    served_at = models.DateTimeField(null=True, blank=True)
    statement_due_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"closed_because"}
    PLAIN = {"id", "area", "unit", "case", "defendant", "court", "remand", "triggered_on", "state",
             "moved_at", "due_on", "serve_by", "rules_version", "started_by", "approved_at",
             "approved_by", "served_at", "statement_due_on"}  # fmt: skip

    class Meta:
        verbose_name_plural = "disclosure duties"
        constraints = [models.UniqueConstraint("defendant", name="one_duty_per_defendant")]
        indexes = [
            models.Index(fields=["area", "state", "due_on"], name="disclosure_by_state"),
            models.Index(fields=["area", "served_at"], name="disclosure_by_service"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.defendant}"

    @property
    def stands(self) -> DutyState:
        """Return how far the duty has come."""
        return DutyState(self.state)


class DutyDate(models.Model):
    """One date of a duty as it stands, with its arithmetic in words."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.CASCADE, related_name="dates")
    key = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    day = models.DateField()
    serve_by = models.DateField()
    arithmetic = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    is_confirmed = models.BooleanField(default=False)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "duty", "key", "title", "day", "serve_by", "arithmetic", "source",
             "is_confirmed"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("duty", "key", name="one_date_of_each_kind")]
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.day}"


class DateChange(models.Model):
    """A date that moved: the old, the new, and why."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.CASCADE, related_name="date_changes")
    title = models.CharField(max_length=120)
    old_day = models.DateField(null=True)
    new_day = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "duty", "title", "old_day", "new_day", "changed_at", "changed_by"}

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.old_day} to {self.new_day}"


class CourtDate(models.Model):
    """A date that a court ordered, or of a hearing; of each kind the one ordered last wins."""

    duty = models.ForeignKey(DisclosureDuty, on_delete=models.CASCADE, related_name="court_dates")
    key = models.CharField(max_length=30)
    # Empty where an order was taken back, so that the rules count again.
    day = models.DateField(null=True, blank=True)
    # The day on which the court ordered it, which may be long before somebody records it; empty
    # where nobody was asked, and then it counts from the day on which it was recorded.
    ordered_on = models.DateField(null=True, blank=True)
    # Whether it says what an order typed wrong had said from the start.
    is_correction = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "duty", "key", "day", "ordered_on", "is_correction", "set_at",
             "set_by"}  # fmt: skip

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.day}"


class RemandChange(models.Model):
    """That custody became bail, or bail custody, after the duty began.

    Without a day it takes the change before it back, which was recorded by mistake.
    """

    duty = models.ForeignKey(
        DisclosureDuty, on_delete=models.CASCADE, related_name="remand_changes"
    )  # fmt: skip
    remand = models.CharField(max_length=8, choices=DisclosureDuty.Remand.choices)
    changed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL = {"reason"}
    PLAIN = {"id", "duty", "remand", "changed_on", "set_at", "set_by"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_remand_display()}: {self.changed_on}"


class LimitEdition(models.Model):
    """An Area's own time limits of disclosure; without one, those that ship are used."""

    area = models.ForeignKey("accounts.Area", **LINK)
    number = models.PositiveIntegerField()
    # Each row as rules.disclosure_deadlines reads it: days, source, status, from when.
    rows = models.JSONField(default=list)
    # From which day the change applies; empty of an edition that changed a limit for every duty.
    applies_from = models.DateField(null=True, blank=True)
    # Whether it corrects a limit that was wrong already on days that are over.
    is_correction = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, **LINK)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "number", "rows", "applies_from", "is_correction", "reason", "made_at",
             "made_by"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("area", "number", name="limit_edition_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"disclosure edition {self.number}"
