"""The time limits, the calendar they count on, and every letter that is owed."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class RuleSet(models.Model):
    """One dated edition of the Area's rules for who is told, and by when."""

    class Measure(models.TextChoices):
        SENT = "SENT", "the day the letter was sent"
        REACHED = "REACHED", "the day it reached the person"

    class DayOne(models.TextChoices):
        NEXT_WORKING_DAY = "NEXT_WORKING_DAY", "the working day after the decision"
        DAY_OF_DECISION = "DAY_OF_DECISION", "the day of the decision itself"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    in_force_from = models.DateField()
    cut_off = models.TimeField(null=True, blank=True)
    day_one = models.CharField(
        max_length=20, choices=DayOne.choices, default=DayOne.NEXT_WORKING_DAY
    )
    measure = models.CharField(max_length=10, choices=Measure.choices, default=Measure.SENT)
    qualifying_kinds = models.JSONField(default=list)
    dispute_working_days = models.PositiveSmallIntegerField(default=10)
    # Where each setting but the limits comes from: its name to source, address and status.
    sources = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "version", "in_force_from", "cut_off", "day_one", "measure",
             "qualifying_kinds", "dispute_working_days", "sources", "reason", "made_at",
             "made_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "version", name="rule_set_version_once_in_area")
        ]
        ordering = ["-in_force_from", "-version"]

    def __str__(self) -> str:
        return f"version {self.version}"


class TimeLimit(models.Model):
    """How many working days one entitlement allows, and who says so."""

    class Status(models.TextChoices):
        PUBLISHED = "PUBLISHED", "Published"
        UNVERIFIED = "UNVERIFIED", "Unverified: to be confirmed by the Area"
        CONFIRMED = "CONFIRMED", "Confirmed by the Area"

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="limits")
    entitlement = models.CharField(max_length=20)
    working_days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    source_address = models.URLField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "rule_set", "entitlement", "working_days", "source", "source_address", "status"}

    class Meta:
        constraints = [
            models.UniqueConstraint("rule_set", "entitlement", name="one_limit_per_entitlement")
        ]

    def __str__(self) -> str:
        return f"{self.entitlement}: {self.working_days}"


class CalendarSpan(models.Model):
    """The dates between which the Area's calendar of closed days is known."""

    area = models.OneToOneField("accounts.Area", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateField()
    known_until = models.DateField()
    # The source of the calendar as it began; each stretch that was added to it has its own.
    source = models.CharField(max_length=200)
    # In their order: the first and last day of each added stretch, and who says so.
    added = models.JSONField(default=list, blank=True)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "known_from", "known_until", "source", "added"}

    def __str__(self) -> str:
        return f"{self.known_from} to {self.known_until}"


class ClosedDay(models.Model):
    """A weekday that does not count: a bank holiday or an office closure."""

    class Kind(models.TextChoices):
        BANK_HOLIDAY = "BANK_HOLIDAY", "Bank holiday"
        OFFICE_CLOSURE = "OFFICE_CLOSURE", "Office closure"

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.BANK_HOLIDAY)
    source = models.CharField(max_length=200)
    # Worked out from the rule of every year, and not yet seen in the list of GOV.UK.
    is_foretold = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "day", "name", "kind", "source", "is_foretold", "added_at",
             "added_by", "removed_at", "removed_by"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "day"],
                condition=models.Q(removed_at__isnull=True),
                name="closed_day_once_in_area",
            )
        ]
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"


class Duty(models.Model):
    """A letter that is owed: one qualifying decision, one person to be told.

    It exists whether or not a letter was ever written, so it is what every figure divides by.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "Not sent yet"
        MET = "MET", "Sent in time"
        LATE = "LATE", "Sent late"
        NOT_REQUIRED = "NOT_REQUIRED", "Not required"

    class Stage(models.TextChoices):
        """The stage that a late letter was late in."""

        TELLING = "TELLING", "Telling the Victim Liaison Unit"
        EXPLAINING = "EXPLAINING", "The prosecutor's explanation"
        DRAFTING = "DRAFTING", "Drafting"
        APPROVING = "APPROVING", "Checking and approving"
        SENDING = "SENDING", "Sending"
        IN_POST = "IN_POST", "In the post, and came back"
        REACHING = "REACHING", "Reaching the person"

    # Links that the indexes below begin with need none of their own.
    area = models.ForeignKey(
        "accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # The first, second, third letter owed in its case; with the URN it names the letter.
    number = models.PositiveSmallIntegerField(default=1)
    decision = models.ForeignKey(
        "cases.Decision", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey("cases.PersonToTell", on_delete=models.CASCADE, related_name="+")
    drafter = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The name an extract gave, kept when nobody of that name has an account.
    drafter_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    entitlement = models.CharField(max_length=20)
    decided_at = models.DateTimeField()
    due_on = models.DateField()
    # The Monday of the week the letter is due in; weekly figures and samples are cut by it.
    due_week = models.DateField()
    due_because = models.JSONField(default=list)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField("Victim Liaison Unit told", null=True, blank=True)
    explained_at = models.DateTimeField("explanation arrived", null=True, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    # Each time that it was handed over and came back, and when it had been approved, or null:
    # [[handed over, returned, approved]].
    came_back = models.JSONField(default=list)
    # Each time that it was sent and did not arrive, the two moments: [[sent, known not to have]].
    in_post = models.JSONField(default=list)
    late_stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    # Each time that it was not required and opened again, the two moments: [[ended, opened]].
    reopened = models.JSONField(default=list)
    not_required_reason = models.TextField(blank=True)
    not_required_at = models.DateTimeField(null=True, blank=True)
    not_required_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PERSONAL = {"drafter_name", "not_required_reason"}
    PLAIN = {"id", "area", "unit", "case", "number", "decision", "person", "drafter", "state",
             "entitlement", "decided_at", "due_on", "due_week", "due_because", "rule_set",
             "told_at", "explained_at", "drafted_at", "approved_at", "sent_at", "reached_at",
             "came_back", "in_post", "late_stage", "reopened", "not_required_at",
             "not_required_by"}  # fmt: skip

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], name="one_letter_owed_per_decision"
            ),
            models.UniqueConstraint(fields=["case", "number"], name="letter_owed_number_in_case"),
            models.CheckConstraint(
                condition=models.Q(not_required_at__isnull=True)
                | ~models.Q(not_required_reason=""),
                name="not_required_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "due_week", "state", "unit"], name="duty_by_week"),
            # In order of due date for the list, then all that the list filters by, so that both
            # its counts and its pages are answered from the index alone.
            models.Index(
                fields=[
                    "area",
                    "state",
                    "due_on",
                    "id",
                    "unit",
                    "entitlement",
                    "late_stage",
                    "drafter",
                    "due_week",
                ],
                name="duty_by_state",
            ),
            models.Index(
                fields=[
                    "area",
                    "unit",
                    "state",
                    "due_on",
                    "id",
                    "entitlement",
                    "late_stage",
                    "drafter",
                ],
                name="duty_by_unit",
            ),
            # The open letters alone, with all that the overview counts them by, so that a backlog
            # of tens of thousands is counted without reading a letter.
            models.Index(
                fields=[
                    "area",
                    "drafted_at",
                    "explained_at",
                    "unit",
                    "sent_at",
                    "approved_at",
                    "drafter",
                    "decision",
                    "state",
                    "id",
                    "due_on",
                ],
                condition=models.Q(state="OPEN"),
                name="duty_open_by_step",
            ),
        ]

    def __str__(self) -> str:
        return f"letter owed {self.pk}"

    @property
    def reference(self) -> str:
        """Return what people call this letter: the case's URN and its number in the case."""
        return f"{self.case}-{self.number}"


class DueChange(models.Model):
    """A due date that moved: the old, the new, and why."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="due_changes")
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    old_because = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL: set[str] = set()
    PLAIN = {"id", "duty", "old_due_on", "new_due_on", "old_because", "reason", "changed_at",
             "changed_by"}  # fmt: skip

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"{self.old_due_on} to {self.new_due_on}"
